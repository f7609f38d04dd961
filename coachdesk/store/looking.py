"""The look at an opened vault: its seal, then all that the seal leaves out.

The seal is of the rows alone. Of a file that was mixed from two versions the rows may be right while an index
is older than they are: then somebody is not found, and a list is short without a word. So each row is looked
for in each index of its table, and an index has as many entries as its table has rows, hence just those. A
row is looked for by its number too, for the pages above the rows hold none. Last, SQLite's own `quick_check`
finds a page that two tables hold, or that counts as free while it is in use.

It is done a slice at a time while nothing is saved; `quick_check` gives way to what is to be saved, and
begins again. The search index is derived: that all of it can be read and holds together is looked at, no
more.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedPages, MixedCopy
from coachdesk.store import seal
from coachdesk.store.seal import Seal

Waits = Callable[[], bool]

_SLICE = 0.002  # seconds: most parts take far less
LOOKED_FOR = 500  # rows looked for in one go: some milliseconds, none of them Python's own
_GIVES_WAY = 4000  # steps of SQLite's, between two looks at whether somebody waits: a millisecond
_TABLES = """SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND NOT wr AND name <> 'sqlite_schema' ORDER BY name"""
_INDEXES = "SELECT name FROM pragma_index_list(?) WHERE NOT partial ORDER BY name"
_OF_SEARCH = """SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
    ORDER BY wr DESC, name"""
_FIRST, _LAST = -(1 << 63), (1 << 63) - 1
_UNREADABLE = ("unable to get", "failed to get", "returns error code")  # as SQLite says it of a page


class Part(Protocol):
    """Something to be looked at in one go."""

    def look(self, connection: sqlcipher.Connection) -> "Part | None":
        """What is to be looked at in its place next. Raises MixedCopy, DamagedPages or sqlcipher's errors."""


class Look:
    """Begins at once to take part in what `seal` counts; a slice takes some milliseconds, to count the
    longest index at thirty years of notes 500. `waits` says whether there is something to save."""

    def __init__(self, vault_seal: Seal, dek: bytes, waits: Waits) -> None:
        self._scan, self._dek, self._waits = vault_seal.start_scan(), dek, waits
        self._left: list[Part] | None = None  # not looked at yet; None while the rows are
        self.gave_way = False  # what was begun is to be begun again

    def step(self, connection: sqlcipher.Connection) -> bool | None:
        """Look at some more. Once all is seen: whether every part is of one version.

        A seal that does not hold is looked at once more from the beginning, in one go. Raises DamagedPages
        where something other than a row cannot be read: the next one put there would be refused.
        """
        if self._left is None:
            return self._look_at_rows(connection)
        return self._look_at_more(connection, self._left)

    def _look_at_more(self, connection: sqlcipher.Connection, left: list[Part]) -> bool | None:
        until, found = time.perf_counter() + _SLICE, None
        while found is None and time.perf_counter() < until:
            before = left[-1] if left else None
            found = _looked(connection, left)
            self.gave_way = bool(left) and left[-1] is before
        return found

    def _look_at_rows(self, connection: sqlcipher.Connection) -> bool | None:
        holds = self._scan.step(connection)
        if holds is None:
            return None
        if not holds and not seal.holds(connection, self._dek):
            return False
        self._left = _parts(connection, self._waits)
        return None


def is_one(connection: sqlcipher.Connection, dek: bytes) -> bool:
    """The same in one go, for a vault that nobody writes to. Raises DamagedPages, or sqlcipher's errors."""
    if not seal.holds(connection, dek):
        return False
    left, found = _parts(connection, lambda: False), None
    while found is None:
        found = _looked(connection, left)
    return found


def _looked(connection: sqlcipher.Connection, left: list[Part]) -> bool | None:
    """Look at the last of those that are `left`."""
    if not left:
        return True
    try:
        further = left.pop().look(connection)
    except MixedCopy:
        return False
    except sqlcipher.DatabaseError as error:
        raise DamagedPages() from error
    if further is not None:
        left.append(further)
    return None


