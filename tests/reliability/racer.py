"""A window of its own process that counts one teacher's room up, in turns with another that does the same."""

from pathlib import Path
from threading import Event
from uuid import UUID

from sqlmodel import Session

from coachdesk.errors import MovedOn, OpenElsewhere
from coachdesk.model import Teacher
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.store.lock import Lock
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
MOMENT = 0.001  # seconds
_never = Event()


def count_up(path: Path, teacher: UUID, times: int, careful: bool) -> None:
    """Save the next number `times` times, going by what was seen when the vault was open last: where the
    other window was quicker, look again. A careless window says nothing of the revision it saw."""
    known = _opened(path, lambda desk: desk.ask(seen, teacher))
    while times:
        saved, known = _opened(path, lambda desk, known=known: _save(desk, teacher, known, careful))
        times -= saved


def seen(session: Session, teacher: UUID) -> tuple[int, int]:
    """The number, and the revision of its record."""
    row = session.get_one(Teacher, teacher)
    return int(row.room), row.rev


def _opened(path, work):
    """What `work` answers with the vault open, once nobody else has it open."""
    while True:
        try:
            lock = Lock(path.with_suffix(".lock"))
            break
        except OpenElsewhere:
            _never.wait(MOMENT)
    try:
        desk = Desk(Vault.open_with_key(path, KEY))
        try:
            return work(desk)
        finally:
            desk.close()
    finally:
        lock.release()
        _never.wait(MOMENT)  # let the other in


def _save(desk: Desk, teacher: UUID, known: tuple[int, int], careful: bool) -> tuple[bool, tuple[int, int]]:
    """Whether it was saved, and what is known now."""
    number, rev = known
    values = {"id": teacher, "room": str(number + 1), **({"rev": rev} if careful else {})}
    try:
        desk.do(roster.save_teacher, values)
    except MovedOn:
        return False, desk.ask(seen, teacher)
    return True, (number + 1, rev + 1)
