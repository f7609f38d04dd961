"""What changed, row by row: the one mechanism behind undo and a note's history."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from coachdesk.model.kinds import CoachOnlyText, PlainLine


class Change(SQLModel, table=True):
    """One row before and after, as JSON; None where it did not exist. Rows of one command share a `batch`."""

    number: int | None = Field(None, primary_key=True)
    batch: UUID = Field(index=True)
    at: datetime
    title: PlainLine = ""
    record: PlainLine
    key: UUID = Field(index=True)
    before: CoachOnlyText | None = None
    after: CoachOnlyText | None = None
    undone: bool = False
