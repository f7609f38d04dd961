"""What a coach has said of lists nobody standardised, so that it need not be said again."""

import sqlalchemy
from pydantic import model_validator
from sqlmodel import Field

from coachdesk.model.kinds import CoachOnlyLine, PlainLine, Record


class ListLayout(Record, table=True):
    """How a list was read: its headings in their order, and what the column below each of them holds.

    Both are of one length; "" stands below a heading whose column is not read.
    """

    headings: list[CoachOnlyLine] = Field(sa_type=sqlalchemy.JSON)
    meanings: list[PlainLine] = Field(sa_type=sqlalchemy.JSON)

    @model_validator(mode="after")
    def _one_each(self) -> "ListLayout":
        if len(self.headings) != len(self.meanings):
            raise ValueError("Every heading needs its meaning.")
        return self
