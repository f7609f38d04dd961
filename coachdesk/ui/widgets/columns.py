"""Cards beside each other where there is room for that, one under the other where there is none."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui import theme

BESIDE = 1_000  # from this width on, in pixels
WIDEST = 760  # of one column alone: as wide as is good to read


class Columns(QWidget):
    """Two columns; the second follows the first where the window is narrow, for the keyboard always."""

    def __init__(self, first: Sequence[QWidget], second: Sequence[QWidget]) -> None:
        super().__init__()
        self.setMaximumWidth(2 * WIDEST)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.SPACE["lg"])
        for cards in (first, second):
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE["lg"])
            for card in cards:
                card.setMaximumWidth(WIDEST)
                column.addWidget(card)
            column.addStretch(1)
            self._both.addLayout(column, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= BESIDE
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != way:
            self._both.setDirection(way)
        # the height is asked for the whole width, and words that wrap need more of it in what is left to them
        self._both.setContentsMargins(0, 0, 0 if wide else max(0, event.size().width() - WIDEST), 0)
        super().resizeEvent(event)
