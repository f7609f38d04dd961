"""The week itself: the paper, the events on it, and what the mouse does with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from coachdesk.model.days import Hours
from coachdesk.services.events import EventRow
from coachdesk.services.schedule import Day
from coachdesk.ui.week import painting, words
from coachdesk.ui.week.event_button import EventButton
from coachdesk.ui.week.faces import Type
from coachdesk.ui.week.grid import (
    DAY_MINUTES,
    SLOT,
    SNAP,
    Grid,
    Span,
    at,
    lanes,
    latest_end,
    minutes_of,
    within_day,
)
from coachdesk.ui.week.overlays import Drawn, NowLine
from coachdesk.ui.week.slot_button import SlotButton

LINE_MINUTES = 20  # a visit's length has room for one line of words
_AIR = 8
_AROUND = 14  # beside the words of an hour


class WeekCanvas(QWidget):
    """It asks for changes; its owner makes them, and shows the week as it is then."""

    selected = Signal(object)  # the id of an event, or None
    opened = Signal(object)
    drawn = Signal(datetime, datetime)  # a new event is wanted there
    moved = Signal(object, datetime, datetime)
    pointed = Signal(QPoint)  # where the mouse drags: it should be seen
    keyed = Signal(QKeyEvent)
    measured = Signal()  # the columns lie elsewhere now

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("week_canvas")
        self.days: tuple[Day, ...] = ()
        self.rows: tuple[EventRow, ...] = ()
        self.grid = Grid((datetime.min.date(),), 1, 0, 1)
        self._hours = Hours()
        self._faces = Type.of_now()
        self._buttons: list[EventButton] = []
        self._selected: UUID | None = None
        self._draft: Span | None = None
        self._drawing: tuple[datetime, datetime] | None = None  # from the press to the pointer
        self._now: datetime | None = None
        self.slot = SlotButton(self)
        self.slot.let_go.connect(self._stop_drawing)
        self.slot.clicked.connect(self._on_slot_pressed)
        self.slot_at = datetime.min
        self._now_line = NowLine(self)
        self._mark = Drawn(self, lambda: self._faces)

    def show_week(self, days: Sequence[Day], hours: Hours, rows: Sequence[EventRow]) -> None:
        """Show these days and their events, with the buttons there are."""
        known = [day.day for day in self.days] == [day.day for day in days]
        self.days, self._hours = tuple(days), hours
        self.rows = tuple(row for row in rows if row.starts.date() in {day.day for day in days})
        self._measure()
        if not self.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent):  # else its size is yet to come
            self._seat_events()
        if not known and days:
            self.go_to_slot(self._first_free(datetime.combine(days[0].day, hours.opens)))
        self.update()

    def buttons(self) -> list[EventButton]:
        """The buttons of the events that are shown, by time."""
        by_id = {button.event_id: button for button in self._buttons}
        return [by_id[row.id] for row in self.rows]

    def button_of(self, event_id: UUID | None) -> EventButton | None:
        return next((button for button in self._buttons if button.event_id == event_id), None)

    def select(self, event_id: UUID | None) -> None:
        """Mark this event as the one that is looked at."""
        self._selected = event_id
        for button in self._buttons:
            button.set_selected(button.event_id is not None and button.event_id == event_id)

    def show_draft(self, draft: Span | None) -> None:
        """Show where an event would be that is not kept yet."""
        self._draft = draft
        self._lay_mark()

    def show_now(self, now: datetime) -> None:
        self._now = now
        if self.days:
            self._now_line.go(now, self.grid)

    def go_to_slot(self, starts: datetime) -> None:
        """Put the keyboard's place there, on the half hour before, or on the nearest day that is shown."""
        day = min(self.grid.days, key=lambda shown: abs(shown - starts.date()))
        starts = at(day, minutes_of(starts) // SLOT * SLOT)
        self.slot_at = starts
        self.slot.setGeometry(self.grid.rect(starts, starts + timedelta(minutes=SLOT)))
        self.slot.go(words.slot(starts, free=self._is_free(starts)))

    def _first_free(self, opens: datetime) -> datetime:
        """The first half hour of the school day with nothing on it."""
        first = -(-minutes_of(opens) // SLOT) * SLOT
        slots = [at(opens.date(), minutes) for minutes in range(first, DAY_MINUTES, SLOT)]
        return next((slot for slot in slots if self._is_free(slot)), slots[0])

    def _is_free(self, slot: datetime) -> bool:
        ends = slot + timedelta(minutes=SLOT)
        return not any(row.starts < ends and slot < row.ends for row in self.rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.grid.height)

    def sizeHint(self) -> QSize:
        return QSize(600, self.grid.height)

    def _measure(self) -> None:
        """Hours as high as the type needs, the gutter as wide as an hour's words."""
        line = self._faces.bold_size.height() + _AIR
        wide = max(self._faces.plain_size.horizontalAdvance(text) for text in ("22:00", "12 PM"))
        days = tuple(day.day for day in self.days) or self.grid.days
        self.grid = Grid(days, max(1, self.width()), wide + _AROUND, max(1.2, line / LINE_MINUTES))
        self.setFixedHeight(self.grid.height)
        self.measured.emit()

    def _seat_events(self) -> None:
        """Each event on the button it had, the others on those that are free; the rest wait."""
        had = {button.event_id: button for button in self._buttons if button.event_id}
        wanted = {row.id for row in self.rows}
        free = [button for button in self._buttons if button.event_id not in wanted]
        spans = [(row.starts, row.ends) for row in self.rows]
        seats = lanes(spans, self.grid.lowest())
        before: QWidget = self.slot
        for row, (lane, of) in zip(self.rows, seats, strict=True):
            button = had.get(row.id) or (free.pop() if free else self._new_button())
            if button.moving:
                button.give_up()
            place = self.grid.rect(row.starts, row.ends, lane, of)
            button.show_event(row, place, row.id == self._selected)
            QWidget.setTabOrder(before, button)
            before = button
        for button in free:
            button.leave()
        self._lay_mark()
        if self._now:
            self.show_now(self._now)

    def _new_button(self) -> EventButton:
        button = EventButton(self, lambda: self._faces)
        button.clicked.connect(partial(self._on_clicked, button))
        button.opened.connect(partial(self._on_opened, button))
        button.dragged.connect(partial(self._on_dragged, button))
        button.dropped.connect(partial(self._on_dropped, button))
        button.let_go.connect(self._seat_events)
        button.reached.connect(partial(self._on_clicked, button))
        self._buttons.append(button)
        return button

    def _on_clicked(self, button: EventButton, *_checked: object) -> None:
        self.selected.emit(button.event_id)

    def _on_opened(self, button: EventButton) -> None:
        self.opened.emit(button.event_id)

    def _on_slot_pressed(self, *_checked: object) -> None:
        self.drawn.emit(self.slot_at, self.slot_at)

    def _on_dragged(self, button: EventButton, begun: QPoint, here: QPoint, by_foot: bool) -> None:
        """Only the button that is dragged moves; the write comes when it is dropped."""
        row, far = button.row, here - begun
        shift = timedelta(minutes=round(far.y() / self.grid.per_minute / SNAP) * SNAP)
        starts, ends = row.starts, row.ends
        if by_foot:
            ends = min(max(ends + shift, starts + timedelta(minutes=SNAP)), latest_end(starts.date()))
        else:
            starts, ends = self._carried(row, here, shift)
        button.show_times(starts, ends, self.grid.rect(starts, ends))
        self.pointed.emit(here)

    def _carried(self, row: EventRow, here: QPoint, shift: timedelta) -> Span:
        """An event carried by so much, to the day under the pointer."""
        day = self.grid.days[self.grid.column_at(here.x())]
        length, midnight = row.ends - row.starts, at(row.starts.date(), 0)
        of_day = min(max(row.starts + shift - midnight, timedelta()), timedelta(hours=23, minutes=55))
        starts = within_day(at(day, 0) + of_day, length)
        return starts, starts + length

    def _on_dropped(self, button: EventButton) -> None:
        starts, ends = button.times()
        if (starts, ends) == (button.row.starts, button.row.ends):
            self._seat_events()
        else:
            self.moved.emit(button.event_id, starts, ends)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the empty grid: an event is drawn from here."""
        if event.button() != Qt.MouseButton.LeftButton or event.position().x() < self.grid.gutter:
            return
        point = event.position().toPoint()
        self.go_to_slot(self.grid.moment(point, SLOT))
        self.slot.setFocus(Qt.FocusReason.MouseFocusReason)
        here = self.grid.moment(point)
        self._drawing = (here, here)
        self.slot.drawing = True
        self.selected.emit(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            begun, _ = self._drawing
            minutes = self.grid.minutes_at(event.position().y() + self.grid.per_minute * SNAP / 2)
            self._drawing = (begun, at(begun.date(), minutes))
            self._lay_mark()
            self.pointed.emit(event.position().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        band = self._band()
        self._stop_drawing()
        if band:
            self.drawn.emit(*band)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= self.grid.gutter:
            starts = self.grid.moment(event.position().toPoint(), SLOT)
            self.drawn.emit(starts, starts)

    def _stop_drawing(self) -> None:
        self._drawing = None
        self.slot.drawing = False
        self._lay_mark()

    def _lay_mark(self) -> None:
        """What is being drawn, else what was drawn and is not kept yet."""
        span = self._band() or self._draft
        meets = span and any(row.starts < span[1] and span[0] < row.ends for row in self.rows)
        self._mark.lie(span, self.grid, aside=bool(meets))

    def _band(self) -> Span | None:
        """What was drawn so far; None where it is no more than a click."""
        if self._drawing is None or self._drawing[0] == self._drawing[1]:
            return None
        return min(self._drawing), max(self._drawing)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.days:
            return
        with QPainter(self) as painter:
            painting.paper(painter, event.rect(), self.grid, self.days, self._hours)
            painting.names(painter, self.grid, self.days, self._hours, self._faces)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyed.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.days:
            self._measure()
            self._seat_events()
            self.go_to_slot(self.slot_at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._faces = Type.of_now()
            if self.days:
                self._measure()
                self._seat_events()

    def opens_at(self) -> int:
        """Where the school day begins, from the top."""
        return self.grid.y(minutes_of(datetime.combine(self.grid.days[0], self._hours.opens)))
