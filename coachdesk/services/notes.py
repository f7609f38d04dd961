"""A visit's note as the screen shows it, with what to know before going in; and the notes still to finish."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    Chain,
    CoachingCycle,
    Event,
    EventTeacher,
    ScriptLine,
    StandardTag,
    Tally,
    Teacher,
    VisitNote,
)
from coachdesk.model.goals import CheckBack, StepStatus
from coachdesk.model.schedule import EventStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import NoteState
from coachdesk.services import events, shared
from coachdesk.services.events import EventRow
from coachdesk.services.shared import Stamps
from coachdesk.store import recording, search

CLOSED = "This note is closed, so nothing was changed in it."
SHOWN = 20  # notes to finish on Today
CLOSES_AFTER = 10  # school days: product.md, A twenty-minute visit
RUNS_FOR = timedelta(hours=4)  # longer than any visit: a clock that nobody stopped by then was forgotten


@dataclass(frozen=True)
class Tag:
    """A standard the coach was practising; `line_id` is None where it stands for the whole event."""

    id: UUID
    code: str
    accepted: bool
    line_id: UUID | None


@dataclass(frozen=True)
class Counter:
    """A counter that is on in this note."""

    id: UUID
    name: str
    definition: str
    unit: str
    count: int


@dataclass(frozen=True)
class StepRow:
    """An action step, for the list of a note, a teacher or the day."""

    id: UUID
    text: str
    owner: str
    due_on: date | None
    check_back_on: date | None
    status: StepStatus
    result: CheckBack | None
    checked_on: date | None
    event_id: UUID | None
    teacher_id: UUID
    teacher: str = ""


@dataclass(frozen=True)
class Card:
    """What to know before going in: where, what was agreed to work on, what was agreed last time."""

    event: EventRow
    room: str
    focus: str
    measure: str
    last_agreed: StepRow | None
    round: int | None = None  # which round of its cycle, counted from 1


@dataclass(frozen=True)
class NoteFile:
    """One note with all that its page shows."""

    id: UUID
    card: Card
    state: NoteState
    started: datetime
    finished: datetime | None
    closed: bool
    lines: tuple[Line, ...]
    counters: tuple[Counter, ...]
    tags: tuple[Tag, ...]
    steps: tuple[StepRow, ...]
    strength: str
    wondering: str
    interpretation: str
    reflection: str
    rev: int
    script: str = ""  # what `script_stamp` said of the lines
    shared: Stamps = ()  # the newest first

    @property
    def running(self) -> bool:
        """Whether nobody has said yet that the visit ended."""
        return self.state is NoteState.DRAFT and self.card.event.status is EventStatus.PLANNED

    def goes_on(self, now: datetime) -> bool:
        """Whether the coach is in this visit: it was begun not long ago, and has not ended."""
        return self.running and now - self.started < RUNS_FOR


@dataclass(frozen=True)
class Unfinished:
    """A note that was begun and not finished; `running` while its visit goes on."""

    id: UUID
    event: EventRow
    started: datetime

    @property
    def running(self) -> bool:
        return self.event.status is EventStatus.PLANNED


def note(session: Session, note_id: UUID, now: datetime) -> NoteFile:
    """A note as it stands at `now`, the wall clock."""
    kept = session.get_one(VisitNote, note_id)
    event = events.row(session, kept.event_id)
    return NoteFile(
        kept.id,
        _card(session, event, steps_before=kept.started),
        kept.state,
        kept.started,
        kept.finished,
        is_closed(session, kept, now),
        _lines(session, note_id),
        _counters(session, note_id),
        tags(session, kept.event_id),
        steps(session, col(ActionStep.event_id) == kept.event_id),
        kept.strength,
        kept.wondering,
        kept.interpretation,
        kept.reflection,
        kept.rev,
        script_stamp(session, note_id),
        shared.of(session, note_id),
    )


_STAMP = """SELECT count(*) || ' ' || total(rev) || ' ' || coalesce(max(changed), '')
    FROM scriptline WHERE note_id = ?"""


def script_stamp(session: Session, note_id: UUID) -> str:
    """Other words as soon as a line of the script came, went or changed, whoever did it."""
    said: str = session.connection().exec_driver_sql(_STAMP, (note_id.hex,)).scalar_one()
    return said


def found(session: Session, note_id: UUID, now: datetime) -> NoteFile | None:
    """A note as it stands; None for one whose beginning was taken back."""
    there = session.exec(select(VisitNote.id).where(VisitNote.id == note_id)).first()
    return note(session, note_id, now) if there else None


def card(session: Session, event_id: UUID) -> Card:
    """What to know before an event."""
    return _card(session, events.row(session, event_id))


def notes_to_finish(session: Session, limit: int = SHOWN) -> tuple[Unfinished, ...]:
    """Notes that were begun and not finished, newest first."""
    drafts = select(VisitNote).where(VisitNote.state == NoteState.DRAFT)
    found = session.exec(drafts.order_by(col(VisitNote.started).desc()).limit(limit)).all()
    of_event = {row.id: row for row in events.rows(session, col(Event.id).in_([n.event_id for n in found]))}
    return tuple(Unfinished(n.id, of_event[n.event_id], n.started) for n in found)


def count_to_finish(session: Session) -> int:
    """How many notes were begun and not finished, in all."""
    return session.exec(select(func.count()).where(VisitNote.state == NoteState.DRAFT)).one()


def running_note(session: Session, since: date = date.min) -> UUID | None:
    """The newest note begun `since` a day whose visit has not ended, if any: its clock runs."""
    begun = _running().where(VisitNote.started >= datetime.combine(since, time()))
    return session.exec(begun.order_by(col(VisitNote.started).desc())).first()


def runs(session: Session, note_id: UUID) -> bool:
    """Whether the clock of this note runs."""
    return session.exec(_running().where(VisitNote.id == note_id)).first() is not None


def steps(
    session: Session, *where: ColumnElement[bool] | bool, newest: bool = False, limit: int | None = None
) -> tuple[StepRow, ...]:
    """The action steps for which all of `where` holds, by the day to check back on, or `newest` first."""
    columns = (
        ActionStep.id,
        ActionStep.text,
        ActionStep.owner,
        ActionStep.due_on,
        ActionStep.check_back_on,
        ActionStep.status,
        ActionStep.result,
        ActionStep.checked_on,
        ActionStep.event_id,
        ActionStep.teacher_id,
        events.name_of(),
    )
    asked = select(*columns).join(Teacher, col(Teacher.id) == col(ActionStep.teacher_id))  # type: ignore[call-overload]
    created = col(ActionStep.created)
    order = (created.desc(),) if newest else (col(ActionStep.check_back_on), created)
    found = session.execute(asked.where(*where).order_by(*order).limit(limit))
    return tuple(StepRow(*(*line[:-1], line[-1].strip())) for line in found)


def tags(session: Session, event_id: UUID) -> tuple[Tag, ...]:
    """The standards tagged in an event, its note and its lines, by code."""
    asked = select(StandardTag).where(StandardTag.event_id == event_id)
    found = session.exec(asked.order_by(StandardTag.code, col(StandardTag.created)))
    return tuple(Tag(tag.id, tag.code, tag.accepted, tag.line_id) for tag in found)


def is_closed(session: Session, kept: VisitNote, now: datetime) -> bool:
    """Whether a finished note can no longer be changed: ten school days have passed."""
    if kept.state is not NoteState.FINISHED or kept.finished is None:
        return kept.state is NoteState.CLOSED
    return events.calendar(session).count(kept.finished.date(), now.date()) > CLOSES_AFTER


def open_note(session: Session, note_id: UUID | str) -> VisitNote:
    """The record of a note that may be written in. Raises CoachdeskError if it is closed."""
    kept = session.get_one(VisitNote, key_of(note_id))
    if kept.state is NoteState.CLOSED:
        raise CoachdeskError(CLOSED)
    return kept


def index_later(session: Session, note_id: UUID) -> None:
    """Have what is written into a note now indexed once the typing rests: each second it would take long."""
    recording.of(session).put_off = True
    search.put_off(session.connection(), note_id.hex)


def key_of(value: UUID | str) -> UUID:
    """A key, which comes back from a sealed draft as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _running() -> SelectOfScalar[UUID]:
    """The notes of visits of which nobody has said yet that they ended."""
    notes = select(VisitNote.id).join(Event, col(Event.id) == col(VisitNote.event_id))
    return notes.where(VisitNote.state == NoteState.DRAFT, Event.status == EventStatus.PLANNED)


