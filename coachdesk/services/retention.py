"""What is due to be looked at again or to go: files that were to be kept until a day, agreements to review.

A list and no more: coachdesk never deletes, archives or ends anything because a day has come.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.model import Agreement, Colleague, School, Teacher
from coachdesk.model.agreements import AgreementStatus
from coachdesk.model.roster import TeacherStatus

AHEAD = timedelta(days=60)
_IN_FORCE = (AgreementStatus.AGREED, AgreementStatus.REVIEW_DUE)


class Why(StrEnum):
    """What the day is for."""

    KEEP_UNTIL = "keep_until"  # a teacher's file was to be kept until then
    REVIEW = "review"  # an agreement is to be looked at again


@dataclass(frozen=True)
class Due:
    """One day that has come or comes soon; `about` is a teacher, or else a school or the principal's name."""

    why: Why
    day: date
    about: str
    come: bool
    teacher_id: UUID | None = None
    archived: bool = False
    somebody: bool = True  # `about` is a person


def due(session: Session, today: date) -> list[Due]:
    """What has come or comes within two months, the oldest first."""
    until = today + AHEAD
    return sorted([*_files(session, today, until), *_agreements(session, today, until)], key=lambda d: d.day)


def _files(session: Session, today: date, until: date) -> list[Due]:
    asked = select(Teacher).where(col(Teacher.keep_until) <= until)
    return [
        Due(
            Why.KEEP_UNTIL,
            one.keep_until,
            one.name,
            one.keep_until <= today,
            one.id,
            one.status is TeacherStatus.ARCHIVED,
        )
        for one in session.exec(asked)
        if one.keep_until is not None
    ]


def _agreements(session: Session, today: date, until: date) -> list[Due]:
    asked = select(Agreement).where(col(Agreement.review_on) <= until, col(Agreement.status).in_(_IN_FORCE))
    return [
        _review(session, one, one.review_on, today)
        for one in session.exec(asked)
        if one.review_on is not None
    ]


def _review(session: Session, one: Agreement, day: date, today: date) -> Due:
    person = one.teacher_id or one.colleague_id
    about = _about(session, one)
    return Due(Why.REVIEW, day, about, day <= today, one.teacher_id, somebody=bool(person))


def _about(session: Session, one: Agreement) -> str:
    """With whom it was made, as far as the agreement says."""
    for kind, key in ((Teacher, one.teacher_id), (Colleague, one.colleague_id), (School, one.school_id)):
        found = session.get(kind, key) if key else None
        if isinstance(found, (Teacher, Colleague, School)):
            return found.name
    return ""
