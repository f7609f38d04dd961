"""A visit: its note begun, the visit ended, the note written and finished, the next step agreed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import CoachdeskError
from coachdesk.model import ActionStep, CoachingCycle, CycleTeacher, Event, Teacher, VisitNote
from coachdesk.model.cycles import CycleStatus
from coachdesk.model.goals import Owner
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.model.visits import NoteState
from coachdesk.services import counters, events, notes, schedule, tagging, usual
from coachdesk.services.keep import keep, rewrite, rows_of
from coachdesk.services.notes import index_later, key_of, open_note
from coachdesk.store import recording

NO_TEACHER = "This event is with no teacher yet. Choose one on the calendar, then start the note."
ARCHIVED = "This teacher's file is in the archive. Take it out again, then start the note."
_EARLY = timedelta(minutes=15)  # a visit may begin so much before its time
_LATE = timedelta(minutes=60)  # beyond this the clock was forgotten: the planned end counts
_SHARED, _PRIVATE = {"strength", "wondering"}, {"interpretation", "reflection"}


def start_note(session: Session, event_id: UUID, now: datetime) -> UUID:
    """Begin the note of an event, with its agreed counters and suggested tags; or find the one begun.

    Raises CoachdeskError where the event is with nobody, or only with somebody in the archive.
    """
    begun = session.exec(select(VisitNote.id).where(VisitNote.event_id == event_id)).first()
    if begun is not None:
        return begun
    event = events.row(session, event_id)
    if not event.teachers:
        raise CoachdeskError(NO_TEACHER)
    if event.all_archived:
        raise CoachdeskError(ARCHIVED)
    note = keep(session, VisitNote, {"event_id": event_id, "started": now.replace(microsecond=0)})
    counters.bring_in(session, note.id, event)
    tagging.suggest(session, event.id, event.kind, note.id)
    return note.id


def start_note_for(session: Session, teacher_id: UUID, now: datetime) -> UUID:
    """Begin the note of a visit to a teacher: of the one that is planned for now, else of a new one.

    Raises CoachdeskError where the teacher's file is in the archive.
    """
    if session.get_one(Teacher, teacher_id).status is TeacherStatus.ARCHIVED:
        raise CoachdeskError(ARCHIVED)
    planned = (
        events.with_teacher(teacher_id),
        Event.kind == EventKind.VISIT,
        Event.status == EventStatus.PLANNED,
        Event.starts >= events.day(now.date())[0],
        Event.starts <= now + _EARLY,
        Event.ends >= now,
    )
    at_hand = events.rows(session, *planned, limit=1)
    return start_note(session, at_hand[0].id if at_hand else _unplanned(session, teacher_id, now), now)


def write_shared(session: Session, note_id: UUID, values: Mapping[str, str]) -> int:
    """Write `strength` and `wondering`, which the teacher may read; answers the note's new `rev`."""
    return _write(session, note_id, values, _SHARED)


def write_private(session: Session, note_id: UUID, values: Mapping[str, str]) -> int:
    """Write `interpretation` and `reflection`, for the coach alone; answers the note's new `rev`."""
    return _write(session, note_id, values, _PRIVATE)


def end_visit(session: Session, note_id: UUID, now: datetime) -> None:
    """The bell has rung: the event took place, from when the note was begun until now.

    A clock that was forgotten, or a note written up afterwards, leaves the planned times as they are.
    """
    note = session.get_one(VisitNote, key_of(note_id))
    event = session.get_one(Event, note.event_id)
    if event.status is EventStatus.PLANNED:
        values = {"id": event.id, "status": EventStatus.COMPLETED, **_clocked(event, note.started, now)}
        keep(session, Event, values)


def later(session: Session, note_id: UUID, now: datetime) -> None:
    """End the visit and leave its note among those to finish."""
    end_visit(session, note_id, now)


