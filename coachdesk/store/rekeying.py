"""A new key for a vault whose passphrase somebody knows.

Whoever has a copy of the key file and its passphrase has the key, and a new passphrase takes it from nobody.
So the vault is copied under a new key into a file beside it, which is sealed anew, looked through from end
to end, and gets its new key file added as a backup has it. One rename puts it in the vault's place: before
it the old two open, after it the new one alone; `backup.unwrap` makes it a vault, now or at the next opening.
"""

from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedVault, MixedCopy, NotSaved, VaultError
from coachdesk.paths import Folders
from coachdesk.store import backup, faults, files, seal
from coachdesk.store.connection import connect
from coachdesk.store.copying import STEP, Report, nobody
from coachdesk.store.keys import Key
from coachdesk.store.parts import journal, key_path

NO_ROOM = (
    "There is no room for a copy of the vault under its new key. Free some space on the disk, then try "
    "again; nothing was changed."
)
CLOSED = (
    "Your notes have their new key, but the disk would not take the last step. Lock, then unlock with the "
    "new passphrase."
)

About = Mapping[str, bytes | None]
"""What the vault is to know of itself from now on, by name; None is forgotten."""


def fresh_path(place: Folders) -> Path:
    return place.vault.with_name(place.vault.name + ".rekeyed")


def clear(place: Folders) -> None:
    """Take away what is left of a copy that was not finished, as far as it goes."""
    for path in (fresh_path(place), journal(fresh_path(place))):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def copy(
    connection: sqlcipher.Connection,
    fresh: Path,
    keys: tuple[Key, Key],
    about: About,
    report: Report = nobody,
) -> None:
    """Copy the open vault to `fresh`, from the first key to the second, ready to take its place.

    Raises MixedCopy or DamagedVault if it does not hold together, NotSaved if the disk will not take it,
    Cancelled if `report` does.
    """
    old, new = keys

    def between(_status: int, remaining: int, total: int) -> None:
        report(total - remaining, 2 * total)  # what is copied is half of the work

    try:
        files.create(fresh)
        with closing(connect(fresh, new.dek)) as target:
            connection.backup(target, pages=STEP, progress=between)
            if not seal.holds(target, old.dek):
                raise MixedCopy()
            _seal(target, new, about)
            expected = _records(target)
        if _records_found(fresh, new) != expected or expected != _records(connection):
            raise DamagedVault()
        report(9, 10)
        backup.wrap(fresh, backup.described(fresh, new, datetime.now(UTC)), new)
    except (OSError, sqlcipher.DatabaseError) as error:
        raise faults.copying(error, NO_ROOM) from error


def swap(place: Folders) -> None:
    """Put the finished copy in the place of the vault, which nobody has open.

    Raises NotSaved, and nothing changed.
    """
    left = journal(place.vault)
    if left.exists() and left.stat().st_size:  # a save that was cut off: the old key alone could finish it
        raise NotSaved(NO_ROOM)
    try:
        fresh_path(place).replace(place.vault)
    except OSError as error:
        raise NotSaved(NO_ROOM) from error


def finish(place: Folders, new: Key) -> None:
    """Make it a vault again, with its key file beside it.

    Raises VaultError; then the next opening does it.
    """
    try:
        files.sync_folder(place.data)
        backup.unwrap(place.vault, key_path(place), new)
    except (OSError, NotSaved) as error:
        raise VaultError(CLOSED) from error


def _seal(target: sqlcipher.Connection, new: Key, about: About) -> None:
    target.execute("BEGIN IMMEDIATE")
    for name, value in about.items():
        target.execute("DELETE FROM vault_about WHERE name = ?", (name,))
        if value is not None:
            target.execute("INSERT INTO vault_about (name, value) VALUES (?, ?)", (name, value))
    target.execute("UPDATE seal SET generation = generation + 1")
    seal.write_anew(target, new.dek)
    target.execute("COMMIT")


def _records_found(fresh: Path, new: Key) -> backup.Counts:
    try:
        found = backup.look_through(fresh, new)
    except DamagedVault as error:  # which speaks of a backup; so it came from the vault
        raise MixedCopy() from error
    return {name: count for name, count in found.items() if name != "vault_about"}


def _records(connection: sqlcipher.Connection) -> backup.Counts:
    """How many rows each table has; of itself the vault knows other things now."""
    found = backup.counts(connection)
    return {name: count for name, count in found.items() if name != "vault_about"}
