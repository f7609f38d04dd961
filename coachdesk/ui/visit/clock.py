"""The clock of a visit: how long it has been going on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.model.script import clock
from coachdesk.ui import theme
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text


class Clock(QWidget):
    """Shows `elapsed()`, in seconds, every second while it is seen."""

    TICK_MS = 1_000

    def __init__(self, elapsed: Callable[[], int]) -> None:
        super().__init__()
        self._elapsed = elapsed
        self.said = Text("", "h3", bold=True, wrap=False)
        self.said.setObjectName("visit_clock")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said.setMinimumWidth(QFontMetrics(self.said.font()).horizontalAdvance("00:00"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xs"])
        row.addWidget(Picture("timer", "muted", 20))
        row.addWidget(self.said)
        self._timer = QTimer(self, interval=self.TICK_MS)
        self._timer.timeout.connect(self.tick)

    def tick(self) -> None:
        """Show what it is now."""
        text = clock(self._elapsed())
        if text != self.said.text():
            self.said.setText(text)
            self.said.setAccessibleName(self.tr("{time} since the visit began").format(time=text))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
