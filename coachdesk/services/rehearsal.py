"""A day that never was: asked about once, in memory, it makes ready what the first page will ask."""

from datetime import datetime, timedelta

from sqlmodel import Session

from coachdesk.model import (
    ActionStep,
    Chain,
    CoachingCycle,
    CycleTeacher,
    Event,
    EventTeacher,
    School,
    Teacher,
    VisitNote,
)
from coachdesk.model.cycles import CycleStatus, Slot
from coachdesk.model.schedule import EventKind, EventStatus

_AGO, _SOON, _HALF_AN_HOUR = timedelta(days=9), timedelta(minutes=2), timedelta(minutes=30)


def invent_day(session: Session, now: datetime) -> None:
    """One teacher with a visit behind, one at hand and one after it, a note begun and a step agreed."""
    school, teacher = School(name="-", short_code="-"), Teacher(family_name="-")
    cycle = CoachingCycle(school_id=school.id, status=CycleStatus.ACTIVE, starts_on=(now - _AGO).date())
    chain = Chain(cycle_id=cycle.id)
    part = CycleTeacher(cycle_id=cycle.id, teacher_id=teacher.id)
    whose = {"school_id": school.id, "cycle_id": cycle.id}
    past = {"status": EventStatus.COMPLETED, "chain_id": chain.id, "slot": Slot.VISIT}
    events = [
        _event(now - _AGO, **whose, **past),
        _event(now - _HALF_AN_HOUR, **whose),
        _event(now + _SOON, **whose),
        _event(now + _HALF_AN_HOUR, **whose),
    ]
    links = [EventTeacher(event_id=event.id, teacher_id=teacher.id) for event in events]
    note = VisitNote(event_id=events[0].id, started=events[0].starts)
    step = ActionStep(teacher_id=teacher.id, event_id=events[0].id, text="-", check_back_on=now.date())
    for rows in ([school, teacher], [cycle], [chain, part], events, links, [note, step]):
        session.add_all(rows)
        session.flush()


def _event(starts: datetime, **values: object) -> Event:
    kept = {"kind": EventKind.VISIT, "starts": starts, "ends": starts + _HALF_AN_HOUR, **values}
    return Event.model_validate(kept)
