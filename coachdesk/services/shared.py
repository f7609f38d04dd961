"""The stamps of a note that was shared: when, with whom, how. The coach puts each of them; nothing else does.

A stamp is a record of fact, and changes nothing: what is written afterwards is in the note, how it read
before is among its earlier versions. A note that is closed can be shared, so it can be stamped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.errors import Invalid
from coachdesk.model import SharedStamp, VisitNote
from coachdesk.model.visits import SharedHow, SharedWith
from coachdesk.services import hold
from coachdesk.services.keep import keep, remove

FIELDS = ("whom", "how", "day", "who")
NOBODY = "Say in a few words who it was."
NOT_YET = "That day has not come yet."


@dataclass(frozen=True)
class Stamp:
    """One time a note was shared; `who` is said of those who are neither the teacher nor the principal."""

    id: UUID
    day: date
    whom: SharedWith
    who: str
    how: SharedHow


Stamps = tuple[Stamp, ...]


def stamp_note(session: Session, note_id: UUID, today: date, values: dict[str, Any]) -> UUID:
    """Write down that a note was shared; `values` are those of `FIELDS`. Raises Invalid."""
    note = session.get_one(VisitNote, note_id)
    somebody = values.get("whom") is SharedWith.OTHER
    who = str(values.get("who") or "").strip() if somebody else ""
    if somebody and not who:
        raise Invalid({"who": NOBODY})
    if values["day"] > today:
        raise Invalid({"day": NOT_YET})
    return keep(session, SharedStamp, {**values, "note_id": note.id, "who": who}).id


def remove_stamp(session: Session, stamp_id: UUID) -> None:
    """Take a stamp away that was put by mistake. Raises CoachdeskError while Hold is on."""
    hold.check(session)
    remove(session, session.get_one(SharedStamp, stamp_id))


def of(session: Session, note_id: UUID) -> Stamps:
    """The stamps of a note, the newest first."""
    return stamps(session, [note_id]).get(note_id, ())


def stamps(session: Session, note_ids: Iterable[UUID]) -> dict[UUID, Stamps]:
    """The stamps of these notes, the newest first; a note without any is left out."""
    keys = list(note_ids)
    if not keys:
        return {}
    columns = (
        SharedStamp.note_id,
        SharedStamp.id,
        SharedStamp.day,
        SharedStamp.whom,
        SharedStamp.who,
        SharedStamp.how,
    )
    asked = select(*columns).where(col(SharedStamp.note_id).in_(keys))  # type: ignore[call-overload]
    newest = asked.order_by(col(SharedStamp.day).desc(), col(SharedStamp.created).desc())
    found: dict[UUID, Stamps] = {}
    for note_id, *said in session.execute(newest):
        found[note_id] = (*found.get(note_id, ()), Stamp(*said))
    return found