def finish(session: Session, note_id: UUID, now: datetime, values: Mapping[str, Any] | None = None) -> None:
    """Finish a note; nothing is required.

    `values` may hold strength, wondering, interpretation, reflection, and `step` with `due_on` and
    `check_back_on`: what was agreed, one step for each teacher of the event.
    """
    note = open_note(session, note_id)
    said = dict(values or {})
    end_visit(session, note.id, now)
    texts = {key: said[key] for key in (*_SHARED, *_PRIVATE) if key in said}
    done = {"state": NoteState.FINISHED, "finished": note.finished or now.replace(microsecond=0)}
    keep(session, VisitNote, {"id": note.id, **texts, **done})
    if (said.get("step") or "").strip():
        agree_step(session, note.event_id, said)


def reopen(session: Session, note_id: UUID) -> None:
    """Put a finished note back among those to finish. Raises CoachdeskError if it is closed."""
    note = open_note(session, note_id)
    keep(session, VisitNote, {"id": note.id, "state": NoteState.DRAFT})


def agree_step(session: Session, event_id: UUID, values: Mapping[str, Any]) -> list[UUID]:
    """Write what was agreed in an event, one step for each of its teachers.

    `values` has the `step`, and may have its `owner`, `due_on` and `check_back_on`.
    """
    event = session.get_one(Event, key_of(event_id))
    facts = {
        "event_id": event.id,
        "cycle_id": event.cycle_id,
        "text": str(values["step"]).strip(),
        "due_on": values.get("due_on"),
        "check_back_on": values.get("check_back_on") or check_back_day(session, event.id),
        "owner": values.get("owner") or Owner.TEACHER,
    }
    everyone = notes.teachers_of(session, event.id)
    return [keep(session, ActionStep, {**facts, "teacher_id": who}).id for who in everyone]


def check_back_day(session: Session, event_id: UUID) -> date:
    """When to check back, where nothing is said: at the next event together, else in five school days."""
    event = events.row(session, event_id)
    for who in event.teachers:
        ahead = (events.also_with(who.id), Event.status == EventStatus.PLANNED)
        coming = events.rows(session, *ahead, Event.starts > event.ends, limit=1)
        if coming:
            return coming[0].starts.date()
    return events.calendar(session).later(event.starts.date(), 5)


def _unplanned(session: Session, teacher_id: UUID, now: datetime) -> UUID:
    """A visit that nobody planned, in the teacher's running cycle where there is just one."""
    starts = now.replace(second=0, microsecond=0)
    last = datetime.combine(now.date(), time(23, 59))
    starts = min(starts, last - timedelta(minutes=1))
    running = (
        select(CoachingCycle.id)
        .join(CycleTeacher, col(CycleTeacher.cycle_id) == col(CoachingCycle.id))
        .where(CycleTeacher.teacher_id == teacher_id, CoachingCycle.status == CycleStatus.ACTIVE)
    )
    cycles = session.exec(running).all()
    values = {
        "kind": EventKind.VISIT,
        "starts": starts,
        "ends": min(starts + timedelta(minutes=usual.visit_minutes(session)), last),
        "teachers": [teacher_id],
        "cycle_id": cycles[0] if len(cycles) == 1 else None,
    }
    return schedule.create_event(session, values).id


def _clocked(event: Event, started: datetime, now: datetime) -> dict[str, datetime]:
    """The times by the visit's clock, as far as they can be this event's."""
    if not (event.starts - _LATE <= started <= event.ends) or now > event.ends + _LATE:
        return {}
    starts, ends = started.replace(second=0), now.replace(second=0, microsecond=0)
    ends = max(ends, starts + timedelta(minutes=1))
    return {"starts": starts, "ends": ends} if ends.date() == starts.date() else {}


def _write(session: Session, note_id: UUID, values: Mapping[str, str], only: set[str]) -> int:
    """By statement, for it happens with every second of typing."""
    key = key_of(note_id)
    found = rows_of(session, VisitNote, "id = ?", key.hex)
    if not found or found[0]["state"] is NoteState.CLOSED:
        open_note(session, key)  # which says what is wrong
    if recording.of(session).repeatable:  # it is being typed
        index_later(session, key)
    wanted = {name: values[name] for name in only & set(values)}
    rev: int = rewrite(session, VisitNote, found[0], wanted)["rev"]
    return rev
