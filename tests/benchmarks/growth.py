"""Three years of notes, thirty, and ten lifetimes: what a coach waits for stays as it is.

Opt-in, for the largest vault takes many minutes to build: `bench growth`.
"""

import shutil
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from display import until_painted
from machine import Measured, median, percentile, timed
from scene import MORNING, Scene, told
from searching import beginnings, documents
from sqlmodel import Session, col, func, select

from coachdesk.model import Event, EventTeacher, ScriptLine, VisitNote
from coachdesk.model.visits import NoteState
from coachdesk.services import keep
from coachdesk.services import search as searching
from coachdesk.services.changes import lasting

LIFETIMES = 10
FLAT = 1.2  # so much longer may a thing take with ten times as many notes
SPAN = timedelta(weeks=1565)  # thirty years: a copy of a lifetime lies so much earlier
AT_ONCE = 2_000  # notes that are copied at a time
ROUNDS = 5
TIMES = ("starts", "ends", "started", "finished")
KEYS = ("id", "event_id", "note_id")
ROUND = ("chain_id", "cycle_id", "slot")


def growth(scene: Scene) -> Iterator[Measured]:
    """Each size against the one before."""
    few, _ = scene.sample("few", "--years", "3")
    before = _felt(scene, few)
    for profile in (scene.lifetime, _lifetimes(scene)):
        now = _felt(scene, profile)
        for what in ("start", "unlocked", "note"):
            yield _against(what, before, now)
        yield Measured(
            f"search as you type, {now['notes']:,.0f} notes, newest first",
            f"{before['notes']:,.0f} notes: p95 {before['search']:.1f} ms",
            f"p95 {now['search']:.1f} ms",
            "p95 ≤ 10 ms",
            now["search"] <= 10,
        )
        before = now


def _against(what: str, before: dict[str, float], now: dict[str, float]) -> Measured:
    named = {
        "start": "start → lock screen painted",
        "unlocked": "key derived → first page painted",
        "note": "Ctrl+N → the note is begun and painted",
    }[what]
    times = now[what] / before[what]
    return Measured(
        f"{named}, {now['notes']:,.0f} notes",
        f"{before['notes']:,.0f} notes: {before[what]:.0f} ms",
        f"{now[what]:.0f} ms, {times:.2f} ×",
        f"≤ {FLAT} ×",
        times <= FLAT,
    )


def _felt(scene: Scene, profile: Path) -> dict[str, float]:
    """What is waited for over one vault; the visits are begun last, for they change it."""
    window = [sys.executable, "-P", "-m", "coachdesk", "--profile", str(profile)]
    starts = [until_painted(scene.display, window, scene.environment) for _ in range(ROUNDS)]
    opened = [told(scene, "unlocking.py", profile, MORNING.isoformat()) for _ in range(ROUNDS)]
    desk = scene.open(profile)
    words = desk.ask(documents)
    asked = [timed(lambda typed=typed: desk.ask(searching.notes, typed)) for typed in beginnings(words)]
    desk.close()
    return {
        "notes": len(words),
        "start": median(starts),
        "unlocked": median([run["unlock"] - run["derive"] for run in opened]),
        "search": percentile(asked, 0.95),
        "note": median(told(scene, "at_work.py", profile, "visit")["opened"]),
    }


def _lifetimes(scene: Scene) -> Path:
    """A vault of ten lifetimes: the one there is, and nine earlier ones with the same words."""
    profile = scene.folder / "lifetimes"
    shutil.copytree(scene.lifetime, profile)
    began = time.perf_counter()
    desk = scene.open(profile)
    for number in range(1, LIFETIMES):
        desk.do(live_again, number)
    desk.close()
    print(f"(ten lifetimes took {time.perf_counter() - began:.0f} s to build)", flush=True)
    return profile


@lasting
def live_again(session: Session, number: int) -> None:
    """Copy the notes of a lifetime, with their events and lines, to so many lifetimes earlier."""
    newest = session.exec(select(func.max(Event.starts))).one()
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # lines come before their notes
    asked = select(VisitNote.id, VisitNote.event_id).join(Event, col(Event.id) == col(VisitNote.event_id))
    known = session.exec(asked.where(Event.starts > newest - SPAN)).all()
    for first in range(0, len(known), AT_ONCE):
        _copy(session, dict(known[first : first + AT_ONCE]), number)


def _copy(session: Session, notes: dict[UUID, UUID], number: int) -> None:
    """Copy these notes, each of the event it is named with."""
    notes_of, events = list(notes), list(notes.values())
    for record, where in (
        (Event, col(Event.id).in_(events)),
        (EventTeacher, col(EventTeacher.event_id).in_(events)),
        (ScriptLine, col(ScriptLine.note_id).in_(notes_of)),
        (VisitNote, col(VisitNote.id).in_(notes_of)),
    ):
        rows = [_earlier(row.model_dump(), number) for row in session.exec(select(record).where(where))]
        session.expunge_all()
        keep.keep_many(session, record, rows)


def _earlier(values: dict[str, Any], number: int) -> dict[str, Any]:
    """A row so many lifetimes earlier: of no round that still goes on, and finished."""
    kept = {name: value for name, value in values.items() if name not in ("created", "changed", "rev")}
    kept |= {name: kept[name] - number * SPAN for name in TIMES if kept.get(name)}
    kept |= {name: _key(kept[name], number) for name in KEYS if kept.get(name)}
    kept |= {name: None for name in ROUND if name in kept}
    if kept.get("state") is NoteState.DRAFT:
        kept |= {"state": NoteState.FINISHED, "finished": kept["started"]}
    return kept


def _key(key: UUID, number: int) -> UUID:
    """The key it would have had then: before all that came later, and in the same order among its own."""
    made = (LIFETIMES - number << 36) + (key.int >> 85)
    return UUID(int=made << 80 | key.int & (1 << 80) - 1)
