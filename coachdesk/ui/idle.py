"""Whether the coach is at the desk: when they have not been for a while, it is time to lock, or to cover."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

CHECK_MS = 5_000
GAP = 60.0
"""Seconds that mean the computer slept or its clock was set (vault.md, Saving, locking, backups)."""
COVER_MINUTES, VISIT_MINUTES = 2, 30
"""While a visit runs: when the cover comes, and when it is time to lock after all (vault.md)."""

INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Emits `over` after `minutes` without a key or a touch, or when time has a gap.

    `clock` is the one on the wall, which leaps when the computer slept or somebody set it; `steady` only runs
    forward, and stands still while the computer sleeps. Both are in seconds. A gap is seen where the two
    part, and where a check comes late: then this process itself stood still. Summer time and time zones move
    neither.

    While a visit runs it emits `pause` instead, and `over` only after half an hour: hands are busy in a
    classroom. `visit_runs` says whether one does.

    It listens to windows, not to every widget: a filter on the application would see each paint and timer.
    """

    over = Signal()
    pause = Signal()

    def __init__(
        self,
        minutes: int,
        parent: QObject,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._seconds = minutes * 60.0
        self._clocks = clock, steady
        self.visit_runs: Callable[[], bool] = _none_runs
        self._last_input = self._last_check = self._now()
        self._windows: set[QWindow] = set()
        self._timer = QTimer(self, interval=CHECK_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.watch)
            self.watch(app.focusWindow())

    @property
    def minutes(self) -> float:
        """After how many it is over."""
        return self._seconds / 60

    @property
    def still(self) -> float:
        """For how many seconds there was no key and no touch."""
        return max(_since(self._last_input, self._now()))

    def set_minutes(self, minutes: int) -> None:
        """From now on it is over after so many."""
        self._seconds = minutes * 60.0

    def watch(self, window: QWindow | None) -> None:
        """Take input in `window` as a sign of life."""
        if window and window not in self._windows:
            self._windows.add(window)
            window.destroyed.connect(lambda: self._windows.discard(window))
            window.installEventFilter(self)

    def check(self) -> None:
        """Say whether it is over; called every few seconds."""
        now = self._now()
        wall, steady = _since(self._last_check, now)
        leapt = abs(wall - steady) > GAP or steady > GAP
        self._last_check = now
        still = max(_since(self._last_input, now))
        visiting = self.visit_runs()
        if leapt or still >= (VISIT_MINUTES * 60 if visiting else self._seconds):
            self._last_input = now
            self.over.emit()
        elif visiting and still >= min(COVER_MINUTES * 60, self._seconds):
            self.pause.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            self._last_input = self._now()
        return False

    def _now(self) -> tuple[float, float]:
        """What the clock on the wall says, and the steady one."""
        wall, steady = self._clocks
        return wall(), steady()


def _since(then: tuple[float, float], now: tuple[float, float]) -> tuple[float, float]:
    return now[0] - then[0], now[1] - then[1]


def _none_runs() -> bool:
    return False
