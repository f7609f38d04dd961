"""Writing the script of a visit: the newest draft whole, of which only what changed is written.

Meant for `Desk.do_later`: a draft in the queue may take the place of an older one, and none does harm when it
comes twice. Its arguments may come back as text from a sealed draft.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.model import ScriptLine, StandardTag
from coachdesk.model.script import Line, positions
from coachdesk.services.keep import keep, remove
from coachdesk.services.notes import key_of, open_note
from coachdesk.store import search

__all__ = ["Line"]

_FEW = 4  # rows that are indexed one by one


def write_lines(session: Session, note_id: UUID, lines: Sequence[Line | Mapping[str, Any]]) -> int:
    """Have the script hold exactly these lines in this order; says how many rows had to change.

    A line keeps the id its screen gave it, and its place in the vault while others come and go.
    Raises CoachdeskError if the note is closed.
    """
    note = open_note(session, note_id)
    wanted = {line.id: line for line in map(line_of, lines)}
    old = {row.id: row for row in _kept(session, note.id)}
    places = positions({key: row.position for key, row in old.items()}, list(wanted))
    gone = [session.get_one(ScriptLine, key) for key in old if key not in wanted]
    changed = [
        _values(line, note.id, places[key])
        for key, line in wanted.items()
        if key not in old or not _same(old[key], line, places[key])
    ]
    many = len(gone) + len(changed) > _FEW
    with search.at_once(session.connection()) if many else nullcontext():
        _untag(session, [row.id for row in gone])
        for row in gone:
            remove(session, row)
        for values in changed:
            keep(session, ScriptLine, values)
    return len(gone) + len(changed)


def _kept(session: Session, note_id: UUID) -> Sequence[Any]:
    """The columns of the lines that are there: of a long script one line changes at a time."""
    columns = (ScriptLine.id, ScriptLine.position, ScriptLine.offset, ScriptLine.kind, ScriptLine.text)
    asked = select(*columns)  # type: ignore[call-overload]
    return session.execute(asked.where(ScriptLine.note_id == note_id)).all()


def _untag(session: Session, line_ids: Sequence[UUID]) -> None:
    """Tags of lines that go stay with the visit: the coach practised it all the same."""
    if not line_ids:
        return
    note = select(StandardTag).join(ScriptLine, col(ScriptLine.id) == col(StandardTag.line_id))
    for found in session.exec(note.where(col(ScriptLine.id).in_(line_ids))).all():
        found.line_id = None


def line_of(said: Line | Mapping[str, Any]) -> Line:
    """A line, which comes back from a sealed draft as a mapping."""
    if isinstance(said, Line):
        return said
    return Line(key_of(said["id"]), int(said["offset"]), said["kind"], said["text"])


def _values(line: Line, note_id: UUID, position: int) -> dict[str, Any]:
    return {**asdict(line), "note_id": note_id, "position": position}


def _same(row: Any, line: Line, position: int) -> bool:
    return (row.text, row.offset, row.kind, row.position) == (line.text, line.offset, line.kind, position)
