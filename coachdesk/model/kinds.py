"""What a field holds and who may see it, said once: in the field's type.

Every text field of a record is one of five kinds. Forms, validation, the export gate and the tests read the
kind from the type, so it cannot be forgotten in one of them.
"""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, StrEnum, auto
from typing import Annotated, Any, TypeVar, cast, get_args
from uuid import UUID

import sqlalchemy
from pydantic import StringConstraints
from pydantic_core import PydanticUndefined
from sqlmodel import Field, SQLModel


class Privacy(Enum):
    COACH_ONLY = auto()  # never leaves the vault, but for the coach's own complete export
    SHARED = auto()  # the teacher's own data: may reach that teacher's copy
    FOR_PRINCIPAL = auto()  # the coach's own sentences for a page, each flag decided
    IDENTIFIES = auto()  # tells who somebody is: never in a summary
    PLAIN = auto()  # labels of schools, tools and places


class Size(Enum):
    LINE = auto()  # at most 500 characters, no line break
    TEXT = auto()  # at most 20 million characters


_Line = StringConstraints(max_length=500, pattern=r"^[^\r\n]*$")
_Text = StringConstraints(max_length=20_000_000)

CoachOnlyLine = Annotated[str, Privacy.COACH_ONLY, Size.LINE, _Line]
CoachOnlyText = Annotated[str, Privacy.COACH_ONLY, Size.TEXT, _Text]
SharedLine = Annotated[str, Privacy.SHARED, Size.LINE, _Line]
SharedText = Annotated[str, Privacy.SHARED, Size.TEXT, _Text]
PrincipalText = Annotated[str, Privacy.FOR_PRINCIPAL, Size.TEXT, _Text]
IdentifyingLine = Annotated[str, Privacy.IDENTIFIES, Size.LINE, _Line]
PlainLine = Annotated[str, Privacy.PLAIN, Size.LINE, _Line]


def privacies_of(
    annotation: Any, metadata: Iterator[Any] | list[Any] | tuple[Any, ...] = ()
) -> list[Privacy | None]:
    """The kind of every text in a field's type, through Optional, list and dict; None where one has none."""
    marks = [mark for mark in metadata if isinstance(mark, Privacy)]
    if annotation in (str, dict, list, Any):  # the last three may hold any text
        return [marks[0] if marks else None]
    if hasattr(annotation, "__metadata__"):
        return privacies_of(annotation.__origin__, annotation.__metadata__)
    return [kind for inner in get_args(annotation) for kind in privacies_of(inner)]


def privacy_of(metadata: list[Any]) -> Privacy | None:
    """The kind named in a field's metadata."""
    return next((mark for mark in metadata if isinstance(mark, Privacy)), None)


E = TypeVar("E", bound=StrEnum)


def choice(
    kind: type[E],
    default: E | None | Any = PydanticUndefined,
    *,
    title: str = "",
    help: str = "",
    index: bool = False,
) -> Any:
    """A field holding one of `kind`, kept in the database as its stable value, not its name in the code."""
    stored = sqlalchemy.Enum(
        kind, values_callable=lambda k: [e.value for e in k], native_enum=False, length=40
    )
    kept = cast(type[Any], stored)
    return Field(default, sa_type=kept, title=title or None, description=help or None, index=index)


def _now() -> datetime:
    return datetime.now(UTC)


def key_at(moment: datetime, bits: int) -> UUID:
    """The key of a row made at `moment`; `bits` are 74 random ones (RFC 9562, version 7).

    Keys grow with time, so rows that were made together lie together in every index, however many years a
    vault holds: the page that is asked for today is read from a few places and not from all over the file.
    """
    since = int(moment.timestamp() * 1000) << 80
    high, low = bits >> 62 & 0xFFF, bits & (1 << 62) - 1
    return UUID(int=since | 7 << 76 | high << 64 | 2 << 62 | low)


def new_key() -> UUID:
    """A key of its own for a row made now."""
    return key_at(_now(), secrets.randbits(74))


class Record(SQLModel):
    """What every record has: a key, when it came and last changed (UTC); `rev` guards every update."""

    id: UUID = Field(default_factory=new_key, primary_key=True)
    created: datetime = Field(default_factory=_now)
    changed: datetime = Field(default_factory=_now)
    rev: int = 0
