"""The caseload at a glance: a line for each teacher, which lines are wanted, and when contact is due."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from coachdesk.model.cycles import CycleStatus
from coachdesk.model.roster import Teacher, TeacherStatus
from coachdesk.model.schedule import EventKind

NO_CONTACT_DAYS = 30
COMING_UP_BEFORE = 2  # school days before contact is due: product.md, "shown as coming up from day 8" of 10
RUNNING = (CycleStatus.ACTIVE, CycleStatus.AGREED)


class Reminder(StrEnum):
    """Whether contact with a teacher in a running cycle is due: product.md, Defaults."""

    NONE = "none"
    COMING_UP = "coming_up"
    TO_PICK_UP_AGAIN = "to_pick_up_again"


class Part(StrEnum):
    """The parts of the roster a coach can look at."""

    ALL = "all"
    IN_A_CYCLE = "in_a_cycle"
    NO_CONTACT = "no_contact"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Planned:
    """The next event with a teacher; `starts` is wall-clock time in the school's time zone."""

    kind: EventKind
    starts: datetime


@dataclass(frozen=True)
class CycleGlance:
    """The cycle a teacher is in: a running one before a paused or proposed one."""

    status: CycleStatus
    phase: str
    focus: str
    goal: str
    cadence_days: int
    starts_on: date | None


@dataclass(frozen=True)
class TeacherRow:
    """One teacher as a line of the roster. How they came to coaching is no part of it (product.md)."""

    id: UUID
    given_name: str  # what they go by
    family_name: str
    subjects: str
    grades: str
    room: str
    email: str
    status: TeacherStatus
    ask_again_on: date | None
    schools: tuple[UUID, ...]
    school_names: tuple[str, ...]
    last_visit: date | None
    last_contact: date | None
    next_event: Planned | None
    cycle: CycleGlance | None
    today: date
    quiet_days: int | None = None  # school days without contact in an active cycle; None outside of one

    def rewritten(self, record: Teacher) -> "TeacherRow":
        """The same line after the teacher's own record was written again."""
        return replace(
            self,
            given_name=record.preferred_name or record.given_name,
            family_name=record.family_name,
            subjects=record.subjects,
            grades=record.grades,
            room=record.room,
            email=record.email,
            status=record.status,
            ask_again_on=record.ask_again_on,
        )

    @property
    def name(self) -> str:
        """ "Maya Rivera"; "" while there is none."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def listed(self) -> str:
        """The name as rosters sort it: "Rivera, Maya"; "" while there is none."""
        return ", ".join(filter(None, (self.family_name, self.given_name)))

    @cached_property
    def order(self) -> tuple[str, str]:
        if not self.family_name:
            return folded(self.given_name), ""
        return folded(self.family_name), folded(self.given_name)

    @cached_property
    def words(self) -> str:
        """All the text that a filter looks through."""
        goal = (self.cycle.goal, self.cycle.focus) if self.cycle else ()
        parts = (self.listed, self.name, self.subjects, self.grades, self.room, self.email, *goal)
        return folded("\n".join(parts))

    @property
    def in_a_cycle(self) -> bool:
        return self.cycle is not None and self.cycle.status in RUNNING

    @property
    def no_contact(self) -> bool:
        """An active teacher without any event together for 30 days; one who said no is never counted."""
        long_ago = self.last_contact is None or (self.today - self.last_contact).days >= NO_CONTACT_DAYS
        return self.status is TeacherStatus.ACTIVE and long_ago

    @property
    def reminder(self) -> Reminder:
        """Nothing for those who said not now or no, who are in no running cycle, or who have a date."""
        if self.status is not TeacherStatus.ACTIVE or self.next_event is not None:
            return Reminder.NONE
        if self.cycle is None or self.quiet_days is None:
            return Reminder.NONE
        return reminder_after(self.quiet_days, self.cycle.cadence_days)


@dataclass(frozen=True)
class Wanted:
    """Which lines to show: all that hold every word of `text`, in this part and school."""

    text: str = ""
    part: Part = Part.ALL
    school: UUID | None = None


def narrowed(rows: Iterable[TeacherRow], wanted: Wanted) -> list[TeacherRow]:
    """The wanted rows, in the order they came."""
    words = folded(wanted.text).split()
    return [
        row
        for row in rows
        if is_in(row, wanted.part)
        and (wanted.school is None or wanted.school in row.schools)
        and all(word in row.words for word in words)
    ]


def counts(rows: Sequence[TeacherRow], school: UUID | None = None) -> dict[Part, int]:
    """How many teachers of a school each part holds."""
    return {part: len(narrowed(rows, Wanted(part=part, school=school))) for part in Part}


def is_in(row: TeacherRow, part: Part) -> bool:
    archived = row.status is TeacherStatus.ARCHIVED
    if part is Part.ARCHIVED or archived:
        return archived and part is Part.ARCHIVED
    return part is Part.ALL or (row.in_a_cycle if part is Part.IN_A_CYCLE else row.no_contact)


def folded(text: str) -> str:
    """`text` for comparing: without case and accents, so that "munoz" finds "Muñoz"."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold()


def reminder_after(quiet_days: int, cadence: int) -> Reminder:
    """Whether contact is due, `quiet_days` school days after the last where it was agreed every `cadence`."""
    if quiet_days > cadence:
        return Reminder.TO_PICK_UP_AGAIN
    return Reminder.COMING_UP if quiet_days >= cadence - COMING_UP_BEFORE else Reminder.NONE
