"""The window over a profile, in this process, at ten to ten on the sample's last day."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import TypeVar

from felt import PATIENCE, pause
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scene import MORNING, PASSPHRASE

from coachdesk import paths
from coachdesk.services import opening
from coachdesk.ui.ahead import Ahead
from coachdesk.ui.background import Background
from coachdesk.ui.collecting import Collecting, keep_for_good
from coachdesk.ui.idle import Idle
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.shell import Shell
from coachdesk.ui.workspace import Workspace

S = TypeVar("S", bound=Screen)
IDLE_MINUTES = 60
READS = 1.0  # seconds for which the coach goes on reading: a thread drafts what the reports will say
SETTLES = 30.0  # seconds after which a window that is not settled never will be


class Clock:
    """A clock on the wall that goes as ours does, from another moment."""

    def __init__(self) -> None:
        self.go_to(MORNING.date(), MORNING.time())

    def go_to(self, day: date, at: clock_time) -> None:
        self._shows, self._since = datetime.combine(day, at), time.perf_counter()

    def __call__(self) -> datetime:
        return self._shows + timedelta(seconds=time.perf_counter() - self._since)


class Coach:
    """All that the program has at work while its window is open is at work here."""

    def __init__(self, profile: Path) -> None:
        self.background = Background()
        self.clock = Clock()
        closed, rehearsed = opening.closed_desk(self.background.post), opening.rehearse()
        closed.now = self.clock
        place = paths.folders(profile)
        self.desk = opening.open_desk(place, PASSPHRASE, closed=closed, rehearsed=rehearsed)
        self.shell = Shell()
        self.shell.resize(1366, 768)
        self.workspace = Workspace(self.desk, SCREENS, lambda: None)
        self.shell.show_page(self.workspace)
        self.shell.show()
        self.shell.activateWindow()
        QTest.qWaitForWindowActive(self.shell, int(PATIENCE * 1000))
        self.idle = Idle(IDLE_MINUTES, self.background)
        self.collecting = Collecting(self.background)
        keep_for_good()

    def settle(self) -> None:
        """Sit before the first page until the others are built, as they are while nobody does anything."""
        ahead = Ahead(self.workspace, lambda: self.idle.still, self.background)
        built: list[bool] = []
        ahead.done.connect(lambda: built.append(True))
        self.until(lambda: bool(built), SETTLES)
        keep_for_good()
        pause(READS)

    def screen(self, kind: type[S]) -> S:
        """The screen of that kind, shown."""
        screen = self.workspace.screen_of(kind)
        self.workspace.show_screen(screen)
        QApplication.processEvents()
        assert isinstance(screen, kind)
        return screen

    def until(self, done: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait for something that must come."""
        deadline = time.perf_counter() + patience
        while not done():
            QApplication.processEvents()
            if time.perf_counter() > deadline:
                raise TimeoutError

    def leave(self) -> None:
        self.workspace.flush(int(PATIENCE * 1000))
        self.collecting.close()
        self.shell.leave()
        self.desk.close()
        self.background.close()
