"""Pages of the vault that hold nothing, after the power went while they were written.

SQLite takes a free page into use without noting in its journal what was on it, for nobody reads that. So a
power cut may leave such a page torn for good. No record is harmed, but a look at every page would call the
vault damaged: 6 of 1,000 cuts while much was being deleted. So after a save that was cut off the free pages
are written anew.
"""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk.store.files import PAGE
from coachdesk.store.parts import journal


def was_cut_off(path: Path) -> bool:
    """Whether a save of the vault at `path` never came to its end; ask before the vault is opened."""
    left = journal(path)
    return left.is_file() and left.stat().st_size > 0


def write_anew(connection: sqlcipher.Connection) -> None:
    """Fill every free page, and let it go again: what a page held is not read for that."""
    free: int = connection.execute("PRAGMA freelist_count").fetchone()[0]
    if not free:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("CREATE TABLE free_page (filled)")
        connection.execute("INSERT INTO free_page VALUES (zeroblob(?))", (free * PAGE,))
        connection.execute("DROP TABLE free_page")
        connection.execute("COMMIT")
    except sqlcipher.DatabaseError:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
