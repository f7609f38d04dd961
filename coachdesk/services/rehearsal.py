"""A day that never was: asked about once, in memory, it makes ready what the first page will ask."""

from datetime import datetime, timedelta
from typing import TypeVar

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
from coachdesk.model.kinds import Record
from coachdesk.model.schedule import EventKind, EventStatus

R = TypeVar("R", bound=Record)

_AGO, _SOON, _HALF_AN_HOUR = timedelta(days=9), timedelta(minutes=2), timedelta(minutes=30)


def invent_day(session: Session, now: datetime) -> None:
    """One teacher with a visit behind, one at hand and one after it, a note begun and a step agreed."""
    school, teacher = _made(School, name="-", short_code="-"), _made(Teacher, family_name="-")
    cycle = _made(
        CoachingCycle, school_id=school.id, status=CycleStatus.ACTIVE, starts_on=(now - _AGO).date()
    )
    chain = _made(Chain, cycle_id=cycle.id)
    part = _made(CycleTeacher, cycle_id=cycle.id, teacher_id=teacher.id)
    whose = {"school_id": school.id, "cycle_id": cycle.id}
    past = {"status": EventStatus.COMPLETED, "chain_id": chain.id, "slot": Slot.VISIT}
    events = [
        _event(now - _AGO, **whose, **past),
        _event(now - _HALF_AN_HOUR, **whose),
        _event(now + _SOON, **whose),
        _event(now + _HALF_AN_HOUR, **whose),
    ]
    links = [_made(EventTeacher, event_id=event.id, teacher_id=teacher.id) for event in events]
    note = _made(VisitNote, event_id=events[0].id, started=events[0].starts)
    step = _made(ActionStep, teacher_id=teacher.id, event_id=events[0].id, text="-", check_back_on=now.date())
    for rows in ([school, teacher], [cycle], [chain, part], events, links, [note, step]):
        session.add_all(rows)
        session.flush()


def _event(starts: datetime, **values: object) -> Event:
    return _made(Event, kind=EventKind.VISIT, starts=starts, ends=starts + _HALF_AN_HOUR, **values)


def _made(record: type[R], **values: object) -> R:
    return record.model_validate(values)
