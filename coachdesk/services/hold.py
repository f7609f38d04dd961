"""Hold: nothing old is taken away while somebody has asked the coach to keep everything.

A public-records request, a subpoena or a dispute may bind a coach to keep what there is. While Hold is on,
earlier versions of notes stay beyond thirty days, and no backup is thinned. Nothing that was recorded is
deleted either: no file, no event, no stamp, no vault. What is only changed, as a line or a tag is, stays as
it was before in what undo keeps, for as long as Hold is on.
"""

from datetime import UTC, datetime

from sqlmodel import Session

from coachdesk.errors import CoachdeskError
from coachdesk.store import known

HELD = "Hold is on, so nothing may be deleted. Switch it off in Settings once nobody needs these records."


def is_on(session: Session) -> bool:
    """Whether nothing may be taken away."""
    return since(session) is not None


def check(session: Session) -> None:
    """Whoever deletes something asks this first. Raises CoachdeskError while Hold is on."""
    if is_on(session):
        raise CoachdeskError(HELD)


def since(session: Session) -> datetime | None:
    """When Hold was switched on, in UTC; None while it is off."""
    kept = known.recall(session, known.HOLD)
    return datetime.fromisoformat(kept.decode()) if kept else None


def switch(session: Session, on: bool, now: datetime | None = None) -> None:
    """Switch Hold on, or off. On again while it is on leaves its day as it is."""
    if on and is_on(session):
        return
    moment = (now or datetime.now(UTC)).isoformat()
    known.remember(session, known.HOLD, moment.encode() if on else None)
