"""A coach's day: a visit is begun, typed, counted and ended; the week is looked at and moved about."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as clock_time

from machine import Measured, median, percentile
from scene import FRAME, TODAY, Scene, slow_flush, told
from sqlmodel import Session, func, select

from coachdesk.model import Event
from coachdesk.services import keep

PAGE = 150  # ms until a note is open
EVENTS = 60
REPAINT, DRAG = 8, 4  # ms
MONDAY = TODAY - timedelta(days=TODAY.weekday())
LENGTH = timedelta(minutes=20)
PER_DAY = 28  # starts, before they begin again beside the first


def typing(scene: Scene) -> Iterator[Measured]:
    """Keys in the script of a visit, on a disk as it is and on one that takes its time."""
    shim, why = slow_flush(scene)
    disks: dict[str, dict[str, str]] = {"": {}}
    if shim:
        disks[", each disk flush 20 ms slower"] = {"LD_PRELOAD": str(shim)}
    else:
        print(f"(the row with slow flushes is left out: {why})")
    for disk, extra in disks.items():
        keys = told(scene, "at_work.py", scene.lifetime, "type", extra=extra)
        ours, bare = keys["ours"], keys["bare"]
        p95, worst = percentile(ours, 0.95), max(ours)
        yield Measured(
            f"keystroke → painted in a script of 320 lines that saves itself{disk}",
            f"a field that does nothing: {_spread(bare)}",
            f"{_spread(ours)}; {median(ours) / median(bare):.1f} ×",
            f"p95 ≤ 3 ms, worst ≤ {FRAME} ms",
            p95 <= 3 and worst <= FRAME,
        )


def tapping(scene: Scene) -> Iterator[Measured]:
    """A counter's key, while the visit is written."""
    took = told(scene, "at_work.py", scene.lifetime, "tap")["tap"]
    p95 = percentile(took, 0.95)
    yield Measured("counter tapped → its number is seen", "", _spread(took), f"≤ {FRAME} ms", p95 <= FRAME)


def visiting(scene: Scene) -> Iterator[Measured]:
    """From the one key until the note is there, and from the bell until the page after the visit is."""
    took = told(scene, "at_work.py", scene.lifetime, "visit", "settled")
    at_once = told(scene, "at_work.py", scene.lifetime, "visit")
    for what, which in (
        ("Ctrl+N → the note is begun and painted, 30 years of notes", "opened"),
        ("Ctrl+Enter → the visit has ended, its page is painted", "ended"),
    ):
        times = took[which]
        said = (
            f"median {median(times):.0f} ms; the first {times[0]:.0f} ms, or {at_once[which][0]:.0f} ms "
            "where the visit began at once after unlocking and its page was not built yet"
        )
        yield Measured(what, "", said, f"≤ {PAGE} ms", max(median(times), times[0]) <= PAGE)


def calendar(scene: Scene) -> Iterator[Measured]:
    """The week painted whole, and an event dragged by a step."""
    profile, _ = scene.sample("week")
    desk = scene.open(profile)
    desk.do(fill_week, EVENTS)
    desk.close()
    for what, named, bound in (
        ("week", f"week of {EVENTS} events painted whole", REPAINT),
        ("drag", f"one step of a drag among {EVENTS} events painted", DRAG),
    ):
        took = told(scene, "at_work.py", profile, what)["painted"]
        p95 = percentile(took, 0.95)
        yield Measured(named, "", _spread(took), f"p95 ≤ {bound} ms", p95 <= bound)


def fill_week(session: Session, events: int) -> None:
    """New events on the week's school days until there are so many."""
    first = datetime.combine(MONDAY, clock_time(8))
    within = (Event.starts >= first, Event.starts < first + timedelta(days=5))
    there = session.exec(select(func.count(Event.id)).where(*within)).one()
    rows = []
    for number in range(there, events):
        starts = first + timedelta(days=number % 5, minutes=15 * (number // 5 % PER_DAY))
        rows.append({"kind": "preparation", "starts": starts, "ends": starts + LENGTH, "title": "Copies"})
    keep.keep_many(session, Event, rows)


def _spread(times: list[float]) -> str:
    return f"median {median(times):.1f}, p95 {percentile(times, 0.95):.1f}, worst {max(times):.1f} ms"
