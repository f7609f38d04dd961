"""Backups: one file each, verified before it has its name, and enough by itself to get everything back.

    encrypted database | key file | facts (JSON) | lengths of those two, MAC over all before | mark

The database is copied in steps on the writer's own connection, so saving goes on meanwhile. SQLite reads no
further than its own pages, so a backup opens as it lies. To restore one by hand, close coachdesk, move the
vault away (and its key file, if that is damaged) and copy the backup to the vault's place, under its name.
"""

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedVault, NotSaved
from coachdesk.store import files
from coachdesk.store.connection import connect
from coachdesk.store.keys import Key
from coachdesk.store.schema import WRITES
from coachdesk.store.verify import pages, structure

SUFFIX = ".vault-backup"
KEPT = 10
STEP = 256  # pages of 4 KiB
MARK = b"CDBACKUP"
_END = struct.Struct("<II32s8s")
_CHUNK = 1 << 20

Counts = dict[str, int]


@dataclass(frozen=True)
class Backup:
    """One finished backup. `writes` is how often the vault had been written to when it was made."""

    path: Path
    length: int
    key_file: bytes
    writes: int


def copy(connection: sqlcipher.Connection, path: Path, dek: bytes, meanwhile: Callable[[], object]) -> Counts:
    """Copy the open vault to `path`, which is made, and say how many rows were copied.

    `meanwhile` runs between the steps.
    """

    def between(_status: int, remaining: int, _total: int) -> None:
        if remaining:
            meanwhile()

    files.create(path)
    target = connect(path, dek)
    try:
        connection.backup(target, pages=STEP, progress=between)
        return counts(connection)
    finally:
        target.close()


def finish(fresh: Path, key: Key, expected: Counts) -> Backup:
    """Verify the copy at `fresh`, add what is needed to open it alone, and give it its name.

    Raises DamagedVault if it does not hold together or has not as many rows as `expected`.
    """
    connection = connect(fresh, key.dek)
    try:
        if not (pages(connection) and structure(connection)) or counts(connection) != expected:
            raise DamagedVault()
        writes = _writes(connection)
    finally:
        connection.close()
    length = fresh.stat().st_size
    facts = json.dumps({"writes": writes, "vault": key.vault}).encode()
    with fresh.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(key.file + facts)
        file.flush()
        mac = _mac(fresh, length + len(key.file) + len(facts), key)
        file.write(_END.pack(len(key.file), len(facts), mac, MARK))
        file.flush()
        os.fsync(file.fileno())
    path = fresh.with_name(fresh.name.removesuffix(".new"))
    fresh.replace(path)
    files.sync_folder(path.parent)
    return Backup(path, length, key.file, writes)


def make(
    call: Callable[[Callable[[sqlcipher.Connection], Counts]], Counts],
    folder: Path,
    key: Key,
    meanwhile: Callable[[], None],
) -> Backup:
    """A new backup in `folder`; `call` runs the copying where the vault's connection lives.

    One at a time. Raises NotSaved if the disk will not take it, DamagedVault if what was copied does not
    hold together; either way no half-made file is left.
    """
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    fresh = folder / f"{stamp}{SUFFIX}.new"
    try:
        files.folder(folder)
        _clear(folder)
        copied = call(lambda connection: copy(connection, fresh, key.dek, meanwhile))
        made = finish(fresh, key, copied)
    except (OSError, sqlcipher.DatabaseError) as error:
        raise NotSaved(
            "The backup could not be written. Free some space on the disk, then try again; "
            "your notes themselves are saved."
        ) from error
    finally:
        _clear(folder)
    thin(folder)
    return made


def _clear(folder: Path) -> None:
    """Take away what is left of backups that were not finished, by a crash as well."""
    for left in folder.glob(f"*{SUFFIX}.new*"):
        left.unlink()


def listed(folder: Path) -> list[Path]:
    """The finished backups, oldest first."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())


def newest(folder: Path) -> Backup | None:
    """The newest backup; None if there is none, or it is not whole."""
    try:
        return read(listed(folder)[-1])
    except (IndexError, OSError, DamagedVault):
        return None


def thin(folder: Path) -> None:
    """Keep the newest; a file has its name only once it was verified."""
    for path in listed(folder)[:-KEPT]:
        path.unlink()


def read(path: Path) -> Backup:
    """What a backup says of itself. Raises DamagedVault if it is not whole; `verify` tells more."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _END.size, 0))
        end = file.read()
        if len(end) != _END.size or not end.endswith(MARK):
            raise DamagedVault("This backup is not whole, so it cannot be used. Choose another one.")
        key_length, facts_length, _tag, _mark = _END.unpack(end)
        length = size - _END.size - key_length - facts_length
        file.seek(max(length, 0))
        key_file, facts = file.read(key_length), file.read(facts_length)
    try:
        return Backup(path, length, key_file, int(json.loads(facts)["writes"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedVault("This backup is not whole, so it cannot be used. Choose another one.") from error


def verify(path: Path, key: Key) -> Backup:
    """`read`, and every byte is as it was written. Raises DamagedVault."""
    backup = read(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(size - _END.size)
        _key, _facts, mac, _mark = _END.unpack(file.read())
    if not hmac.compare_digest(mac, _mac(path, size - _END.size, key)):
        raise DamagedVault("This backup was changed or damaged, so it cannot be used. Choose another one.")
    return backup


def unwrap(vault: Path, key_file: Path, key: Key) -> None:
    """Where `vault` is a backup that was put in its place by hand, make it a vault again.

    A journal left there belongs to the vault that went. Raises DamagedVault or NotSaved, changing nothing.
    """
    try:
        length = read(vault).length
    except DamagedVault:  # no backup, so a vault
        return
    verify(vault, key)
    if not key_file.exists():
        files.write_whole(key_file, key.file)
    try:
        vault.with_name(vault.name + "-journal").unlink(missing_ok=True)
        with vault.open("r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())
    except OSError as error:
        raise NotSaved() from error


def counts(connection: sqlcipher.Connection) -> Counts:
    """How many rows each table has."""
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    )
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in named.fetchall()
    }


def _writes(connection: sqlcipher.Connection) -> int:
    row = connection.execute("SELECT value FROM vault_about WHERE name = ?", (WRITES,)).fetchone()
    return int.from_bytes(row[0], "big")


def _mac(path: Path, length: int, key: Key) -> bytes:
    digest = hashlib.blake2b(key=key.derived("backup"), digest_size=32)
    with path.open("rb") as file:
        while length > 0 and (chunk := file.read(min(length, _CHUNK))):
            digest.update(chunk)
            length -= len(chunk)
    return digest.digest()
