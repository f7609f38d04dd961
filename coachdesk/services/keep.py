"""Keeping a record: checked first, then written."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError, create_model, model_validator
from sqlalchemy import Dialect, insert, inspect
from sqlmodel import Session

from coachdesk.errors import Invalid, MovedOn
from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.kinds import Record
from coachdesk.store import recording, search
from coachdesk.store.connection import roomy

R = TypeVar("R", bound=Record)
Values = dict[str, Any]
Columns = dict[str, Callable[[Any], Any] | None]

FEW = 64  # statements that are remembered
MANY = 5_000  # rows handed to the database at a time
INDEXED: tuple[type[Record], ...] = (VisitNote, ScriptLine)


def keep(session: Session, record: type[R], values: Values) -> R:
    """Write `values` as a `record`: a new row, or, with the id of one that is there, that row changed.

    Values that are left out stay as they are. With "rev" among the values the row must still be at that
    revision, or there still. Raises Invalid with the problems by field, or MovedOn.
    """
    old = session.get(record, _key(values["id"])) if values.get("id") else None
    if "rev" in values and values.get("id") and (old is None or values["rev"] != old.rev):
        raise MovedOn()
    checked = _checked(record, {**(old.model_dump() if old else {}), **values})
    if old is None:
        session.add(checked)
        kept = checked
    else:
        kept = old
        for name in record.model_fields:
            if getattr(old, name) != getattr(checked, name):
                setattr(old, name, getattr(checked, name))
    session.flush()
    return kept


def keep_many(session: Session, record: type[R], rows: Iterable[Values], undoable: bool = False) -> int:
    """Write `rows` as new records, checked and inserted in bulk, and say how many.

    For the sample and for imports: a hundred times as fast as `keep`, and not kept for undo unless asked.
    Raises Invalid for the first row that cannot be kept; then nothing is.
    """
    connection = session.connection()
    recording.of(session).touched.add(record)
    checked = [_fresh(record, values) for values in rows]
    if record in INDEXED and len(checked) > 1:
        with search.at_once(connection):
            _insert(session, record, checked, undoable)
    else:
        _insert(session, record, checked, undoable)
    return len(checked)


def rewrite(session: Session, record: type[R], old: Values | None, values: Values) -> None:
    """As `keep`, for a row of which `old` holds every column as it is; None if there is none yet.

    By statement: a tenth of the work, for what happens with every second of typing. Raises Invalid.
    """
    fresh = _fresh(record, {**(old or {}), **values})
    connection = session.connection()
    if old is None:
        statement, columns = _insertion(record, connection.dialect)
        [stored] = zip(*_bound([fresh], columns), strict=True)
        connection.exec_driver_sql(statement, stored)
    else:
        fresh |= {"rev": old["rev"] + 1, "changed": datetime.now(UTC)}
        statement, columns = _replacement(record, connection.dialect)
        [stored] = zip(*_bound([fresh], columns), strict=True)
        connection.exec_driver_sql(statement, (*stored, fresh["id"].hex))
    recording.rewrote(session, record, old, fresh)


def rows_of(session: Session, record: type[Record], where: str, *values: object) -> list[Values]:
    """Every column of the rows of `record` for which `where` holds: SQL, with `values` as they are stored."""
    connection = session.connection()
    statement, readers = _reading(record, connection.dialect)
    return [
        {name: read(value) if read else value for (name, read), value in zip(readers, row, strict=True)}
        for row in connection.exec_driver_sql(f"{statement} WHERE {where}", values)
    ]


def remove(session: Session, row: Record) -> None:
    """Take a record away; undo brings it back. Raises CoachdeskError if others still belong to it."""
    session.delete(row)
    session.flush()


def _insert(session: Session, record: type[R], rows: list[Values], undoable: bool) -> None:
    connection = session.connection()
    statement, columns = _insertion(record, connection.dialect)
    with roomy(connection):
        for start in range(0, len(rows), MANY):
            some = rows[start : start + MANY]
            if some:
                connection.exec_driver_sql(statement, list(zip(*_bound(some, columns), strict=True)))
            if undoable:
                recording.came(session, record, some)


@lru_cache(FEW)
def _insertion(record: type[Record], dialect: Dialect) -> tuple[str, Columns]:
    """How a row of `record` is inserted; each of its columns, and what makes of a value what is stored."""
    table = inspect(record).local_table
    columns = {c.name: c.type.dialect_impl(dialect).bind_processor(dialect) for c in table.columns}
    return str(insert(table).compile(dialect=dialect)), columns


@lru_cache(FEW)
def _replacement(record: type[Record], dialect: Dialect) -> tuple[str, Columns]:
    """How every column of a row is written anew, by its id."""
    _statement, columns = _insertion(record, dialect)
    written = ", ".join(f'"{name}" = ?' for name in columns)
    return f"UPDATE {inspect(record).local_table.name} SET {written} WHERE id = ?", columns


@lru_cache(FEW)
def _reading(record: type[Record], dialect: Dialect) -> tuple[str, list[tuple[str, Any]]]:
    """How every column of rows is read; each of them, and what makes of what is stored a value."""
    table = inspect(record).local_table
    readers = [(c.name, c.type.dialect_impl(dialect).result_processor(dialect, None)) for c in table.columns]
    named = ", ".join(f'"{c.name}"' for c in table.columns)
    return f"SELECT {named} FROM {table.name}", readers


def _bound(rows: list[Values], columns: Columns) -> Iterator[list[Any]]:
    """The rows a column at a time, as they are stored: SQLAlchemy would go through them one by one."""
    for name, stored in columns.items():
        values = [row[name] for row in rows]
        yield [stored(value) for value in values] if stored else values


def _key(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _checked(record: type[R], values: Values) -> R:
    try:
        return record.model_validate(values)
    except ValidationError as error:
        raise _invalid(error) from None


def _fresh(record: type[R], values: Values) -> Values:
    """The checked columns of a new row, without the weight of a mapped object."""
    try:
        made: Values = _light(record).__pydantic_validator__.validate_python(values).__dict__
    except ValidationError as error:
        raise _invalid(error) from None
    return made


@cache
def _light(record: type[Record]) -> type[BaseModel]:
    """The fields and rules of `record` without its table: thirty times as fast to make."""
    rules: Values = {
        name: model_validator(mode=rule.info.mode)(rule.func)
        for name, rule in record.__pydantic_decorators__.model_validators.items()
    }
    fields: Values = {name: (field.annotation, copy(field)) for name, field in record.model_fields.items()}
    made: type[BaseModel] = create_model(record.__name__, __base__=BaseModel, __validators__=rules, **fields)
    return made


def _invalid(error: ValidationError) -> Invalid:
    """The problems by field; one that concerns several fields is under "form"."""
    return Invalid(
        {
            str(one["loc"][0]) if one["loc"] else "form": _words(one["type"], one["msg"])
            for one in error.errors()
        }
    )


_WORDS = {
    "string_too_short": "Please fill this in.",
    "missing": "Please fill this in.",
    "string_too_long": "This is too long.",
    "string_pattern_mismatch": "This has a line break or sign that does not fit here.",
}


def _words(kind: str, message: str) -> str:
    """A problem in a coach's words; those our own rules raise are so already."""
    return _WORDS.get(kind, message.removeprefix("Value error, "))
