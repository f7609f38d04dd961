"""What lies on the week besides its events: the line of the moment, and what the coach draws."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from coachdesk.ui import dates, theme
from coachdesk.ui.week.faces import Type
from coachdesk.ui.week.grid import Grid, Span, minutes_of

DOT = 4
_SEE_THROUGH = 0.92
_STEP_ASIDE = 28  # pixels by which what is drawn leaves the event beneath it in sight


class _Mark(QWidget):
    """The mouse goes through it."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()


class NowDot(_Mark):
    """Where the line begins: over the events."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.token("danger"))
            painter.drawEllipse(QRectF(self.rect()))


class NowLine(_Mark):
    """Where the day is: behind the events, or it would strike them through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "now_line")
        self.dot = NowDot(parent, "now_dot")

    def go(self, now: datetime, grid: Grid) -> None:
        """Lie at this time; a week without it has no line."""
        column = grid.column(now.date())
        for mark in (self, self.dot):
            mark.setVisible(column is not None)
        if column is not None:
            left, right, y = grid.x(column), grid.x(column + 1), grid.y(minutes_of(now))
            self.setGeometry(left, y - 1, right - left, 2)
            self.lower()
            self.dot.setGeometry(left - DOT, y - DOT, 2 * DOT, 2 * DOT)
            self.dot.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), theme.token("danger"))


class Drawn(_Mark):
    """What the coach draws, or has drawn and not yet said what it is."""

    def __init__(self, parent: QWidget, type_of: Callable[[], Type]) -> None:
        super().__init__(parent, "week_drawn")
        self._type_of = type_of
        self._says = ""

    def lie(self, span: Span | None, grid: Grid, *, aside: bool = False) -> None:
        """Lie at these times; `aside` where something else lies there."""
        where = grid.rect(*span) if span else QRect()
        self.setVisible(not where.isEmpty())
        if span and not where.isEmpty():
            self._says = dates.times(*span)
            self.setGeometry(where.adjusted(_STEP_ASIDE if aside else 0, 0, 0, 0))
            self.raise_()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        faces = self._type_of()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            soft = theme.token("accent_soft")
            soft.setAlphaF(_SEE_THROUGH)
            painter.setPen(QPen(theme.token("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(soft)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
            painter.setPen(theme.token("text"))
            painter.setFont(faces.bold)
            middle = min(self.height() / 2, 14.0)
            painter.drawText(QPointF(9, middle + faces.bold_size.ascent() / 2 - 1), self._says)
