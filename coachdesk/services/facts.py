"""What took place at one school in one quarter, teacher by teacher: the facts a page is made from.

Every fact belongs to the school of its event, so a teacher who works at two schools counts at each with that
school's events only. A teacher is active with at least one completed visit there in the quarter; nothing is
counted of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.disclosure.mechanism import TeacherFacts
from coachdesk.disclosure.windows import Window
from coachdesk.model import ActionStep, CoachingCycle, CycleGoal, Event, EventTeacher, Placement, Teacher
from coachdesk.model.cycles import FOCUS_OF, Focus, Slot
from coachdesk.model.goals import CheckBack
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus, TimeCategory, time_category

MOVEMENT = "movement"
ROUNDS = "rounds"
_WITH_TEACHERS = (TimeCategory.IN_CYCLE, TimeCategory.JUST_IN_TIME)
_FORWARD = (CheckBack.MET, CheckBack.PARTLY)

Facts = Iterable[tuple[UUID, str]]  # that a row's answer is yes for a teacher


def goal_key(goal_id: UUID) -> str:
    return f"goal:{goal_id}"


def focus_key(focus: Focus) -> str:
    return f"focus:{focus.value}"


def on_the_list(session: Session, school_id: UUID) -> int:
    """How many teachers are on the school's list: all but the archived."""
    placed = select(Teacher.id).join(Placement).where(Placement.school_id == school_id)
    return len(session.exec(placed.where(Teacher.status != TeacherStatus.ARCHIVED)).all())


def active_teachers(session: Session, school_id: UUID, window: Window) -> tuple[TeacherFacts, ...]:
    """The facts of each teacher active in the quarter, in no telling order: sorted by their own content."""
    meetings = _meetings(session, school_id, window)
    active = {m.teacher_id for m in meetings if m.event.kind is EventKind.VISIT}
    yes: dict[UUID, set[str]] = defaultdict(set)
    for teacher_id, key in (
        *_work_of_cycles(session, meetings),
        *_movement(session, school_id, window),
        *_rounds(session, meetings, school_id, window),
    ):
        yes[teacher_id].add(key)
    found = [_facts_of(teacher, meetings, frozenset(yes[teacher])) for teacher in active]
    return tuple(sorted(found, key=lambda facts: (sorted(facts.yes), facts.visits, facts.minutes)))


@dataclass(frozen=True)
class _Meeting:
    """That a completed event was with this teacher; its minutes are shared among all who took part."""

    event: Event = field(repr=False)
    teacher_id: UUID = field(repr=False)
    minutes: int


def _meetings(session: Session, school_id: UUID, window: Window) -> list[_Meeting]:
    """The school is looked at last: SQLite would go by it, through all the years, and not by the quarter."""
    found = session.exec(
        select(Event, EventTeacher.teacher_id)
        .join(EventTeacher)
        .where(Event.status == EventStatus.COMPLETED)
        .where(Event.starts >= _midnight(window.first), Event.starts < _midnight(window.last, days=1))
    )
    rows = [(event, teacher_id) for event, teacher_id in found if event.school_id == school_id]
    together: dict[UUID, int] = defaultdict(int)
    for event, _ in rows:
        together[event.id] += 1
    return [_Meeting(event, teacher, event.minutes // together[event.id]) for event, teacher in rows]


def _facts_of(teacher_id: UUID, meetings: list[_Meeting], yes: frozenset[str]) -> TeacherFacts:
    own = [m for m in meetings if m.teacher_id == teacher_id]
    return TeacherFacts(
        yes,
        visits=sum(m.event.kind is EventKind.VISIT for m in own),
        minutes=sum(m.minutes for m in own if _with_teachers(m.event)),
    )


def _with_teachers(event: Event) -> bool:
    return time_category(event.kind, event.cycle_id is not None) in _WITH_TEACHERS


def _work_of_cycles(session: Session, meetings: list[_Meeting]) -> Facts:
    """The goals served and the focus of the teaching: those of the cycles a teacher's events were part of."""
    part_of = {(m.teacher_id, m.event.cycle_id) for m in meetings if m.event.cycle_id}
    ids = {cycle_id for _, cycle_id in part_of}
    keys: dict[UUID | None, set[str]] = defaultdict(set)
    for cycle in session.exec(select(CoachingCycle).where(col(CoachingCycle.id).in_(ids))):
        for challenge in (cycle.challenge, cycle.also_challenge):
            if challenge in FOCUS_OF:
                keys[cycle.id].add(focus_key(FOCUS_OF[challenge]))
    for served in session.exec(select(CycleGoal).where(col(CycleGoal.cycle_id).in_(ids))):
        keys[served.cycle_id].add(goal_key(served.goal_id))
    return [(teacher, key) for teacher, cycle_id in part_of for key in keys[cycle_id]]


def _movement(session: Session, school_id: UUID, window: Window) -> Facts:
    """Teachers whose agreed step was found met, fully or partly, when looked at again in the quarter."""
    steps = session.exec(
        select(ActionStep.teacher_id, Event.school_id)
        .join(Event)
        .where(col(ActionStep.result).in_(_FORWARD))
        .where(col(ActionStep.checked_on).between(window.first, window.last))
    )
    return [(teacher_id, MOVEMENT) for teacher_id, school in steps if school == school_id]


def _rounds(session: Session, meetings: list[_Meeting], school_id: UUID, window: Window) -> Facts:
    """Teachers with a round whose last missing step took place here in the quarter: it counts once."""
    here = {m.event.chain_id for m in meetings if m.event.chain_id}
    rows = session.exec(
        select(Event, EventTeacher.teacher_id)
        .join(EventTeacher)
        .where(col(Event.chain_id).in_(here), Event.status == EventStatus.COMPLETED)
        .order_by(col(Event.starts))
    ).all()
    steps: dict[tuple[UUID, UUID | None], dict[Slot, Event]] = defaultdict(dict)
    for event, teacher_id in rows:
        if event.slot is not None:
            steps[teacher_id, event.chain_id].setdefault(event.slot, event)
    return [(teacher, ROUNDS) for (teacher, _), first in steps.items() if _ends_in(first, school_id, window)]


def _ends_in(first: Mapping[Slot, Event], school_id: UUID, window: Window) -> bool:
    """Whether all three steps took place, the last of them at this school and in this quarter."""
    last = max(first.values(), key=lambda event: event.starts)
    return set(first) == set(Slot) and last.school_id == school_id and last.starts.date() in window


def _midnight(day: date, *, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time())
