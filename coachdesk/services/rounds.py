"""Rounds drawn up before they are planned: what they would be, with the coach's own times; then all added."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.model import Chain, CoachingCycle, CycleTeacher, Teacher
from coachdesk.model.cycles import Slot
from coachdesk.model.days import Calendar, Span
from coachdesk.model.planning import Busy, Step, clashes, free_time, problem
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import cycles, events
from coachdesk.services.cycles import Plan

MOST = 4  # product.md, Defaults: four rounds a year
BETWEEN = 10  # school days from one round's first meeting to the next one's: contact in an active cycle

Place = tuple[int, Slot]
"""Which event: of which round, counted from 1, and which of the three."""


@dataclass(frozen=True)
class Person:
    """A teacher to plan with; `about` is what tells two of one name apart."""

    id: UUID
    name: str
    about: str


@dataclass(frozen=True)
class Going:
    """A cycle that is going on, in which there may be another round."""

    cycle_id: UUID
    focus: str
    rounds: int


@dataclass(frozen=True)
class Wish:
    """What the coach asked for; `moved` are the times they set themselves, and `usual` None is any time."""

    teacher_id: UUID
    starting: datetime
    usual: time | None = None
    focus: str = ""
    rounds: int = 1
    cycle_id: UUID | None = None
    moved: Mapping[Place, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """One event of the draft.

    `overlaps` are events at its time, `instead` the next time without any; `closed` names a day without
    school, "" on one of no name, None on a school day; `too_early` says that it comes before the step that
    leads to it; with a `problem`, a sentence, it cannot be kept.
    """

    place: Place
    step: Step
    overlaps: tuple[Busy, ...] = ()
    instead: datetime | None = None
    closed: str | None = None
    too_early: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Draft:
    """All that would be added. Fewer rounds than were wished for are those that fit."""

    plans: tuple[Plan, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    skipped: tuple[Span, ...] = ()
    problem: str = ""

    @property
    def is_ready(self) -> bool:
        return bool(self.drawn) and not self.problem and not any(one.problem for one in self.drawn)


def people(session: Session) -> tuple[Person, ...]:
    """Everybody the coach may plan with, by family name."""
    asked = select(Teacher.id, events.name_of(), Teacher.subjects, Teacher.room)
    asked = asked.where(col(Teacher.status) != TeacherStatus.ARCHIVED)
    asked = asked.order_by(Teacher.family_name, Teacher.given_name)
    return tuple(
        Person(key, name.strip(), " · ".join(filter(None, (subjects, room))))
        for key, name, subjects, room in session.execute(asked)
    )


def going(session: Session, teacher_id: UUID) -> tuple[Going, ...]:
    """The cycles with a teacher that are agreed or active, the newest first."""
    asked = (
        select(CoachingCycle)
        .join(CycleTeacher, col(CycleTeacher.cycle_id) == col(CoachingCycle.id))
        .where(CycleTeacher.teacher_id == teacher_id, col(CoachingCycle.status).in_(cycles.OPEN))
        .order_by(col(CoachingCycle.created).desc())
    )
    return tuple(Going(one.id, one.focus, _count(session, one.id)) for one in session.exec(asked))


def draft(session: Session, wish: Wish) -> Draft:
    """What would be added to the calendar; a question, writes nothing."""
    plans = _plans(session, wish)
    if not plans[0].steps:
        return Draft(problem=plans[0].problem)
    fitting = tuple(_with_own_times(plan, number, wish.moved) for number, plan in enumerate(plans, 1))
    return Draft(fitting, tuple(_looked_at(session, fitting)), _skipped(plans))


def add_rounds(session: Session, plans: Sequence[Plan]) -> UUID:
    """Put drawn rounds on the calendar, all of one cycle, which it answers. Raises Invalid."""
    cycle_id = cycles.add_planned(session, plans[0])
    for plan in plans[1:]:
        cycles.add_planned(session, replace(plan, cycle_id=cycle_id))
    return cycle_id


def _plans(session: Session, wish: Wish) -> list[Plan]:
    """The rounds that fit, at least the first, which says why if it does not."""
    plans = [_plan(session, wish, wish.starting)]
    calendar = events.calendar(session)
    for number in range(1, min(wish.rounds, MOST)):
        if not plans[0].steps:
            break
        day = calendar.later(plans[0].steps[0].starts.date(), BETWEEN * number)
        further = _plan(session, wish, datetime.combine(day, time()))
        if not further.steps:
            break
        plans.append(further)
    return plans


def _plan(session: Session, wish: Wish, starting: datetime) -> Plan:
    if wish.cycle_id is not None:
        return cycles.plan_round(session, wish.cycle_id, starting, wish.usual)
    plan = cycles.plan_cycle(session, wish.teacher_id, wish.focus, starting, wish.usual)
    if plan.school_id is None:
        return replace(plan, steps=(), problem=cycles.NO_SCHOOL_YET)
    return plan


def _with_own_times(plan: Plan, number: int, moved: Mapping[Place, datetime]) -> Plan:
    def put(step: Step) -> Step:
        starts = moved.get((number, step.slot))
        if starts is None:
            return step
        return replace(step, starts=starts, ends=starts + (step.ends - step.starts), passed_over=())

    return replace(plan, steps=tuple(put(step) for step in plan.steps))


def _looked_at(session: Session, plans: Sequence[Plan]) -> Iterable[Drawn]:
    """Each event with what there is to say of it."""
    every = [((number, step.slot), step) for number, plan in enumerate(plans, 1) for step in plan.steps]
    within = events.openings(session, min(step.starts for _place, step in every), plans[0].school_id)
    zone = events.zone(session, plans[0].school_id)
    before: Step | None = None
    for place, step in every:
        others = within.taken(*(Busy(s.starts, s.ends, kind=s.kind) for p, s in every if p != place))
        overlaps = clashes(others.busy, step.starts, step.ends)
        instead = free_time(others, step.starts, _minutes(step)) if overlaps else None
        early = before is not None and place[1] is not Slot.PLANNING and step.starts < before.ends
        wrong = problem(step.starts, step.ends, zone)
        yield Drawn(place, step, overlaps, instead, _closed(within.calendar, step), early, wrong)
        before = step


def _minutes(step: Step) -> int:
    return int((step.ends - step.starts).total_seconds() // 60)


def _closed(calendar: Calendar, step: Step) -> str | None:
    day = step.starts.date()
    return None if calendar.is_school_day(day) else calendar.name_of(day)


def _skipped(plans: Iterable[Plan]) -> tuple[Span, ...]:
    """The days that were passed over, those of one name in a row told once."""
    spans: list[Span] = []
    for one in (closed for plan in plans for closed in plan.closed):
        last = spans[-1] if spans else None
        if last and last.name == one.name and (one.day - last.last).days <= 3:  # a weekend lies between
            spans[-1] = Span(last.first, max(last.last, one.day), last.name)
        else:
            spans.append(Span(one.day, one.day, one.name))
    return tuple(spans)


def _count(session: Session, cycle_id: UUID) -> int:
    return len(session.exec(select(Chain.id).where(Chain.cycle_id == cycle_id)).all())