def _card(session: Session, event: EventRow, steps_before: datetime | None = None) -> Card:
    cycle = session.get(CoachingCycle, event.cycle_id) if event.cycle_id else None
    who = event.teachers[0].id if event.teachers else None
    room = session.exec(select(Teacher.room).where(Teacher.id == who)).first() if who else None
    return Card(
        event,
        event.place or room or "",
        cycle.focus if cycle else "",
        cycle.measure if cycle else "",
        _last_agreed(session, event) if who else None,
        session.exec(select(Chain.number).where(Chain.id == event.chain_id)).first(),
    )


def _last_agreed(session: Session, event: EventRow) -> StepRow | None:
    """The newest step agreed with the first teacher of an event, before that event."""
    who = event.teachers[0].id
    agreed = (
        select(ActionStep.id)
        .join(Event, col(Event.id) == col(ActionStep.event_id), isouter=True)
        .where(ActionStep.teacher_id == who, col(ActionStep.event_id).is_distinct_from(event.id))
        .where(col(Event.starts).is_(None) | (col(Event.starts) < event.starts))
        .order_by(col(ActionStep.created).desc())
    )
    newest = session.exec(agreed.limit(1)).first()
    return steps(session, col(ActionStep.id) == newest)[0] if newest else None


def _lines(session: Session, note_id: UUID) -> tuple[Line, ...]:
    columns = (ScriptLine.id, ScriptLine.offset, ScriptLine.kind, ScriptLine.text)
    asked = select(*columns).where(ScriptLine.note_id == note_id).order_by(col(ScriptLine.position))
    return tuple(Line(*line) for line in session.execute(asked))


def _counters(session: Session, note_id: UUID) -> tuple[Counter, ...]:
    asked = select(Tally).where(Tally.note_id == note_id).order_by(col(Tally.position))
    return tuple(Counter(t.id, t.name, t.definition, t.unit, t.count) for t in session.exec(asked))


def teachers_of(session: Session, event_id: UUID) -> list[UUID]:
    """Whom an event is with."""
    asked = select(EventTeacher.teacher_id).where(EventTeacher.event_id == event_id)
    return list(session.exec(asked.order_by(col(EventTeacher.created))))
