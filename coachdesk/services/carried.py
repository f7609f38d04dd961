"""What an archive carries: every kind of record, and Hold, which the vault itself remembers."""

import base64
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Table as SqlTable
from sqlalchemy import inspect, select
from sqlmodel import Session, SQLModel, func

import coachdesk.model
from coachdesk.errors import BadFile
from coachdesk.export import archive
from coachdesk.export.archive import Reader, Row, Table
from coachdesk.model.kinds import Privacy, Record, privacies_of
from coachdesk.services import hold

AT_ONCE = 5_000  # rows
HOLD = "hold"
STAYS = {
    "change": "undo's thirty days and a note's history",
    "note_number": "made anew with the notes",
    "seal": "made anew with the vault",
    "vault_about": "keys, the recovery sheet, and Hold, which is carried in a table of its own",
}
"""The tables that an archive does not carry, and why. One that is neither fails a test."""
_MAY = {
    Privacy.COACH_ONLY: "coach only",
    Privacy.SHARED: "shared with the teacher",
    Privacy.FOR_PRINCIPAL: "for the principal",
    Privacy.IDENTIFIES: "tells who somebody is",
    Privacy.PLAIN: "plain",
}
_HOLD = {
    "title": "Hold",
    "description": "One row while nothing old may be taken away, for somebody asked to keep everything.",
    "type": "object",
    "properties": {
        "since": {"type": "string", "format": "date-time", "description": "When it was switched on, UTC."}
    },
    "required": ["since"],
}


def records() -> dict[str, type[Record]]:
    """Every kind of record by its table, those first that others point to."""
    by_table = {
        inspect(kind).local_table.name: kind
        for kind in vars(coachdesk.model).values()
        if isinstance(kind, type) and issubclass(kind, Record)
    }
    names = (table.name for table in SQLModel.metadata.sorted_tables)
    return {name: by_table[name] for name in names if name in by_table}


def names() -> set[str]:
    """The tables that an archive may have."""
    return {HOLD, *records()}


def tables(session: Session) -> list[Table]:
    """All that the session sees, to be written."""
    since = hold.since(session)
    held = [[since.isoformat()]] if since else []
    return [*(_table(session, name) for name in records()), Table(HOLD, ("since",), len(held), held)]


def described() -> dict[str, Any]:
    """Every table as JSON Schema, with who may see a text, and what a column points to."""
    found = {name: _described(kind) for name, kind in records().items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "tables": {**found, HOLD: _HOLD},
    }


def held_since(reader: Reader) -> datetime | None:
    """Since when Hold was on in the vault that an archive was made of. Raises BadFile."""
    if HOLD not in reader.manifest.tables:
        return None
    rows = list(reader.rows(HOLD))
    return _moment(rows) if rows else None


def typed(kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    """A row of an archive as `keep_many` takes it: bytes stand there in base64. Raises ValueError."""
    for name, field in kind.model_fields.items():
        if field.annotation is bytes:
            if not isinstance(row.get(name), str):
                raise ValueError("no base64")
            row[name] = base64.b64decode(row[name], validate=True)
    return row


def _moment(rows: Sequence[Row]) -> datetime:
    try:
        [row] = rows
        since = datetime.fromisoformat(row["since"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadFile(archive.DAMAGED) from error
    if since.tzinfo is None:
        raise BadFile(archive.DAMAGED)
    return since


def _table(session: Session, name: str) -> Table:
    table: SqlTable = SQLModel.metadata.tables[name]
    count = session.connection().execute(select(func.count()).select_from(table)).scalar_one()
    columns = tuple(column.name for column in table.columns)
    return Table(name, columns, count, _rows(session, table))


def _rows(session: Session, table: SqlTable) -> Iterator[Sequence[Any]]:
    found = session.connection().execute(select(table).order_by(table.c.id))
    for some in found.partitions(AT_ONCE):
        yield from to_jsonable_python([[_plain(value) for value in row] for row in some])


def _plain(value: Any) -> Any:
    """Bytes as the usual base64; all else has its one way into JSON (days and times are ISO 8601)."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _described(kind: type[Record]) -> dict[str, Any]:
    made = kind.model_json_schema()
    for name, field in kind.model_fields.items():
        told = made["properties"][name]
        seen = next(filter(None, privacies_of(field.annotation, field.metadata)), None)
        if seen:
            told["x-who-may-see"] = _MAY[seen]
        for key in inspect(kind).local_table.columns[name].foreign_keys:
            told["x-points-to"] = key.target_fullname
    return made
