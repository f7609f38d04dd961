"""All notes as a list: those to finish first, then the newest; or those in which something was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import Session, col, select

from coachdesk.model import Event, EventTeacher, ScriptLine, StandardTag, Teacher, VisitNote
from coachdesk.model.visits import NoteState
from coachdesk.services import events, search, shared
from coachdesk.services.events import EventRow
from coachdesk.services.shared import Stamps

PAGE = 60
_LETTERS = 200  # of a note's first line
_FEW = 2  # teachers


@dataclass(frozen=True)
class NoteRow:
    """One note in the list. `first_line` is what it begins with, or the words around what was found, marked
    as `search.Hit.snippet` is; `codes` are the standards the coach has accepted."""

    id: UUID
    event: EventRow
    started: datetime
    state: NoteState
    first_line: str = ""
    codes: tuple[str, ...] = ()
    shared: Stamps = ()


def newest(session: Session, after: NoteRow | None = None, limit: int = PAGE) -> tuple[NoteRow, ...]:
    """A page of the list: notes to finish, then all others, each newest first; or those `after` a row."""
    drafts = VisitNote.state == NoteState.DRAFT
    found: list[VisitNote] = []
    if after is None or after.state is NoteState.DRAFT:
        found += _some(session, limit, drafts, *_beyond(after))
    if len(found) < limit:
        beyond = _beyond(after) if after and after.state is not NoteState.DRAFT else ()
        found += _some(session, limit - len(found), col(VisitNote.state) != NoteState.DRAFT, *beyond)
    return _rows(session, found)


def found(session: Session, text: str, limit: int = PAGE) -> tuple[NoteRow, ...]:
    """The newest notes that hold the words of `text`, or are with a teacher whose name begins so.

    A single letter is the beginning of a name.
    """
    hits = search.notes(session, text, limit) if len(text.strip()) >= search.SHORTEST else []
    snippets = {hit.note_id: hit.snippet for hit in hits}
    notes = _some(session, limit, col(VisitNote.id).in_(list(snippets)))
    whose = _named(session, text)
    if whose:
        notes += _some(session, limit, _with(whose))
    once = {note.id: note for note in notes}
    order = sorted(once.values(), key=lambda note: note.started, reverse=True)
    return _rows(session, order[:limit], snippets)


def _some(session: Session, limit: int, *where: ColumnElement[bool] | bool) -> list[VisitNote]:
    asked = select(VisitNote).where(*where)
    order = (col(VisitNote.started).desc(), col(VisitNote.id).desc())
    return list(session.exec(asked.order_by(*order).limit(limit)))


def _with(teachers: list[UUID]) -> ColumnElement[bool]:
    """That a note is with one of these. The notes of many are soonest found by walking all from the newest
    on, those of a few by taking all of theirs."""
    theirs = select(EventTeacher.event_id).where(col(EventTeacher.teacher_id).in_(teachers))
    if len(teachers) > _FEW:
        return theirs.where(EventTeacher.event_id == VisitNote.event_id).exists()
    return col(VisitNote.event_id).in_(theirs)


def _beyond(after: NoteRow | None) -> tuple[ColumnElement[bool], ...]:
    if after is None:
        return ()
    return (tuple_(col(VisitNote.started), col(VisitNote.id)) < tuple_(after.started, after.id),)


def _named(session: Session, text: str) -> list[UUID]:
    """The teachers of whose names one begins with each word of `text`."""
    words = text.casefold().split()
    columns = (Teacher.id, Teacher.given_name, Teacher.preferred_name, Teacher.family_name)
    people = session.exec(select(*columns)) if words else ()
    return [who for who, *names in people if _is_called(words, " ".join(names).casefold().split())]


def _is_called(words: Iterable[str], names: Sequence[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def _rows(
    session: Session, notes: Sequence[VisitNote], snippets: dict[UUID, str] | None = None
) -> tuple[NoteRow, ...]:
    ids, event_ids = [note.id for note in notes], [note.event_id for note in notes]
    of_event = {row.id: row for row in events.rows(session, col(Event.id).in_(event_ids))}
    found_in = {key: snippet for key, snippet in (snippets or {}).items() if snippet}
    lines = {**_first_lines(session, ids), **found_in}
    codes, stamps = _codes(session, event_ids), shared.stamps(session, ids)
    return tuple(
        NoteRow(
            note.id,
            of_event[note.event_id],
            note.started,
            note.state,
            lines.get(note.id) or note.strength[:_LETTERS],
            codes.get(note.event_id, ()),
            stamps.get(note.id, ()),
        )
        for note in notes
    )


def _first_lines(session: Session, note_ids: list[UUID]) -> dict[UUID, str]:
    first = (
        select(func.substr(ScriptLine.text, 1, _LETTERS))
        .where(ScriptLine.note_id == VisitNote.id)
        .order_by(col(ScriptLine.position))
        .limit(1)
        .scalar_subquery()
    )
    asked = select(VisitNote.id, first).where(col(VisitNote.id).in_(note_ids))
    return {note_id: text or "" for note_id, text in session.exec(asked)}


def _codes(session: Session, event_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    asked = (
        select(StandardTag.event_id, StandardTag.code)
        .where(col(StandardTag.event_id).in_(event_ids), col(StandardTag.accepted))
        .order_by(StandardTag.code)
        .distinct()
    )
    codes: dict[UUID, tuple[str, ...]] = {}
    for event_id, code in session.exec(asked):
        codes[event_id] = (*codes.get(event_id, ()), code)
    return codes
