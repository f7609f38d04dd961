"""What a form asks, derived from a record: the field's title, help, kind, choices, and who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from types import NoneType
from typing import Any, get_args

from pydantic.fields import FieldInfo
from sqlmodel import SQLModel

from coachdesk.model.kinds import Privacy, Size, privacy_of


@dataclass(frozen=True)
class Question:
    """One field to be answered.

    `kind` is line, text, date, time, choice, several or yes_no; `choices` are the values of the last three
    kinds, with `names` where a value does not name itself; `longest` counts characters, 0 for no bound.
    """

    key: str
    label: str
    kind: str
    help: str = ""
    choices: tuple[Any, ...] = ()
    names: tuple[str, ...] = ()
    required: bool = False
    longest: int = 0
    privacy: Privacy | None = None

    def problem(self, answer: Any) -> str:
        """Why `answer` cannot be kept, as a sentence with `{field}` and `{longest}` in it; "" if it can."""
        empty = answer is None or (isinstance(answer, str) and not answer.strip())
        if self.required and empty:
            return "{field} is needed."
        if self.longest and isinstance(answer, str) and len(answer) > self.longest:
            return "At most {longest} characters, please."
        return ""


def questions(record: type[SQLModel], only: Sequence[str] | None = None) -> list[Question]:
    """The fields of `record` that have a title, in the order declared; or `only` these, in their order."""
    fields = record.model_fields
    return [_question(key, fields[key]) for key in (only or fields) if fields[key].title]


def blank(record: type[SQLModel]) -> dict[str, Any]:
    """What a form shows for a `record` that is not there yet: the defaults, or nothing."""
    fields = record.model_fields.items()
    return {key: None if field.is_required() else field.default for key, field in fields if field.title}


def _question(key: str, field: FieldInfo) -> Question:
    choices = _choices(field.annotation)
    return Question(
        key,
        field.title or key,
        _kind(field),
        field.description or "",
        choices,
        required=_required(field),
        longest=_longest(field.metadata),
        privacy=privacy_of(field.metadata),
    )


def _types(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) or (annotation,)


def _kind(field: FieldInfo) -> str:
    if Size.TEXT in field.metadata:
        return "text"
    for kind, name in ((date, "date"), (time, "time"), (bool, "yes_no")):
        if kind in _types(field.annotation):
            return name
    return "choice" if _choices(field.annotation) else "line"


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The members of an enumeration, with None first where the field may stay open."""
    kinds = _types(annotation)
    members = tuple(m for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum) for m in kind)
    return (None, *members) if members and NoneType in kinds else members


def _required(field: FieldInfo) -> bool:
    """An empty answer is refused: the text must have a character, or the value may not be None."""
    if str in _types(field.annotation):
        return any((getattr(mark, "min_length", None) or 0) > 0 for mark in field.metadata)
    return NoneType not in _types(field.annotation)


def _longest(metadata: list[Any]) -> int:
    bounds = [bound for mark in metadata if (bound := getattr(mark, "max_length", None))]
    return min(bounds, default=0)
