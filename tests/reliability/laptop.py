"""The whole program in a real process, on a screen whose picture is looked at, on a computer that speaks."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import numpy as np
from away import Computer, computer
from desktop import Desktop, desktop, until
from row import CannotRun
from Xlib import X

from coachdesk import settings
from coachdesk.paths import Folders, folders
from coachdesk.services import opening, roster
from coachdesk.settings import Settings
from coachdesk.ui import tokens

PASSPHRASE = "seven herons over quiet water"
FAMILY, GIVEN = "Zwirbelmoor", "Quintessa"
PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
INK = 0.03  # of the pixels: a blank window has a small picture of a lock, a page has more
SIGN = 1_000  # pixels: the program's sign has more, and so has "Unlock"
BETWEEN_LOOKS = 0.01  # seconds
A_KEY = 0.2  # seconds that a person takes for it: sixty words a minute
STILL = 3  # pictures alike: what was typed has been painted

_never = Event()


@dataclass
class Laptop:
    """One coach's, with a vault that holds one teacher."""

    desktop: Desktop
    computer: Computer
    place: Folders
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def pid(self) -> int:
        assert self.running is not None
        return self.running.pid

    def start(self, through: tuple[str, ...] = ()) -> None:
        """Start the program, `through` another one, and wait for its lock screen."""
        self.running = subprocess.Popen(
            [*through, sys.executable, "-m", "coachdesk", "--profile", str(self.place.data)],
            env={**self.desktop.environment, "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            cwd=self.desktop.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self.shows_lock, "the lock screen")

    def unlock(self) -> None:
        """Type the passphrase, and wait until the program listens to the computer."""
        self.desktop.type(PASSPHRASE)
        self.desktop.press("Return")
        until(self.computer.is_held_awake, "the open desk")

    def begin_note(self) -> None:
        """Start a note about the one teacher; the caret is in the script then."""
        self.desktop.press("ctrl+shift+n")
        self.settles()
        self.desktop.type(FAMILY)
        self.settles()
        self.desktop.press("Return")
        self.settles()

    def type(self, words: str) -> None:
        """Type, and wait until that is painted."""
        before = self.picture()
        self.desktop.type(words)
        until(lambda: (self.picture() != before).any(), "what was typed")
        self.settles()

    def type_by_hand(self, words: str) -> None:
        """Type at the pace of a person who types well."""
        for sign in words:
            next_key = monotonic() + A_KEY
            self.desktop.type(sign)
            _never.wait(next_key - monotonic())

    def locks(self, trigger: Callable[[], None]) -> tuple[float, float]:
        """Pull a trigger: milliseconds until nothing of the page is seen, and until the lock screen is."""
        began = monotonic()
        trigger()
        watch(self.is_blank, "a blank window")
        blank = monotonic() - began
        watch(self.shows_lock, "the lock screen")
        return blank * 1000, (monotonic() - began) * 1000

    def has_keys(self) -> bool:
        """Whether what is typed goes to a window."""
        display = self.desktop.display
        active = display.intern_atom("_NET_ACTIVE_WINDOW")
        found = display.screen().root.get_full_property(active, X.AnyPropertyType)
        return found is not None and bool(found.value[0])

    def is_blank(self) -> bool:
        """Whether nothing but a small picture is seen."""
        seen = self.picture()
        flat = seen[..., 0].astype(np.uint32) << 16 | seen[..., 1].astype(np.uint32) << 8 | seen[..., 2]
        _colours, counts = np.unique(flat[::2, ::2], return_counts=True)
        return 1 - counts.max() / counts.sum() < INK

    def shows_lock(self) -> bool:
        """Whether the sign of the program is seen, or the button that unlocks."""
        accent = bytes.fromhex(tokens.LIGHT["accent"][1:])
        seen = self.picture(narrow=2)
        return bool((seen == np.frombuffer(accent, np.uint8)).all(axis=2).sum() > SIGN)

    def picture(self, narrow: int = 1) -> Any:
        """The middle of the screen, where every page of the window has something, or a column in the middle
        of that: rows of RGB."""
        screen = self.desktop.display.screen()
        wide, high = screen.width_in_pixels, screen.height_in_pixels
        width, height = wide // 2 // narrow, high * 3 // 5
        x, y = (wide - width) // 2, (high - height) // 2
        image = screen.root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF)
        return np.frombuffer(image.data, np.uint8).reshape(height, width, 4)[..., 2::-1]

    def end(self) -> None:
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()

    def settles(self) -> None:
        """Wait until the picture stands still."""
        alike, before = 0, self.picture()
        while alike < STILL:
            now = self.picture()
            alike = alike + 1 if (now == before).all() else 0
            before = now


@contextmanager
def laptop(folder: Path, session_bus: str = "") -> Iterator[Laptop]:
    """One laptop whose files all lie in `folder`; the user's programs are on `session_bus` where it is given.

    Raises CannotRun where a program is missing.
    """
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        raise CannotRun(f"needs {', '.join(missing)}: apt-get install xvfb openbox xdotool dbus")
    place = folders(folder / "profile")
    desk = opening.create_desk(place, PASSPHRASE, cost=opening.QUICK)
    school = desk.do(roster.save_school, {"name": "Fern Hollow School"})
    teacher = {"given_name": GIVEN, "family_name": FAMILY, "schools": (school.id,)}
    desk.do(roster.save_teacher, teacher)
    desk.close()
    settings.save(place.settings, Settings(theme="light"))
    with desktop(folder) as shown, computer() as speaking:
        environment = {
            **shown.environment,
            "DBUS_SYSTEM_BUS_ADDRESS": speaking.address,
            "DBUS_SESSION_BUS_ADDRESS": session_bus or speaking.address,
            "XDG_SESSION_ID": "37",
        }
        del environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"]
        one = Laptop(Desktop(shown.display, environment, shown.home), speaking, place)
        try:
            yield one
        finally:
            one.end()


def watch(there: Callable[[], bool], what: str, patience: float = 10.0) -> None:
    """Look often, but leave the processor to what is looked at."""
    deadline = monotonic() + patience
    while not there():
        _never.wait(BETWEEN_LOOKS)
        assert monotonic() < deadline, f"not seen within {patience:.0f} s: {what}"
