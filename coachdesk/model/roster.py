"""Schools, the teachers a coach works with, and the colleagues they do not coach."""

from datetime import date, time
from enum import StrEnum
from uuid import UUID

from pydantic import model_validator
from sqlmodel import Field, UniqueConstraint

from coachdesk.model.kinds import (
    CoachOnlyText,
    IdentifyingLine,
    PlainLine,
    Record,
    SharedLine,
    choice,
)


class TeacherStatus(StrEnum):
    ACTIVE = "active"
    NOT_NOW = "not_now"
    DECLINED = "declined"
    ARCHIVED = "archived"


class EntryRoute(StrEnum):
    """How a teacher came to coaching; never shown in lists or on the visit card (product.md)."""

    SELF_SELECTED = "self_selected"
    COACH_INVITED = "coach_invited"
    ADMINISTRATOR_RECOMMENDED = "administrator_recommended"
    WHOLE_TEAM = "whole_team"
    COHORT = "cohort"
    INDUCTION = "induction"


class ColleagueRole(StrEnum):
    PRINCIPAL = "principal"
    DISTRICT_LEADER = "district_leader"
    OTHER_COACH = "other_coach"
    ADVOCATE = "advocate"
    CONTENT_EXPERT = "content_expert"
    OTHER = "other"


class School(Record, table=True):
    """Where teachers work. Times of its events are wall-clock times in `time_zone` (an IANA name)."""

    name: PlainLine = Field(title="School", min_length=1)
    short_code: PlainLine = Field(
        "", title="Short code", description="For file names, for example LMS", max_length=12
    )
    time_zone: PlainLine = Field("America/New_York", title="Time zone")
    day_starts: time = Field(time(8, 0), title="School day starts")
    day_ends: time = Field(time(15, 30), title="School day ends")
    source_id: PlainLine = ""  # the school's id in the file it was brought in from


class SchoolYear(Record, table=True):
    """The coach's working year; both days are school days."""

    name: PlainLine = Field(title="School year", unique=True, description="For example 2026-27")
    first_day: date = Field(title="First day")
    last_day: date = Field(title="Last day")

    @model_validator(mode="after")
    def _in_order(self) -> "SchoolYear":
        if not 28 <= (self.last_day - self.first_day).days <= 366:
            raise ValueError("The last day must come 4 weeks to a year after the first.")
        return self


class SchoolGoal(Record, table=True):
    """A school or district goal; at most five are active in a year."""

    school_id: UUID = Field(foreign_key="school.id", index=True)
    title: PlainLine = Field(title="Goal", min_length=1)
    source: PlainLine = Field("", title="Where it is written")
    school_year: PlainLine = Field("", title="School year")
    position: int = 0
    active: bool = True


class Teacher(Record, table=True):
    """A roster entry. It may be without a name for a while: what is typed about somebody is kept at once."""

    given_name: IdentifyingLine = Field("", title="First name")
    family_name: IdentifyingLine = Field("", title="Last name")
    preferred_name: IdentifyingLine = Field("", title="Goes by")
    pronouns: IdentifyingLine = Field("", title="Pronouns")
    email: IdentifyingLine = Field("", title="E-mail")
    subjects: IdentifyingLine = Field("", title="Subjects")
    grades: IdentifyingLine = Field("", title="Grades")
    room: IdentifyingLine = Field("", title="Room")
    programme: SharedLine = Field("", title="Programme")
    times_offered: SharedLine = Field(
        "", title="Times they have offered", description="Prep time only if they said so"
    )
    preferences: SharedLine = Field("", title="How they like to work")
    background: CoachOnlyText = Field("", title="What matters to them", description="Only you can read this")
    entry_route: EntryRoute | None = choice(EntryRoute, None, title="How they came to coaching")
    status: TeacherStatus = choice(TeacherStatus, TeacherStatus.ACTIVE, title="Status")
    ask_again_on: date | None = Field(None, title="Ask again on")
    may_be_quoted: bool = Field(False, title="Has said I may quote them")
    may_be_named: bool = Field(False, title="Has said I may name them")
    keep_until: date | None = Field(None, title="Keep their file until")
    source_id: IdentifyingLine = ""  # the teacher's id in the file they were brought in from

    @property
    def name(self) -> str:
        """The name used between colleagues: "Maya Rivera", or what she goes by; "" while there is none."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()


class Placement(Record, table=True):
    """That a teacher works at a school; many work at two."""

    __table_args__ = (UniqueConstraint("teacher_id", "school_id"),)

    teacher_id: UUID = Field(foreign_key="teacher.id", index=True)
    school_id: UUID = Field(foreign_key="school.id", index=True)


class Colleague(Record, table=True):
    """Somebody the coach works with and does not coach."""

    name: IdentifyingLine = Field(title="Name", min_length=1)
    role: ColleagueRole = choice(ColleagueRole, ColleagueRole.OTHER, title="Role")
    email: IdentifyingLine = Field("", title="E-mail")
    school_id: UUID | None = Field(None, foreign_key="school.id", index=True)
    source_id: IdentifyingLine = ""
