"""Search as you type, against the same question asked of the same index in plain SQLite."""

from collections.abc import Iterator
from random import Random

import plain
from machine import Measured, median, percentile, timed
from scene import Scene
from sqlalchemy import Engine, create_engine
from sqlmodel import Session

from coachdesk.services import search as searching
from coachdesk.services.search import Hit

ASKED = 400  # beginnings typed


def search(scene: Scene) -> Iterator[Measured]:
    """Each beginning is asked of both, in turn."""
    desk = scene.open(scene.lifetime)
    copied = plain.copy(scene.lifetime, scene.folder / "plain.db")
    beside = create_engine("sqlite://", module=plain.sqlite, creator=lambda: plain.careful(copied))
    ours, theirs = [], []
    try:
        words = desk.ask(documents)
        for typed in beginnings(words):
            ours.append(timed(lambda typed=typed: desk.ask(searching.notes, typed)))
            theirs.append(timed(lambda typed=typed: asked_plainly(beside, typed)))
    finally:
        desk.close()
        beside.dispose()
    p95, ratio = percentile(ours, 0.95), median(ours) / median(theirs)
    yield Measured(
        f"search as you type, {len(words):,} notes, newest first",
        f"plain SQLite: median {median(theirs):.1f}, p95 {percentile(theirs, 0.95):.1f} ms",
        f"median {median(ours):.1f}, p95 {p95:.1f} ms; {ratio:.2f} ×",
        "p95 ≤ 5 ms, ≤ 1.3 ×",
        p95 <= 5 and ratio <= 1.3,
    )


def beginnings(documents: list[str]) -> Iterator[str]:
    """What a coach types on the way to a word that stands in a note."""
    chance = Random(7)
    for document in chance.choices(documents, k=ASKED):
        word = chance.choice([word for word in document.split() if word.isalpha() and len(word) > 3])
        yield word[: chance.randint(2, len(word))]


def documents(session: Session) -> list[str]:
    found = session.connection().exec_driver_sql("SELECT words || own FROM note_search")
    return [words for (words,) in found]


def asked_plainly(engine: Engine, typed: str) -> list[Hit]:
    with Session(engine) as session:
        return searching.notes(session, typed)
