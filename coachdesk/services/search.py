"""Finding notes by their words, and what the search box looks for itself: teachers, schools, cycles, steps,
events."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from coachdesk.model import (
    ActionStep,
    CoachingCycle,
    Colleague,
    CycleTeacher,
    Event,
    EventTeacher,
    School,
    SchoolGoal,
    Teacher,
)
from coachdesk.model.cycles import CycleStatus
from coachdesk.model.quick import Person
from coachdesk.model.roster import ColleagueRole, TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import shared
from coachdesk.services.events import name_of
from coachdesk.services.shared import Stamps
from coachdesk.store.search import TABLE

_WORD = re.compile(r"\w+")
SHORTEST = 2  # letters from which on a word may be unfinished: the index keeps beginnings of two and three
OPEN, CLOSE = "\x02", "\x03"  # around what was found in `Hit.snippet`; nobody can type them

CYCLES = 1_000  # so many of the newest cycles are found as the coach types
STEPS = 1_000  # so many of the newest action steps: what some years agree on
BACK = timedelta(days=400)  # a school year and its summer: so far back events are found as the coach types
AHEAD = timedelta(days=200)
_A_YEAR = timedelta(days=365)  # of events, which are read at a time when all years are searched

# The words around what was found. To look for them takes minutes in a note of ten megabytes that holds a word
# a hundred thousand times, so one of more than 16,383 words shows none: the index counts them in bytes of
# seven bits, and all but the last begin with one.
_AROUND = f"""CASE WHEN EXISTS (SELECT 1 FROM {TABLE}_docsize WHERE id = {TABLE}.rowid
        AND substr(sz, 1, 1) >= x'80' AND substr(sz, 2, 1) >= x'80')
    THEN char(2, 3) || '…' ELSE snippet({TABLE}, 0, char(2), char(3), '…', 16) END"""

_NEWEST_FIRST = f"""
    SELECT n.note_id, {_AROUND}
    FROM {TABLE} JOIN note_number n ON n.number = {TABLE}.rowid
    WHERE {TABLE} MATCH ? ORDER BY {TABLE}.rowid DESC LIMIT ?"""

# CROSS JOIN keeps SQLite to this order: the index first, newest first, until there are enough.
_WITH = """
    (SELECT group_concat(
        trim(coalesce(nullif(t.preferred_name, ''), t.given_name) || ' ' || t.family_name), ', ')
        FROM eventteacher et JOIN teacher t ON t.id = et.teacher_id WHERE et.event_id = e.id)"""
_FOUND = f"""
    SELECT n.note_id, {_AROUND}, e.kind, e.starts, {_WITH}
    FROM {TABLE} CROSS JOIN note_number n ON n.number = {TABLE}.rowid
        CROSS JOIN visitnote v ON v.id = n.note_id CROSS JOIN event e ON e.id = v.event_id
    WHERE {TABLE} MATCH ? ORDER BY {TABLE}.rowid DESC LIMIT ?"""
_NAMED = f"""
    SELECT v.id, '', e.kind, e.starts, {_WITH}
    FROM visitnote v JOIN event e ON e.id = v.event_id WHERE v.id = :key OR v.event_id = :key"""


@dataclass(frozen=True)
class Hit:
    """A note that was found, and the words around; what was found lies between `OPEN` and `CLOSE`.

    The words are those a teacher may read: of a hit in what only the coach may, none are shown.
    """

    note_id: UUID
    snippet: str


@dataclass(frozen=True)
class FoundNote:
    """A note that was found, with what it is a note of; `names` are apart by commas.

    `own` says that it was found in words that only the coach may read.
    """

    note_id: UUID
    snippet: str
    kind: EventKind
    starts: datetime
    names: str
    own: bool = False
    shared: Stamps = ()


@dataclass(frozen=True)
class FoundTeacher:
    """A teacher as the search box knows them."""

    person: Person
    subjects: str
    room: str
    status: TeacherStatus


@dataclass(frozen=True)
class FoundCycle:
    """What a cycle with a teacher is about, as the search box knows it."""

    teacher_id: UUID
    name: str
    focus: str
    status: CycleStatus
    goal: str = ""


@dataclass(frozen=True)
class FoundStep:
    """An action step as the search box knows it."""

    teacher_id: UUID
    name: str
    text: str
    agreed: datetime


@dataclass(frozen=True)
class FoundPlace:
    """A school, one of its goals or a colleague there, as the search box knows them.

    A school without goal and colleague is the school itself; a colleague may be of no school.
    """

    school: School | None
    goal: str = ""
    colleague: str = ""
    role: ColleagueRole | None = None


@dataclass(frozen=True)
class NearEvent:
    """An event as the search box knows it; `names` are apart by commas."""

    id: UUID
    kind: EventKind
    status: EventStatus
    starts: datetime
    title: str
    place: str
    names: str


def notes(session: Session, text: str, limit: int = 20) -> list[Hit]:
    """The newest notes that hold every word of `text`; the last word may be unfinished."""
    asked = query(text)
    if not asked:
        return []
    rows = session.connection().exec_driver_sql(_NEWEST_FIRST, (asked, limit))
    return [Hit(UUID(note_id), _found_in(snippet)) for note_id, snippet in rows]


def found_notes(session: Session, text: str, limit: int = 6) -> list[FoundNote]:
    """As `notes`, with the event and the teachers of each."""
    asked = query(text)
    found = _found(session, _FOUND, (asked, limit)) if asked else []
    return [replace(note, snippet=_found_in(note.snippet), own=OPEN not in note.snippet) for note in found]


def notes_named(session: Session, keys: Iterable[UUID]) -> list[FoundNote]:
    """The notes with these keys, or of the events with these, in this order; one that is gone is left out."""
    return [note for key in keys for note in _found(session, _NAMED, {"key": key.hex})]


def teachers(session: Session) -> list[FoundTeacher]:
    """Everybody on the list by family name, the archived too."""
    columns = (
        Teacher.id,
        Teacher.given_name,
        Teacher.preferred_name,
        Teacher.family_name,
        Teacher.subjects,
        Teacher.room,
        Teacher.status,
    )
    asked = select(*columns).order_by(Teacher.family_name, Teacher.given_name)  # type: ignore[call-overload]
    return [_teacher(*line) for line in session.execute(asked)]


def places(session: Session) -> list[FoundPlace]:
    """Every school by name with its goals, those that are retired too; then all colleagues by name."""
    schools = {school.id: school for school in session.exec(select(School).order_by(School.name))}
    goals = session.exec(select(SchoolGoal).order_by(col(SchoolGoal.active).desc(), col(SchoolGoal.created)))
    people = session.exec(select(Colleague).order_by(Colleague.name))
    return [
        *(FoundPlace(school) for school in schools.values()),
        *(FoundPlace(schools[goal.school_id], goal=goal.title) for goal in goals),
        *(
            FoundPlace(schools.get(who.school_id) if who.school_id else None, "", who.name, who.role)
            for who in people
        ),
    ]


def cycles(session: Session, limit: int = CYCLES) -> list[FoundCycle]:
    """The newest cycles first, those that are over too, once for each teacher; at most `limit`."""
    asked = (
        select(  # type: ignore[call-overload]
            Teacher.id, func.trim(name_of()), CoachingCycle.focus, CoachingCycle.status, CoachingCycle.goal
        )
        .select_from(CoachingCycle)
        .join(CycleTeacher, col(CycleTeacher.cycle_id) == col(CoachingCycle.id))
        .join(Teacher, col(Teacher.id) == col(CycleTeacher.teacher_id))
        .where(or_(col(CoachingCycle.focus) != "", col(CoachingCycle.goal) != ""))
        .order_by(col(CoachingCycle.created).desc(), col(CycleTeacher.id))
        .limit(limit)
    )
    return [FoundCycle(*line) for line in session.execute(asked)]


def steps(session: Session, limit: int = STEPS) -> list[FoundStep]:
    """The newest action steps first, those that are settled too; at most `limit`."""
    agreed = func.coalesce(Event.starts, ActionStep.created)
    columns = (Teacher.id, func.trim(name_of()), ActionStep.text, agreed)
    asked = (
        select(*columns)
        .select_from(ActionStep)
        .join(Teacher, col(Teacher.id) == col(ActionStep.teacher_id))
        .outerjoin(Event, col(Event.id) == col(ActionStep.event_id))
        .order_by(col(ActionStep.created).desc(), col(ActionStep.id))
        .limit(limit)
    )
    return [FoundStep(*line) for line in session.execute(asked)]


def near_events(session: Session, now: datetime) -> list[NearEvent]:
    """The events around now: what comes, the soonest first, then what was, the newest first."""
    found = _events(session, now - BACK, now + AHEAD)
    return sorted(found, key=lambda event: (event.starts < now, abs(event.starts - now)))


def events_of_all_years(session: Session, wanted: Callable[[NearEvent], bool], limit: int) -> list[NearEvent]:
    """The newest events that are `wanted`, of all years; at most `limit`. They are read no further back."""
    return list(islice(filter(wanted, _every_event(session)), limit))


def _every_event(session: Session) -> Iterator[NearEvent]:
    """A year at a time, the newest first."""
    first, last = session.exec(select(func.min(Event.starts), func.max(Event.starts))).one()
    until = last
    while until is not None and until >= first:
        since = until - _A_YEAR
        found = _events(session, since + timedelta(microseconds=1), until)
        yield from sorted(found, key=lambda event: event.starts, reverse=True)
        until = since


def goes_beyond(session: Session, now: datetime) -> bool:
    """Whether there is more than what is found as the coach types."""
    outside = or_(col(Event.starts) < now - BACK, col(Event.starts) > now + AHEAD)
    asked = (
        select(Event.id).where(outside).limit(1),
        select(ActionStep.id).offset(STEPS).limit(1),
        select(CycleTeacher.id).offset(CYCLES).limit(1),
    )
    return any(session.exec(one).first() is not None for one in asked)


def _events(session: Session, since: datetime, until: datetime) -> list[NearEvent]:
    names = (
        select(func.group_concat(func.trim(name_of()), ", "))
        .join(EventTeacher, col(EventTeacher.teacher_id) == col(Teacher.id))
        .where(col(EventTeacher.event_id) == col(Event.id))
        .scalar_subquery()
    )
    asked = select(  # type: ignore[call-overload]
        Event.id, Event.kind, Event.status, Event.starts, Event.title, Event.place, func.coalesce(names, "")
    ).where(col(Event.starts).between(since, until))
    return [NearEvent(*line) for line in session.execute(asked)]


def _found_in(snippet: str) -> str:
    """The words around what was found; none where it was not found in them."""
    return snippet if OPEN in snippet else ""


def _found(session: Session, asked: str, given: tuple[object, ...] | dict[str, Any]) -> list[FoundNote]:
    rows = session.connection().exec_driver_sql(asked, given)
    notes = [_note(*row) for row in rows]
    stamps = shared.stamps(session, [note.note_id for note in notes])
    return [replace(note, shared=stamps.get(note.note_id, ())) for note in notes]


def _note(note_id: str, snippet: str, kind: str, starts: str, names: str | None) -> FoundNote:
    return FoundNote(UUID(note_id), snippet, EventKind(kind), datetime.fromisoformat(starts), names or "")


def _teacher(key: UUID, given: str, goes_by: str, family: str, *rest: Any) -> FoundTeacher:
    person = Person(key, f"{goes_by or given} {family}".strip(), (given, goes_by, family))
    return FoundTeacher(person, *rest)


def query(text: str) -> str:
    """`text` in the words of the index, which knows no operators, quotes or stars of the coach's."""
    words = [f'"{word}"' for word in _WORD.findall(text)]
    if words and len(words[-1]) - 2 >= SHORTEST and _WORD.search(text[-1:]):
        words[-1] += "*"
    return " ".join(words)
