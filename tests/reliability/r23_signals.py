"""R23: the screen locks, the computer sleeps, another user comes: the desk is locked, with what was typed."""

import os
import signal
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from threading import Event

from laptop import PASSPHRASE, Laptop, laptop
from row import Result
from sqlmodel import Session, select

from coachdesk.model import ScriptLine
from coachdesk.paths import Folders
from coachdesk.services import opening
from coachdesk.ui import inside

NUMBER = "R23"
CHECK = "screen lock, sleep and user switch while a visit runs (fake logind and screen saver)"
BOUND = "blank ≤ 100 ms, lock screen ≤ 1 s, draft present after unlock"
QUICK, FULL = 4, 20
ALONE = True
SECONDS = 70

BLANK, LOCKED = 100, 1_000  # milliseconds
_never = Event()
Trigger = Callable[[], None]


def run(n: int, folder: Path) -> Result:
    with laptop(folder) as one:
        said = one.computer
        triggers = (said.locks_screen, said.falls_asleep, said.locks_session, said.changes_user)
        times = [_round(one, number, trigger) for number, trigger in enumerate(islice(cycle(triggers), n))]
        one.end()
        lost = _lost(one.place, n)
        awake = said.is_held_awake()
    return _judged(times, lost, awake)


def planted(folder: Path) -> Result:
    """A window that hears the screen lock only when the coach presses the keys for it; and one that is gone
    before it took in what was typed."""
    with laptop(folder) as one:
        late = _round(one, 0, lambda: _too_late(one))
        one.unlock()
        os.kill(one.pid, signal.SIGSTOP)
        one.desktop.type(_words(1))
        one.end()
        lost = _lost(one.place, 2)
    found = [_judged([late], 0, False), _judged([(0, 0)], lost, False)]
    return Result(len(found), found[0].said, any(each.kept for each in found))


def _too_late(one: Laptop) -> None:
    """A screen that locks for another desktop's ears; a second later somebody presses Ctrl+L."""
    one.computer.locks_screen(interface="org.example.ScreenSaver")
    _never.wait(LOCKED / 1000)
    one.desktop.press("ctrl+l")


def _round(one: Laptop, number: int, trigger: Trigger) -> tuple[float, float]:
    """Unlock, write something into a note, and have the computer say that the coach is gone."""
    if one.running is None:
        one.start()
    one.unlock()
    one.begin_note()
    one.type(_words(number))
    return one.locks(trigger)


def _words(number: int) -> str:
    return f"zebrafish number {1000 + number}"


def _lost(place: Folders, n: int) -> int:
    """How much of what was typed in so many rounds is not there."""
    kept = _typed(place)
    return sum(_words(number) not in kept for number in range(n))


def _typed(place: Folders) -> str:
    """All lines of scripts, after an unlocking that brought back what was sealed."""
    desk = opening.open_desk(place, PASSPHRASE)
    inside.bring_back(desk)
    lines = desk.ask(_lines)
    desk.close()
    return "\n".join(lines)


def _lines(session: Session) -> list[str]:
    return list(session.exec(select(ScriptLine.text)))


def _judged(times: list[tuple[float, float]], lost: int, awake: bool) -> Result:
    blank, locked = (max(each) for each in zip(*times, strict=True))
    said = f"blank after at most {blank:.0f} ms, locked after {locked:.0f}; {lost} drafts lost"
    said += "; the computer was kept from sleeping" if awake else ""
    return Result(len(times), said, blank <= BLANK and locked <= LOCKED and not lost and not awake)
