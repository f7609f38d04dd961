"""The calendar: a week of events to look at; events made, moved, taken away, or said not to have happened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import (
    ActionStep,
    Event,
    EventTeacher,
    NoSchool,
    ScriptLine,
    SharedStamp,
    StandardTag,
    Tally,
    Teacher,
    VisitNote,
)
from coachdesk.model.days import Hours
from coachdesk.model.kinds import Record
from coachdesk.model.planning import Busy, clashes, free_time, problem
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import DidntHappen, EventStatus
from coachdesk.services import events, hold
from coachdesk.services.events import EventRow, Who
from coachdesk.services.keep import keep, remove

__all__ = ["EventRow", "Who"]

OVERLAP = "This overlaps another event, from {starts} to {ends}. Both are kept."
ARCHIVED = "This teacher's file is in the archive. Take it out again before you plan with them."
NO_TEACHER = "Choose the teacher this is with."
HAS_NOTE = "There is a note of this event, so it stays. If it didn't happen, say so instead."
_GONE = (EventStatus.CANCELLED, EventStatus.RESCHEDULED)  # no longer painted


@dataclass(frozen=True)
class Placed:
    """An event that was kept, and what else lies at its time: they are shown side by side."""

    id: UUID
    overlaps: tuple[Busy, ...] = ()

    @property
    def says(self) -> str:
        """The overlap as a sentence, in English with `{starts}` and `{ends}`; "" if there is none."""
        return OVERLAP if self.overlaps else ""


@dataclass(frozen=True)
class Day:
    """A day of a week; `closed` is what a day without school is called, where it has a name."""

    day: date
    is_school_day: bool
    closed: str


@dataclass(frozen=True)
class Week:
    """All that the week shows."""

    days: tuple[Day, ...]
    hours: Hours
    events: tuple[EventRow, ...]


def week(session: Session, first_day: date, days: int = 7) -> Week:
    """The events of so many days from `first_day` on, earliest first, without what was cancelled."""
    begins, _ = events.day(first_day)
    here = (Event.starts >= begins, Event.starts < begins + timedelta(days=days))
    found = events.rows(session, *here, col(Event.status).not_in(_GONE))
    known = events.calendar(session)
    shown = [first_day + timedelta(days=n) for n in range(days)]
    marks = tuple(Day(day, known.is_school_day(day), known.name_of(day)) for day in shown)
    return Week(marks, events.hours(session), found)


def next_free_slot(
    session: Session, after: datetime, minutes: int, school_id: UUID | None = None
) -> datetime | None:
    """The next time of that length in school hours, on a school day, with nothing else; None in 60 days."""
    return free_time(events.openings(session, after, school_id), after, minutes)


def create_event(session: Session, values: dict[str, Any]) -> Placed:
    """Put an event on the calendar: kind, starts, ends, `teachers` (their ids), and what else is known.

    The school is the teacher's where none is given.

    Raises:
        Invalid: a time it cannot have, nobody where somebody is needed, or somebody archived.
    """
    facts = {key: value for key, value in values.items() if key != "teachers"}
    teachers = [UUID(str(one)) for one in values.get("teachers", ())]
    if facts["kind"] in events.WITH_A_TEACHER and not teachers:
        raise Invalid({"teachers": NO_TEACHER})
    for teacher_id in teachers:
        if session.get_one(Teacher, teacher_id).status is TeacherStatus.ARCHIVED:
            raise Invalid({"teachers": ARCHIVED})
    if facts.get("school_id") is None and teachers:
        facts["school_id"] = events.school_of(session, teachers[0])
    _check_times(session, facts["starts"], facts["ends"], facts.get("school_id"))
    event = keep(session, Event, facts)
    for teacher_id in teachers:
        keep(session, EventTeacher, {"event_id": event.id, "teacher_id": teacher_id})
    return _placed(session, event)


def move_event(session: Session, event_id: UUID, starts: datetime) -> Placed:
    """Have an event begin at another time, as long as before. Raises Invalid."""
    event = session.get_one(Event, event_id)
    return _put(session, event, starts, starts + (event.ends - event.starts))


def resize_event(session: Session, event_id: UUID, ends: datetime) -> Placed:
    """Have an event end at another time. Raises Invalid."""
    event = session.get_one(Event, event_id)
    return _put(session, event, event.starts, ends)


def reschedule_event(session: Session, event_id: UUID, starts: datetime, ends: datetime) -> Placed:
    """Give an event both its times: what *Move…* asks for. Raises Invalid."""
    return _put(session, session.get_one(Event, event_id), starts, ends)


def change_event(session: Session, values: dict[str, Any]) -> Placed:
    """Write what an event is about; `teachers`, where given, are all it is with. Raises Invalid."""
    event = session.get_one(Event, values["id"])
    facts = {key: value for key, value in values.items() if key != "teachers"}
    starts, ends = facts.get("starts", event.starts), facts.get("ends", event.ends)
    _check_times(session, starts, ends, facts.get("school_id", event.school_id))
    kept = keep(session, Event, facts)
    if "teachers" in values:
        _set_teachers(session, kept, {UUID(str(one)) for one in values["teachers"]})
    return _placed(session, kept)


def delete_event(session: Session, event_id: UUID) -> None:
    """Take an event off the calendar, with a note in which nothing was written.

    What was agreed in it stays. Raises CoachdeskError where something was written, or while Hold is on.
    """
    hold.check(session)
    event = session.get_one(Event, event_id)
    note = session.exec(select(VisitNote).where(VisitNote.event_id == event_id)).first()
    if note is not None and _written(session, note):
        raise CoachdeskError(HAS_NOTE)
    for step in session.exec(select(ActionStep).where(ActionStep.event_id == event_id)).all():
        keep(session, ActionStep, {"id": step.id, "event_id": None})
    _remove_all(session, StandardTag, event_id)
    if note is not None:
        for line in session.exec(select(ScriptLine).where(ScriptLine.note_id == note.id)).all():
            remove(session, line)
        for tally in session.exec(select(Tally).where(Tally.note_id == note.id)).all():
            remove(session, tally)
        remove(session, note)
    _remove_all(session, EventTeacher, event_id)
    remove(session, event)


def didnt_happen(session: Session, event_id: UUID, reason: DidntHappen) -> Event:
    """Say that an event didn't happen, and why."""
    return keep(session, Event, {"id": event_id, "status": EventStatus.DIDNT_HAPPEN, "reason": reason})


