"""The caseload as the screen lists it: every teacher with their schools, cycle, last and next contact."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, func, select

from coachdesk.model import (
    CoachingCycle,
    CycleTeacher,
    Event,
    EventTeacher,
    Placement,
    School,
    Teacher,
)
from coachdesk.model.caseload import CycleGlance, Planned, TeacherRow
from coachdesk.model.cycles import CycleStatus
from coachdesk.model.days import Calendar
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import events

Seen = tuple[date | None, date | None]

RECENT = timedelta(days=400)  # a school year and its summer
_AT_ONCE = 500  # SQLite takes only so many values in one question

# The first of these that a teacher has is the cycle shown.
_SHOWN = (CycleStatus.ACTIVE, CycleStatus.AGREED, CycleStatus.PAUSED, CycleStatus.PROPOSED)


def everyone(session: Session, now: datetime) -> list[TeacherRow]:
    """Every teacher by family name, the archived too, each as it stands at `now`, the wall clock.

    Columns, not records: five thousand rows are read in the time a click may take.
    """
    known = _facts(session)
    seen = _seen(session, now, [facts[0] for facts in known])
    return sorted(_rows(session, known, seen, now), key=lambda row: row.order)


def one(session: Session, teacher_id: UUID, now: datetime) -> TeacherRow | None:
    """One teacher's line as it stands at `now`, the wall clock; None of one whose adding was taken back."""
    seen = _seen(session, now, [teacher_id])
    return next(iter(_rows(session, _facts(session, col(Teacher.id) == teacher_id), seen, now)), None)


def _rows(session: Session, known: list[Any], seen: dict[UUID, Seen], now: datetime) -> list[TeacherRow]:
    placed, ahead, cycles = _placements(session), _ahead(session, now), _cycles(session)
    quiet = _Quiet(events.calendar(session), now.date())
    rows = []
    for facts in known:
        ids, names = placed.get(facts[0], ((), ()))
        visit, contact = seen.get(facts[0], (None, None))
        cycle = cycles.get(facts[0])
        rest = (
            ids,
            names,
            visit,
            contact,
            ahead.get(facts[0]),
            cycle,
            now.date(),
            quiet.days(contact, cycle),
        )
        rows.append(TeacherRow(*(*facts, *rest)))
    return rows


class _Quiet:
    """How many school days nothing happened together, by the calendar that Today counts by."""

    def __init__(self, school: Calendar, today: date) -> None:
        self._school, self._today = school, today
        self._counted: dict[date, int] = {}  # many teachers were last met on one day

    def days(self, contact: date | None, cycle: CycleGlance | None) -> int | None:
        """Since the last contact or the cycle's start; None outside of an active cycle. Counted for 400 days
        at most."""
        if cycle is None or cycle.status is not CycleStatus.ACTIVE:
            return None
        since = max(filter(None, (contact, cycle.starts_on)), default=None)
        if since is None:
            return None
        since = max(since, self._today - RECENT)
        if since not in self._counted:
            self._counted[since] = self._school.count(since, self._today)
        return self._counted[since]


def _facts(session: Session, *where: ColumnElement[bool]) -> list[Any]:
    """The part of a row that the teacher's own record holds, in the order of TeacherRow."""
    goes_by = case(
        (col(Teacher.preferred_name) != "", col(Teacher.preferred_name)), else_=col(Teacher.given_name)
    )
    columns = (
        col(Teacher.id),
        goes_by,
        col(Teacher.family_name),
        col(Teacher.subjects),
        col(Teacher.grades),
        col(Teacher.room),
        col(Teacher.email),
        col(Teacher.status),
        col(Teacher.ask_again_on),
    )
    return list(session.execute(select(*columns).where(*where)))  # type: ignore[call-overload]


def _placements(session: Session) -> dict[UUID, tuple[tuple[UUID, ...], tuple[str, ...]]]:
    """The ids and names of the schools of each teacher, by name."""
    asked = (
        select(Placement.teacher_id, School.id, School.name)
        .join(School, col(School.id) == col(Placement.school_id))
        .order_by(School.name)
    )
    placed: dict[UUID, tuple[tuple[UUID, ...], tuple[str, ...]]] = {}
    for teacher_id, school_id, name in session.execute(asked):
        ids, names = placed.get(teacher_id, ((), ()))
        placed[teacher_id] = ((*ids, school_id), (*names, name))
    return placed


def _seen(session: Session, now: datetime, teacher_ids: list[UUID]) -> dict[UUID, Seen]:
    """For each teacher the day of the last visit, and of the last contact of any kind.

    Most are found in the recent past, however many years the vault holds; only the rest are looked for
    in all of it.
    """
    recent = _last(session, col(Event.starts).between(now - RECENT, now))
    rest = [who for who in teacher_ids if who not in recent or recent[who][0] is None]
    for first in range(0, len(rest), _AT_ONCE):
        who = col(EventTeacher.teacher_id).in_(rest[first : first + _AT_ONCE])
        recent |= _last(session, col(Event.starts) <= now, who)
    return recent


def _last(session: Session, *where: ColumnElement[bool]) -> dict[UUID, Seen]:
    visited = case((col(Event.kind) == EventKind.VISIT, col(Event.starts)))
    asked = (
        select(EventTeacher.teacher_id, func.max(visited), func.max(Event.starts))
        .join(Event, col(Event.id) == col(EventTeacher.event_id))
        .where(Event.status == EventStatus.COMPLETED, *where)
        .group_by(col(EventTeacher.teacher_id))
    )
    return {who: (_day(visit), _day(contact)) for who, visit, contact in session.execute(asked)}


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _ahead(session: Session, now: datetime) -> dict[UUID, Planned]:
    """The first planned event with each teacher."""
    asked = (
        select(EventTeacher.teacher_id, Event.kind, Event.starts)
        .join(Event, col(Event.id) == col(EventTeacher.event_id))
        .where(Event.status == EventStatus.PLANNED, Event.starts >= now)
        .order_by(col(Event.starts).desc())
    )
    return {who: Planned(kind, starts) for who, kind, starts in session.execute(asked)}


def _cycles(session: Session) -> dict[UUID, CycleGlance]:
    columns = (
        col(CycleTeacher.teacher_id),
        col(CoachingCycle.status),
        col(CoachingCycle.phase),
        col(CoachingCycle.focus),
        col(CoachingCycle.goal),
        col(CoachingCycle.cadence_days),
        col(CoachingCycle.starts_on),
    )
    asked = (
        select(*columns)  # type: ignore[call-overload]
        .join(CoachingCycle, col(CoachingCycle.id) == col(CycleTeacher.cycle_id))
        .where(col(CoachingCycle.status).in_(_SHOWN))
        .order_by(col(CoachingCycle.starts_on))  # of two alike the newest is last and stays, as on Today
    )
    found = sorted(session.execute(asked), key=lambda line: _SHOWN.index(line[1]), reverse=True)
    return {line[0]: CycleGlance(*line[1:]) for line in found}
