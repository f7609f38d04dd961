"""The system asks the program to end, by a signal that Python alone would hear only at its next step."""

import os
import signal
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]


class AskedToEnd(QObject):
    """Emits `asked` on the screen's thread at SIGTERM, Ctrl+C in the terminal, or its hanging up.

    Windows has no such signals for a window: it closes the window, or ends the session.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heard, self._woken = os.pipe()
        for end in (self._heard, self._woken):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        for number in ENDING:
            signal.signal(number, _do_nothing)
        self._notifier = QSocketNotifier(self._heard, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def _on_woken(self) -> None:
        if any(number in ENDING for number in os.read(self._heard, 64)):
            self.asked.emit()

    def close(self) -> None:
        """Let the signals do again what they do by themselves."""
        signal.set_wakeup_fd(-1)
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        os.close(self._heard)
        os.close(self._woken)


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """The wake-up is all that is wanted."""
