"""The cover that comes over a running visit when nobody has typed for a while: a clock, and the way back.

It is the weaker protection (vault.md, Saving, locking, backups): the vault stays open behind it, so that one
key is enough to go on in a classroom. It says nothing of what lies behind.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton

from coachdesk.ui import dates, theme

TICK_MS = 1_000
CLOCK = 6  # how much larger than the page's words


class Cover(QAbstractButton):
    """As large as the window, and all of it one button: `clicked` means that the coach is back.

    A key brings back what lies behind when it is let go, and is used up by that: neither it nor its
    repetitions reach the page.
    """

    lock_wanted = Signal()

    def __init__(self, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__()
        self._now = now
        self._pressed: int | None = None
        self._words = self.tr("Covered · press any key")
        self.setObjectName("cover")
        self.setAccessibleName(self._words)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.update)

    def clock(self) -> str:
        """What the clock says."""
        return dates.clock(self._now())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.token("window"))
            large = theme.font("body", bold=True)
            large.setPointSizeF(large.pointSizeF() * CLOCK)
            high = QtGui.QFontMetrics(large).height()
            middle = self.height() // 2
            at_centre = QtCore.Qt.AlignmentFlag.AlignHCenter | QtCore.Qt.AlignmentFlag.AlignVCenter
            painter.setFont(large)
            painter.setPen(theme.token("text"))
            painter.drawText(QRect(0, middle - high, self.width(), high), at_centre, self.clock())
            painter.setFont(theme.font("lead"))
            painter.setPen(theme.token("muted"))
            below = QRect(0, middle + theme.SPACE["md"], self.width(), theme.SPACE["xxl"])
            painter.drawText(below, at_centre, self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier
        if control and event.key() == QtCore.Qt.Key.Key_L:
            self.lock_wanted.emit()
        elif not event.isAutoRepeat():
            self._pressed = event.key()
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        pressed = self._pressed
        if not event.isAutoRepeat() and event.key() == pressed:
            self._pressed = None
            self.clicked.emit()
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pressed = None
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
