"""Today: what comes next, what to pick up again, which steps to check back on, which notes to finish."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, or_, select

from coachdesk.errors import Invalid
from coachdesk.model import ActionStep, CoachingCycle, Event, Teacher
from coachdesk.model.caseload import TeacherRow
from coachdesk.model.cycles import ChainState, CycleStatus, Slot
from coachdesk.model.days import Calendar
from coachdesk.model.goals import CheckBack, StepStatus
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import caseload, cycles, events, notes, schedule
from coachdesk.services.cycles import Round
from coachdesk.services.events import EventRow
from coachdesk.services.keep import keep
from coachdesk.services.notes import Card, StepRow, Unfinished

DEBRIEF_AFTER = 2  # school days: product.md, Defaults
_NEXT_WITHIN = timedelta(days=14)
_UNSAID_WITHIN = timedelta(days=14)
_OVER = (StepStatus.DROPPED, StepStatus.CHANGED, StepStatus.PART_OF_PRACTICE)
_OFF = (EventStatus.CANCELLED, EventStatus.RESCHEDULED)
_SETTLED = (CheckBack.MET, CheckBack.REPLACED)


class Why(StrEnum):
    """Why something is to be picked up again."""

    NO_DEBRIEF = "no_debrief"  # a visit, and no meeting about it two school days later
    MISSING_STEP = "missing_step"  # the round of a running cycle lacks a step
    CONTACT = "contact"  # more school days without contact than agreed
    TOOK_PLACE = "took_place"  # a meeting that was planned: did it take place?
    ARCHIVED = "archived"  # something is planned with somebody in the archive


@dataclass(frozen=True)
class PickUp:
    """One thing to pick up again; `days` are school days since."""

    why: Why
    teacher_id: UUID
    teacher: str
    days: int
    event: EventRow | None = None
    round: Round | None = None

    @property
    def missing(self) -> tuple[Slot, ...]:
        return self.round.missing if self.round else ()


@dataclass(frozen=True)
class Today:
    """All that the day's page shows."""

    day: date
    closed: str
    next: Card | None
    later: tuple[EventRow, ...]
    earlier: tuple[EventRow, ...]
    pick_up: tuple[PickUp, ...]
    check_backs: tuple[StepRow, ...]
    to_finish: tuple[Unfinished, ...]

    @property
    def empty(self) -> bool:
        """Nothing at all: no event, nothing left over."""
        return not (self.next or self.later or self.pick_up or self.check_backs or self.to_finish)


def today(session: Session, now: datetime) -> Today:
    """The day as it stands at `now`, the wall clock."""
    begins, ends = events.day(now.date())
    of_today = events.rows(
        session, Event.starts >= begins, Event.starts < ends, col(Event.status).not_in(_OFF)
    )
    next_one = _next(session, now)
    later = tuple(
        row
        for row in of_today
        if row.status is EventStatus.PLANNED and row.ends > now and row.id != (next_one and next_one.id)
    )
    school = events.calendar(session)
    return Today(
        now.date(),
        school.name_of(now.date()),
        notes.card(session, next_one.id) if next_one else None,
        later,
        tuple(row for row in of_today if row.status is EventStatus.COMPLETED or row.ends <= now),
        tuple(_pick_up(session, now, school)),
        check_backs(session, now.date()),
        notes.notes_to_finish(session),
    )


def next_visit(session: Session, now: datetime) -> UUID | None:
    """The visit that one key begins: the one that runs or comes next today."""
    _begins, ends = events.day(now.date())
    where = (Event.kind == EventKind.VISIT, Event.status == EventStatus.PLANNED)
    coming = events.rows(session, *where, Event.ends > now, Event.starts < ends, limit=5)
    return next((row.id for row in coming if not row.all_archived), None)


