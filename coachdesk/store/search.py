"""The search index over notes: one row a note, kept by triggers, inside the encrypted file.

A row holds all a note says: what the teacher may read, script lines first, and apart from it what only the
coach may, so that a list of what was found need not show it. Its number grows as notes come, so the newest
are found first by walking the index backwards.

Beginnings of words of up to seven letters are indexed too: a longer one is common to few words. FTS5's own
secure delete stays off: with it saving one changed line took 70 ms at 3,000 notes, without it 6 to 20, and
switching it on for single deletions damaged the index (SQLite 3.53.4). Words that went are wiped by `tidy`.

To index a note takes the longer the longer it is, and while it is typed it changes every second. So it may be
put off: `put_off` marks it in the vault, the triggers pass it by, and `catch_up` indexes it when the typing
rests, or at the next unlocking if the program ended first.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection

from coachdesk.store import schema
from coachdesk.store.rows import run

TABLE = "note_search"
_MARK = "unindexed "  # and the note's id: a name in the vault's own table, there while the note is put off
_ABOUT = schema.about.name
_PUT_OFF = (
    f"name >= '{_MARK}' AND name < '{_MARK[:-1]}!'"  # by the order of the names, so no other is looked at
)

_CREATE = f"""CREATE VIRTUAL TABLE {TABLE} USING fts5(
    words, own, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4 5 6 7')"""

_WORDS = """(SELECT coalesce((SELECT group_concat(text, char(10)) FROM
        (SELECT text FROM scriptline WHERE note_id = n.id ORDER BY position)), '')
    || char(10) || n.strength || char(10) || n.wondering)"""

_OWN = "(n.interpretation || char(10) || n.reflection)"


def _waits(note: str) -> str:
    """Whether the note whose id is `note` is put off."""
    return f"EXISTS (SELECT 1 FROM {_ABOUT} WHERE name = '{_MARK}' || {note})"


def _again(note: str) -> str:
    """Index the note whose id is `note` again, unless it is put off."""
    return f"""UPDATE {TABLE} SET (words, own) =
            (SELECT {_WORDS}, {_OWN} FROM visitnote n WHERE n.id = {note})
        WHERE rowid = (SELECT number FROM note_number WHERE note_id = {note} AND NOT {_waits(note)});"""


# A note that comes back (undo) finds its old number again, so numbers stay when notes go.
TRIGGERS = {
    "note_came": f"""AFTER INSERT ON visitnote BEGIN
        INSERT OR IGNORE INTO note_number (note_id) VALUES (new.id);
        INSERT INTO {TABLE} (rowid, words, own) SELECT number, {_WORDS}, {_OWN}
            FROM visitnote n JOIN note_number ON note_id = n.id WHERE n.id = new.id;
        END""",
    "note_changed": f"""AFTER UPDATE OF strength, wondering, interpretation, reflection ON visitnote
        WHEN old.strength IS NOT new.strength OR old.wondering IS NOT new.wondering
            OR old.interpretation IS NOT new.interpretation OR old.reflection IS NOT new.reflection
        BEGIN {_again("new.id")} END""",
    "note_went": f"""AFTER DELETE ON visitnote BEGIN
        DELETE FROM {TABLE} WHERE rowid = (SELECT number FROM note_number WHERE note_id = old.id);
        END""",
    "line_came": f"AFTER INSERT ON scriptline BEGIN {_again('new.note_id')} END",
    "line_changed": f"""AFTER UPDATE OF text, position, note_id ON scriptline
        WHEN old.text IS NOT new.text OR old.position IS NOT new.position OR old.note_id IS NOT new.note_id
        BEGIN {_again("old.note_id")} {_again("new.note_id")} END""",
    "line_went": f"AFTER DELETE ON scriptline BEGIN {_again('old.note_id')} END",
}


# Notes whose row in the index is missing or says something else though they are not put off, and rows without
# a note.
DIFFERENCES = f"""SELECT n.id FROM visitnote n LEFT JOIN note_number ON note_id = n.id
        LEFT JOIN {TABLE} s ON s.rowid = number
        WHERE (s.words IS NOT {_WORDS} OR s.own IS NOT {_OWN}) AND NOT {_waits("n.id")}
    UNION ALL SELECT s.rowid FROM {TABLE} s LEFT JOIN note_number ON number = s.rowid
        WHERE note_id IS NULL OR note_id NOT IN (SELECT id FROM visitnote) LIMIT 1"""


_KEYS = (("visitnote", "id"), ("scriptline", "note_id"))
_ROWS = (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))


