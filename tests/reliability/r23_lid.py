"""R23, the way back: from the opened lid to the first line of a visit's note, typed and kept.

The computer wakes; the coach types the passphrase at the pace of a person, or presses the one key that has
the computer's key store (a real one) open the vault; Ctrl+N begins the note of the visit that is planned now;
a line is typed at the same pace, and it counts once it is in the vault's file. Making up one's mind does not.
"""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from threading import Timer
from time import monotonic

import sqlcipher3.dbapi2 as sqlcipher
from laptop import PASSPHRASE, Laptop, laptop, watch
from row import CannotRun, Result
from secret_service import key_store
from sqlmodel import select

from coachdesk.model import Teacher
from coachdesk.services import keys, opening, schedule
from coachdesk.services.desk import Desk
from coachdesk.store.connection import connect
from coachdesk.store.parts import journal

NUMBER = "R23"
CHECK = "lid opened → unlocked → Ctrl+N → the first line typed and kept, 200 ms for each key"
BOUND = "≤ 15 s with the passphrase, ≤ 5 s with quick unlock"
QUICK, FULL = 1, 6
ALONE = True
SECONDS = 90

BOUNDS = {"quick unlock": 5.0, "passphrase": 15.0}
STALL = 4.0  # seconds for which the planted program does nothing
LINES = ("They read", "Pairs talk", "Exit slip", "Warm-up", "Two charts", "All write")  # one for each round
Went = tuple[str, float]  # how it was unlocked, and the seconds until the line was kept


@dataclass
class Kept:
    """What is in the vault's file, seen without asking the program or holding it up."""

    path: Path
    dek: bytes
    seen: int = 0

    def has(self, words: str) -> bool:
        """Whether the words are in it. It is looked at between two saves: where one is under way, not yet."""
        when = self.path.stat().st_mtime_ns
        under_way = journal(self.path)
        if when == self.seen or (under_way.exists() and under_way.stat().st_size):
            return False
        copy = Path(shutil.copy(self.path, self.path.with_name("looked at")))
        if self.path.stat().st_mtime_ns != when:
            return False
        self.seen = when
        return self._holds(copy, words)

    def _holds(self, copy: Path, words: str) -> bool:
        connection = connect(copy, self.dek)
        try:
            asked = "SELECT 1 FROM scriptline WHERE text LIKE ?"
            return connection.execute(asked, (f"%{words}%",)).fetchone() is not None
        except sqlcipher.DatabaseError:  # copied in the middle of a save after all
            return False
        finally:
            connection.close()


def run(n: int, folder: Path) -> Result:
    return _judged(_went(n, folder, lambda _one: None))


def planted(folder: Path) -> Result:
    """A program that stands still for four seconds after the lid was opened."""

    def stalls(one: Laptop) -> None:
        os.kill(one.pid, signal.SIGSTOP)
        Timer(STALL, os.kill, (one.pid, signal.SIGCONT)).start()

    return _judged(_went(1, folder, stalls))


def _went(n: int, folder: Path, before: Callable[[Laptop], None]) -> list[Went]:
    if not shutil.which("gnome-keyring-daemon"):
        raise CannotRun("needs gnome-keyring: apt-get install gnome-keyring")
    store = folder / "store"
    store.mkdir()
    with key_store(store) as address, laptop(folder, address) as one:
        kept = Kept(one.place.vault, _prepared(one, address))
        one.start()
        one.unlock()
        rounds = islice(zip(cycle(BOUNDS), LINES, strict=False), n)
        return [(how, _round(one, kept, (how, line), before)) for how, line in rounds]


def _prepared(one: Laptop, address: str) -> bytes:
    """The vault's key, once its passphrase costs what it costs a coach, and the key store opens it too."""
    desk = opening.open_desk(one.place, PASSPHRASE)
    desk.keys.strengthen(PASSPHRASE)
    before = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    desk.keys.open_quickly(keys.store_of_this_computer())
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
    _plan(desk)
    dek = desk._vault.key.dek
    desk.close()
    return dek


def _plan(desk: Desk) -> None:
    """Visits that are to be now, one for each round."""
    now = datetime.now().replace(second=0, microsecond=0)
    starts = min(now, now.replace(hour=23, minute=30))
    teacher = desk.ask(lambda session: session.exec(select(Teacher.id)).one())
    times = {"starts": starts, "ends": starts + timedelta(minutes=25)}
    for _ in LINES:
        desk.do(schedule.create_event, {"kind": "visit", **times, "teachers": (teacher,)})


def _round(one: Laptop, kept: Kept, what: tuple[str, str], before: Callable[[Laptop], None]) -> float:
    """Close the lid, open it, unlock and write: the seconds until that is kept. Then the visit is over."""
    how, line = what
    one.locks(one.computer.falls_asleep)
    watch(one.has_keys, "a window that is typed into")
    began = monotonic()
    one.computer.falls_asleep(begins=False)
    before(one)
    if how == "passphrase":
        one.type_by_hand(PASSPHRASE)
    one.desktop.press("Return")
    watch(one.computer.is_held_awake, "the open desk")
    one.settles()
    one.desktop.press("ctrl+n")
    one.settles()
    one.type_by_hand(line)
    watch(lambda: kept.has(line), "the line in the vault")
    took = monotonic() - began
    one.desktop.press("ctrl+Return")
    one.settles()
    return took


def _judged(went: list[Went]) -> Result:
    worst = {how: max((took for each, took in went if each == how), default=None) for how in BOUNDS}
    said = "; ".join(f"{how} at most {took:.1f} s" for how, took in worst.items() if took is not None)
    return Result(len(went), said, all(took <= BOUNDS[how] for how, took in went))
