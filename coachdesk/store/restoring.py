"""Putting a backup in the vault's place, so that a power cut at any moment leaves the old vault or the new.

The backup is copied beside the vault and examined there. What is there now is set aside: as a verified
backup, or, where it does not open or hold together, whole as it lies (`store.aside`). Then one rename puts
the copy in the vault's place, still as a backup, with its key file in it; `backup.unwrap` makes it the vault,
now or at the next unlocking.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import (
    CoachdeskError,
    DamagedVault,
    MixedCopy,
    NewerVault,
    NotSaved,
    VaultError,
    WrongPassphrase,
)
from coachdesk.paths import Folders
from coachdesk.store import aside, backup, copying, files, held, key_file, keys, recovery
from coachdesk.store.backup import Backup
from coachdesk.store.connection import connect, connect_to_look
from coachdesk.store.copying import Report, Source, nobody
from coachdesk.store.keys import Key
from coachdesk.store.lock import Lock
from coachdesk.store.parts import journal, key_path, lock_path, present
from coachdesk.store.schema import VERSION
from coachdesk.store.seen import Memory

COMPARED = ("teacher", "event", "visitnote", "actionstep")
_PARTS = {"visitnote": {table: "note_id" for table in ("scriptline", "tally", "standardtag", "sharedstamp")}}
"""Whose rows belong to a row of a table that is compared, and how they name it."""
_CHUNK = 1 << 20
_NO_ROOM = (
    "There is no room to restore: the vault as it is now is set aside first. Free some space on the disk, "
    "then try again; nothing was changed."
)

_NOT_FINISHED = (
    "A backup was being restored, and the disk would not take the last step. Look at the rights of the "
    "folder, then look again."
)

Revisions = dict[str, dict[bytes, int]]
"""Of each table that is compared, by the key of each row what differs once it or a part of it was changed;
comparable within this process."""


@dataclass(frozen=True)
class Opened:
    """A backup, and the key that opens it."""

    backup: Backup
    key: Key


def opened(path: Path, typed: str) -> Opened:
    """The backup at `path`, by a passphrase or recovery key it was made with.

    Raises DamagedVault, NewerVault, DamagedKeyFile or WrongPassphrase.
    """
    about = _read(path)
    key = keys.unlock(about.key_file, _secret(typed))
    return Opened(about, key)


def opened_by(path: Path, key: Key) -> Opened:
    """The backup at `path`, by the key of the vault that is open. Raises WrongPassphrase if it needs another.

    Restored, it opens as the vault does now: by the passphrase of today.
    """
    about = _read(path)
    try:
        about.rows(key)
    except DamagedVault:
        raise WrongPassphrase(
            "This backup was made under another key. Type the passphrase or the recovery key of its day."
        ) from None
    return Opened(about, key)


def revisions(of: Opened) -> Revisions:
    """What is in the backup. Raises DamagedVault."""
    try:
        with closing(connect_to_look(of.backup.path, of.key.dek)) as connection:
            return _revisions(connection)
    except sqlcipher.DatabaseError as error:
        raise DamagedVault(backup.CHANGED) from error


def revisions_now(place: Folders, key: Key) -> Revisions | None:
    """What is in the vault in `place`; None where there is none that `key` opens, or it is damaged.

    Raises OpenElsewhere.
    """
    if not place.vault.is_file():
        return None
    try:
        with _locked(place), _current(place, key) as connection:
            return _revisions(connection)
    except (DamagedVault, sqlcipher.DatabaseError):
        return None
    except OSError as error:
        if not aside.can_be_read(place):  # nor will it ever: it is set aside as it lies
            return None
        raise VaultError(
            "The vault could not be read just now. Nothing was changed; try again in a moment."
        ) from error


def revisions_of(connection: sqlcipher.Connection) -> Revisions:
    """What is in the vault that is open."""
    return _revisions(connection)


def restore(
    place: Folders,
    of: Opened,
    report: Report = nobody,
    now: datetime | None = None,
    hold: bytes | None = None,
) -> Path | None:
    """Put the backup in the place of the vault, which nobody has open; where what was there before lies now.

    With `hold` it is on Hold since then, whatever the backup says: see `hold_now`.
    Raises DamagedVault, OpenElsewhere, NotSaved or Cancelled, and what is there now is as it was.
    """
    fresh, was_moved = _fresh(place), aside.was_moved(place)
    progress = _Progress(report, 3 * of.backup.path.stat().st_size)
    try:
        files.folder(place.data)
        with _locked(place):
            _copy(of, fresh, progress, hold)
            before = set_aside(place, of.key, now or datetime.now(UTC))
            try:
                report(1, 1)  # the last moment at which it can be stopped
                fresh.replace(place.vault)
            except BaseException:
                aside.put_back(place, before)
                raise
            with suppress(OSError, NotSaved):  # it is restored: what is left to do the next opening does
                files.sync_folder(place.data)
                _make_vault(place, of.key)
            return before
    except OSError as error:
        raise NotSaved(_NO_ROOM) from error
    finally:
        if was_moved or not aside.was_moved(place):  # else it is all there is
            _take_away(fresh)


def complete(place: Folders) -> None:
    """Where a restore was stopped after the vault had been moved, and before the backup had its name, it is
    given that name. Raises OpenElsewhere, and VaultError where it cannot be."""
    fresh = _fresh(place)
    if not (aside.was_moved(place) and _is_whole(fresh)):
        return
    with _locked(place):
        try:
            if aside.was_moved(place):
                fresh.replace(place.vault)
                files.sync_folder(place.data)
        except OSError as error:
            raise VaultError(_NOT_FINISHED) from error


def clear(place: Folders) -> None:
    """Take away the copy of a backup that a power cut left beside the vault, as far as it goes."""
    with suppress(OSError):
        _take_away(_fresh(place))


def set_aside(place: Folders, key: Key, now: datetime) -> Path | None:
    """Keep what is in the vault's place: as a verified backup, or whole as it lies; None if nothing is there.

    What the disk cannot read any more is kept as the very files, under another name as well, or, where no
    file has two, moved. Raises NotSaved or OSError.
    """
    if not present(place):
        return None
    try:
        return _kept(place, key, now)
    except (NotSaved, OSError):
        if aside.can_be_read(place):
            raise
    try:
        return aside.linked(place, now)
    except OSError:
        return aside.moved(place, now)


def _kept(place: Folders, key: Key, now: datetime) -> Path:
    # opening it would clear its journal
    whole = aside.copied(place, now) if aside.was_cut_off(place) else None
    try:
        with _current(place, key) as connection:
            kept = Source(lambda work: work(connection), _key_now(place, key))
            made = copying.make(kept, place.backups, now=now)
    except (DamagedVault, MixedCopy, sqlcipher.DatabaseError):
        return whole or aside.copied(place, now)
    if whole:
        shutil.rmtree(whole)
    return made.path


def _fresh(place: Folders) -> Path:
    return place.vault.with_name(place.vault.name + ".restored")


def _take_away(fresh: Path) -> None:
    """With its journal: the next copy of that name would be mixed with what is in it."""
    for path in (journal(fresh), fresh):
        path.unlink(missing_ok=True)


def _is_whole(fresh: Path) -> bool:
    """It gets its end once it has been looked through."""
    try:
        backup.read(fresh)
    except (OSError, DamagedVault):
        return False
    return True


@contextmanager
def _locked(place: Folders) -> Iterator[None]:
    lock = Lock(lock_path(place))
    try:
        yield
    finally:
        lock.release()


def _make_vault(place: Folders, key: Key) -> None:
    """Where a backup was put in the vault's place make it one: that it is older is meant."""
    backup.unwrap(place.vault, key_path(place), key, Memory(place, key.vault).allow_older)


