"""A backup: one file, verified before it has its name, and enough by itself to get everything back.

    encrypted database | key file | facts (JSON) | lengths of those two, MAC over all before | mark

SQLite reads no further than its own pages, so a backup opens as it lies, and a backup that is put in the
vault's place becomes the vault (`unwrap`). When it was made and how often the vault had been written to by
then is said in the clear, as the file's name says it; how many rows it has is sealed.
"""

import hashlib
import hmac
import json
import os
import secrets
import struct
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import sqlcipher3.dbapi2 as sqlcipher
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from coachdesk import VERSION
from coachdesk.errors import DamagedVault, NotSaved
from coachdesk.store import files, seal
from coachdesk.store.connection import connect_to_look
from coachdesk.store.keys import Key
from coachdesk.store.parts import journal
from coachdesk.store.seen import line_of
from coachdesk.store.verify import pages, structure

SUFFIX = ".vault-backup"
MARK = b"CDBACKUP"
NOT_WHOLE = "This backup is not whole, so it cannot be used. Choose another one."
CHANGED = "This backup was changed or damaged, so it cannot be used. Choose another one."
_END = struct.Struct("<II32s8s")
_LARGEST = 1 << 21  # bytes of key file and facts together
_CHUNK = 1 << 20
_NONCE = 24

Counts = dict[str, int]
Check = Callable[[sqlcipher.Connection], bool]
Heard = Callable[[int], object]
"""Told how many more bytes are done; stops the work by raising Cancelled."""


def _nobody(_bytes: int) -> None: ...


def _nothing() -> None: ...


@dataclass(frozen=True)
class Backup:
    """What one finished backup says of itself.

    `length` is the database's part of the file, `writes` how often the vault had been written to, `schema`
    the version of its tables, `program` that of coachdesk; `sealed` holds the rows of each table. `line` says
    which of two copies it is that are kept apart.
    """

    path: Path
    length: int
    key_file: bytes
    vault: str
    writes: int
    made: datetime
    schema: int
    program: str
    sealed: bytes
    line: str = ""

    def rows(self, key: Key) -> Counts:
        """How many rows each table has. Raises DamagedVault if `key` is not the one it was made with."""
        nonce, box = self.sealed[:_NONCE], self.sealed[_NONCE:]
        try:
            told = crypto_aead_xchacha20poly1305_ietf_decrypt(box, self._bound, nonce, _row_key(key))
        except (CryptoError, ValueError) as error:
            raise DamagedVault(CHANGED) from error
        return {str(name): int(count) for name, count in json.loads(told).items()}

    @property
    def facts(self) -> bytes:
        """As they stand in the file."""
        said = {"vault": self.vault, "writes": self.writes, "made": self.made.isoformat()}
        said |= {"schema": self.schema, "program": self.program, "rows": self.sealed.hex()}
        said |= {"line": self.line}
        return json.dumps(said).encode()

    @property
    def _bound(self) -> bytes:
        return _bound(self.vault, self.writes, self.made)


def described(path: Path, key: Key, made: datetime) -> Backup:
    """The facts of the database at `path`, which is nothing but a database, as it is found when reopened."""
    with closing(connect_to_look(path, key.dek)) as connection:
        told, writes, line = counts(connection), seal.generation(connection), line_of(connection)
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
    nonce = secrets.token_bytes(_NONCE)
    bound = _bound(key.vault, writes, made)
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(json.dumps(told).encode(), bound, nonce, _row_key(key))
    size = path.stat().st_size
    return Backup(path, size, key.file, key.vault, writes, made, schema, VERSION, nonce + box, line)


def wrap(path: Path, about: Backup, key: Key) -> None:
    """Add to the database at `path` what it needs to be opened alone; on the disk when this returns."""
    with path.open("r+b") as file:
        file.truncate(about.length)
        file.seek(0, os.SEEK_END)
        file.write(key.file + about.facts)
        file.flush()
        mac = _mac(path, about.length + len(key.file) + len(about.facts), key)
        file.write(_END.pack(len(key.file), len(about.facts), mac, MARK))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Backup:
    """What a backup says of itself. Raises DamagedVault if it is not whole; `verify` tells more."""
    try:
        with path.open("rb") as file:
            return _read(path, file)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedVault(NOT_WHOLE) from error


