"""Today: what comes next, what to pick up again, which steps to check back on, which notes to finish."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from coachdesk.errors import Invalid
from coachdesk.model import ActionStep, CoachingCycle, CycleTeacher, Event, EventTeacher, Teacher
from coachdesk.model.caseload import Reminder, reminder_after
from coachdesk.model.cycles import ChainState, CycleStatus, Slot
from coachdesk.model.days import Calendar
from coachdesk.model.goals import OVER, SETTLED, CheckBack
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import cycles, events, notes, schedule
from coachdesk.services.cycles import Round
from coachdesk.services.events import EventRow
from coachdesk.services.keep import keep
from coachdesk.services.notes import Card, StepRow, Unfinished

DEBRIEF_AFTER = 2  # school days: product.md, Defaults
AGAIN_AFTER = 5  # school days
_NEXT_WITHIN = timedelta(days=14)
_UNSAID_WITHIN = timedelta(days=14)
_LONG_AGO = timedelta(days=400)
_STILL_OPEN = timedelta(days=120)  # a step nobody looked at for so long is left to the timeline
_OFF = (EventStatus.CANCELLED, EventStatus.RESCHEDULED)


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
    older_to_finish: int = 0  # further notes to finish, which are not shown

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
    unfinished = notes.notes_to_finish(session)
    return Today(
        now.date(),
        school.name_of(now.date()),
        notes.card(session, next_one.id) if next_one else None,
        later,
        tuple(row for row in of_today if row.status is EventStatus.COMPLETED or row.ends <= now),
        tuple(_pick_up(session, now, school)),
        check_backs(session, now.date()),
        unfinished,
        notes.count_to_finish(session) - len(unfinished) if len(unfinished) == notes.SHOWN else 0,
    )


def next_visit(session: Session, now: datetime) -> UUID | None:
    """The visit that one key begins: the one that runs or comes next today."""
    begins, ends = events.day(now.date())
    today = (Event.starts >= begins, Event.starts < ends, Event.ends > now)
    where = (Event.kind == EventKind.VISIT, Event.status == EventStatus.PLANNED)
    coming = events.rows(session, *where, *today, limit=5)
    return next((row.id for row in coming if not row.all_archived), None)


def check_backs(session: Session, day: date) -> tuple[StepRow, ...]:
    """The action steps to look at again by this day, those of archived teachers left out."""
    since = day - _STILL_OPEN
    due = (col(ActionStep.check_back_on).between(since, day), col(ActionStep.status).not_in(OVER))
    checked = col(ActionStep.checked_on)
    unseen = or_(checked.is_(None), checked < col(ActionStep.check_back_on))
    unsettled = or_(col(ActionStep.result).is_(None), col(ActionStep.result).not_in(SETTLED))
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


def again_on(session: Session, step_id: UUID, today: date) -> date:
    """When to look at a step again: at the next event with its teacher, else in five school days."""
    step = session.get_one(ActionStep, step_id)
    after = events.day(today)[1]
    ahead = (events.with_teacher(step.teacher_id), Event.status == EventStatus.PLANNED)
    coming = events.rows(session, *ahead, Event.starts >= after, limit=1)
    return coming[0].starts.date() if coming else events.calendar(session).later(today, AGAIN_AFTER)


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
    yield from _contacts(session, now, school, named)


def _rounds(session: Session, day: date, school: Calendar) -> Iterator[PickUp]:
    """The newest round of each running cycle, where a step is missing."""
    running = session.exec(select(CoachingCycle.id).where(CoachingCycle.status == CycleStatus.ACTIVE)).all()
    for one in cycles.rounds(session, running, newest=True):
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


def _contacts(session: Session, now: datetime, school: Calendar, named: set[UUID]) -> Iterator[PickUp]:
    """Teachers in an active cycle without contact for longer than agreed, and none planned; in school days.

    Nobody who said no or not now is ever among them (product.md, Vocabulary).
    """
    running = _running(session, named)
    first = min((starts_on or now.date() - _LONG_AGO for *_who, starts_on in running), default=now.date())
    met = _last_met(session, first, now) if running else {}
    ahead = _with_a_date(session, now) if running else set()
    for teacher_id, name, cadence, starts_on in running:
        since = max(filter(None, (met.get(teacher_id), starts_on)), default=None)
        days = school.count(since, now.date()) if since else 0
        due = reminder_after(days, cadence) is Reminder.TO_PICK_UP_AGAIN
        if due and teacher_id not in ahead:
            yield PickUp(Why.CONTACT, teacher_id, name.strip(), days)


def _running(session: Session, named: set[UUID]) -> list[tuple[UUID, str, int, date | None]]:
    """Who is in an active cycle, how often contact was agreed and since when; the first named is enough."""
    columns = (
        col(CycleTeacher.teacher_id),
        events.name_of(),
        col(CoachingCycle.cadence_days),
        col(CoachingCycle.starts_on),
    )
    asked = (
        select(*columns)
        .join(CoachingCycle, col(CoachingCycle.id) == col(CycleTeacher.cycle_id))
        .join(Teacher, col(Teacher.id) == col(CycleTeacher.teacher_id))
        .where(CoachingCycle.status == CycleStatus.ACTIVE, Teacher.status == TeacherStatus.ACTIVE)
        .order_by(Teacher.family_name, Teacher.given_name, col(CoachingCycle.starts_on))
    )
    newest = {who[0]: who for who in session.execute(asked)}
    return [tuple(who) for key, who in newest.items() if key not in named]


def _last_met(session: Session, first: date, now: datetime) -> dict[UUID, date]:
    """The day of each teacher's last contact since a day."""
    asked = (
        select(EventTeacher.teacher_id, func.max(Event.starts))
        .join(Event, col(Event.id) == col(EventTeacher.event_id))
        .where(Event.status == EventStatus.COMPLETED)
        .where(col(Event.starts).between(events.day(first)[0], now))
        .group_by(col(EventTeacher.teacher_id))
    )
    return {who: last.date() for who, last in session.execute(asked)}


def _with_a_date(session: Session, now: datetime) -> set[UUID]:
    """Who has an event ahead."""
    asked = select(EventTeacher.teacher_id).join(Event, col(Event.id) == col(EventTeacher.event_id))
    return set(session.exec(asked.where(Event.status == EventStatus.PLANNED, Event.starts >= now)))
