"""What is usual: the length of a visit that is planned, and the counters that are offered to be agreed.

None of these counters is on by itself: what is counted is agreed with its teacher (product.md).
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from coachdesk.errors import Invalid
from coachdesk.model import Usual, UsualCounter
from coachdesk.model.usual import VISIT_MINUTES
from coachdesk.services.keep import keep, remove

MOST = 12  # more than that no menu shows well
PROPOSED = 2  # of the counters, the first: issue 3, "two agreed counters"


def visit_minutes(session: Session) -> int:
    """How long a visit is planned."""
    kept = session.exec(select(Usual.visit_minutes)).first()
    return VISIT_MINUTES if kept is None else kept


def plan_visits_for(session: Session, minutes: int) -> None:
    """Have visits planned from now on be of that length. Raises Invalid."""
    _keep(session, {"visit_minutes": minutes})


def own_counters(session: Session) -> tuple[UsualCounter, ...] | None:
    """The counters that the coach wants to be offered; None while those are the ready-made ones."""
    if not session.exec(select(Usual.own_counters)).first():
        return None
    return tuple(session.exec(select(UsualCounter).order_by(col(UsualCounter.position))))


def offer_counters(session: Session, counters: Sequence[Mapping[str, str]]) -> None:
    """Have these be offered, each with a name and a definition, in place of those before. Raises Invalid."""
    if len(counters) > MOST:
        raise Invalid({"counters": "Twelve counters are the most that can be offered."})
    before = own_counters(session) or ()
    for position, counter in enumerate(counters):
        known = {"id": before[position].id} if position < len(before) else {}
        keep(session, UsualCounter, {**known, "position": position, **counter})
    for old in before[len(counters) :]:
        remove(session, old)
    _keep(session, {"own_counters": True})


def offer_ready_made(session: Session) -> None:
    """Have the ready-made counters be offered again."""
    for old in own_counters(session) or ():
        remove(session, old)
    _keep(session, {"own_counters": False})


def _keep(session: Session, values: Mapping[str, object]) -> None:
    kept = session.exec(select(Usual.id)).first()
    keep(session, Usual, {**values, "id": kept} if kept else dict(values))
