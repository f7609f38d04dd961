"""One event as the calendar shows it beside the week: all that is known about it, written as it is typed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import MovedOn
from coachdesk.model import Chain, CoachingCycle, Event, Teacher
from coachdesk.model.planning import Busy, clashes
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import changes, events, schedule
from coachdesk.services.events import EventRow, Who

_PARTS = ("day", "starts", "ends")


@dataclass(frozen=True)
class EventFile:
    """An event, the round it belongs to (0 for none), and what else lies at its time."""

    row: EventRow
    rev: int
    round_number: int = 0
    focus: str = ""
    overlaps: tuple[Busy, ...] = ()

    def values(self) -> dict[str, Any]:
        """What a form about the event shows: its day, and its times on that day."""
        row = self.row
        return {
            "kind": row.kind,
            "teachers": tuple(who.id for who in row.teachers),
            "day": row.starts.date(),
            "starts": row.starts.time(),
            "ends": row.ends.time(),
            "place": row.place,
            "title": row.title,
            "preparation": row.preparation,
        }


def event_file(session: Session, event_id: UUID) -> EventFile | None:
    """The event of that key; None if it is gone."""
    event = session.get(Event, event_id)
    if event is None:
        return None
    chain = session.get(Chain, event.chain_id) if event.chain_id else None
    cycle = session.get(CoachingCycle, event.cycle_id) if event.cycle_id else None
    others = [one for one in events.busy(session, event.starts, event.ends) if one.event_id != event.id]
    return EventFile(
        events.row(session, event_id),
        event.rev,
        chain.number if chain else 0,
        cycle.focus if cycle else "",
        () if event.status in events.OFF else clashes(others, event.starts, event.ends),
    )


def people(session: Session) -> tuple[Who, ...]:
    """Whom an event can be with: the roster by family name, without its archive."""
    asked = (
        select(Teacher.id, events.name_of())
        .where(Teacher.status != TeacherStatus.ARCHIVED)
        .order_by(Teacher.family_name, Teacher.given_name, col(Teacher.id))
    )
    return tuple(Who(key, name.strip()) for key, name in session.execute(asked))


def save_event(session: Session, values: dict[str, Any]) -> Event:
    """Write an event as a form has it: `day`, and `starts` and `ends` as times of that day.

    One that is not there is made; of another, what is left out stays as it is. Raises Invalid, or MovedOn.
    """
    event = session.get(Event, UUID(str(values["id"])))
    if event is None and "rev" not in values:
        return _made(session, values)
    if event is None or values.get("rev", event.rev) != event.rev:
        raise MovedOn()
    before = {"day": event.starts.date(), "starts": event.starts.time(), "ends": event.ends.time()}
    schedule.change_event(session, {**_facts({**before, **values}), "id": event.id})
    return event


def _made(session: Session, values: dict[str, Any]) -> Event:
    changes.call(session, schedule.create_event)
    placed = schedule.create_event(session, {**_facts(values), "id": UUID(str(values["id"]))})
    return session.get_one(Event, placed.id)


def _facts(values: dict[str, Any]) -> dict[str, Any]:
    """What an event is written from: its times with their day."""
    facts = {key: value for key, value in values.items() if key not in _PARTS}
    day = _read(date, values["day"])
    times = {key: datetime.combine(day, _read(time, values[key])) for key in ("starts", "ends")}
    return {**facts, **times}


def _read(kind: type[Any], value: Any) -> Any:
    """A date or a time that may come back as text, from a draft that was sealed."""
    return kind.fromisoformat(value) if isinstance(value, str) else value