def took_place(session: Session, event_id: UUID) -> Event:
    """Say that an event took place."""
    return keep(session, Event, {"id": event_id, "status": EventStatus.COMPLETED, "reason": None})


def planned_with_archived(session: Session, now: datetime) -> tuple[EventRow, ...]:
    """Events still ahead whose teachers have all been archived: cancel them, or take the file out again."""
    archived = select(EventTeacher.event_id).join(Teacher, col(Teacher.id) == col(EventTeacher.teacher_id))
    with_one = archived.where(Teacher.status == TeacherStatus.ARCHIVED)
    begins, _ends = events.day(now.date())  # the index knows when events start
    ahead = (Event.status == EventStatus.PLANNED, Event.starts >= begins, Event.ends > now)
    found = events.rows(session, *ahead, col(Event.id).in_(with_one))
    return tuple(row for row in found if row.all_archived)


def cancel_planned(session: Session, teacher_id: UUID, now: datetime) -> int:
    """Cancel all that is still planned with one teacher alone, and say how many events that was."""
    ahead = (Event.status == EventStatus.PLANNED, Event.ends > now, events.with_teacher(teacher_id))
    alone = [row for row in events.rows(session, *ahead) if len(row.teachers) == 1]
    for row in alone:
        keep(session, Event, {"id": row.id, "status": EventStatus.CANCELLED})
    return len(alone)


def no_school(session: Session) -> list[NoSchool]:
    """The days without school, earliest first."""
    return list(session.exec(select(NoSchool).order_by(col(NoSchool.first_day))))


def save_no_school(session: Session, values: dict[str, Any]) -> NoSchool:
    """Write a holiday or a break; without a last day it is a single one. Raises Invalid."""
    if values.get("first_day") is not None and values.get("last_day") is None:
        values = {**values, "last_day": values["first_day"]}
    try:
        return keep(session, NoSchool, values)
    except Invalid as error:  # what concerns both days is said under the last
        raise Invalid(
            {"last_day" if key == "form" else key: why for key, why in error.problems.items()}
        ) from None


def remove_no_school(session: Session, key: UUID) -> None:
    remove(session, session.get_one(NoSchool, key))


def _check_times(session: Session, starts: datetime, ends: datetime, school_id: UUID | None) -> None:
    why = problem(starts, ends, events.zone(session, school_id))
    if why:
        raise Invalid({"ends": why})


def _put(session: Session, event: Event, starts: datetime, ends: datetime) -> Placed:
    _check_times(session, starts, ends, event.school_id)
    return _placed(session, keep(session, Event, {"id": event.id, "starts": starts, "ends": ends}))


def _placed(session: Session, event: Event) -> Placed:
    others = [one for one in events.busy(session, event.starts, event.ends) if one.event_id != event.id]
    off = event.status in events.OFF
    return Placed(event.id, () if off else clashes(others, event.starts, event.ends))


def _set_teachers(session: Session, event: Event, wanted: set[UUID]) -> None:
    if event.kind in events.WITH_A_TEACHER and not wanted:
        raise Invalid({"teachers": NO_TEACHER})
    for link in session.exec(select(EventTeacher).where(EventTeacher.event_id == event.id)).all():
        if link.teacher_id in wanted:
            wanted.discard(link.teacher_id)
        else:
            remove(session, link)
    for teacher_id in sorted(wanted):
        keep(session, EventTeacher, {"event_id": event.id, "teacher_id": teacher_id})


def _written(session: Session, note: VisitNote) -> bool:
    """Whether a note holds anything that was typed or counted, or was shared."""
    if note.strength or note.wondering or note.interpretation or note.reflection:
        return True
    typed = select(ScriptLine.id).where(ScriptLine.note_id == note.id, ScriptLine.text != "")
    counted = select(Tally.id).where(Tally.note_id == note.id, Tally.count > 0)
    shared = select(SharedStamp.id).where(SharedStamp.note_id == note.id)
    return any(session.exec(asked).first() is not None for asked in (typed, counted, shared))


def _remove_all(session: Session, record: type[StandardTag] | type[EventTeacher], event_id: UUID) -> None:
    found: list[Record] = list(session.exec(select(record).where(record.event_id == event_id)))
    for row in found:
        remove(session, row)
