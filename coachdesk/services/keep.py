"""Keeping a record: checked first, then written."""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError, create_model, model_validator
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from coachdesk.errors import Invalid, MovedOn
from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.kinds import Record
from coachdesk.store import recording, search
from coachdesk.store import rows as stored
from coachdesk.store.connection import roomy

R = TypeVar("R", bound=Record)
Values = dict[str, Any]

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
    if old is not None:
        _change(session, old, values)
        return old
    kept = _checked(record, values)
    session.add(kept)
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


def rewrite(session: Session, record: type[R], old: Values | None, values: Values) -> Values:
    """As `keep`, for a row of which `old` holds every column as it is; None if there is none yet.

    By statement: a tenth of the work, for what happens with every second of typing. Raises Invalid.
    """
    fresh = _fresh(record, {**(old or {}), **values})
    if old is not None:
        return fresh | _write(session, record, old, fresh)
    stored.add(session.connection(), record, [fresh])
    recording.rewrote(session, record, None, fresh)
    return fresh


def rows_of(session: Session, record: type[Record], where: str, *values: object) -> list[Values]:
    """Every column of the rows of `record` for which `where` holds: SQL, with `values` as they are stored."""
    return stored.found(session.connection(), record, where, values)


def remove(session: Session, row: Record) -> None:
    """Take a record away; undo brings it back. Raises CoachdeskError if others still belong to it."""
    session.delete(row)
    session.flush()


def _change(session: Session, row: Record, values: Values) -> None:
    """Have a mapped row hold `values`, by statement: the mapper would take longer than the disk."""
    session.flush()  # what was changed before is written before
    old = {name: getattr(row, name) for name in type(row).model_fields}
    fresh = _fresh(type(row), {**old, **values})
    for name, value in _write(session, type(row), old, fresh).items():
        set_committed_value(row, name, value)


def _write(session: Session, record: type[Record], old: Values, fresh: Values) -> Values:
    """Write what is other in `fresh` than in `old`, and say what that was. Raises MovedOn if the row went."""
    changed = {name: value for name, value in fresh.items() if value != old[name]}
    if changed:
        changed |= {"rev": old["rev"] + 1, "changed": datetime.now(UTC)}
        if not stored.change(session.connection(), record, changed, old["id"].hex):
            raise MovedOn()
        recording.rewrote(session, record, old, {**fresh, **changed})
    return changed


def _insert(session: Session, record: type[R], rows: list[Values], undoable: bool) -> None:
    connection = session.connection()
    with roomy(connection):
        for start in range(0, len(rows), MANY):
            some = rows[start : start + MANY]
            stored.add(connection, record, some)
            if undoable:
                recording.came(session, record, some)


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
