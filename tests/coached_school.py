"""A school with a year of coaching behind it, as small as a test needs; everybody in it is invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from coachdesk.disclosure import windows
from coachdesk.model import (
    ActionStep,
    Chain,
    CoachingCycle,
    CycleGoal,
    CycleTeacher,
    Event,
    EventTeacher,
    Placement,
    School,
    SchoolGoal,
    SchoolYear,
    Teacher,
)
from coachdesk.services.keep import keep

FIRST, LAST = date(2026, 8, 17), date(2027, 6, 11)
Q1, Q2, Q3, Q4 = windows.quarters(FIRST, LAST)
TODAY = date(2026, 11, 20)
GOALS = ("Reading across subjects", "Every family can follow the work")
FAMILIES = (
    *("Abernethy", "Bukowiec", "Castellanos", "Dhaliwal", "Eriksdotter", "Fonseka"),
    *("Gebremariam", "Hakobyan", "Iwasaki", "Jaramillo", "Kowalczuk", "Lindqvist"),
)
GIVEN = (
    *("Zofia", "Yusra", "Ximena", "Wacław", "Valentina", "Ursula"),
    *("Tadesse", "Siranush", "Rin", "Quetzal", "Przemek", "Oda"),
)


@dataclass(frozen=True)
class Coached:
    """The keys of what a test will touch."""

    school: UUID
    teachers: tuple[UUID, ...]
    goals: tuple[UUID, ...]


def year(session):
    keep(session, SchoolYear, {"name": "2026-27", "first_day": FIRST, "last_day": LAST})


def school(session, *, teachers, name="Juniper Flats Middle School", code="JFM", goals=GOALS):
    """A school with this many teachers on its list; nobody has been visited."""
    kept = keep(session, School, {"name": name, "short_code": code})
    return Coached(
        kept.id,
        tuple(teacher(session, kept.id, at) for at in range(teachers)),
        tuple(goal(session, kept.id, title, at) for at, title in enumerate(goals)),
    )


def teacher(session, school_id, at=0, **values):
    names = {"given_name": GIVEN[at], "family_name": FAMILIES[at], "email": f"t{at}@juniper.example"}
    kept = keep(session, Teacher, {**names, **values})
    keep(session, Placement, {"teacher_id": kept.id, "school_id": school_id})
    return kept.id


def goal(session, school_id, title, at=0):
    values = {"school_id": school_id, "title": title, "position": at, "school_year": "2026-27"}
    return keep(session, SchoolGoal, values).id


def cycle(session, school_id, teachers, *, goals=(), **values):
    kept = keep(session, CoachingCycle, {"school_id": school_id, "challenge": "engagement", **values})
    for teacher_id in teachers:
        keep(session, CycleTeacher, {"cycle_id": kept.id, "teacher_id": teacher_id})
    for goal_id in goals:
        keep(session, CycleGoal, {"cycle_id": kept.id, "goal_id": goal_id})
    return kept.id


def event(session, school_id, teachers, *, day=Q1.first, minutes=45, **values):
    """A completed event on a day: a visit, where nothing else is said."""
    starts = datetime(day.year, day.month, day.day, 9)
    times = {"starts": starts, "ends": starts + timedelta(minutes=minutes), "status": "completed"}
    kept = keep(session, Event, {"kind": "visit", "school_id": school_id, **times, **values})
    for teacher_id in teachers:
        keep(session, EventTeacher, {"event_id": kept.id, "teacher_id": teacher_id})
    return kept.id


def visits(session, coached, *, active, times=3, window=Q1):
    """Visit the first `active` teachers some weeks running; every second cycle serves the first goal."""
    for at, teacher_id in enumerate(coached.teachers[:active]):
        serves = coached.goals[:1] if at % 2 == 0 else ()
        cycle_id = cycle(session, coached.school, [teacher_id], goals=serves)
        for week in range(times):
            day = window.first + timedelta(weeks=week)
            event(session, coached.school, [teacher_id], day=day, cycle_id=cycle_id)


def full_round(session, coached, teacher_id, *, days, school=None):
    """A planning meeting, a visit and a debrief on three days."""
    cycle_id = cycle(session, coached.school, [teacher_id])
    chain = keep(session, Chain, {"cycle_id": cycle_id}).id
    steps = (("planning_meeting", "planning"), ("visit", "visit"), ("debrief", "debrief"))
    for (kind, slot), day in zip(steps, days, strict=True):
        event(
            session,
            school or coached.school,
            [teacher_id],
            kind=kind,
            day=day,
            cycle_id=cycle_id,
            chain_id=chain,
            slot=slot,
        )


def step(session, teacher_id, event_id, *, checked, result):
    values = {"teacher_id": teacher_id, "event_id": event_id, "text": "Wait five seconds"}
    return keep(session, ActionStep, {**values, "checked_on": checked, "result": result}).id
