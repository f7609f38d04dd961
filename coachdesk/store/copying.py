"""Making a backup of a vault that is open: copied in steps between which saving goes on, then verified."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedVault, MixedCopy
from coachdesk.store import backup, faults, files
from coachdesk.store.backup import SUFFIX, Backup, Counts
from coachdesk.store.connection import connect
from coachdesk.store.keys import Key

log = logging.getLogger(__name__)

STEP = 256  # pages of 4 KiB
UNFINISHED = ".new"
NO_ROOM = (
    "The backup could not be written. Free some space on the disk, then try again; "
    "what is saved of your notes is not touched."
)

Report = Callable[[int, int], object]
"""Told how much is done, of how much; stops the work by raising Cancelled."""


def nobody(_done: int, _of: int) -> None: ...


def nothing() -> None: ...


@dataclass(frozen=True)
class Source:
    """The vault that is copied: `call` works where its connection lives, `meanwhile` runs between steps."""

    call: Callable[[Callable[[sqlcipher.Connection], Counts]], Counts]
    key: Key
    meanwhile: Callable[[], object] = nothing


def make(source: Source, folder: Path, report: Report = nobody, now: datetime | None = None) -> Backup:
    """A new backup in `folder`.

    One at a time. Raises NotSaved if the disk will not take it, DamagedVault if what is copied cannot be
    read, MixedCopy if it does not hold together, Cancelled if `report` does; whatever is raised, no half-made
    file is left.
    """
    made = (now or datetime.now(UTC)).astimezone(UTC)
    try:
        files.folder(folder)
        clear(folder)
        path = _free(folder, made)
        fresh = path.with_name(path.name + UNFINISHED)
        copied = source.call(lambda connection: copy(connection, fresh, source, report))
        finish(fresh, source.key, copied, made, lambda: report(3, 4))
        fresh.replace(path)
        files.sync_folder(folder)
        return backup.read(path)
    except (OSError, sqlcipher.DatabaseError) as error:
        raise faults.copying(error, NO_ROOM) from error
    finally:
        clear(folder)


def copy(connection: sqlcipher.Connection, fresh: Path, source: Source, report: Report = nobody) -> Counts:
    """Copy the open vault to `fresh`, which is made, and say how many rows were copied.

    What `report` hears is half of the work: the other half is looking at the copy.
    """

    def between(_status: int, remaining: int, total: int) -> None:
        report(total - remaining, 2 * total)
        if remaining:
            source.meanwhile()

    files.create(fresh)
    target = connect(fresh, source.key.dek)
    try:
        connection.backup(target, pages=STEP, progress=between)
        return backup.counts(connection)
    finally:
        target.close()


def finish(
    fresh: Path, key: Key, expected: Counts, made: datetime, step: Callable[[], object] = nothing
) -> None:
    """Verify the copy at `fresh` as it lies on the disk, and add what is needed to open it alone.

    `step` is called now and then; what it raises stops the work.
    Raises MixedCopy if it does not hold together, for so it came from the vault; DamagedVault if it has not
    as many rows as `expected`.
    """
    try:
        found = backup.look_through(fresh, key, step)
    except DamagedVault as error:
        raise MixedCopy() from error
    if found != expected:
        raise DamagedVault()
    backup.wrap(fresh, backup.described(fresh, key, made), key)


def clear(folder: Path) -> None:
    """Take away what is left of backups that were not finished, by a crash as well.

    What a failing disk does not let go of is tried again with the next backup.
    """
    try:
        for left in folder.glob(f"*{SUFFIX}{UNFINISHED}*"):
            left.unlink(missing_ok=True)
    except OSError:
        log.warning("unfinished-backup-left")


def _free(folder: Path, made: datetime) -> Path:
    """A name by the clock that no backup has yet, however often the clock was set back."""
    stamp = made.strftime("%Y-%m-%dT%H-%M-%S-%f")
    names = (f"{stamp}{more}{SUFFIX}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for path in (folder / name for name in names) if not path.exists())
