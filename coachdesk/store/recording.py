"""What a session that writes leaves behind: `rev` and `changed` grow, each row's before and after is kept.

`Change` rows are written from the flush, so no command has to think of them; they serve undo.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json, to_jsonable_python
from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel

from coachdesk.model import Change
from coachdesk.model.kinds import Record, new_key
from coachdesk.store.rows import add, put, run

Touched = frozenset[type]
Rows = dict[str, Any]
KEY = "recording"


@dataclass
class Recording:
    """What one piece of work did. With `kept` False its rows are not kept for undo.

    With `again` True the batch has begun before (typing goes on): a row that is in it is not kept twice.
    `put_off` says that a note was left for the search index to be caught up with. `repeatable` says that it
    is typing: it takes plain data alone, and may be done a second time where the first found the disk full.
    """

    title: str = ""
    batch: UUID = field(default_factory=new_key)
    kept: bool = True
    again: bool = False
    put_off: bool = False
    repeatable: bool = False
    touched: set[type] = field(default_factory=set)
    waiting: list[tuple[SQLModel, Rows | None, bool]] = field(default_factory=list)

    def forget(self) -> None:
        """Nothing was done after all."""
        self.touched.clear()
        self.waiting.clear()
        self.put_off = False


def of(session: Session) -> Recording:
    """The recording of a session that writes; a fresh one that nobody reads for any other."""
    recording: Recording | None = session.info.get(KEY)
    if recording is None:
        recording = session.info[KEY] = Recording()
    return recording


def as_json(row: SQLModel, before: bool = False) -> Rows:
    """The row's columns as plain JSON values: as they are, or as they were before this flush."""
    state = inspect(row)
    values = {name: getattr(row, name) for name in type(row).model_fields}
    if before:
        for name in values:
            gone = state.attrs[name].history.deleted
            values[name] = gone[0] if gone else values[name]
    plain: Rows = to_jsonable_python(values, bytes_mode="base64")
    return plain


def _packed(row: Rows | None) -> str | None:
    """The row's columns as JSON; None where there is no row."""
    return None if row is None else to_json(row, bytes_mode="base64").decode()


class Recorded(Session):
    """A session of which everything it flushes is recorded."""


@event.listens_for(Recorded, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _rows: object) -> None:
    recording = of(session)
    now = datetime.now(UTC)
    for row in session.new:
        recording.waiting.append((row, None, True))
    for row in session.dirty:
        if session.is_modified(row):
            if isinstance(row, Record):
                row.rev, row.changed = row.rev + 1, now
            recording.waiting.append((row, as_json(row, before=True), True))
    for row in session.deleted:
        recording.waiting.append((row, as_json(row, before=True), False))


@event.listens_for(Recorded, "after_flush")
def _after_flush(session: Session, _context: UOWTransaction) -> None:
    recording = of(session)
    waiting, recording.waiting = recording.waiting, []
    recording.touched.update(type(row) for row, _before, _lives in waiting)
    if not recording.kept:
        return
    rows = [
        change(recording, type(row), row.id, _packed(before), _packed(as_json(row) if lives else None))
        for row, before, lives in waiting
        if isinstance(row, Record)
    ]
    if recording.again:
        rows = [row for row in rows if not _goes_on(session, recording, row["key"], row["after"])]
    add(session.connection(), Change, rows)


_GO_ON = """UPDATE change SET "after" = ? WHERE number =
    (SELECT max(number) FROM change WHERE batch = ? AND "key" = ?)"""


def _goes_on(session: Session, recording: Recording, key: UUID, after: str | None) -> bool:
    """Have the batch's earlier change of this row lead to where the row is now; False if there is none."""
    return run(session.connection(), _GO_ON, (after, recording.batch.hex, key.hex)).rowcount > 0


def change(
    recording: Recording, record: type[Record], key: UUID, before: str | None, after: str | None
) -> Rows:
    """The values of one `Change`; `before` and `after` are JSON."""
    return {
        "number": None,
        "batch": recording.batch,
        "at": datetime.now(UTC),
        "title": recording.title,
        "record": record.__name__,
        "key": key,
        "before": before,
        "after": after,
        "undone": False,
    }


def rewrote(session: Session, record: type[Record], old: Rows | None, new: Rows) -> None:
    """One row was written by statement: its columns as they were, None if it is new, and as they are."""
    recording = of(session)
    recording.touched.add(record)
    if not recording.kept:
        return
    key, after = new["id"], _packed(new)
    if not (recording.again and _goes_on(session, recording, key, after)):
        put(session.connection(), Change, change(recording, record, key, _packed(old), after))


@event.listens_for(Recorded, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    """A command may write by statement as well: that table has changed too."""
    if not state.is_select and state.bind_mapper is not None and isinstance(state.session, Session):
        of(state.session).touched.add(state.bind_mapper.class_)


def came(session: Session, record: type[Record], rows: list[Rows]) -> None:
    """Keep for undo that these rows were inserted in bulk."""
    recording = of(session)
    made = (record.model_construct(**row) for row in rows)
    add(
        session.connection(),
        Change,
        [change(recording, record, row.id, None, _packed(row.model_dump())) for row in made],
    )
