"""The days above the week: today is filled and says so; a day without school says so."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from coachdesk.services.schedule import Day
from coachdesk.ui import dates, theme
from coachdesk.ui.week.grid import Grid

_TOP = 6
_DOT = 15  # radius of today's


class DayHeads(QWidget):
    """As wide as the grid below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("week_days")
        self._days: tuple[Day, ...] = ()
        self._grid: Grid | None = None
        self._today: date | None = None
        self._measure()

    def show_days(self, days: tuple[Day, ...], grid: Grid, today: date) -> None:
        self._days, self._grid, self._today = days, grid, today
        self.setAccessibleName(", ".join(dates.day(day.day) for day in days))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _TOP + self._small.height() + 2 + 2 * _DOT + 4)

    def _measure(self) -> None:
        self._small = QFontMetrics(theme.font("caption"))
        self.setFixedHeight(self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._grid is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for column, day in enumerate(self._days):
                left, right = self._grid.x(column), self._grid.x(column + 1)
                self._paint_day(painter, QRect(left, 0, right - left, self.height()), day)
            painter.setPen(QPen(theme.token("border"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint_day(self, painter: QPainter, room: QRect, day: Day) -> None:
        today = day.day == self._today
        painter.setFont(theme.font("caption", today))
        painter.setPen(theme.token("accent" if today else "muted"))
        line = QRect(room.left(), _TOP, room.width(), self._small.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._above(day, room.width() - 8))
        middle = QPointF(room.center().x() + 0.5, line.bottom() + 3 + _DOT)
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.token("accent"))
            painter.drawEllipse(middle, _DOT, _DOT)
        painter.setFont(theme.font("lead", True))
        painter.setPen(theme.token("on_accent" if today else "text"))
        number = QRectF(middle.x() - 24, middle.y() - _DOT, 48, 2 * _DOT)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day.day))

    def _above(self, day: Day, room: int) -> str:
        """The weekday, and what is special about the day, if there is room for it."""
        name = dates.short_weekday(day.day)
        special = ""
        if day.day == self._today:
            special = self.tr("today")
        elif not day.is_school_day:
            special = self.tr("no school")
        full = f"{name} · {special}" if special else name
        return full if self._small.horizontalAdvance(full) + 6 <= room else name
