"""The look at an opened vault: its seal, then each index, a slice at a time while nothing is saved."""

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.errors import DamagedPages
from coachdesk.store import seal
from coachdesk.store.seal import Seal

_INDEXES = """SELECT t.name, i.name FROM pragma_table_list AS t JOIN pragma_index_list(t.name) AS i
    WHERE t.schema = 'main' AND t.type = 'table' AND NOT i.partial ORDER BY t.name, i.name"""


class Look:
    """Begins at once to take part in what `seal` counts; a slice takes a millisecond, an index up to 70."""

    def __init__(self, vault_seal: Seal, dek: bytes) -> None:
        self._scan, self._dek = vault_seal.start_scan(), dek
        self._indexes: list[tuple[str, str]] | None = None  # not looked at yet; None while the rows are

    def step(self, connection: sqlcipher.Connection) -> bool | None:
        """Look at some more. Once all is seen: whether the seal holds.

        What does not hold is looked at once more from the beginning, in one go. Raises DamagedPages where an
        index cannot be read: no row lies in it, but the next one put there would be refused.
        """
        if self._indexes is None:
            return self._look_at_rows(connection)
        if not self._indexes:
            return True
        _look_at_index(connection, *self._indexes.pop())
        return None

    def _look_at_rows(self, connection: sqlcipher.Connection) -> bool | None:
        holds = self._scan.step(connection)
        if holds is None:
            return None
        if not holds and not seal.holds(connection, self._dek):
            return False
        self._indexes = connection.execute(_INDEXES).fetchall()
        return None


def _look_at_index(connection: sqlcipher.Connection, table: str, index: str) -> None:
    """Read the index from end to end; a count would take the smallest of the table's instead."""
    try:
        connection.execute(f'SELECT total(rowid) FROM "{table}" INDEXED BY "{index}"').fetchone()
    except sqlcipher.DatabaseError as error:
        raise DamagedPages() from error
