"""What a coach may wish for besides a record: one screen emits it by `Screen.open`, another fulfils it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class StartNote:
    """Begin the note of an event, or go on with it; with a teacher alone, of a visit that nobody planned."""

    event_id: UUID | None = None
    teacher_id: UUID | None = None


@dataclass(frozen=True)
class PlanCycle:
    """Plan meet, visit, meet: with this teacher, from this day, where they are known.

    `begun` is what was put in on another page of planning, which goes on here.
    """

    teacher_id: UUID | None = None
    first: datetime | None = None
    begun: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class OpenNote:
    """See a note that was begun; where it was found by `words`, the first line that holds them.

    They are a coach's words about somebody: no log shows them, and it is the same note without them.
    `hidden` as F9 hides it.
    """

    note_id: UUID
    words: str = field(default="", compare=False, repr=False)
    hidden: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class ShowTeacher:
    """See a teacher's page, at its `cycles` where one of them was found; it is the same page without."""

    teacher_id: UUID
    cycles: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class ShowEvent:
    """See an event on the calendar, in its week."""

    event_id: UUID


@dataclass(frozen=True)
class ShowWeek:
    """See the week of a day on the calendar."""

    day: date


@dataclass(frozen=True)
class QuickContact:
    """Record a word in the corridor: `words` is how its line begins, the teacher's name for example."""

    words: str = ""


@dataclass(frozen=True)
class ShowRoster:
    """See the list of teachers: to add somebody, where there is nobody yet."""


@dataclass(frozen=True)
class ShowNotes:
    """See the list of all notes, those to finish first."""


@dataclass(frozen=True)
class RestoreBackup:
    """Choose a backup and have it back: the program closes the desk for that."""


@dataclass(frozen=True)
class DeleteVault:
    """Have the vault deleted, with `second_too` its backups in the second folder as well: the program closes
    the desk for that."""

    second_too: bool = False


@dataclass(frozen=True)
class OpenSettings:
    """See the settings."""
