"""Backups while the desk is open: soon after unlocking and every half hour, if anything was written."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from coachdesk.services import backups
from coachdesk.services.backups import Elsewhere
from coachdesk.services.desk import Desk
from coachdesk.ui import messages
from coachdesk.ui.background import Background
from coachdesk.ui.preferences import Preferences

SOON_MS = 20_000  # after unlocking: the coach begins to write first
EVERY_MS = 30 * 60_000


class BackingUp(QObject):
    """Emits `failed` with what to say when a backup cannot be made, once until one can be made again; a
    second folder that is away is no failure. `made` says that there is something new to tell."""

    made = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._preferences = desk, preferences
        self._background = Background(self)
        self._busy = self._said = self._over = False
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.back_up)
        self.soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self.soon.timeout.connect(self.back_up)
        self.timer.start()
        self.soon.start()

    def back_up(self) -> None:
        """Now, if anything was written since the last; one at a time."""
        if self._busy:
            return
        self._busy = True
        desk, second = self._desk, second_folder(self._preferences)
        self._background.run(lambda: backups.back_up_if_changed(desk, second), self._done, self._failed)

    def close(self) -> None:
        """The desk is being closed: begin nothing more, and say nothing more."""
        self.timer.stop()
        self.soon.stop()
        self._over = True

    def _done(self, _elsewhere: Elsewhere) -> None:
        self._busy = self._said = False
        self.made.emit()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        messages.note(error)
        if not (self._said or self._over):
            self._said = True
            self.failed.emit(messages.words(error))


def second_folder(preferences: Preferences) -> Path | None:
    """Where finished backups are copied to, if the coach chose a place for that."""
    chosen = preferences.now.second_folder
    return Path(chosen) if chosen else None
