"""Rows written and read by statement, past the mapper: a tenth of its work.

How a record's columns are stored is SQLAlchemy's to say; each statement is put together once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Dialect, insert, inspect
from sqlmodel import SQLModel

from coachdesk.store.connection import driver

Values = dict[str, Any]
Columns = dict[str, Callable[[Any], Any] | None]  # each column, and what makes of a value what is stored

FEW = 128  # statements that are remembered


def add(connection: Connection, record: type[SQLModel], rows: list[Values]) -> None:
    """Insert `rows`, of which each holds every column of `record`."""
    statement, columns = _insertion(record, connection.dialect)
    stored = list(zip(*_stored(rows, columns), strict=True))
    if stored:
        connection.exec_driver_sql(statement, stored if len(stored) > 1 else stored[0])


def put(connection: Connection, record: type[SQLModel], row: Values) -> None:
    """As `add`, for one row, by the driver itself."""
    statement, columns = _insertion(record, connection.dialect)
    run(
        connection,
        statement,
        [stored(row[name]) if stored else row[name] for name, stored in columns.items()],
    )


def change(connection: Connection, record: type[SQLModel], values: Values, key: object) -> int:
    """Write `values` into the row whose id is stored as `key`; says how many rows there were."""
    statement, columns = _replacement(record, tuple(values), connection.dialect)
    [stored] = zip(*_stored([values], columns), strict=True)
    return run(connection, statement, (*stored, key)).rowcount


def found(
    connection: Connection, record: type[SQLModel], where: str, values: Sequence[object]
) -> list[Values]:
    """Every column of the rows of `record` for which `where` holds: SQL, with `values` as they are stored."""
    statement, readers = _reading(record, where, connection.dialect)
    return [
        {name: read(value) if read else value for (name, read), value in zip(readers, row, strict=True)}
        for row in run(connection, statement, values)
    ]


def run(connection: Connection, statement: str, values: Sequence[object]) -> sqlcipher.Cursor:
    """By the driver itself, as is its error: for what is done with every second of typing."""
    return driver(connection).execute(statement, tuple(values))


@lru_cache(FEW)
def _columns(record: type[SQLModel], dialect: Dialect) -> Columns:
    columns = inspect(record).local_table.columns
    return {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns}


@lru_cache(FEW)
def _insertion(record: type[SQLModel], dialect: Dialect) -> tuple[str, Columns]:
    statement = insert(inspect(record).local_table)
    return str(statement.compile(dialect=dialect)), _columns(record, dialect)


@lru_cache(FEW)
def _replacement(record: type[SQLModel], names: tuple[str, ...], dialect: Dialect) -> tuple[str, Columns]:
    written = ", ".join(f'"{name}" = ?' for name in names)
    columns = _columns(record, dialect)
    statement = f"UPDATE {inspect(record).local_table.name} SET {written} WHERE id = ?"
    return statement, {name: columns[name] for name in names}


@lru_cache(FEW)
def _reading(record: type[SQLModel], where: str, dialect: Dialect) -> tuple[str, list[tuple[str, Any]]]:
    table = inspect(record).local_table
    readers = [(c.name, c.type.dialect_impl(dialect).result_processor(dialect, None)) for c in table.columns]
    named = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"SELECT {named} FROM {table.name} WHERE {where}", readers


def _stored(rows: Sequence[Values], columns: Columns) -> Iterator[list[Any]]:
    """The rows a column at a time, as they are stored: SQLAlchemy would go through them one by one."""
    for name, stored in columns.items():
        values = [row[name] for row in rows]
        yield [stored(value) for value in values] if stored else values
