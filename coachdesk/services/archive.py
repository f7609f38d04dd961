"""Everything leaves in an open format, by one action, and comes back as a new vault that is the same.

All of the coach's records are in it, the coach-only ones too: a complete export for the coach, and for a
lawful request. Not in it are the thirty days of earlier versions that undo and a note's history keep, the
keys, the backups, and the settings of this computer.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from coachdesk.errors import BadFile, Invalid, NotSaved
from coachdesk.export import archive, sealing
from coachdesk.export.archive import Manifest, Reader, Report, Words
from coachdesk.model.departures import Left
from coachdesk.model.kinds import Record
from coachdesk.paths import resource
from coachdesk.services import carried, departures, hold, saving
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep_many
from coachdesk.store import backup, schema
from coachdesk.store.vault import Vault

__all__ = [
    "Contents",
    "Fill",
    "Reader",
    "contents",
    "file_name",
    "fill",
    "is_one",
    "is_sealed",
    "make_vault",
    "nobody",
    "opened",
    "packed",
    "save",
    "unpack",
]

SUFFIX = ".zip"
MOST_BYTES = 4 << 30  # of an archive's file
COUNTED = ("teacher", "event", "visitnote", "actionstep")
_NO_ROOM = (
    "The vault could not be written to the disk, so none was made. Free some space, then try again; the "
    "archive is as it was."
)
_BACKUP = (
    "This is a backup, not an archive. Go back and choose “I have a backup”, or use coachdesk restore in a "
    "terminal: it opens with the passphrase of its day."
)

Fill = Callable[[Vault], object]


@dataclass(frozen=True)
class Contents:
    """What an archive says of itself: when it was made, by this computer's clock, how many records it has,
    of those in `COUNTED` each by its table, and since when Hold was on."""

    made: datetime | None
    rows: int
    counts: tuple[tuple[str, int], ...]
    held: datetime | None


def nobody(_done: int, _of: int) -> None:
    """Told how far it is, and does nothing."""


def file_name(today: date, is_sealed: bool) -> str:
    """A neutral name: the program and the day."""
    return f"coachdesk-archive-{today.isoformat()}{SUFFIX}{sealing.SUFFIX if is_sealed else ''}"


def packed(session: Session, report: Report = nobody, now: datetime | None = None) -> tuple[bytes, Manifest]:
    """The archive of all that the session sees, unsealed and in memory, and what it says of itself."""
    file = io.BytesIO()
    made = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    words = Words(_readme(), carried.described(), {"schema": schema.VERSION, "made": made})
    manifest = archive.write(file, carried.tables(session), words, report)
    return file.getvalue(), manifest


def save(
    desk: Desk, path: Path, passphrase: str | None, report: Report = nobody, cost: int = sealing.COST
) -> Manifest:
    """Write the archive to `path`, for this user alone; without a passphrase it is plain.

    Not for the screen's thread. That it left is written down. Raises NotShareable if another file is there or
    the folder takes none, MixedCopy or DamagedVault, and Cancelled if `report` does; then nothing is left
    behind.
    """
    desk.make_sure()
    content, manifest = desk.ask_a_copy(packed, report)
    if passphrase is not None:
        content = sealing.sealed(content, passphrase, cost)
    what = Left.PLAIN_ARCHIVE if passphrase is None else Left.SEALED_ARCHIVE
    departures.save(desk, what, {path.name: content}, path.parent)
    return manifest


def is_sealed(path: Path) -> bool:
    """Whether a passphrase is needed to read this file. Raises BadFile if it cannot be an archive."""
    begins = _content(path, len(sealing.MAGIC))
    if not sealing.is_sealed(begins) and not begins.startswith(archive.ZIP):
        raise BadFile(archive.FOREIGN)
    return sealing.is_sealed(begins)


def is_one(path: Path) -> bool:
    """Whether it begins as archives do."""
    try:
        is_sealed(path)
    except BadFile:
        return False
    return True


def opened(path: Path, passphrase: str, report: Report = nobody) -> Reader:
    """The archive in `path`, every row of it looked at; `passphrase` is for one that is sealed.

    Raises BadFile in a sentence where it is damaged, foreign or too new, or WrongPassphrase; or Cancelled if
    `report` does.
    """
    report(0, 0)
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


def contents(reader: Reader) -> Contents:
    """What is in it. Raises BadFile."""
    held, tables = carried.held_since(reader), reader.manifest.tables
    counts = tuple((name, tables[name].rows if name in tables else 0) for name in COUNTED)
    return Contents(_made(reader.manifest), reader.manifest.rows, counts, held)


def make_vault(reader: Reader, make: Callable[[Fill], Desk], report: Report = nobody) -> Desk:
    """Make a new vault from an archive and open the desk over it: all of it, or no vault at all.

    `make` makes the vault with what it is given to fill it. Raises what `make` does, BadFile, NotSaved or
    Cancelled.
    """
    try:
        return make(lambda vault: fill(Desk(vault), reader, report))
    except (NotSaved, OSError) as error:
        raise NotSaved(_NO_ROOM) from error


def fill(desk: Desk, reader: Reader, report: Report = nobody) -> None:
    """Fill a desk that is empty from an archive, in one transaction. Raises BadFile or Cancelled."""
    desk.do(_fill, reader, report)


@lasting
def _fill(session: Session, reader: Reader, report: Report) -> None:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    done, total = 0, reader.manifest.rows
    for name, kind in carried.records().items():
        if name not in reader.manifest.tables:
            continue
        for some in _parts(reader.rows(name)):
            report(done, total)
            _keep(session, kind, some)
            done += len(some)
    held = carried.held_since(reader)
    if held:
        hold.switch(session, True, held)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BadFile(archive.DAMAGED)
    report(total, total)  # the last moment at which it can be stopped


def _keep(session: Session, kind: type[Record], rows: list[dict[str, Any]]) -> None:
    known = set(kind.model_fields)
    if any(set(row) - known for row in rows):
        raise BadFile(archive.NEWER)
    try:
        keep_many(session, kind, [carried.typed(kind, row) for row in rows])
    except (Invalid, IntegrityError, OverflowError, ValueError) as error:
        raise BadFile(archive.DAMAGED) from error


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == carried.AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _check_tables(manifest: Manifest) -> None:
    try:
        newer = int(manifest.about.get("schema", 0)) > schema.VERSION
    except (TypeError, ValueError) as error:
        raise BadFile(archive.DAMAGED) from error
    if newer or set(manifest.tables) - carried.names():
        raise BadFile(archive.NEWER)


def _made(manifest: Manifest) -> datetime | None:
    """When it was made; None of one that does not say it."""
    try:
        said = datetime.fromisoformat(str(manifest.about.get("made")))
        return said.astimezone().replace(tzinfo=None)
    except (OverflowError, ValueError):
        return None


def _content(path: Path, most: int) -> bytes:
    try:
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            if path.suffix == backup.SUFFIX:
                raise BadFile(_BACKUP)
            with path.open("rb") as file:
                return file.read(most)
    except OSError as error:
        raise BadFile("That file cannot be read. Check who may open it, or choose another.") from error
    raise BadFile(archive.FOREIGN)


def _readme() -> str:
    return resource("archive.txt").read_text(encoding="utf-8")
