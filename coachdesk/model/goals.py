"""Action steps: what was agreed, by when, and how it went."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from coachdesk.model.kinds import Record, SharedText, choice


class Owner(StrEnum):
    TEACHER = "teacher"
    COACH = "coach"


class StepStatus(StrEnum):
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    TRIED = "tried"
    PART_OF_PRACTICE = "part_of_practice"
    CHANGED = "changed"
    DROPPED = "dropped"


class CheckBack(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    REPLACED = "replaced"


OVER = (StepStatus.DROPPED, StepStatus.CHANGED, StepStatus.PART_OF_PRACTICE)
"""Statuses of a step that nobody looks at again."""

SETTLED = (CheckBack.MET, CheckBack.REPLACED)
"""Results after which nobody looks at a step again."""


class ActionStep(Record, table=True):
    """One agreed step, of the school of its event. `checked_on` is the day its result was recorded."""

    __table_args__ = (Index("ix_actionstep_of_teacher", "teacher_id", "created"),)

    teacher_id: UUID = Field(foreign_key="teacher.id")
    event_id: UUID | None = Field(None, foreign_key="event.id", index=True)
    cycle_id: UUID | None = Field(None, foreign_key="coachingcycle.id", index=True)
    owner: Owner = choice(Owner, Owner.TEACHER, title="Whose step")
    text: SharedText = Field(title="Action step", min_length=1)
    due_on: date | None = Field(None, title="Due")
    check_back_on: date | None = Field(None, title="Check back on", index=True)
    status: StepStatus = choice(StepStatus, StepStatus.ASSIGNED, title="Status")
    result: CheckBack | None = choice(CheckBack, None, title="Result")
    checked_on: date | None = None
