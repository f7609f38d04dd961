"""Visit notes: what was seen and said in an event, line by line.

Two layers that never mix: script lines and agreed counts are the teacher's data and may reach their copy;
interpretation and reflection are for the coach alone.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import NaiveDatetime
from sqlmodel import Field

from coachdesk.model.kinds import (
    CoachOnlyLine,
    CoachOnlyText,
    PlainLine,
    Record,
    SharedLine,
    SharedText,
    choice,
)


class NoteState(StrEnum):
    DRAFT = "draft"
    FINISHED = "finished"
    CLOSED = "closed"


class LineKind(StrEnum):
    TEACHER = "teacher"
    STUDENT = "student"
    ACTION = "action"
    QUESTION = "question"
    STRENGTH = "strength"
    WONDER = "wonder"
    TECH = "tech"
    MOMENT = "moment"


class SharedWith(StrEnum):
    TEACHER = "teacher"
    PRINCIPAL = "principal"
    OTHER = "other"


class SharedHow(StrEnum):
    SHOWN = "shown"
    HANDED_OVER = "handed_over"
    SENT = "sent"


class VisitNote(Record, table=True):
    """The note of one event. `started` and `finished` are wall-clock times in the school's time zone."""

    event_id: UUID = Field(foreign_key="event.id", unique=True)
    state: NoteState = choice(NoteState, NoteState.DRAFT, title="State", index=True)
    started: NaiveDatetime = Field(index=True)
    finished: NaiveDatetime | None = None
    strength: SharedText = Field("", title="One strength")
    wondering: SharedText = Field("", title="One wondering")
    interpretation: CoachOnlyText = Field("", title="What I make of it", description="Only you can read this")
    reflection: CoachOnlyText = Field("", title="My own reflection", description="Only you can read this")


class ScriptLine(Record, table=True):
    """One low-inference line, `offset` seconds after the note was started."""

    note_id: UUID = Field(foreign_key="visitnote.id", index=True)
    position: int = 0
    offset: int = Field(0, ge=0)
    kind: LineKind = choice(LineKind, LineKind.ACTION)
    text: SharedText = ""


class AgreedCounter(Record, table=True):
    """A counter agreed to be on: in the visits of a cycle, or in all with a teacher. At most four are on."""

    teacher_id: UUID | None = Field(None, foreign_key="teacher.id", index=True)
    cycle_id: UUID | None = Field(None, foreign_key="coachingcycle.id", index=True)
    position: int = 0
    name: SharedLine = Field(title="Counter", min_length=1)
    definition: SharedLine = Field("", title="What counts")
    unit: PlainLine = Field("", title="Unit")


class Tally(Record, table=True):
    """A counter agreed with the teacher beforehand, and how often it was tapped."""

    note_id: UUID = Field(foreign_key="visitnote.id", index=True)
    position: int = 0
    name: SharedLine = Field(title="Counter", min_length=1)
    definition: SharedLine = ""
    count: int = Field(0, ge=0)
    unit: PlainLine = ""


class SharedStamp(Record, table=True):
    """That a note was shared: on which day, with whom and how, as the coach wrote it down (vault.md, T7).

    `who` says in a few words who it was, for those who are neither the teacher nor the principal.
    """

    note_id: UUID = Field(foreign_key="visitnote.id", index=True)
    day: date = Field(title="When")
    whom: SharedWith = choice(SharedWith, SharedWith.TEACHER, title="With whom")
    who: CoachOnlyLine = Field("", title="Who it was")
    how: SharedHow = choice(SharedHow, SharedHow.SHOWN, title="How")
