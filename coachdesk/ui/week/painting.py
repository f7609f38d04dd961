"""The paper that the week lies on: hours, days, the school day, and days without school."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from coachdesk.model.days import Hours
from coachdesk.services.schedule import Day
from coachdesk.ui import dates, theme
from coachdesk.ui.week.faces import Type
from coachdesk.ui.week.grid import Grid

_GAP = 8  # between an hour and the grid


def paper(painter: QPainter, seen: QRect, grid: Grid, days: tuple[Day, ...], hours: Hours) -> None:
    """The grid, as far as it is `seen`."""
    painter.fillRect(seen, theme.token("surface"))
    _shade(painter, grid, hours)
    for column, day in enumerate(days):
        if not day.is_school_day:
            _hatch(painter, QRect(grid.x(column), 0, grid.x(column + 1) - grid.x(column), grid.height))
    painter.setPen(QPen(theme.token("border"), 1))
    for hour in range(24):
        painter.drawLine(grid.gutter, grid.y(hour * 60), grid.width, grid.y(hour * 60))
    for column in range(len(days)):
        painter.drawLine(grid.x(column), seen.top(), grid.x(column), seen.bottom())


def names(painter: QPainter, grid: Grid, days: tuple[Day, ...], hours: Hours, faces: Type) -> None:
    """The hours beside the grid, and what the days without school are called."""
    painter.setFont(faces.plain)
    painter.setPen(theme.token("muted"))
    high = faces.plain_size.height()
    for hour in range(1, 24):
        at = QRect(0, grid.y(hour * 60) - high // 2, grid.gutter - _GAP, high)
        painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, dates.hour(hour))
    for column, day in enumerate(days):
        if day.closed:
            _name_of_day(painter, grid, column, day.closed, grid.y(minutes_of_time(hours)))


def minutes_of_time(hours: Hours) -> int:
    """How many minutes into the day school begins."""
    return hours.opens.hour * 60 + hours.opens.minute


def _shade(painter: QPainter, grid: Grid, hours: Hours) -> None:
    """The hours around the school day."""
    opens = grid.y(minutes_of_time(hours))
    closes = grid.y(hours.closes.hour * 60 + hours.closes.minute)
    off = theme.token("window")
    painter.fillRect(QRect(grid.gutter, 0, grid.width - grid.gutter, opens), off)
    painter.fillRect(QRect(grid.gutter, closes, grid.width - grid.gutter, grid.height - closes), off)


def _hatch(painter: QPainter, column: QRect) -> None:
    painter.fillRect(column, theme.token("window"))
    painter.fillRect(column, QBrush(theme.token("border"), Qt.BrushStyle.BDiagPattern))


def _name_of_day(painter: QPainter, grid: Grid, column: int, name: str, top: int) -> None:
    """On a plain ground, so that it can be read on the hatching."""
    left, right = grid.x(column) + 6, grid.x(column + 1) - 6
    room = QRect(left + 6, top + 12, right - left - 12, 200)
    wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
    needed = painter.boundingRect(room, wrap, name)
    painter.fillRect(needed.adjusted(-6, -4, 6, 4), theme.token("window"))
    painter.setPen(theme.token("text"))
    painter.drawText(room, wrap, name)
