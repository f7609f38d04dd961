"""Events as screens show them, with the teachers they are with; and what time they leave free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, col, select

from coachdesk.model import (
    Event,
    EventTeacher,
    NoSchool,
    Placement,
    School,
    SchoolYear,
    Teacher,
    VisitNote,
)
from coachdesk.model.cycles import Slot
from coachdesk.model.days import Calendar, Hours, Span
from coachdesk.model.planning import LOOK_AHEAD, Busy, Openings
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus
from coachdesk.model.visits import NoteState
from coachdesk.services import usual

OFF = (EventStatus.CANCELLED, EventStatus.RESCHEDULED, EventStatus.DIDNT_HAPPEN)  # their time is free
WITH_A_TEACHER = (EventKind.PLANNING_MEETING, EventKind.VISIT, EventKind.DEBRIEF, EventKind.QUICK_CONTACT)
_AT_ONCE = 500  # SQLite takes only so many values in one question


@dataclass(frozen=True)
class Who:
    """A teacher of an event."""

    id: UUID
    name: str
    archived: bool = False


@dataclass(frozen=True)
class EventRow:
    """One event; `starts` and `ends` are wall-clock times in the school's time zone."""

    id: UUID
    kind: EventKind
    status: EventStatus
    starts: datetime
    ends: datetime
    title: str
    place: str
    period: str
    preparation: str
    reason: DidntHappen | None
    school_id: UUID | None
    cycle_id: UUID | None
    chain_id: UUID | None
    slot: Slot | None
    note_id: UUID | None
    note_state: NoteState | None
    teachers: tuple[Who, ...] = ()

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds() // 60)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(who.name for who in self.teachers)

    @property
    def all_archived(self) -> bool:
        """Everybody it is with has been archived since it was planned."""
        return bool(self.teachers) and all(who.archived for who in self.teachers)


_COLUMNS = (
    Event.id,
    Event.kind,
    Event.status,
    Event.starts,
    Event.ends,
    Event.title,
    Event.place,
    Event.period,
    Event.preparation,
    Event.reason,
    Event.school_id,
    Event.cycle_id,
    Event.chain_id,
    Event.slot,
    VisitNote.id,
    VisitNote.state,
)


def rows(
    session: Session, *where: ColumnElement[bool] | bool, newest: bool = False, limit: int | None = None
) -> tuple[EventRow, ...]:
    """The events for which all of `where` holds, earliest first, or `newest` first."""
    asked = select(*_COLUMNS).join(VisitNote, col(VisitNote.event_id) == col(Event.id), isouter=True)  # type: ignore[call-overload]
    starts = col(Event.starts)
    order = (starts.desc(), col(Event.id).desc()) if newest else (starts, col(Event.id))
    found = list(session.execute(asked.where(*where).order_by(*order).limit(limit)))
    people = _teachers(session, [line[0] for line in found])
    return tuple(EventRow(*(*line, people.get(line[0], ()))) for line in found)


def row(session: Session, event_id: UUID) -> EventRow:
    [found] = rows(session, col(Event.id) == event_id)
    return found


def with_teacher(teacher_id: UUID) -> ColumnElement[bool]:
    """That an event is with this teacher."""
    theirs = select(EventTeacher.event_id).where(EventTeacher.teacher_id == teacher_id)
    return col(Event.id).in_(theirs)


def also_with(teacher_id: UUID) -> ColumnElement[bool]:
    """As `with_teacher`, where a time leaves fewer events than the teacher does: asked of each of those."""
    theirs = select(EventTeacher.event_id).where(EventTeacher.teacher_id == teacher_id)
    return theirs.where(EventTeacher.event_id == Event.id).exists()


def calendar(session: Session) -> Calendar:
    """The school days the coach has written down."""
    years = select(col(SchoolYear.first_day), col(SchoolYear.last_day), col(SchoolYear.name))
    closed = select(col(NoSchool.first_day), col(NoSchool.last_day), col(NoSchool.name))
    return Calendar(
        tuple(Span(*year) for year in session.exec(years.order_by(col(SchoolYear.first_day)))),
        tuple(Span(*off) for off in session.exec(closed.order_by(col(NoSchool.first_day)))),
    )


def hours(session: Session, school_id: UUID | None = None) -> Hours:
    """The hours of a school; of all together, the earliest and the latest, where none is named."""
    asked = select(School) if school_id is None else select(School).where(School.id == school_id)
    schools = session.exec(asked).all()
    if not schools:
        return Hours()
    return Hours(min(s.day_starts for s in schools), max(s.day_ends for s in schools))


def zone(session: Session, school_id: UUID | None) -> str:
    """The time zone an event is in: its school's, or that of the coach's first school."""
    asked = select(School).order_by(col(School.created))
    if school_id is not None:
        asked = asked.where(School.id == school_id)
    school = session.exec(asked).first()
    return school.time_zone if school else ""


def busy(session: Session, first: datetime, last: datetime) -> tuple[Busy, ...]:
    """The times between two moments that are taken; what didn't happen leaves its time free."""
    asked = (
        select(Event.starts, Event.ends, Event.id, Event.kind)
        .where(Event.starts < last, Event.starts >= first - timedelta(days=1), Event.ends > first)
        .where(col(Event.status).not_in(OFF))
        .order_by(col(Event.starts))
    )
    return tuple(Busy(*line) for line in session.execute(asked))


def openings(session: Session, after: datetime, school_id: UUID | None = None) -> Openings:
    """What a free time after a moment is looked for in."""
    taken = busy(session, after, after + timedelta(days=LOOK_AHEAD * 2))
    return Openings(calendar(session), hours(session, school_id), taken, usual.visit_minutes(session))


def school_of(session: Session, teacher_id: UUID) -> UUID | None:
    """Where a teacher works; of several the first by name."""
    asked = (
        select(School.id)
        .join(Placement, col(Placement.school_id) == col(School.id))
        .where(Placement.teacher_id == teacher_id)
        .order_by(School.name)
    )
    return session.exec(asked).first()


def day(when: date) -> tuple[datetime, datetime]:
    """The first moment of a day, and of the next."""
    begins = datetime.combine(when, datetime.min.time())
    return begins, begins + timedelta(days=1)


def name_of() -> ColumnElement[str]:
    """What a teacher goes by and the family name, apart by a blank."""
    goes_by = case(
        (col(Teacher.preferred_name) != "", col(Teacher.preferred_name)), else_=col(Teacher.given_name)
    )
    return goes_by + " " + col(Teacher.family_name)


def _teachers(session: Session, event_ids: list[UUID]) -> dict[UUID, tuple[Who, ...]]:
    found: dict[UUID, tuple[Who, ...]] = {}
    for event_id, *who, status in _with(session, event_ids):
        one = Who(who[0], who[1].strip(), status is TeacherStatus.ARCHIVED)
        found[event_id] = (*found.get(event_id, ()), one)
    return found


def _with(session: Session, event_ids: list[UUID]) -> Iterable[Any]:
    for first in range(0, len(event_ids), _AT_ONCE):
        asked = (
            select(EventTeacher.event_id, Teacher.id, name_of(), Teacher.status)
            .join(Teacher, col(Teacher.id) == col(EventTeacher.teacher_id))
            .where(col(EventTeacher.event_id).in_(event_ids[first : first + _AT_ONCE]))
            .order_by(Teacher.family_name, Teacher.given_name)
        )
        yield from session.execute(asked)
