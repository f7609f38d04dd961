"""Taking one teacher's file away for good: what goes, what stays, and then none of it is in the vault.

What is about this teacher alone goes whole: their events with notes and lines, cycles with rounds, steps,
counters, agreements, and every earlier version that undo and history keep. What was with others as well stays
with those. Pages that left stay as they are: they count teachers and name none (anonymity.md, P9).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, func, select, update

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    AgreedCounter,
    Agreement,
    Chain,
    Change,
    CoachingCycle,
    CycleGoal,
    CycleTeacher,
    Event,
    EventTeacher,
    Placement,
    Release,
    ScriptLine,
    SharedStamp,
    StandardTag,
    Tally,
    Teacher,
    VisitNote,
)
from coachdesk.model.kinds import Record
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import hold
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk
from coachdesk.store import backup, search, shelf

SOME = 400  # keys that one statement names
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

NOT_ARCHIVED = "Only the file of an archived teacher can be deleted. Archive it first, then look at it again."
GONE = "That file is no longer there."
SEALED = (
    "Something you typed could not be saved yet and is still sealed beside the vault. Lock and unlock "
    "coachdesk so that it comes back, then try again."
)


@dataclass(frozen=True)
class Going:
    """What deleting a teacher's file takes away, and what it leaves.

    `together` are events with other teachers too, `pages` those that left, `mentions` the notes of others in
    which the family name stands.
    """

    name: str
    events: int
    notes: int
    lines: int
    steps: int
    cycles: int
    agreements: int
    together: int
    pages: int
    mentions: int
    held: bool


@dataclass(frozen=True)
class _File:
    """The keys of what is about one teacher alone."""

    teacher: UUID
    events: frozenset[UUID]
    notes: frozenset[UUID]
    cycles: frozenset[UUID]
    chains: frozenset[UUID]
    together: frozenset[UUID] = field(default=frozenset())


def going(session: Session, teacher_id: UUID) -> Going:
    """What would go and what would stay; nothing is changed. Raises CoachdeskError where nobody is there."""
    teacher, file = _found(session, teacher_id)
    return Going(
        teacher.name,
        len(file.events),
        len(file.notes),
        _count(session, ScriptLine, ScriptLine.note_id, file.notes),
        _count(session, ActionStep, ActionStep.teacher_id, [teacher_id]),
        len(file.cycles),
        _count(session, Agreement, Agreement.teacher_id, [teacher_id]),
        len(file.together),
        session.exec(select(func.count(col(Release.id)))).one(),
        _mentions(session, teacher.family_name, file.notes),
        hold.is_on(session),
    )


def delete_for_good(desk: Desk, teacher_id: UUID) -> None:
    """Back up, then take the file away in one transaction and wipe its words from the search index.

    Not for the screen's thread. It cannot be undone: the backups made until now hold the file still, see
    `drop_older_backups`. Raises CoachdeskError where it may not be done, NotSaved where it could not.
    """
    if desk.rescued():
        raise CoachdeskError(SEALED)
    desk.ask(check, teacher_id)
    desk.backups.make()
    desk.do(delete_file, teacher_id)
    desk.wipe_words()


def older_backups(desk: Desk) -> int:
    """How many backups of this vault there are here; each made before now may hold what was deleted."""
    return len(shelf.told(desk.backups.folder))


def drop_older_backups(desk: Desk) -> int:
    """Make a verified backup of the vault as it is now, then delete all others here; how many those were.

    Not for the screen's thread. Raises CoachdeskError while Hold is on.
    """
    desk.ask(hold.check)
    made = desk.backups.make()
    backup.examine(made.path, desk.key)
    others = [one.path for one in shelf.told(desk.backups.folder) if one.vault == made.vault]
    others.remove(made.path)
    for path in others:
        path.unlink(missing_ok=True)
    return len(others)


def check(session: Session, teacher_id: UUID) -> None:
    """Raises CoachdeskError if this file may not be deleted now."""
    teacher = session.get(Teacher, teacher_id)
    if teacher is None:
        raise CoachdeskError(GONE)
    hold.check(session)
    if teacher.status is not TeacherStatus.ARCHIVED:
        raise CoachdeskError(NOT_ARCHIVED)


@lasting
def delete_file(session: Session, teacher_id: UUID) -> None:
    """Take the file away, and every earlier version of anything in it. Raises as `check` does."""
    check(session, teacher_id)
    _teacher, file = _found(session, teacher_id)
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _forget_changes(session, file)
    with search.at_once(connection):
        _delete_notes(session, file)
        _delete_cycles(session, file)
        _delete_teacher(session, file)
    numbers = [(note.hex,) for note in file.notes]
    if numbers:
        connection.exec_driver_sql("DELETE FROM note_number WHERE note_id = ?", numbers)


def _found(session: Session, teacher_id: UUID) -> tuple[Teacher, _File]:
    teacher = session.get(Teacher, teacher_id)
    if teacher is None:
        raise CoachdeskError(GONE)
    events = _keys(session, EventTeacher.event_id, EventTeacher.teacher_id, [teacher_id])
    cycles = _keys(session, CycleTeacher.cycle_id, CycleTeacher.teacher_id, [teacher_id])
    others = _others(session, EventTeacher.event_id, EventTeacher.teacher_id, events, teacher_id)
    own_cycles = cycles - _others(session, CycleTeacher.cycle_id, CycleTeacher.teacher_id, cycles, teacher_id)
    return teacher, _File(
        teacher_id,
        events - others,
        _keys(session, VisitNote.id, VisitNote.event_id, events - others),
        own_cycles,
        _keys(session, Chain.id, Chain.cycle_id, own_cycles),
        others,
    )


def _delete_notes(session: Session, file: _File) -> None:
    _delete(session, StandardTag, StandardTag.event_id, file.events)
    for kind in (ScriptLine, SharedStamp, Tally):
        _delete(session, kind, kind.note_id, file.notes)
    _delete(session, VisitNote, VisitNote.id, file.notes)


def _delete_cycles(session: Session, file: _File) -> None:
    """The cycles; what others have of them (an event together, a step) goes on without."""
    _delete(session, ActionStep, ActionStep.teacher_id, [file.teacher])
    for some in _some(file.events):
        _write(session, update(ActionStep).where(col(ActionStep.event_id).in_(some)).values(event_id=None))
    for some in _some(file.cycles):
        _write(session, update(ActionStep).where(col(ActionStep.cycle_id).in_(some)).values(cycle_id=None))
        apart = {"cycle_id": None, "chain_id": None, "slot": None}
        _write(session, update(Event).where(col(Event.cycle_id).in_(some)).values(**apart))
    for kind in (AgreedCounter, Agreement):
        _delete(session, kind, kind.teacher_id, [file.teacher])
        _delete(session, kind, kind.cycle_id, file.cycles)
    for link in (Chain, CycleGoal, CycleTeacher):
        _delete(session, link, link.cycle_id, file.cycles)
    _delete(session, CoachingCycle, CoachingCycle.id, file.cycles)


def _delete_teacher(session: Session, file: _File) -> None:
    for link in (EventTeacher, CycleTeacher, Placement):
        _delete(session, link, link.teacher_id, [file.teacher])
    _delete(session, Event, Event.id, file.events)
    _delete(session, Teacher, Teacher.id, [file.teacher])


def _forget_changes(session: Session, file: _File) -> None:
    """Earlier versions: of all that goes, of what went before and belonged to it, and of what names it.

    A row that was deleted last week is in no table, so it is found by the keys that it was kept with.
    """
    rows = session.exec(select(Change.number, Change.key, Change.before, Change.after)).all()
    named = {number: {str(key), *_named(before, after)} for number, key, before, after in rows}
    gone = {str(key) for key in (file.teacher, *file.events, *file.notes, *file.cycles, *file.chains)}
    keys = {number: str(key) for number, key, *_ in rows}
    forgotten: set[int | None] = set()
    while more := {number for number, those in named.items() if number not in forgotten and those & gone}:
        forgotten |= more
        gone |= {keys[number] for number in more}
    for some in _some(forgotten):
        _write(session, delete(Change).where(col(Change.number).in_(some)))


def _named(*rows: str | None) -> Iterator[str]:
    """The keys in a row as it is kept for undo."""
    for row in rows:
        if row:
            yield from _KEY.findall(row)


def _mentions(session: Session, family_name: str, but: Collection[UUID]) -> int:
    """How many notes that stay hold the family name."""
    words = " ".join(re.findall(r"\w+", family_name))
    if not words:
        return 0
    found = session.connection().exec_driver_sql(
        f"SELECT note_id FROM note_number JOIN {search.TABLE} ON {search.TABLE}.rowid = number "
        f"WHERE {search.TABLE} MATCH ?",
        (f'"{words}"',),
    )
    return len({UUID(key) for (key,) in found} - set(but))


def _others(
    session: Session, key: Any, whose: Any, of: Collection[UUID], teacher_id: UUID
) -> frozenset[UUID]:
    """Which of these events or cycles are with somebody else as well."""
    found: set[UUID] = set()
    for some in _some(of):
        found |= set(session.exec(select(key).where(col(key).in_(some), col(whose) != teacher_id)))
    return frozenset(found)


def _keys(session: Session, wanted: Any, where: Any, among: Iterable[UUID]) -> frozenset[UUID]:
    found: set[UUID] = set()
    for some in _some(among):
        found |= set(session.exec(select(wanted).where(col(where).in_(some))))
    return frozenset(found)


def _count(session: Session, kind: type[Record], where: Any, among: Iterable[UUID]) -> int:
    return sum(
        session.exec(select(func.count(col(kind.id))).where(col(where).in_(some))).one()
        for some in _some(among)
    )


def _delete(session: Session, kind: type[Record], where: Any, among: Iterable[UUID]) -> None:
    for some in _some(among):
        _write(session, delete(kind).where(col(where).in_(some)))


def _write(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))


def _some(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """So many keys at a time that one statement may name them."""
    left = list(keys)
    for start in range(0, len(left), SOME):
        yield left[start : start + SOME]
