"""What a coach feels at the screen, in milliseconds: how soon a thing is seen, and how long nothing answers.

Nothing here needs Qt's own test library, so that a process measured with it holds no more than the program.
"""

from coachdesk import ui  # noqa: F401 - before anything else knows Qt, as in the program

# isort: split
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 5.0  # seconds until something that is not painted counts as that slow
TIMER_LATE = 0.002  # seconds by which a timer may be late


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count, self._widget = 0, widget
        widget.installEventFilter(self)

    def leave(self) -> None:
        """Count no more, at once: those of a thousand measurements would slow down the next one."""
        self._widget.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


class Gaps(QObject):
    """The longest time for which the screen's thread answered nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, (now - self._last) * 1000), now


def painted(widget: QWidget, act: Callable[[], object], began: float | None = None) -> float:
    """Milliseconds from `began`, or from now, until what `act` did to `widget` is painted.

    It ends when the event loop has nothing left to do: the picture is on its way to the display then, and
    what else was waiting has been answered too.
    """
    paints = Paints(widget)
    began = time.perf_counter() if began is None else began
    act()
    while not paints.count and time.perf_counter() < began + PATIENCE:
        QApplication.processEvents()
    took = (time.perf_counter() - began) * 1000
    paints.leave()
    return took


def rest(until: float) -> None:
    """Let the screen's thread idle until the clock shows `until`: to the moment, which no timer keeps."""
    loop = QEventLoop()
    left = max(0, int((until - time.perf_counter() - TIMER_LATE) * 1000))
    timer = QTimer(loop, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    timer.start(left)
    loop.exec()
    while time.perf_counter() < until:
        QApplication.processEvents()


def pause(seconds: float) -> None:
    """What a person takes between two things: whatever waited behind the first is done meanwhile."""
    rest(time.perf_counter() + seconds)
