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
from sqlalchemy import Column, ColumnElement, case, insert, null
from sqlmodel import Session, col, func, select

from coachdesk.model import Event, EventTeacher, ScriptLine, VisitNote
from coachdesk.model.visits import NoteState
from coachdesk.services import search as searching
from coachdesk.services.changes import lasting
from coachdesk.store import search
from coachdesk.store.connection import driver, roomy

LIFETIMES = 10
FLAT = 1.2  # so much longer may a thing take with ten times as many notes
SPAN = timedelta(weeks=1565)  # thirty years: a copy of a lifetime lies so much earlier
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
    """Copy the notes of a lifetime, with their events and lines, to so many lifetimes earlier.

    In SQL, sealed and indexed as ever: what makes records one by one would take a quarter of an hour.
    """
    connection = session.connection()
    driver(connection).create_function("key_then", 1, lambda key: _key(UUID(key), number).hex)
    newest = session.exec(select(func.max(Event.starts))).one()
    lived = select(VisitNote.id, VisitNote.event_id).join(Event, col(Event.id) == col(VisitNote.event_id))
    known = lived.where(Event.starts > newest - SPAN).subquery()
    notes, events = select(known.c.id), select(known.c.event_id)
    with search.at_once(connection), roomy(connection):
        for column, those in (
            (col(Event.id), events),
            (col(EventTeacher.event_id), events),
            (col(VisitNote.id), notes),
            (col(ScriptLine.note_id), notes),
        ):
            table = column.property.columns[0].table
            then = {one.name: _then(one, number) for one in table.columns}
            copied = select(*then.values()).where(column.in_(those)).order_by(table.c.id)
            connection.execute(insert(table).from_select(list(then), copied))


def _then(column: Column[Any], number: int) -> ColumnElement[Any]:
    """What it was so many lifetimes earlier: of no round that still goes on, and finished."""
    notes = VisitNote.__table__.c
    if column is notes.state:
        return case((column == NoteState.DRAFT, NoteState.FINISHED), else_=column)
    if column is notes.finished:
        return case(
            (notes.state == NoteState.DRAFT, _time(notes.started, number)), else_=_time(column, number)
        )
    if column.name in TIMES:
        return _time(column, number)
    if column.name in KEYS:
        return func.key_then(column)
    return null() if column.name in ROUND else column


def _time(column: Column[Any], number: int) -> ColumnElement[Any]:
    return func.strftime("%Y-%m-%d %H:%M:%f000", column, f"-{number * SPAN.days} days")


def _key(key: UUID, number: int) -> UUID:
    """The key it would have had then: before all that came later, and in the same order among its own."""
    made = (LIFETIMES - number << 36) + (key.int >> 85)
    return UUID(int=made << 80 | key.int & (1 << 80) - 1)
