"""The week in its frame: the days stand still above, the hours scroll, the line of the moment moves."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from coachdesk.services.schedule import Day, Week
from coachdesk.ui.week.canvas import WeekCanvas
from coachdesk.ui.week.grid import Span
from coachdesk.ui.week.heads import DayHeads
from coachdesk.ui.week.keyboard import Keyboard
from coachdesk.ui.widgets.card import Card

_MINUTE = 60
_ABOVE = 20  # pixels of the early hours that are seen above the school day
_NEAR = 12  # pixels around the pointer that are kept in sight
_WEEKDAYS = 5


class WeekView(Card):
    """`canvas` and `keys` tell what the coach wants; `now` is the clock on the wall."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(padding=1, gap=0, parent=parent)
        self.setObjectName("week_view")
        self._now = now
        self._scrolled = False
        self.heads = DayHeads()
        self.canvas = WeekCanvas()
        self.keys = Keyboard(self.canvas)
        self.canvas.pointed.connect(self._keep_in_sight)
        self.canvas.measured.connect(self._show_heads)
        self.area = self._build_area()
        self.column.addWidget(self.heads)
        self.column.addWidget(self.area, 1)
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self.tick)

    def show_week(self, week: Week) -> None:
        """Show a week from Monday to Friday, with the days of the weekend that hold something."""
        busy = {row.starts.date() for row in week.events}
        days = tuple(day for day in week.days if day.day.weekday() < _WEEKDAYS or day.day in busy)
        self.canvas.show_week(days, week.hours, week.events)
        self.tick()
        if not self._scrolled and self.isVisible():
            QTimer.singleShot(0, self, self.scroll_to_school_day)

    @property
    def days(self) -> tuple[Day, ...]:
        return self.canvas.days

    def select(self, event_id: UUID | None, *, focus: bool = False) -> None:
        """Mark an event, and bring it into sight with the keyboard on it if so wanted."""
        self.canvas.select(event_id)
        button = self.canvas.button_of(event_id) if event_id else None
        if button and focus:
            button.setFocus()
            self.area.ensureWidgetVisible(button, _NEAR, _NEAR)

    def show_draft(self, draft: Span | None) -> None:
        self.canvas.show_draft(draft)
        if draft:
            where = self.canvas.grid.rect(*draft)
            self.area.ensureVisible(where.center().x(), where.center().y(), _NEAR, where.height())

    def main_pane(self) -> QWidget:
        """Where the keyboard comes in."""
        return self.canvas.slot

    def tick(self) -> None:
        """The time has gone on: the line moves with it."""
        now = self._now()
        self.canvas.show_now(now)
        self._show_heads()
        self._minute.start((_MINUTE - now.second) * 1000)

    def scroll_to_school_day(self) -> None:
        self._scrolled = True
        self.area.verticalScrollBar().setValue(self.canvas.opens_at() - _ABOVE)

    def _show_heads(self) -> None:
        if self.canvas.days:
            self.heads.show_days(self.canvas.days, self.canvas.grid, self._now().date())

    def _keep_in_sight(self, point: QPoint) -> None:
        self.area.ensureVisible(point.x(), point.y(), 0, _NEAR)

    def _build_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setObjectName("week_scroll")
        area.setWidget(self.canvas)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        return area

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tick()
        if not self._scrolled and self.canvas.days:
            self.scroll_to_school_day()  # before it is painted: nobody sees the night first

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()
