"""The seal: one number over every row, by which a file that was mixed from two versions is known.

A file of which some pages are older than others, as a folder that was synced by half leaves it, passes every
check of SQLCipher and often those of SQLite, and answers wrongly. So each transaction that changes a row
writes into the table `seal` how many rows there are and the sum, mod 2^256, of a keyed BLAKE2b over each:
table, columns. `generation` counts those transactions; a smaller one than was seen before is an older copy.

Temporary triggers over every table, made from the tables themselves, tell which rows came and went, whoever
wrote them: statements, cascades and other triggers too. The search index is derived: `verify.search`.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedVault
from coachdesk.store.keys import derived
from coachdesk.store.schema import SEALED_SINCE, WRITES

Value = int | float | str | bytes | None
Position = tuple[int, int]  # the number of a table and a rowid in it

MODULUS = 1 << 256
SIZE = 32
SLICE = 200  # rows looked at in one go: about a millisecond
_SMALLEST = -(1 << 63)
_TABLES = """SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'seal'
    ORDER BY name"""
_READ = "SELECT generation, number, digest FROM main.seal"
_WRITE = "UPDATE main.seal SET generation = ?, number = ?, digest = ?"


@dataclass(frozen=True)
class Sum:
    """Of some rows: how many, and their sum."""

    number: int = 0
    total: int = 0

    def plus(self, other: "Sum") -> "Sum":
        return Sum(self.number + other.number, (self.total + other.total) % MODULUS)


class Macs:
    """What each row counts for, under one vault's key."""

    def __init__(self, dek: bytes) -> None:
        self._keyed = hashlib.blake2b(key=derived(dek, "seal"), digest_size=SIZE)

    def of(self, table: str, values: tuple[Value, ...]) -> int:
        mac = self._keyed.copy()
        mac.update(ascii((table, values)).encode())  # the same in every version of Python, and one to one
        return int.from_bytes(mac.digest(), "big")

    def digest(self, generation: int, rows: Sum) -> bytes:
        """What stands in the seal: the rows' sum, bound to its generation."""
        total = rows.total + self.of("seal", (generation, rows.number))
        return (total % MODULUS).to_bytes(SIZE, "big")


def tables(connection: sqlcipher.Connection) -> list[str]:
    """The tables that are sealed: all but the search index's own, and the seal."""
    return [name for (name,) in connection.execute(_TABLES).fetchall()]


def rows(connection: sqlcipher.Connection, macs: Macs, step: Callable[[], object] | None = None) -> Sum:
    """The sum of every row there is. `step` is called now and then."""
    found = Sum()
    for table in tables(connection):
        some, at = _slice(connection, macs, table, _SMALLEST, SLICE)
        while some.number:
            found = found.plus(some)
            if step:
                step()
            some, at = _slice(connection, macs, table, at, SLICE)
    return found


def generation(connection: sqlcipher.Connection) -> int:
    """How often the vault has been written to. Raises DamagedVault if it does not say so."""
    if _is_older(connection):
        row = connection.execute("SELECT value FROM main.vault_about WHERE name = ?", (WRITES,)).fetchone()
        return int.from_bytes(row[0] if row else b"", "big")
    return _kept(connection)[0]


def holds(connection: sqlcipher.Connection, dek: bytes, step: Callable[[], object] | None = None) -> bool:
    """Whether the seal is of these very rows. A vault that is older than seals has none to break."""
    if _is_older(connection):
        return True
    macs = Macs(dek)
    try:
        number, rows_there, digest = _kept(connection)
        found = rows(connection, macs, step)
    except DamagedVault:
        return False
    return (found.number, macs.digest(number, found)) == (rows_there, digest)


def write_anew(connection: sqlcipher.Connection, dek: bytes) -> None:
    """Seal the rows as they are, whatever was sealed before."""
    macs = Macs(dek)
    found = rows(connection, macs)
    number = generation(connection)
    connection.execute(_WRITE, (number, found.number, macs.digest(number, found)))