def check_backs(session: Session, day: date) -> tuple[StepRow, ...]:
    """The action steps to look at again by this day, those of archived teachers left out."""
    due = (col(ActionStep.check_back_on) <= day, col(ActionStep.status).not_in(_OVER))
    checked = col(ActionStep.checked_on)
    unseen = or_(checked.is_(None), checked < col(ActionStep.check_back_on))
    unsettled = or_(col(ActionStep.result).is_(None), col(ActionStep.result).not_in(_SETTLED))
    here = col(Teacher.status) != TeacherStatus.ARCHIVED
    return notes.steps(session, *due, unseen, unsettled, here)


def check_back(
    session: Session, step_id: UUID, result: CheckBack, today: date, again_on: date | None = None
) -> ActionStep:
    """Record how a step went; one that is not yet there may be looked at `again_on` another day.

    Raises Invalid where that day is not later than today.
    """
    if again_on is not None and again_on <= today:
        raise Invalid({"again_on": "Choose a day after today."})
    values = {"id": step_id, "result": result, "checked_on": today}
    return keep(session, ActionStep, values | ({"check_back_on": again_on} if again_on else {}))


def _next(session: Session, now: datetime) -> EventRow | None:
    """The event that runs, or the next to come within two weeks."""
    where = (Event.status == EventStatus.PLANNED, Event.ends > now, Event.starts < now + _NEXT_WITHIN)
    coming = events.rows(session, *where, Event.starts > now - timedelta(days=1), limit=5)
    return next((row for row in coming if not row.all_archived), None)


def _pick_up(session: Session, now: datetime, school: Calendar) -> Iterator[PickUp]:
    """What was left, the rounds first; a teacher who is named for a round is not named for contact too."""
    named: set[UUID] = set()
    for one in _rounds(session, now.date(), school):
        named.add(one.teacher_id)
        yield one
    yield from _unsaid(session, now, school)
    for row in schedule.planned_with_archived(session, now):
        yield PickUp(Why.ARCHIVED, row.teachers[0].id, row.teachers[0].name, 0, row)
    yield from _contacts(caseload.everyone(session, now), school, named)


def _rounds(session: Session, day: date, school: Calendar) -> Iterator[PickUp]:
    """The newest round of each running cycle, where a step is missing."""
    running = session.exec(select(CoachingCycle.id).where(CoachingCycle.status == CycleStatus.ACTIVE)).all()
    newest = {one.cycle_id: one for one in cycles.rounds(session, running)}
    for one in newest.values():
        if one.state is not ChainState.MISSING_STEP:
            continue
        last = max(one.steps.values(), key=lambda row: row.starts)
        who = next((who for who in last.teachers if not who.archived), None)
        since = school.count(last.starts.date(), day)
        if who and since >= DEBRIEF_AFTER:
            lacks = Why.NO_DEBRIEF if one.missing == (Slot.DEBRIEF,) else Why.MISSING_STEP
            yield PickUp(lacks, who.id, who.name, since, last, one)


def _unsaid(session: Session, now: datetime, school: Calendar) -> Iterator[PickUp]:
    """Events with a teacher that are over, of which nobody has said whether they took place."""
    where = (Event.status == EventStatus.PLANNED, Event.ends <= now, Event.starts > now - _UNSAID_WITHIN)
    for row in events.rows(session, *where):
        if row.teachers and row.note_id is None:
            who = row.teachers[0]
            yield PickUp(Why.TOOK_PLACE, who.id, who.name, school.count(row.starts.date(), now.date()), row)


def _contacts(rows: Iterable[TeacherRow], school: Calendar, named: set[UUID]) -> Iterator[PickUp]:
    """Teachers in an active cycle without contact for longer than agreed, and none planned; in school days.

    Nobody who said no or not now is ever among them (product.md, Vocabulary).
    """
    for row in rows:
        cycle = row.cycle
        if row.status is not TeacherStatus.ACTIVE or row.next_event or row.id in named or cycle is None:
            continue
        since = max(filter(None, (row.last_contact, cycle.starts_on)), default=None)
        if cycle.status is CycleStatus.ACTIVE and since is not None:
            days = school.count(since, row.today)
            if days > cycle.cadence_days:
                yield PickUp(Why.CONTACT, row.id, row.name, days)