def verify(path: Path, key: Key, heard: Heard = _nobody) -> Backup:
    """`read`, and every byte is as it was written. Raises DamagedVault."""
    backup = read(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(size - _END.size)
        _key, _facts, mac, _mark = _END.unpack(file.read(_END.size))
    if not hmac.compare_digest(mac, _mac(path, size - _END.size, key, heard)):
        raise DamagedVault(CHANGED)
    return backup


def examine(path: Path, key: Key, heard: Heard = _nobody) -> Counts:
    """`verify`, and the database in it is opened and looked at from end to end; how many rows it has.

    Raises DamagedVault if it does not hold together. That its pages are authentic is known by then: every
    byte of them was.
    """
    about = verify(path, key, heard)
    found = _looked(path, key, (structure,), lambda: heard(0))
    if found != about.rows(key):
        raise DamagedVault(CHANGED)
    return found


def look_through(path: Path, key: Key, step: Callable[[], object] = _nothing) -> Counts:
    """Every page and the structure of the database at `path`, which is nothing else; its rows.

    `step` is called now and then. Raises DamagedVault.
    """
    return _looked(path, key, (pages, structure), step)


def _looked(path: Path, key: Key, checks: Sequence[Check], step: Callable[[], object]) -> Counts:
    def between() -> None:
        if hasattr(os, "sched_yield"):  # the screen's thread may want to paint
            os.sched_yield()
        step()

    try:
        with closing(connect_to_look(path, key.dek)) as connection:
            if not (
                all(is_well(connection) for is_well in checks) and seal.holds(connection, key.dek, between)
            ):
                raise DamagedVault(CHANGED)
            return counts(connection)
    except sqlcipher.DatabaseError as error:
        raise DamagedVault(CHANGED) from error


def unwrap(vault: Path, key_file: Path, key: Key, meant: Callable[[], object] = _nothing) -> bool:
    """Where `vault` is a backup that was put in its place, make it a vault again; whether it was one.

    The key file that came with it is put beside it. A journal left there belongs to the vault that went: it
    is gone for good before the backup stops being known as one, so the two never meet, whenever the power is
    cut. `meant` is called while it is still known as one: what is older is here on purpose. Raises
    DamagedVault or NotSaved, changing nothing.
    """
    try:
        about = read(vault)
    except DamagedVault:  # no backup, so a vault
        return False
    verify(vault, key)
    files.write_whole(key_file, about.key_file)
    try:
        journal(vault).unlink(missing_ok=True)
        files.sync_folder(vault.parent)
        meant()
        with vault.open("r+b") as file:
            file.truncate(about.length)
            os.fsync(file.fileno())
    except OSError as error:
        raise NotSaved() from error
    return True


def counts(connection: sqlcipher.Connection) -> Counts:
    """How many rows each table has."""
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    )
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in named.fetchall()
    }


def _read(path: Path, file: BinaryIO) -> Backup:
    size = path.stat().st_size
    file.seek(max(size - _END.size, 0))
    end = file.read(_END.size)
    if len(end) != _END.size or not end.endswith(MARK):
        raise DamagedVault(NOT_WHOLE)
    key_length, facts_length, _tag, _mark = _END.unpack(end)
    length = size - _END.size - key_length - facts_length
    if length <= 0 or key_length + facts_length > _LARGEST:
        raise DamagedVault(NOT_WHOLE)
    file.seek(length)
    key_file, told = file.read(key_length), json.loads(file.read(facts_length))
    made = datetime.fromisoformat(told["made"]).astimezone(UTC)
    return Backup(
        path,
        length,
        key_file,
        str(told["vault"]),
        int(told["writes"]),
        made,
        int(told["schema"]),
        str(told["program"]),
        bytes.fromhex(told["rows"]),
        str(told.get("line", "")),
    )


def _row_key(key: Key) -> bytes:
    return key.derived("backup rows")


def _bound(vault: str, writes: int, made: datetime) -> bytes:
    return f"{vault}|{writes}|{made.isoformat()}".encode()


def _mac(path: Path, length: int, key: Key, heard: Heard = _nobody) -> bytes:
    digest = hashlib.blake2b(key=key.derived("backup"), digest_size=32)
    with path.open("rb") as file:
        while length > 0 and (chunk := file.read(min(length, _CHUNK))):
            digest.update(chunk)
            length -= len(chunk)
            heard(len(chunk))
    return digest.digest()
