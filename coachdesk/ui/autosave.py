"""Saving what is typed, a moment after the last key, and never later than a second after the first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer


class Autosave(QObject):
    """`later` at each edit; `now` when the coach leaves the field, the screen or the desk."""

    PAUSE_MS = 400
    AT_MOST_MS = 800  # and the disk has what is left of the second

    def __init__(self, save: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._save = save
        self._waiting = False
        self._pause = QTimer(self, singleShot=True, interval=self.PAUSE_MS)
        self._limit = QTimer(self, singleShot=True, interval=self.AT_MOST_MS)
        self._limit.setTimerType(Qt.TimerType.PreciseTimer)  # others are late by a twentieth
        self._pause.timeout.connect(self.now)
        self._limit.timeout.connect(self.now)

    @property
    def waiting(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._waiting

    def later(self) -> None:
        self._waiting = True
        self._pause.start()
        if not self._limit.isActive():
            self._limit.start()

    def now(self) -> None:
        """Save what is waiting. If that fails it goes on waiting, and the error rises."""
        self._pause.stop()
        self._limit.stop()
        if self._waiting:
            self._save()
            self._waiting = False

    def forget(self) -> None:
        """Nothing is waiting any more: it was saved by other means, or thrown away."""
        self._pause.stop()
        self._limit.stop()
        self._waiting = False
