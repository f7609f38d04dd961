"""A bar in the colour of a phase: the first of the three signs of what kind an event is."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coachdesk.ui import theme

WIDTH = 4


class Stripe(QWidget):
    """As high as what it stands beside; assistive tools pass over it, for the word says the same."""

    def __init__(self, role: str = "other") -> None:
        super().__init__()
        self._role = role
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_role(self, role: str) -> None:
        self._role = role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.token(self._role))
            painter.setBrush(theme.token(self._role))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