class Seal:
    """What the one connection that writes adds to the seal, transaction by transaction."""

    def __init__(self, dek: bytes) -> None:
        self._macs = Macs(dek)
        self._generation, self._sealed = -1, Sum()  # as in the file; -1 until it is known
        self._number = self._total = self._least = 0  # what this transaction adds
        self._next = Sum()
        self._order: dict[str, int] = {}
        self.scan: Scan | None = None

    def watch(self, connection: sqlcipher.Connection) -> None:
        """From now on know of every row that `connection` writes."""
        connection.create_function("seal_came", -1, self._came)
        connection.create_function("seal_went", -1, self._went)
        connection.create_function("seal_changed", -1, self._changed)
        connection.execute("PRAGMA recursive_triggers = ON")  # else a row that is replaced goes untold
        self._order = {table: place for place, table in enumerate(tables(connection))}
        made = [
            f'CREATE TEMP TRIGGER IF NOT EXISTS "{name}" {statement};'
            for table in self._order
            for name, statement in _triggers(connection, table)
        ]
        connection.executescript("".join(made))  # as a script, for that is not remembered: see STATEMENTS

    def unwatch(self, connection: sqlcipher.Connection) -> None:
        """Let the tables be changed themselves; what is written meanwhile is to be sealed anew."""
        named = "SELECT name FROM temp.sqlite_master WHERE type = 'trigger' AND name LIKE ? ESCAPE '!'"
        for (name,) in connection.execute(named, ("seal!_%",)).fetchall():
            connection.execute(f'DROP TRIGGER temp."{name}"')

    def begin(self) -> None:
        """Another transaction begins."""
        self._number = self._total = self._least = 0
        if self.scan:
            self.scan.begin()

    @property
    def is_broken(self) -> bool:
        """Whether this transaction made the rows others than those that are sealed."""
        return bool(self._number or self._total or self._least)

    @property
    def generation(self) -> int | None:
        """Of the vault, as far as this connection has written to it."""
        return self._generation if self._generation >= 0 else None

    def rise_to(self, generation: int) -> None:
        """In this transaction: count on from `generation` at least."""
        self._least = generation

    def write(self, connection: sqlcipher.Connection) -> int:
        """At the end of a transaction: seal it, and say its generation."""
        if self._generation < 0:
            self._learn(connection)
        number = max(self._generation + 1, self._least)
        self._next = self._sealed.plus(Sum(self._number, self._total))
        digest = self._macs.digest(number, self._next)
        connection.execute(_WRITE, (number, self._next.number, digest))
        return number

    def kept(self, number: int) -> None:
        """COMMIT has kept what `write` wrote."""
        self._generation, self._sealed = number, self._next
        if self.scan:
            self.scan.kept()

    def forget(self) -> None:
        """What is in the file is to be read again."""
        self._generation = -1

    def start_scan(self) -> "Scan":
        """Begin to look at every row, while saving goes on."""
        self.scan = Scan(self, list(self._order))
        return self.scan

    def agrees(self, connection: sqlcipher.Connection, found: Sum) -> bool:
        """Whether the seal in the file is of the rows that were `found`."""
        number, rows_there, digest = _kept(connection)
        return (found.number, self._macs.digest(number, found)) == (rows_there, digest)

    def slice(self, connection: sqlcipher.Connection, table: str, rowid: int, limit: int) -> tuple[Sum, int]:
        """Of the next rows of `table` behind `rowid`: their sum, and the last one's rowid."""
        return _slice(connection, self._macs, table, rowid, limit)

    def _learn(self, connection: sqlcipher.Connection) -> None:
        number, rows_there, digest = _kept(connection)
        tag = self._macs.of("seal", (number, rows_there))
        self._generation = number
        self._sealed = Sum(rows_there, (int.from_bytes(digest, "big") - tag) % MODULUS)

    def _came(self, table: str, rowid: int, *values: Value) -> None:
        self._count(table, rowid, 1, self._macs.of(table, values))

    def _went(self, table: str, rowid: int, *values: Value) -> None:
        self._count(table, rowid, -1, -self._macs.of(table, values))

    def _changed(self, table: str, before: int, after: int, *values: Value) -> None:
        """The row's columns as they were, and as they are: one call, for each takes its time."""
        half = len(values) // 2
        self._went(table, before, *values[:half])
        self._came(table, after, *values[half:])

    def _count(self, table: str, rowid: int, number: int, mac: int) -> None:
        self._number += number
        self._total += mac
        if self.scan:
            self.scan.changed((self._order[table], rowid), Sum(number, mac))


