"""Partnership agreements: who sees what, agreed and reviewed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from coachdesk.model.kinds import Record, SharedText, choice


class AgreementKind(StrEnum):
    PRINCIPAL_COACH = "principal_coach"
    TEACHER_COACH = "teacher_coach"
    CYCLE = "cycle"


class AgreementStatus(StrEnum):
    NONE = "none"
    DRAFT = "draft"
    AGREED = "agreed"
    REVIEW_DUE = "review_due"
    ENDED = "ended"


class Participation(StrEnum):
    """What a principal may know of who is in a cycle: asked, with no silent default."""

    WHO_AND_WHEN = "who_and_when"
    WHO_AGREES = "who_agrees"
    NO = "no"


CONFIDENTIALITY = (
    "I keep this between us, except where the law requires me to act: suspected abuse or neglect, "
    "danger to someone, a records request or court order."
)


class Agreement(Record, table=True):
    """One agreement, with the parties its kind calls for."""

    kind: AgreementKind = choice(AgreementKind, title="Between")
    school_id: UUID | None = Field(None, foreign_key="school.id", index=True)
    colleague_id: UUID | None = Field(None, foreign_key="colleague.id", index=True)
    teacher_id: UUID | None = Field(None, foreign_key="teacher.id", index=True)
    cycle_id: UUID | None = Field(None, foreign_key="coachingcycle.id", index=True)
    confidentiality: SharedText = Field(CONFIDENTIALITY, title="Confidentiality")
    clauses: SharedText = Field("", title="What we agreed")
    who_sees_what: SharedText = Field("", title="Who sees what")
    participation: Participation | None = choice(Participation, None, title="What the principal may know")
    status: AgreementStatus = choice(AgreementStatus, AgreementStatus.DRAFT, title="Status")
    agreed_on: date | None = Field(None, title="Agreed on")
    review_on: date | None = Field(None, title="Review on")
