"""Everything leaves in an open format, by one action, and comes back as a new vault that is the same.

All of the coach's records are in it, the coach-only ones too: a complete export for the coach, and for a
lawful request. Not in it are the thirty days of earlier versions that undo and a note's history keep, the
keys, and the backups.
"""

import base64
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Table as SqlTable
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, func

import coachdesk.model
from coachdesk.errors import BadFile, Invalid
from coachdesk.export import archive, sealing
from coachdesk.export.archive import Manifest, Reader, Report, Table, Words
from coachdesk.model.departures import Left
from coachdesk.model.kinds import Privacy, Record, privacies_of
from coachdesk.paths import Folders, resource
from coachdesk.services import departures, saving
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep_many
from coachdesk.store import schema
from coachdesk.store.vault import parts

SUFFIX = ".zip"
MOST_BYTES = 4 << 30  # of an archive's file
AT_ONCE = 5_000  # rows
_MAY = {
    Privacy.COACH_ONLY: "coach only",
    Privacy.SHARED: "shared with the teacher",
    Privacy.FOR_PRINCIPAL: "for the principal",
    Privacy.IDENTIFIES: "tells who somebody is",
    Privacy.PLAIN: "plain",
}


def nobody(_done: int, _of: int) -> None:
    """Told how far it is, and does nothing."""


def records() -> dict[str, type[Record]]:
    """Every kind of record by its table, those first that others point to."""
    by_table = {
        inspect(kind).local_table.name: kind
        for kind in vars(coachdesk.model).values()
        if isinstance(kind, type) and issubclass(kind, Record)
    }
    names = (table.name for table in SQLModel.metadata.sorted_tables)
    return {name: by_table[name] for name in names if name in by_table}


def file_name(today: date, is_sealed: bool) -> str:
    """A neutral name: the program and the day."""
    return f"coachdesk-archive-{today.isoformat()}{SUFFIX}{sealing.SUFFIX if is_sealed else ''}"


def packed(session: Session, report: Report = nobody) -> tuple[bytes, Manifest]:
    """The archive of all that the session sees, unsealed and in memory, and what it says of itself."""
    file = io.BytesIO()
    tables = [_table(session, name, kind) for name, kind in records().items()]
    words = Words(_readme(), described(), {"schema": schema.VERSION})
    manifest = archive.write(file, tables, words, report)
    return file.getvalue(), manifest


def save(
    desk: Desk, path: Path, passphrase: str | None, report: Report = nobody, cost: int = sealing.COST
) -> Manifest:
    """Write the archive to `path`, for this user alone; without a passphrase it is plain.

    Not for the screen's thread. That it left is written down. Raises NotShareable if another file is there or
    the folder takes none, and Cancelled if `report` does; then nothing is left behind.
    """
    content, manifest = desk.ask_a_copy(packed, report)
    if passphrase is not None:
        content = sealing.sealed(content, passphrase, cost)
    saving.save({path.name: content}, path.parent)
    what = Left.PLAIN_ARCHIVE if passphrase is None else Left.SEALED_ARCHIVE
    desk.do(departures.write_down, what, path, content)
    return manifest


def is_sealed(path: Path) -> bool:
    """Whether a passphrase is needed to read this file. Raises BadFile if it cannot be read."""
    return sealing.is_sealed(_content(path, len(sealing.MAGIC)))


def opened(path: Path, passphrase: str, report: Report = nobody) -> Reader:
    """The archive in `path`, every row of it looked at; `passphrase` is for one that is sealed.

    Raises BadFile in a sentence where it is damaged, foreign or too new, or WrongPassphrase.
    """
    content = _content(path, MOST_BYTES)
    if sealing.is_sealed(content):
        content = sealing.opened(content, passphrase)
    reader = Reader(io.BytesIO(content))
    _check_tables(reader.manifest)
    reader.verify(report)
    return reader


def unpack(reader: Reader, folder: Path) -> list[Path]:
    """Write every file of an archive below `folder`, for this user alone; over none that is there."""
    made = []
    for name in reader.names():
        [path] = saving.save({Path(name).name: b"".join(reader.pieces(name))}, (folder / name).parent)
        made.append(path)
    return made


def make_vault(place: Folders, reader: Reader, make: Callable[[], Desk], report: Report = nobody) -> Desk:
    """Make a new vault from an archive and open the desk over it: all of it, or no vault at all.

    `make` makes the empty vault in `place`. Raises what `make` does, BadFile, NotSaved or Cancelled.
    """
    desk = make()
    try:
        fill(desk, reader, report)
    except BaseException:
        desk.close()
        for left in parts(place):
            left.unlink(missing_ok=True)
        raise
    return desk


def fill(desk: Desk, reader: Reader, report: Report = nobody) -> None:
    """Fill a desk that is empty from an archive, in one transaction. Raises BadFile or Cancelled."""
    desk.do(_fill, reader, report)


def described() -> dict[str, Any]:
    """Every table as JSON Schema, with who may see a text, and what a column points to."""
    tables = {name: _described(kind) for name, kind in records().items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "tables": tables}


@lasting
def _fill(session: Session, reader: Reader, report: Report) -> None:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    done, total = 0, reader.manifest.rows
    for name, kind in records().items():
        if name not in reader.manifest.tables:
            continue
        for some in _parts(reader.rows(name)):
            report(done, total)
            _keep(session, kind, some)
            done += len(some)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BadFile(archive.DAMAGED)


def _keep(session: Session, kind: type[Record], rows: list[dict[str, Any]]) -> None:
    known = set(kind.model_fields)
    if any(set(row) - known for row in rows):
        raise BadFile(archive.NEWER)
    try:
        keep_many(session, kind, [_typed(kind, row) for row in rows])
    except (Invalid, IntegrityError, OverflowError, ValueError) as error:
        raise BadFile(archive.DAMAGED) from error


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _typed(kind: type[Record], row: dict[str, Any]) -> dict[str, Any]:
    """A row of an archive as `keep_many` takes it: bytes stand there in base64."""
    for name in _bytes_of(kind):
        row[name] = base64.b64decode(row[name], validate=True)
    return row


def _bytes_of(kind: type[Record]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.annotation is bytes]


def _check_tables(manifest: Manifest) -> None:
    if int(manifest.about.get("schema", 0)) > schema.VERSION or set(manifest.tables) - set(records()):
        raise BadFile(archive.NEWER)


def _content(path: Path, most: int) -> bytes:
    try:
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            with path.open("rb") as file:
                return file.read(most)
    except OSError as error:
        raise BadFile("That file cannot be read. Check who may open it, or choose another.") from error
    raise BadFile(archive.FOREIGN)


def _readme() -> str:
    return resource("archive.txt").read_text(encoding="utf-8")


def _table(session: Session, name: str, kind: type[Record]) -> Table:
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
