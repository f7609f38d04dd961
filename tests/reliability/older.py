"""Vaults of each version of the tables, with rows in every table, for the rows that bring them up to date."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool

from coachdesk.store import files, keys, migrations, schema, seal
from coachdesk.store.connection import connect, engine

KEY = bytes(range(32))
ROWS = 12
VALUES = {
    "INTEGER": 1,
    "FLOAT": 1.5,
    "BOOLEAN": 0,
    "JSON": "[]",
    "DATE": "2026-10-05",
    "TIME": "09:00:00.000000",
}
VALUES["DATETIME"] = "2026-10-05 09:00:00.000000"

Content = dict[str, list[dict[str, object]]]
"""Of each table its rows, by column."""


def make(path: Path, version: int) -> None:
    """A vault as a coachdesk of that version of the tables left it."""
    files.create(path)
    bring(path, 0, migrations.STEPS[:version])
    with closing(connect(path, KEY)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for table in seal.tables(connection):
            if table != schema.about.name:
                _fill(connection, table)
        _know(connection, version)
        connection.execute("COMMIT")


def bring(path: Path, version: int, steps: Sequence[migrations.Step] = migrations.STEPS) -> None:
    """Take the steps that follow `version`, as the vault's writer does."""
    made = over(path)
    try:
        migrations.bring_up_to_date(
            made, version, steps, sealed if len(steps) >= schema.SEALED_SINCE else unsealed
        )
    finally:
        made.dispose()


def over(path: Path) -> Engine:
    return engine(lambda: connect(path, KEY), StaticPool, "BEGIN IMMEDIATE")


def sealed(connection: sqlcipher.Connection) -> None:
    seal.write_anew(connection, KEY)


def unsealed(_connection: sqlcipher.Connection) -> None: ...


def content(path: Path) -> Content:
    """All that is in the vault, apart from what it counts and its seal."""
    with closing(connect(path, KEY)) as connection:
        return {
            table: _rows(connection, table)
            for table in seal.tables(connection)
            if connection.execute(f'SELECT 1 FROM "{table}"').fetchone()
        }


def version(path: Path) -> int:
    with closing(connect(path, KEY)) as connection:
        return migrations.version_of(connection)


def same(before: Content, after: Content) -> bool:
    """Whether all that was there is there, in whatever columns there are more of now."""
    return all(
        len(rows) == len(after.get(table, ())) and all(map(_covers, after[table], rows))
        for table, rows in before.items()
    )


def _covers(now: dict[str, object], was: dict[str, object]) -> bool:
    return all(now.get(name) == value for name, value in was.items())


def _rows(connection: sqlcipher.Connection, table: str) -> list[dict[str, object]]:
    names = [name for _n, name, *_rest in connection.execute(f'PRAGMA table_info("{table}")')]
    found = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return [row for row in rows if row.get("name") != schema.WRITES]


def _fill(connection: sqlcipher.Connection, table: str) -> None:
    """Rows of which each points to rows that are there."""
    points = {row[3] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()}
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    if table == "note_number":
        return  # the triggers of the notes fill it
    for number in range(ROWS):
        values = [_value(name, kind, number, name in points) for _n, name, kind, *_rest in columns]
        marks = ", ".join("?" * len(values))
        connection.execute(f'INSERT INTO "{table}" VALUES ({marks})', values)


def _value(name: str, kind: str, number: int, points: bool) -> object:
    if kind == "CHAR(32)" or points:
        return f"{number:032x}"
    if name == "number":
        return number + 1
    return VALUES.get(kind, f"{name} {number} " * 20)


def _know(connection: sqlcipher.Connection, version: int) -> None:
    """What the vault knows of itself."""
    about = {schema.VAULT_ID: keys.derived(KEY, "vault id").hex()[:32].encode(), schema.DRAFT_KEY: bytes(32)}
    if version < schema.SEALED_SINCE:
        about[schema.WRITES] = (7).to_bytes(8, "big")
    for name, value in about.items():
        connection.execute("INSERT INTO vault_about VALUES (?, ?)", (name, value))
    if version >= schema.SEALED_SINCE:
        seal.write_anew(connection, KEY)
