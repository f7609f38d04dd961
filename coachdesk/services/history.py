"""Earlier versions of a note, read from what undo keeps: seen whole, and brought back.

Changes are kept for thirty days (see `services.changes`), and while Hold is on for as long as it is.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from coachdesk.errors import MovedOn
from coachdesk.model import Change, ScriptLine, VisitNote
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services.keep import keep
from coachdesk.services.notes import open_note
from coachdesk.services.script import write_lines

TEXTS = ("strength", "wondering", "interpretation", "reflection")
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Version:
    """A note as it was before change `number`; `until` is the moment of that change, in UTC."""

    number: int
    until: datetime
    lines: tuple[Line, ...]
    strength: str
    wondering: str
    interpretation: str
    reflection: str

    @property
    def texts(self) -> dict[str, str]:
        """What stands beside the script, by field."""
        return {name: getattr(self, name) for name in TEXTS}

    @property
    def content(self) -> tuple[object, ...]:
        """All that can be read of it."""
        return (*((line.offset, line.kind, line.text) for line in self.lines), *self.texts.values())

    @property
    def words(self) -> int:
        """How much was written."""
        said = [line.text for line in self.lines] + list(self.texts.values())
        return sum(len(text.split()) for text in said)


def versions(session: Session, note_id: UUID) -> list[Version]:
    """The earlier versions of a note that differ from what came after them, newest first."""
    found: list[Version] = []
    content = _version(0, datetime.now(UTC), _present(session, note_id)).content
    for version in _walk_back(session, note_id):
        if version.content != content and version.words:
            found.append(version)
        content = version.content
    return found


def bring_back(session: Session, note_id: UUID, number: int) -> None:
    """Have a note read as it did before change `number`; what it is now becomes an earlier version.

    Raises CoachdeskError if the note is closed, MovedOn if that version is no longer kept.
    """
    note = open_note(session, note_id)
    wanted = next((one for one in _walk_back(session, note.id) if one.number == number), None)
    if wanted is None:
        raise MovedOn()
    keep(session, VisitNote, {"id": note.id, **wanted.texts})
    write_lines(session, note.id, wanted.lines)


def _walk_back(session: Session, note_id: UUID) -> Iterator[Version]:
    """The note before each step that changed it, newest first; none from before it was begun."""
    rows = _present(session, note_id)
    for _batch, step in groupby(_changes(session, note_id), lambda change: change.batch):
        oldest = None
        for oldest in step:
            _take_back(rows, oldest)
        if oldest is None or str(note_id) not in rows:
            return
        yield _version(oldest.number or 0, oldest.at.replace(tzinfo=UTC), rows)


def _changes(session: Session, note_id: UUID) -> Sequence[Change]:
    """What changed the texts and the lines of a note and was not undone, newest first."""
    owner = func.json_extract(func.coalesce(Change.before, Change.after), "$.note_id")
    about = or_(
        col(Change.key) == note_id,
        (col(Change.record) == ScriptLine.__name__) & (owner == str(note_id)),
    )
    asked = select(Change).where(about, col(Change.undone).is_(False))
    return session.exec(asked.order_by(col(Change.number).desc())).all()


def _take_back(rows: Rows, change: Change) -> None:
    if change.before is None:
        rows.pop(str(change.key), None)
    else:
        rows[str(change.key)] = json.loads(change.before)


def _present(session: Session, note_id: UUID) -> Rows:
    note = session.get_one(VisitNote, note_id)
    lines = session.exec(select(ScriptLine).where(ScriptLine.note_id == note_id)).all()
    return {str(row.id): row.model_dump(mode="json") for row in (note, *lines)}


def _version(number: int, until: datetime, rows: Rows) -> Version:
    lines = sorted((row for row in rows.values() if "note_id" in row), key=lambda row: row["position"])
    note = next(row for row in rows.values() if "note_id" not in row)
    script = tuple(Line(UUID(row["id"]), row["offset"], LineKind(row["kind"]), row["text"]) for row in lines)
    return Version(number, until, script, **{name: note[name] for name in TEXTS})
