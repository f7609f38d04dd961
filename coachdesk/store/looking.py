"""The look at an opened vault: its seal, then all else that writing needs: each index, and the search index.

It is done a slice at a time while nothing is saved.
"""

from collections.abc import Iterator

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedPages
from coachdesk.store import seal
from coachdesk.store.seal import Seal

Part = tuple[str, int | None]  # a question, and behind which rowid it goes on; None where it is asked once

_INDEXES = """SELECT t.name, i.name FROM pragma_table_list AS t JOIN pragma_index_list(t.name) AS i
    WHERE t.schema = 'main' AND t.type = 'table' AND NOT i.partial ORDER BY t.name, i.name"""
_OF_SEARCH = """SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
    ORDER BY wr DESC, name"""
_FIRST = -(1 << 63)


class Look:
    """Begins at once to take part in what `seal` counts; a slice takes a millisecond or some, an index up to
    70."""

    def __init__(self, vault_seal: Seal, dek: bytes) -> None:
        self._scan, self._dek = vault_seal.start_scan(), dek
        self._left: list[Part] | None = None  # not looked at yet; None while the rows are

    def step(self, connection: sqlcipher.Connection) -> bool | None:
        """Look at some more. Once all is seen: whether the seal holds.

        What does not hold is looked at once more from the beginning, in one go. Raises DamagedPages where an
        index cannot be read: no row lies in it, but the next one put there would be refused.
        """
        if self._left is None:
            return self._look_at_rows(connection)
        if not self._left:
            return True
        asked, behind = self._left.pop()
        last = _read(connection, asked, behind)
        if behind is not None and last is not None:
            self._left.append((asked, last))
        return None

    def _look_at_rows(self, connection: sqlcipher.Connection) -> bool | None:
        holds = self._scan.step(connection)
        if holds is None:
            return None
        if not holds and not seal.holds(connection, self._dek):
            return False
        self._left = [*_indexes(connection), *_of_search(connection)]
        return None


def _indexes(connection: sqlcipher.Connection) -> Iterator[Part]:
    """Each from end to end; a count would take the smallest of the table's instead."""
    for table, index in connection.execute(_INDEXES).fetchall():
        yield f'SELECT total(rowid) FROM "{table}" INDEXED BY "{index}"', None


def _of_search(connection: sqlcipher.Connection) -> Iterator[Part]:
    """The tables of the search index, which the seal leaves out: a note could not be saved either."""
    for table, without_rowid in connection.execute(_OF_SEARCH).fetchall():
        if without_rowid:
            yield f'SELECT count(*) FROM "{table}"', None
            continue
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        ends = ", ".join(f'substr("{name}", -1) AS "{name}"' for name in columns)  # which reads all of it
        counts = ", ".join(f'count("{name}")' for name in columns)
        yield (
            f"""SELECT max(at), {counts} FROM (SELECT rowid AS at, {ends} FROM "{table}"
                WHERE rowid > ? ORDER BY rowid LIMIT {seal.SLICE})""",
            _FIRST,
        )


def _read(connection: sqlcipher.Connection, asked: str, behind: int | None) -> int | None:
    """The last rowid, where it is asked in slices: None behind the last. Raises DamagedPages."""
    try:
        last, *_rest = connection.execute(asked, () if behind is None else (behind,)).fetchone()
    except sqlcipher.DatabaseError as error:
        raise DamagedPages() from error
    if behind is not None and last is not None and last <= behind:
        raise DamagedPages()  # out of order: one would walk in circles
    return None if last is None else int(last)
