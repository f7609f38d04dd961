"""The desk once it is open, the page on it, and what looks after both until it is closed."""

import time
from collections.abc import Callable
from threading import Thread
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from coachdesk import settings
from coachdesk.ui.collecting import keep_for_good
from coachdesk.ui.idle import Idle
from coachdesk.ui.profile import Profile

LOCK_SECONDS, CLOSE_SECONDS = 0.6, 0.1
"""How long locking waits for all to be kept and closed, and for closing it at least: the new process does not
wait for a hung disk."""
AFTER_PAINT_MS = 100
"""When the page is painted, and there is time for what nobody waits for."""


class OpenDesk(QObject):
    """`desk` and `page`, the workspace or what is left of the first run, are None while none is open.

    It is here before the first paint: `behind` fetches what lies behind the lock.
    """

    lock_wanted = Signal()  # nobody is at it
    cover_wanted = Signal()  # nobody is at it, while a visit runs
    warned = Signal(str)

    def __init__(self, profile: Profile, behind: Callable[[], ModuleType], parent: QObject) -> None:
        super().__init__(parent)
        self.desk: Any = None
        self.page: Any = None
        self.idle: Idle | None = None
        self.away: Any = None  # what else looks after the open desk when the coach goes away
        self.building: Any = None  # the pages nobody has gone to yet
        self._backing_up: Any = None
        self._profile, self._behind = profile, behind
        profile.preferences.changed.connect(self._keep_time)

    def open(self, desk: Any) -> None:
        """From now on `desk` is open, and looked after."""
        self.desk = desk
        self._keep_watch()
        QTimer.singleShot(AFTER_PAINT_MS, self, self._look_after_it)

    def look_after_again(self) -> None:
        """It was to be closed and is not: as after opening."""
        self._keep_watch()
        self._look_after_it()

    def build_the_rest(self, workspace: Any) -> None:
        """Build the pages nobody has gone to, while nobody does anything."""
        if self.idle:
            self.building = self._behind().building_ahead(workspace, self.idle, self)
            self.building.done.connect(keep_for_good)

    def keep_what_is_typed(self) -> bool:
        """Have it written, or sealed: then False. Raises NotSaved if it was neither."""
        return self.page.flush() if self.page else True

    def rest(self) -> None:
        """Look after it no more: it is about to be closed."""
        for one in (self._backing_up, self.building, self.away):
            if one:
                one.close()
        if self.idle:
            self.idle.deleteLater()
        self._backing_up = self.building = self.away = self.idle = None

    def close(self, began: float | None = None) -> None:
        """Close it; where it is locked, with what `began` (of `time.monotonic`) left of the time."""
        closing = Thread(target=self.desk.close, daemon=True)
        closing.start()
        spent = 0.0 if began is None else time.monotonic() - began
        closing.join(max(CLOSE_SECONDS, LOCK_SECONDS - spent))
        self.forget()

    def forget(self) -> None:
        """It is closed."""
        self.desk = self.page = None

    def _keep_watch(self) -> None:
        """Lock, or cover, when nobody is at it."""
        self.idle = idle = Idle(self._profile.preferences.now.idle_minutes, self)
        idle.over.connect(self.lock_wanted)
        idle.pause.connect(self.cover_wanted)
        idle.visit_runs = lambda: getattr(self.page, "visit_runs", False)

    def _look_after_it(self) -> None:
        if self.idle and self.away is None:  # it is still open
            self.away = self._behind().away_from(self, self.lock_wanted.emit)
        if self.desk and not self._profile.sample and self._backing_up is None:
            self._backing_up = self._behind().backing_up(self.desk, self._profile.preferences, self)
            self._backing_up.failed.connect(self.warned)

    def _keep_time(self, wanted: settings.Settings) -> None:
        if self.idle:
            self.idle.set_minutes(wanted.idle_minutes)
