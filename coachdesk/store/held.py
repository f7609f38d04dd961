"""Hold in a vault that is no open one: read there, and put into a copy that is to take its place."""

from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.store import faults
from coachdesk.store.connection import connect
from coachdesk.store.known import HOLD
from coachdesk.store.parts import journal
from coachdesk.store.seal import Seal


def since(connection: sqlcipher.Connection) -> bytes | None:
    """When Hold was switched on, as the vault remembers it; None while it is off."""
    row = connection.execute("SELECT value FROM vault_about WHERE name = ?", (HOLD,)).fetchone()
    return bytes(row[0]) if row else None


def put_on(path: Path, dek: bytes, moment: bytes) -> bool:
    """Have the vault at `path`, which nobody has open, be on Hold since `moment`; False where it is.

    Raises NotSaved, or DamagedVault.
    """
    with closing(connect(path, dek)) as connection:
        try:
            if since(connection) is not None:
                return False
            _write(connection, dek, moment)
        except sqlcipher.DatabaseError as error:
            raise faults.writing(error) from error
    journal(path).unlink(missing_ok=True)
    return True


def _write(connection: sqlcipher.Connection, dek: bytes, moment: bytes) -> None:
    seal = Seal(dek)
    seal.watch(connection)
    seal.begin()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO vault_about (name, value) VALUES (?, ?)", (HOLD, moment))
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone():
        seal.write(connection)
    connection.execute("COMMIT")