def build(connection: Connection) -> None:
    """Make the index from nothing, and the triggers that keep it."""
    drop_triggers(connection)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")
    connection.exec_driver_sql(_CREATE)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO note_number (note_id) SELECT id FROM visitnote ORDER BY started, created"
    )
    _fill(connection, "SELECT id FROM visitnote")
    create_triggers(connection)


def put_off(connection: Connection, note: str) -> None:
    """Have the note whose id is `note`, in hexadecimal digits, indexed only by the next `catch_up`."""
    run(connection, f"INSERT OR IGNORE INTO {_ABOUT} VALUES (?, x'')", (_MARK + note,))


def are_put_off(connection: Connection) -> bool:
    """Whether any note waits to be indexed."""
    return connection.exec_driver_sql(f"SELECT 1 FROM {_ABOUT} WHERE {_PUT_OFF} LIMIT 1").first() is not None


def catch_up(connection: Connection) -> None:
    """Index all notes that were put off. About 20 ms for a note of 320 lines."""
    _fill(connection, f"SELECT substr(name, {len(_MARK) + 1}) FROM {_ABOUT} WHERE {_PUT_OFF}")
    connection.exec_driver_sql(f"DELETE FROM {_ABOUT} WHERE {_PUT_OFF}")


def tidy(connection: sqlcipher.Connection) -> None:
    """Write the index anew without the words that are no longer in any note. Seconds at 30,000 notes."""
    connection.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")


def create_triggers(connection: Connection) -> None:
    for name, what in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {what}")


def drop_triggers(connection: Connection) -> None:
    for name in TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def at_once(connection: Connection) -> Iterator[None]:
    """Within, many notes and lines may be written, changed or taken away: each is indexed once, at last."""
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS fresh_note (id CHAR(32) PRIMARY KEY)")
    drop_triggers(connection)
    watched = [(*about, *when) for about in _KEYS for when in _ROWS]
    for table, key, happens, row in watched:
        connection.exec_driver_sql(
            f"""CREATE TEMP TRIGGER fresh_{table}_{happens} AFTER {happens} ON main.{table} BEGIN
                INSERT OR IGNORE INTO fresh_note VALUES ({row}.{key}); END"""
        )
    yield
    for table, _key, happens, _row in watched:
        connection.exec_driver_sql(f"DROP TRIGGER temp.fresh_{table}_{happens}")
    connection.exec_driver_sql(
        """INSERT OR IGNORE INTO note_number (note_id)
            SELECT v.id FROM visitnote v JOIN fresh_note USING (id) ORDER BY v.started, v.created"""
    )
    connection.exec_driver_sql(
        f"""DELETE FROM {TABLE} WHERE rowid IN (SELECT number FROM note_number
            WHERE note_id IN (SELECT id FROM fresh_note EXCEPT SELECT id FROM visitnote))"""
    )
    _fill(connection, "SELECT id FROM fresh_note")
    connection.exec_driver_sql("DELETE FROM fresh_note")
    create_triggers(connection)


def _fill(connection: Connection, notes: str) -> None:
    connection.exec_driver_sql(
        f"""INSERT OR REPLACE INTO {TABLE} (rowid, words, own)
            SELECT number, {_WORDS}, {_OWN} FROM note_number JOIN visitnote n ON n.id = note_id
            WHERE n.id IN ({notes}) ORDER BY number"""
    )