@contextmanager
def _current(place: Folders, key: Key) -> Iterator[sqlcipher.Connection]:
    """The vault that is there. Raises DamagedVault if it is not one that `key` opens."""
    try:
        files.look_at_vault(place.vault)
        _make_vault(place, key)
        connection = connect(place.vault, key.dek)
    except (VaultError, FileNotFoundError) as error:
        raise DamagedVault() from error
    with closing(connection):
        yield connection


def _key_now(place: Folders, key: Key) -> Key:
    """`key` with the key file that lies beside the vault, if it is its own: its passphrase is the newer."""
    try:
        beside = key_file.read(key_path(place))
        genuine = key_file.is_genuine(beside, key.derived("key file"))
    except CoachdeskError:
        return key
    return replace(key, file=beside) if genuine else key


class _Progress:
    """Adds up what is done, in bytes."""

    def __init__(self, report: Report, of: int) -> None:
        self._report, self._done, self._of = report, 0, of

    def more(self, count: int) -> None:
        self._done += count
        self._report(min(self._done, self._of - 1), self._of)


def hold_now(place: Folders, key: Key) -> bytes | None:
    """Since when the vault in `place` is on Hold, as far as `key` opens it. Raises OpenElsewhere."""
    if not place.vault.is_file() or aside.was_cut_off(place):  # opening it would clear its journal
        return None
    try:
        with _locked(place), _current(place, key) as connection:
            return held.since(connection)
    except (DamagedVault, sqlcipher.DatabaseError):
        return None


def _copy(of: Opened, fresh: Path, progress: _Progress, hold: bytes | None = None) -> None:
    """The backup at `fresh`, examined there, to be opened by `of.key`s file; on Hold with `hold`."""
    backup.verify(of.backup.path, of.key, progress.more)
    _take_away(fresh)
    files.create(fresh)
    left = of.backup.length
    with of.backup.path.open("rb") as given, fresh.open("r+b") as file:
        while left > 0 and (chunk := given.read(min(left, _CHUNK))):
            file.write(chunk)
            left -= len(chunk)
            progress.more(len(chunk))
    if backup.look_through(fresh, of.key, lambda: progress.more(0)) != of.backup.rows(of.key):
        raise DamagedVault(backup.CHANGED)
    about = of.backup
    if hold and held.put_on(fresh, of.key.dek, hold):
        about = backup.described(fresh, of.key, of.backup.made)
    backup.wrap(fresh, about, of.key)


def _read(path: Path) -> Backup:
    try:
        about = backup.read(path)
    except OSError as error:
        raise DamagedVault("This file cannot be read. Choose another backup.") from error
    if about.schema > VERSION:
        raise NewerVault(
            "This backup was made by a newer coachdesk. Install the newer version to restore it; "
            "nothing was changed."
        )
    return about


def _secret(typed: str) -> keys.Secret | str:
    """A recovery key if it is one; else it is taken for a passphrase."""
    try:
        return recovery.typed(typed)
    except CoachdeskError:
        return typed


def _revisions(connection: sqlcipher.Connection) -> Revisions:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name: _of_table(connection, name, there) if name in there else {} for name in COMPARED}


def _of_table(connection: sqlcipher.Connection, name: str, there: set[str]) -> dict[bytes, int]:
    found = dict(connection.execute(f'SELECT id, rev FROM "{name}"').fetchall())
    for table, owner in _PARTS.get(name, {}).items():
        if table in there:
            parts = f'SELECT {owner}, count(*), sum(rev), max(changed) FROM "{table}" GROUP BY {owner}'
            for key, *of_all in connection.execute(parts):
                if key in found:
                    found[key] = hash((found[key], table, *of_all))
    return found
