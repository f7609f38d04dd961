"""Hold: nothing old is taken away while somebody has asked the coach to keep everything.

A public-records request, a subpoena or a dispute may bind a coach to keep what there is. While Hold is on,
earlier versions of notes stay beyond thirty days, and no backup is thinned.
"""

from datetime import UTC, datetime

from sqlmodel import Session

from coachdesk.store import known


def is_on(session: Session) -> bool:
    """Whether nothing may be taken away."""
    return since(session) is not None


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
