"""The next step that was agreed in an event, written as it is typed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.model import ActionStep, Event
from coachdesk.services import notes
from coachdesk.services.keep import keep, remove
from coachdesk.services.notes import key_of

FIELDS = ("text", "owner", "due_on", "check_back_on")


def write_step(session: Session, event_id: UUID, values: Mapping[str, Any]) -> None:
    """Have the next step of an event say this, for each of its teachers; without words there is none.

    `values` are among `FIELDS`; one that is left out stays as it is. It does no harm when it comes twice, and
    keys and days may be text, so it may be queued and sealed. Raises Invalid.
    """
    event = session.get_one(Event, key_of(event_id))
    said = {key: values[key] for key in FIELDS if key in values}
    said["text"] = str(said.get("text", "")).strip()
    for teacher_id in notes.teachers_of(session, event.id):
        old = first_step(session, event.id, teacher_id)
        if said["text"]:
            whose = {"teacher_id": teacher_id, "event_id": event.id, "cycle_id": event.cycle_id}
            keep(session, ActionStep, {**whose, **({"id": old.id} if old else {}), **said})
        elif old is not None:
            remove(session, old)


def first_step(session: Session, event_id: UUID, teacher_id: UUID) -> ActionStep | None:
    """What was agreed first with a teacher in an event: its next step."""
    asked = select(ActionStep).where(ActionStep.event_id == event_id, ActionStep.teacher_id == teacher_id)
    return session.exec(asked.order_by(col(ActionStep.created))).first()
