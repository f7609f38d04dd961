"""A note saved durably, against one commit of the same row in plain SQLite."""

from collections.abc import Iterator
from uuid import UUID

import plain
from machine import Measured, median, timed
from scene import Scene
from sqlmodel import Session, select

from coachdesk.model import VisitNote
from coachdesk.services import keep

TIMES = 120
WORDS = 1200  # characters of a note
UPDATE = "UPDATE visitnote SET interpretation = ? WHERE id = ?"


def save(scene: Scene) -> Iterator[Measured]:
    """Both save the same words to the same disk and index them, flushed as carefully, in turn."""
    desk = scene.open(scene.lifetime)
    beside = plain.careful(plain.copy(scene.lifetime, scene.folder / "as it is.db"))
    ours, theirs = [], []
    try:
        note = desk.ask(newest_note)
        for number in range(TIMES):
            text = f"{number} ".ljust(WORDS, "w")
            ours.append(timed(lambda text=text: desk.do(rewrite, note, text)))
            theirs.append(timed(lambda text=text: beside.execute(UPDATE, (text, note.hex))))
    finally:
        desk.close()
        beside.close()
    our, their = median(ours), median(theirs)
    yield Measured(
        "a note saved durably",
        f"one commit of plain SQLite {their:.1f} ms",
        f"{our:.1f} ms, {our / their:.2f} ×",
        "≤ 2 ×",
        our <= 2 * their,
    )


def newest_note(session: Session) -> UUID:
    return session.exec(select(VisitNote.id).order_by(VisitNote.started.desc())).first()


def rewrite(session: Session, note: UUID, text: str) -> None:
    """Note what the coach thinks of a visit."""
    keep.keep(session, VisitNote, {"id": note, "interpretation": text})
