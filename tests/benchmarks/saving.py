"""A note saved durably, against one commit of the same row in plain SQLite: same journal, same flushes.

The vault also keeps what was there for undo, and the seal; it encrypts. Typing is indexed for the search
once it rests, so it is measured against a commit that indexes nothing; a save of any other kind is indexed at
once, as its peer is.
"""

from collections.abc import Callable, Iterator
from itertools import count
from uuid import UUID

import plain
from machine import Measured, median, timed
from scene import Scene
from sqlmodel import Session, select

from coachdesk.model import VisitNote
from coachdesk.services import visits
from coachdesk.services.desk import Desk
from coachdesk.store import search

TIMES = 120
WORDS = 1200  # characters of a note
UPDATE = "UPDATE visitnote SET interpretation = ? WHERE id = ?"
Save = Callable[[UUID, dict[str, str]], object]


def save(scene: Scene) -> Iterator[Measured]:
    """Both save the same words to the same disk, flushed as carefully, in turn."""
    desk = scene.open(scene.lifetime)
    beside = plain.careful(plain.copy(scene.lifetime, scene.folder / "as it is.db"))
    try:
        yield _measured("a note saved durably, indexed at once", desk, at_once(desk), beside)
        for trigger in search.TRIGGERS:
            beside.execute(f"DROP TRIGGER {trigger}")
        yield _measured("a note saved durably while it is typed", desk, typed(desk), beside)
    finally:
        desk.close()
        beside.close()


def at_once(desk: Desk) -> Save:
    return lambda note, values: desk.do(visits.write_private, note, values)


def typed(desk: Desk) -> Save:
    return lambda note, values: desk.do_later("typing", visits.write_private, note, values).result()


def _measured(what: str, desk: Desk, ours: Save, beside: plain.sqlite.Connection) -> Measured:
    note = desk.ask(newest_note)
    our, their = [], []
    for number in range(TIMES):
        text = f"{next(_numbers)} {number} ".ljust(WORDS, "w")
        our.append(timed(lambda text=text: ours(note, {"interpretation": text})))
        their.append(timed(lambda text=text: beside.execute(UPDATE, (text, note.hex))))
    took, one = median(our), median(their)
    return Measured(
        what,
        f"one commit of plain SQLite {one:.1f} ms",
        f"{took:.1f} ms, {took / one:.2f} ×",
        "≤ 2 ×",
        took <= 2 * one,
    )


_numbers = count()


def newest_note(session: Session) -> UUID:
    return session.exec(select(VisitNote.id).order_by(VisitNote.started.desc())).first()
