"""The roster: teachers found, added, changed and archived; their schools, goals and colleagues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import Invalid
from coachdesk.model import Colleague, Placement, School, SchoolGoal, SchoolYear, Teacher
from coachdesk.model.caseload import TeacherRow, Wanted, narrowed
from coachdesk.model.kinds import Record
from coachdesk.model.roster import ColleagueRole, TeacherStatus
from coachdesk.services import caseload
from coachdesk.services.keep import keep, remove

ACTIVE_GOALS = 5  # product.md, SchoolGoal


@dataclass(frozen=True)
class TeacherFile:
    """A teacher as the detail pane edits one: the record and the schools it is placed at."""

    record: Teacher
    schools: tuple[UUID, ...]

    def values(self) -> dict[str, Any]:
        return {**self.record.model_dump(), "schools": self.schools}


@dataclass(frozen=True)
class SchoolFile:
    """A school with what its page asks: its goals in force, its principal, how many teachers it has."""

    record: School
    goals: tuple[SchoolGoal, ...]
    principal: Colleague | None
    teachers: int


def teachers(session: Session, now: datetime, wanted: Wanted | None = None) -> list[TeacherRow]:
    """The wanted teachers by family name, each as it stands at `now`, the wall clock; all but the archived
    where nothing is said."""
    return narrowed(caseload.everyone(session, now), wanted or Wanted())


def teacher(session: Session, teacher_id: UUID) -> TeacherFile:
    placed = select(Placement.school_id).where(Placement.teacher_id == teacher_id)
    return TeacherFile(session.get_one(Teacher, teacher_id), tuple(session.exec(placed)))


def schools(session: Session) -> list[School]:
    """Every school, by name."""
    return sorted(session.exec(select(School)), key=lambda school: school.name.casefold())


def school(session: Session, school_id: UUID) -> SchoolFile:
    here = select(Placement.teacher_id).where(Placement.school_id == school_id)
    coached = select(Teacher.id).where(
        col(Teacher.id).in_(here), col(Teacher.status) != TeacherStatus.ARCHIVED
    )
    return SchoolFile(
        session.get_one(School, school_id),
        tuple(goals(session, school_id)),
        principal(session, school_id),
        len(session.exec(coached).all()),
    )


def goals(session: Session, school_id: UUID) -> list[SchoolGoal]:
    """The school's goals in force, in the coach's order."""
    asked = select(SchoolGoal).where(SchoolGoal.school_id == school_id, col(SchoolGoal.active))
    return list(session.exec(asked.order_by(col(SchoolGoal.position), col(SchoolGoal.created))))


def principal(session: Session, school_id: UUID) -> Colleague | None:
    asked = select(Colleague).where(
        Colleague.school_id == school_id, Colleague.role == ColleagueRole.PRINCIPAL
    )
    return session.exec(asked.order_by(col(Colleague.created))).first()


def current_year(session: Session, today: date) -> SchoolYear | None:
    """The school year `today` lies in; between two years the coming one; after the last the last."""
    years = session.exec(select(SchoolYear).order_by(col(SchoolYear.first_day))).all()
    ahead = [year for year in years if year.last_day >= today]
    return ahead[0] if ahead else (years[-1] if years else None)


def revision(session: Session, record: type[Record], key: UUID) -> int:
    """How often the record with this key has been changed."""
    return session.get_one(record, key).rev


def save_teacher(session: Session, values: dict[str, Any]) -> Teacher:
    """Write a teacher; `schools`, where given, are all the schools they work at from now on.

    Raises Invalid by field, and MovedOn where `rev` is given and no longer the newest.
    """
    facts = {key: _tidy(value) for key, value in values.items() if key != "schools"}
    kept = keep(session, Teacher, facts)
    if "schools" in values:
        _place(session, kept.id, values["schools"])
    return kept


def save_teachers(session: Session, rows: Iterable[dict[str, Any]]) -> list[Teacher]:
    """Write several teachers, all or none; see `save_teacher`."""
    return [save_teacher(session, values) for values in rows]


def archive_teacher(session: Session, teacher_id: UUID) -> Teacher:
    """Put a teacher's file away; nothing of it is lost."""
    return keep(session, Teacher, {"id": teacher_id, "status": TeacherStatus.ARCHIVED})


def restore_teacher(session: Session, teacher_id: UUID) -> Teacher:
    """Take a teacher's file out of the archive again."""
    return keep(session, Teacher, {"id": teacher_id, "status": TeacherStatus.ACTIVE})


def save_school(session: Session, values: dict[str, Any]) -> School:
    kept = keep(session, School, {key: _tidy(value) for key, value in values.items()})
    if kept.day_ends <= kept.day_starts:
        raise Invalid({"day_ends": "The school day must end after it starts."})
    return kept


def save_school_year(session: Session, values: dict[str, Any]) -> SchoolYear:
    """Write a school year, named after its two calendar years ("2026-27")."""
    try:
        kept = keep(session, SchoolYear, {"name": "", **values})
    except Invalid as error:  # what concerns both days is said under the last
        raise Invalid(
            {"last_day" if key == "form" else key: why for key, why in error.problems.items()}
        ) from None
    name = _year_name(kept.first_day, kept.last_day)
    same = session.exec(select(SchoolYear).where(SchoolYear.name == name, SchoolYear.id != kept.id)).first()
    if same is not None:
        raise Invalid({"first_day": f"There is already a school year {name}."})
    return keep(session, SchoolYear, {"id": kept.id, "name": name})


def save_goal(session: Session, values: dict[str, Any]) -> SchoolGoal:
    """Write a school goal; a new one needs `school_id`, and goes to the end."""
    facts = {key: _tidy(value) for key, value in values.items()}
    if facts.get("id") is None:
        others = goals(session, facts["school_id"])
        if len(others) >= ACTIVE_GOALS:
            raise Invalid({"title": f"A school has at most {ACTIVE_GOALS} goals. Retire one first."})
        facts["position"] = max((goal.position for goal in others), default=-1) + 1
    return keep(session, SchoolGoal, facts)


def retire_goal(session: Session, goal_id: UUID) -> SchoolGoal:
    """Take a goal out of force; cycles that served it keep it."""
    return keep(session, SchoolGoal, {"id": goal_id, "active": False})


def save_colleague(session: Session, values: dict[str, Any]) -> Colleague:
    return keep(session, Colleague, {key: _tidy(value) for key, value in values.items()})


def _place(session: Session, teacher_id: UUID, school_ids: Iterable[UUID]) -> None:
    wanted = {UUID(str(school_id)) for school_id in school_ids}
    for placement in session.exec(select(Placement).where(Placement.teacher_id == teacher_id)).all():
        if placement.school_id in wanted:
            wanted.discard(placement.school_id)
        else:
            remove(session, placement)
    for school_id in sorted(wanted):
        keep(session, Placement, {"teacher_id": teacher_id, "school_id": school_id})


def _tidy(value: Any) -> Any:
    """A text without the blanks that pasting leaves at its ends."""
    return value.strip() if isinstance(value, str) else value


def _year_name(first: date, last: date) -> str:
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year % 100:02d}"
