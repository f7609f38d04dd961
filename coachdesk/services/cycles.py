"""Cycles: a round planned and put on the calendar, how rounds stand, and all that was with one teacher."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from coachdesk.errors import CoachdeskError
from coachdesk.model import Chain, CoachingCycle, CycleTeacher, Event, Teacher
from coachdesk.model.cycles import ChainState, CycleStatus, Slot, chain_state
from coachdesk.model.planning import LOOK_AHEAD, NO_TIME, Step, debrief_after, round_of_three
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import events, schedule
from coachdesk.services.events import EventRow
from coachdesk.services.keep import keep
from coachdesk.services.schedule import Placed

OPEN = (CycleStatus.ACTIVE, CycleStatus.AGREED)
NO_SCHOOL_YET = "This teacher is at no school yet. Choose one in their file, then plan."
_RECENT_VISITS = 6


@dataclass(frozen=True)
class Closed:
    """A day that was passed over because there is no school."""

    day: date
    name: str


@dataclass(frozen=True)
class Plan:
    """A round as it would be put on the calendar; nothing of it is written yet.

    `problem` is a sentence where it cannot be: then there are no steps. With `cycle_id` it is the next round
    of that cycle.
    """

    teacher_id: UUID
    school_id: UUID | None
    focus: str
    steps: tuple[Step, ...] = ()
    closed: tuple[Closed, ...] = ()
    cycle_id: UUID | None = None
    problem: str = ""


@dataclass(frozen=True)
class Round:
    """One round: where it stands, and the event of each step that has one."""

    id: UUID
    cycle_id: UUID
    number: int
    state: ChainState
    steps: dict[Slot, EventRow]

    @property
    def missing(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in Slot if slot not in self.steps)


@dataclass(frozen=True)
class CycleFile:
    """A cycle with its rounds, newest first."""

    record: CoachingCycle
    rounds: tuple[Round, ...]


def usual_time(session: Session, teacher_id: UUID) -> time | None:
    """When this teacher is mostly visited: the commonest beginning of the last six visits."""
    asked = (
        select(Event.starts)
        .where(events.with_teacher(teacher_id), Event.kind == EventKind.VISIT)
        .where(col(Event.status).not_in(events.OFF))
        .order_by(col(Event.starts).desc())
        .limit(_RECENT_VISITS)
    )
    times = [starts.time() for starts in session.exec(asked)]
    return max(times, key=times.count) if times else None


def plan_cycle(
    session: Session, teacher_id: UUID, focus: str, starting: datetime, usual: time | None = None
) -> Plan:
    """What a new cycle's first round would be: three events from `starting` on; a question, writes nothing.

    The visit is at the `usual` time on the first day it is free, or at any free time where none is usual.
    """
    return _plan(
        session, Plan(teacher_id, events.school_of(session, teacher_id), focus.strip()), starting, usual
    )


def plan_round(session: Session, cycle_id: UUID, starting: datetime, usual: time | None = None) -> Plan:
    """What the next round of a cycle would be; a question, writes nothing."""
    cycle = session.get_one(CoachingCycle, cycle_id)
    teacher_id = _teachers_of(session, cycle_id)[0]
    return _plan(session, Plan(teacher_id, cycle.school_id, cycle.focus, cycle_id=cycle_id), starting, usual)


def add_planned(session: Session, plan: Plan) -> UUID:
    """Put a planned round on the calendar, with its cycle if it is a new one; answers the cycle.

    Raises CoachdeskError where the plan has a problem.
    """
    if plan.problem or not plan.steps:
        raise CoachdeskError(plan.problem or NO_TIME, days=LOOK_AHEAD)
    cycle_id = plan.cycle_id or _new_cycle(session, plan)
    last = select(func.max(Chain.number)).where(Chain.cycle_id == cycle_id)
    chain = keep(session, Chain, {"cycle_id": cycle_id, "number": (session.exec(last).one() or 0) + 1})
    with_whom = _teachers_of(session, cycle_id)
    for step in plan.steps:
        at = {"starts": step.starts, "ends": step.ends, "kind": step.kind, "slot": step.slot}
        where = {"school_id": plan.school_id, "cycle_id": cycle_id, "chain_id": chain.id}
        schedule.create_event(session, {**at, **where, "teachers": with_whom})
    return cycle_id


def save_cycle(session: Session, values: dict[str, Any]) -> CoachingCycle:
    """Write what a cycle is about, or how it stands. Raises Invalid, or MovedOn where `rev` is given."""
    return keep(session, CoachingCycle, values)


def cycles_of(session: Session, teacher_id: UUID, limit: int = 12) -> tuple[CycleFile, ...]:
    """The cycles of a teacher: those that are open first, then the newest; at most `limit`."""
    theirs = select(CycleTeacher.cycle_id).where(CycleTeacher.teacher_id == teacher_id)
    found = session.exec(select(CoachingCycle).where(col(CoachingCycle.id).in_(theirs))).all()
    order = sorted(found, key=lambda c: (c.status in OPEN, c.starts_on or date.max, c.created), reverse=True)
    shown = order[:limit]
    all_rounds = rounds(session, [cycle.id for cycle in shown])
    return tuple(
        CycleFile(cycle, tuple(r for r in reversed(all_rounds) if r.cycle_id == cycle.id)) for cycle in shown
    )


def rounds(session: Session, cycle_ids: Iterable[UUID], *, newest: bool = False) -> tuple[Round, ...]:
    """The rounds of these cycles as they stand, oldest first in each; or only the `newest` of each."""
    chains = select(Chain).where(col(Chain.cycle_id).in_(list(cycle_ids)))
    if newest:
        beside = aliased(Chain)
        last = select(func.max(beside.number)).where(beside.cycle_id == Chain.cycle_id)
        chains = chains.where(Chain.number == last.scalar_subquery())
    found = session.exec(chains.order_by(col(Chain.cycle_id), col(Chain.number))).all()
    of_chain = col(Event.chain_id).in_([chain.id for chain in found])
    slots: dict[UUID, dict[Slot, EventRow]] = {}
    for row in events.rows(session, of_chain, col(Event.status).not_in(events.OFF)):
        if row.chain_id and row.slot:
            _fill(slots.setdefault(row.chain_id, {}), row.slot, row)
    return tuple(_round(chain, slots.get(chain.id, {})) for chain in found)


def debrief_offer(session: Session, event_id: UUID, now: datetime) -> Step | None:
    """When the debrief of a visit could be; None where one is there already, or no time is free."""
    visit = events.row(session, event_id)
    if visit.kind is not EventKind.VISIT or not visit.teachers or _has_debrief(session, visit):
        return None
    after = max(visit.ends, now)
    return debrief_after(events.openings(session, after, visit.school_id), after)


def add_debrief(session: Session, event_id: UUID, starts: datetime) -> Placed:
    """Put the debrief of a visit on the calendar. Raises Invalid."""
    visit = events.row(session, event_id)
    values = {
        "kind": EventKind.DEBRIEF,
        "starts": starts,
        "ends": starts + timedelta(minutes=30),
        "teachers": [who.id for who in visit.teachers],
        "school_id": visit.school_id,
        "cycle_id": visit.cycle_id,
        "chain_id": visit.chain_id,
        "slot": Slot.DEBRIEF if visit.chain_id else None,
    }
    return schedule.create_event(session, values)


def _plan(session: Session, plan: Plan, starting: datetime, usual: time | None) -> Plan:
    facts = {"teacher_id": plan.teacher_id, "school_id": plan.school_id, "focus": plan.focus}
    kept: Mapping[str, Any] = {**facts, "cycle_id": plan.cycle_id}
    if session.get_one(Teacher, plan.teacher_id).status is TeacherStatus.ARCHIVED:
        return Plan(**kept, problem=schedule.ARCHIVED)
    within = events.openings(session, starting, plan.school_id)
    steps = round_of_three(within, starting, usual)
    if not steps:
        return Plan(**kept, problem=NO_TIME.format(days=LOOK_AHEAD))
    span = (steps[-1].ends.date() - starting.date()).days
    days = (starting.date() + timedelta(days=n) for n in range(span + 1))
    closed = tuple(Closed(day, name) for day in days if (name := within.calendar.name_of(day)))
    return Plan(**kept, steps=steps, closed=closed)


def _new_cycle(session: Session, plan: Plan) -> UUID:
    if plan.school_id is None:
        raise CoachdeskError(NO_SCHOOL_YET)
    values = {
        "school_id": plan.school_id,
        "focus": plan.focus,
        "status": CycleStatus.ACTIVE,
        "starts_on": plan.steps[0].starts.date(),
    }
    cycle = keep(session, CoachingCycle, values)
    keep(session, CycleTeacher, {"cycle_id": cycle.id, "teacher_id": plan.teacher_id})
    return cycle.id


def _teachers_of(session: Session, cycle_id: UUID) -> list[UUID]:
    asked = select(CycleTeacher.teacher_id).where(CycleTeacher.cycle_id == cycle_id)
    return list(session.exec(asked.order_by(col(CycleTeacher.created))))


def _fill(slots: dict[Slot, EventRow], slot: Slot, row: EventRow) -> None:
    """Of two events of one step the one that took place stands for it, else the later."""
    there = slots.get(slot)
    if there is None or there.status is not EventStatus.COMPLETED:
        slots[slot] = row


def _round(chain: Chain, steps: dict[Slot, EventRow]) -> Round:
    done = [slot for slot, row in steps.items() if row.status is EventStatus.COMPLETED]
    ahead = [slot for slot, row in steps.items() if row.status is EventStatus.PLANNED]
    return Round(chain.id, chain.cycle_id, chain.number, chain_state(done, ahead), steps)


def _has_debrief(session: Session, visit: EventRow) -> bool:
    """Whether a debrief of the visit took place or is planned: in its round, or with the teacher since."""
    of_it: ColumnElement[bool] = col(Event.chain_id) == visit.chain_id
    if visit.chain_id is None:
        of_it = events.also_with(visit.teachers[0].id) & (col(Event.starts) >= visit.starts)
    asked = select(Event.id).where(of_it, Event.kind == EventKind.DEBRIEF)
    return session.exec(asked.where(col(Event.status).not_in(events.OFF))).first() is not None
