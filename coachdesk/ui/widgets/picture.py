"""An icon beside words: it follows the scheme, and assistive tools pass over it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui import theme


class Picture(QWidget):
    """`at_top` is for beside words of several lines: it is as high as they are, drawn at their first."""

    def __init__(self, icon: str, role: str = "text", size: int = 20, *, at_top: bool = False) -> None:
        super().__init__()
        self._icon, self._role, self._size = icon, role, size
        if at_top:
            self.setFixedWidth(size)
            self.setMinimumHeight(size)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        else:
            self.setFixedSize(QSize(size, size))

    def set_icon(self, icon: str, role: str) -> None:
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            drawn = theme.picture(self._icon, self._role, self._size, self.devicePixelRatioF())
            painter.drawPixmap(0, 0, drawn)
