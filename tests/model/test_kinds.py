"""Every text of every table says who may see it."""

from typing import Annotated, Any

import pytest
import sqlalchemy
from pydantic import BaseModel
from sqlmodel import Field, SQLModel

import coachdesk.model
from coachdesk.model.kinds import (
    CoachOnlyText,
    PlainLine,
    Privacy,
    Record,
    SharedLine,
    privacies_of,
    privacy_of,
)

TABLES = sorted(
    {getattr(coachdesk.model, name) for name in coachdesk.model.__all__}, key=lambda t: t.__name__
)


def silent(record: type[BaseModel]) -> list[str]:
    """The fields of `record` in which some text does not say who may see it."""
    return [
        f"{record.__name__}.{key}"
        for key, field in record.model_fields.items()
        if None in privacies_of(field.annotation, field.metadata)
    ]


def test_every_table_is_looked_at():
    mapped = {mapper.class_ for mapper in Record._sa_registry.mappers}
    assert {table for table in mapped if table.__module__.startswith("coachdesk.")} == set(TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_text_says_who_may_see_it(table):
    assert silent(table) == []


class Telling(BaseModel):
    line: PlainLine
    maybe: CoachOnlyText | None = None
    several: list[SharedLine] = []
    by_name: dict[PlainLine, SharedLine | None] = {}


class Silent(BaseModel):
    line: str
    maybe: str | None = None
    several: list[str] = []
    by_name: dict[PlainLine, str] = {}
    deep: dict[PlainLine, list[str | None]] = {}
    bounded: Annotated[str, "no privacy"] = ""
    anything: Any = None


def test_a_model_that_tells_is_passed():
    assert silent(Telling) == []


def test_a_planted_text_that_does_not_tell_is_noticed_wherever_it_hides():
    assert silent(Silent) == [
        "Silent.line",
        "Silent.maybe",
        "Silent.several",
        "Silent.by_name",
        "Silent.deep",
        "Silent.bounded",
        "Silent.anything",
    ]


def test_a_planted_table_that_does_not_tell_is_noticed():
    class Planted(SQLModel):
        name: str = Field("", title="Name")
        more: dict[str, str] = Field({}, sa_type=sqlalchemy.JSON)

    assert silent(Planted) == ["Planted.name", "Planted.more"]


def test_the_kind_of_a_field_is_read_from_its_metadata():
    fields = coachdesk.model.Teacher.model_fields
    assert privacy_of(fields["family_name"].metadata) is Privacy.IDENTIFIES
    assert privacy_of(fields["background"].metadata) is Privacy.COACH_ONLY
    assert privacy_of(fields["may_be_named"].metadata) is None