class Scan:
    """Every row looked at once, a slice at a time, with what is written meanwhile taken into account."""

    def __init__(self, seal: Seal, order: list[str]) -> None:
        self._seal, self._tables = seal, order
        self._at: Position = (0, _SMALLEST)  # what lies up to here has been looked at
        self._found = self._changed = Sum()

    def begin(self) -> None:
        self._changed = Sum()

    def changed(self, where: Position, one: Sum) -> None:
        if where <= self._at:
            self._changed = self._changed.plus(one)

    def kept(self) -> None:
        self._found = self._found.plus(self._changed)
        self._changed = Sum()

    def step(self, connection: sqlcipher.Connection) -> bool | None:
        """Look at some rows more. Once all are seen: whether the seal holds."""
        left = SLICE
        while left and self._at[0] < len(self._tables):
            left -= self._look(connection, left)
        if self._at[0] < len(self._tables):
            return None
        return self._seal.agrees(connection, self._found)

    def _look(self, connection: sqlcipher.Connection, limit: int) -> int:
        """Look at no more than `limit` rows of the table that is next, and say at how many."""
        number, after = self._at
        table = self._tables[number]
        some, last = self._seal.slice(connection, table, after, limit)
        self._found = self._found.plus(some)
        self._at = (number + 1, _SMALLEST) if some.number < limit else (number, last)
        return some.number


def _is_older(connection: sqlcipher.Connection) -> bool:
    """Whether it was made before there were seals."""
    sealed = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return not sealed and version < SEALED_SINCE


def _kept(connection: sqlcipher.Connection) -> tuple[int, int, bytes]:
    row = connection.execute(_READ).fetchone()
    if row is None:
        raise DamagedVault()
    return int(row[0]), int(row[1]), bytes(row[2])


def _columns(connection: sqlcipher.Connection, table: str, of: str = "") -> str:
    """The columns, as SQL. A text goes as bytes: as text it would end for a function at a NUL."""
    asked = "SELECT name, type FROM pragma_table_info(?) ORDER BY cid"
    return ", ".join(
        f'CAST({of}"{name}" AS BLOB)' if "CHAR" in kind else f'{of}"{name}"'
        for name, kind in connection.execute(asked, (table,)).fetchall()
    )


def _slice(
    connection: sqlcipher.Connection, macs: Macs, table: str, rowid: int, limit: int
) -> tuple[Sum, int]:
    """The sum of the next rows behind `rowid`, and the last one's rowid; no more than one is in memory.

    Raises DamagedVault where they are out of order, as in a file that is mixed: one would walk in circles.
    """
    columns = _columns(connection, table)
    asked = f'SELECT rowid, {columns} FROM main."{table}" WHERE rowid > ? ORDER BY rowid LIMIT ?'
    number = total = 0
    with closing(connection.execute(asked, (rowid, limit))) as found:
        for last, *values in found:
            if last <= rowid:
                raise DamagedVault()
            rowid, number, total = last, number + 1, total + macs.of(table, tuple(values))
    return Sum(number, total), rowid


def _triggers(connection: sqlcipher.Connection, table: str) -> Iterator[tuple[str, str]]:
    new, old = _columns(connection, table, "new."), _columns(connection, table, "old.")
    came = f"SELECT seal_came('{table}', new.rowid, {new});"
    went = f"SELECT seal_went('{table}', old.rowid, {old});"
    changed = f"SELECT seal_changed('{table}', old.rowid, new.rowid, {old}, {new});"
    for event, told in (("INSERT", came), ("DELETE", went), ("UPDATE", changed)):
        yield f"seal_{table}_{event}", f'AFTER {event} ON main."{table}" BEGIN {told} END'
