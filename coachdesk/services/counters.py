"""Counters: agreed with a teacher beforehand, tapped while the visit runs.

`set_count` is meant for `Desk.do_later`: it says where the counter stands, so the newest may take the place
of those before it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import Invalid
from coachdesk.model import AgreedCounter, Tally
from coachdesk.services.events import EventRow
from coachdesk.services.keep import keep, remove
from coachdesk.services.notes import key_of

MOST = 4  # product.md: Alt+6 to Alt+9
TOO_MANY = "At most four counters, so that there is time to look up."


def agree_counters(
    session: Session, teacher_id: UUID, cycle_id: UUID | None, counters: Sequence[Mapping[str, str]]
) -> None:
    """Say which counters are on from now on: in the visits of a cycle, or else in all with a teacher.

    Each has a name and may have a definition and a unit. Raises Invalid for more than four.
    """
    if len(counters) > MOST:
        raise Invalid({"counters": TOO_MANY})
    whose = {"cycle_id": cycle_id} if cycle_id else {"teacher_id": teacher_id}
    for old in _counters_of(session, teacher_id, cycle_id):
        remove(session, old)
    for position, counter in enumerate(counters):
        keep(session, AgreedCounter, {**whose, "position": position, **counter})


def agreed_counters(session: Session, teacher_id: UUID, cycle_id: UUID | None) -> list[AgreedCounter]:
    """The counters that will be on: those of the cycle, else those of the teacher."""
    found = _counters_of(session, teacher_id, cycle_id) if cycle_id else []
    return found or _counters_of(session, teacher_id, None)


def counters_of_cycle(session: Session, cycle_id: UUID) -> list[AgreedCounter]:
    """The counters that were agreed for the visits of one cycle."""
    asked = select(AgreedCounter).where(AgreedCounter.cycle_id == cycle_id)
    return list(session.exec(asked.order_by(col(AgreedCounter.position))))


def bring_in(session: Session, note_id: UUID, event: EventRow) -> None:
    """Have the counters that were agreed stand at nothing in a new note."""
    for position, counter in enumerate(agreed_counters(session, event.teachers[0].id, event.cycle_id)[:MOST]):
        said = {"name": counter.name, "definition": counter.definition, "unit": counter.unit}
        keep(session, Tally, {"note_id": note_id, "position": position, **said})


def set_count(session: Session, tally_id: UUID, count: int) -> int:
    """Have a counter stand at `count`, never below nothing: what taps add up to on screen."""
    tally = session.get_one(Tally, key_of(tally_id))
    return keep(session, Tally, {"id": tally.id, "count": max(count, 0)}).count


def tap(session: Session, tally_id: UUID, by: int = 1) -> int:
    """Count one more, or with -1 one less; answers where the counter stands."""
    tally = session.get_one(Tally, key_of(tally_id))
    return set_count(session, tally.id, tally.count + by)


def _counters_of(session: Session, teacher_id: UUID, cycle_id: UUID | None) -> list[AgreedCounter]:
    if cycle_id:
        return counters_of_cycle(session, cycle_id)
    asked = select(AgreedCounter).where(AgreedCounter.teacher_id == teacher_id)
    return list(session.exec(asked.order_by(col(AgreedCounter.position))))