def _parts(connection: sqlcipher.Connection, waits: Waits) -> list[Part]:
    """All there is to look at besides the rows, the first at the end."""
    found: list[Part] = [_Structure(waits), *_of_search(connection)]
    for (table,) in connection.execute(_TABLES).fetchall():
        indexes = [name for (name,) in connection.execute(_INDEXES, (table,)).fetchall()]
        found += [_Number(table, index) for index in indexes]
        found.append(_Entries(_looking_for(connection, table, indexes)))
    return found


def _looking_for(connection: sqlcipher.Connection, table: str, indexes: Sequence[str]) -> str:
    """The question whether the rows of a slice are found by their number, and by each index. From the last
    on: SQLite finds the next one without looking for it."""
    ways = ["NOT INDEXED WHERE there.rowid = here.rowid"]
    for index in indexes:
        named = connection.execute("SELECT name FROM pragma_index_info(?)", (index,)).fetchall()
        alike = "".join(f'there."{name}" IS here."{name}" AND ' for (name,) in named)
        ways.append(f'INDEXED BY "{index}" WHERE {alike}there.rowid = here.rowid')
    found = " AND ".join(f'EXISTS (SELECT 1 FROM "{table}" AS there {way})' for way in ways)
    return f"""SELECT min(at), total(NOT found) FROM (SELECT here.rowid AS at, {found} AS found
        FROM "{table}" AS here NOT INDEXED WHERE here.rowid < ?
        ORDER BY here.rowid DESC LIMIT {LOOKED_FOR})"""


@dataclass(frozen=True)
class _Entries:
    """The rows of a table up to one, each found in every index."""

    asked: str
    before: int = _LAST

    def look(self, connection: sqlcipher.Connection) -> Part | None:
        first, lost = connection.execute(self.asked, (self.before,)).fetchone()
        if lost or (first is not None and first >= self.before):  # out of order: one would walk in circles
            raise MixedCopy()
        return None if first is None else replace(self, before=first)


@dataclass(frozen=True)
class _Number:
    """An index, walked from end to end: a count would take the smallest of the table's instead."""

    table: str
    index: str

    def look(self, connection: sqlcipher.Connection) -> Part | None:
        asked = f"""SELECT (SELECT count(*) FROM "{self.table}" NOT INDEXED),
            (SELECT total(1) FROM "{self.table}" INDEXED BY "{self.index}")"""
        rows, entries = connection.execute(asked).fetchone()
        if rows != entries:
            raise MixedCopy()
        return None


@dataclass(frozen=True)
class _Search:
    """A table of the search index, all of it read; in slices, unless `behind` is None."""

    asked: str
    behind: int | None

    def look(self, connection: sqlcipher.Connection) -> Part | None:
        asked_of = () if self.behind is None else (self.behind,)
        last, *_rest = connection.execute(self.asked, asked_of).fetchone()
        if self.behind is None or last is None:
            return None
        if last <= self.behind:
            raise DamagedPages()  # out of order: one would walk in circles
        return replace(self, behind=last)


@dataclass(frozen=True)
class _Structure:
    """Every page is held once, and every table in order."""

    waits: Waits

    def look(self, connection: sqlcipher.Connection) -> Part | None:
        connection.set_progress_handler(lambda: int(self.waits()), _GIVES_WAY)
        try:
            ((said,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
        except sqlcipher.OperationalError:
            if self.waits():
                return self
            raise
        finally:
            connection.set_progress_handler(None, 0)
        if said == "ok":
            return None
        raise DamagedPages() if any(word in said for word in _UNREADABLE) else MixedCopy()


def _of_search(connection: sqlcipher.Connection) -> Iterator[Part]:
    """The tables of the search index, which the seal leaves out: a note could not be saved either."""
    for table, without_rowid in connection.execute(_OF_SEARCH).fetchall():
        if without_rowid:
            yield _Search(f'SELECT count(*) FROM "{table}"', None)
            continue
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        ends = ", ".join(f'substr("{name}", -1) AS "{name}"' for name in columns)  # which reads all of it
        counts = ", ".join(f'count("{name}")' for name in columns)
        yield _Search(
            f"""SELECT max(at), {counts} FROM (SELECT rowid AS at, {ends} FROM "{table}"
                WHERE rowid > ? ORDER BY rowid LIMIT {seal.SLICE})""",
            _FIRST,
        )
