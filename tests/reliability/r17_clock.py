"""R17: the clock leaps, the computer sleeps, summer time begins and ends, the coach travels."""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import coached_school
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from row import Result
from sqlmodel import Session, select

from coachdesk.model import Event
from coachdesk.services import schedule
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault
from coachdesk.ui.idle import CHECK_MS, Idle

NUMBER = "R17"
CHECK = "clock: summer time both ways, −1 day, +10 years, sleep, time zones"
BOUND = "locks on a gap, and on nothing else; no visit moves"
QUICK, FULL = 200, 1_000

KEY = bytes(range(32))
DAY, STEP = 86_400.0, CHECK_MS / 1000
ZONES = (
    "America/New_York",
    "UTC",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/St_Johns",
)
BEFORE_CHANGES = (datetime(2026, 10, 30, 9, 50), datetime(2027, 3, 12, 9, 50))
Clocks = Callable[[list[float]], tuple[Callable[[], float], Callable[[], float]]]

GAPS = ((61.0, 0.0), (9 * 3600.0, 0.0), (-DAY, 0.0), (3653 * DAY, 0.0), (0.0, 62.0), (-70.0, 70.0))
"""How far a gap moves the clock on the wall, and the steady one, beyond the five seconds of a check."""
NO_GAPS = ((0.0, 0.0), (1.5, 0.0), (-40.0, 0.0), (12.0, 3.0))


def run(n: int, folder: Path) -> Result:
    wrong = _wrongly_locked(n, lambda now: (lambda: now[0], lambda: now[1]))
    moved, looked = _moved(folder)
    said = f"{wrong} of {n} gaps taken wrongly; {moved} of {looked} visits moved"
    return Result(n, said, not wrong and not moved and looked > 0)


def planted(folder: Path) -> Result:
    """A desk that asks the steady clock alone, which stands still while the computer sleeps; and one that
    shows its visits as moments of the world's clock."""
    wrong = _wrongly_locked(20, lambda now: (lambda: now[1], lambda: now[1]))
    moved, looked = _moved(folder, lambda shown: shown.replace(tzinfo=UTC).astimezone().replace(tzinfo=None))
    said = f"{wrong} of 20 taken wrongly, {moved} of {looked} moved"
    return Result(20, said, not wrong or not moved)


def _wrongly_locked(n: int, clocks: Clocks) -> int:
    app, chance = QApplication.instance() or QApplication([]), random.Random(17)
    parent, wrong = QObject(), 0
    for number in range(n):
        gap = number % 2 == 0
        now, locked = [1_790_000_000.0, 5_000.0], []
        idle = Idle(60, parent, *clocks(now))
        idle.over.connect(lambda locked=locked: locked.append(True))
        for _ in range(chance.randrange(1, 6)):
            _pass(now, (0.0, 0.0))
            idle.check()
        _pass(now, chance.choice(GAPS if gap else NO_GAPS))
        idle.check()
        wrong += bool(locked) != gap
        idle.deleteLater()
    app.processEvents()
    return wrong


def _pass(now: list[float], leap: tuple[float, float]) -> None:
    for which in (0, 1):
        now[which] += STEP + leap[which]


def _moved(folder: Path, shown: Callable[[datetime], datetime] = lambda at: at) -> tuple[int, int]:
    """How many visits, on days around both changes to and from summer time, are shown at another time once
    the computer is in another zone; and how many were looked at."""
    desk = Desk(Vault.open_with_key(folder / "coachdesk.vault", KEY, create=True))
    desk.do(coached_school.year)
    made = desk.do(coached_school.school, teachers=1)
    for first in BEFORE_CHANGES:
        for day in range(5):
            starts = first + timedelta(days=day)
            times = {"starts": starts, "ends": starts + timedelta(minutes=20)}
            desk.do(schedule.create_event, {"kind": "visit", **times, "teachers": made.teachers})
    kept, home, moved, looked = desk.ask(_times, shown), os.environ.get("TZ"), 0, 0
    for zone in ZONES:
        os.environ["TZ"] = zone
        time.tzset()
        found = desk.ask(_times, shown)
        looked += len(kept)
        moved += sum(now != then for now, then in zip(found, kept, strict=True))
    desk.close()
    os.environ.pop("TZ")
    if home is not None:
        os.environ["TZ"] = home
    time.tzset()
    return moved, looked


def _times(session: Session, shown: Callable[[datetime], datetime]) -> list[tuple[datetime, datetime]]:
    events = session.exec(select(Event).order_by(Event.starts))
    return [(shown(event.starts), shown(event.ends)) for event in events]
