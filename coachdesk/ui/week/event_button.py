"""One event on the week: a real button, painted as a slip of paper with a stripe, an icon and words."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from coachdesk.model.schedule import EventStatus
from coachdesk.services.events import EventRow
from coachdesk.ui import dates, marks, theme
from coachdesk.ui.week import words
from coachdesk.ui.week.faces import Type

EDGE = 7  # pixels at the foot by which an event is made longer
ICON, SMALL_ICON = 16, 14
STRIPE = 5
INSET = 9  # from the left edge to the icon or the words
_GAP = 4  # after the icon, and at the right edge
_NARROW = 44  # narrower than this there is no room for icon and words beside each other
_NEW_LOOK = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
_WIDE = 90  # from here on the icon has its full size, and a check its room


class EventButton(QAbstractButton):
    """Its owner gives it a place and another event when the week changes.

    A drag is told step by step by `dragged` and ends in `dropped` or `let_go`; `keyed` hears what a button
    has no use for.
    """

    opened = Signal()
    dragged = Signal(QPoint, QPoint, bool)  # from where to where, on the canvas; True when by the foot
    dropped = Signal()
    let_go = Signal()
    reached = Signal()  # the keyboard came here

    def __init__(self, parent: QWidget, type_of: Callable[[], Type]) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setObjectName("week_event")
        self._type_of = type_of
        self._row: EventRow | None = None
        self._times: tuple[datetime, datetime] | None = None  # while it is dragged
        self._pressed_at: QPoint | None = None
        self._by_foot = self._moving = self._selected = False
        self._with_icon = self._with_check = True
        self._name = self._line = ""
        self._face: QPixmap | None = None  # as it was painted last; None where it looks otherwise now

    @property
    def row(self) -> EventRow:
        assert self._row is not None, "a button in the pool has no event"
        return self._row

    @property
    def event_id(self) -> UUID | None:
        """The event it shows; None while it waits in the pool."""
        return self._row.id if self._row else None

    @property
    def moving(self) -> bool:
        """Whether it is in the coach's hand."""
        return self._moving

    def show_event(self, row: EventRow, place: QRect, selected: bool) -> None:
        """Be this event from now on, there."""
        fresh = row != self._row
        self._row = row
        if fresh:
            self.setAccessibleName(words.event(row))
            self.setToolTip(words.event(row))
        self._selected = selected
        self._lay(place)
        self.show()

    def show_times(self, starts: datetime, ends: datetime, place: QRect) -> None:
        """Lie there while it is dragged."""
        self._times = (starts, ends)
        self._lay(place)

    def times(self) -> tuple[datetime, datetime]:
        """When it is, or would be if it were dropped now."""
        return self._times or (self.row.starts, self.row.ends)

    def leave(self) -> None:
        """Back to the pool."""
        self._row = self._times = self._face = None
        self.hide()

    def set_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self._look_again()

    def _lay(self, place: QRect) -> None:
        self.setGeometry(place)
        self._choose_words()
        self._look_again()

    def _look_again(self) -> None:
        self._face = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._look_again()

    def _choose_words(self) -> None:
        """Take the longest words for which there is room; icon and check give way before the last of them."""
        faces, two = self._type_of(), self._lines() > 1
        self._with_icon, self._with_check = self.width() >= _NARROW, True
        names = self._names(two)
        self._name = _fitting(names, faces.bold_size, self._room_for_name())
        if not self._name:
            self._with_icon = False
            self._name = _fitting(names, faces.bold_size, self._room_for_name())
        if not self._name:
            self._with_check = False
            self._name = _fitting(names, faces.bold_size, self._room_for_name())
        self._line = _fitting(self._below(), faces.plain_size, self.width() - INSET - _GAP) if two else ""

    def _names(self, two: bool) -> tuple[str, ...]:
        if self._times and not two:  # while it is dragged, when is what matters
            return (dates.times(*self._times), dates.clock(self._times[0]))
        return words.about(self.row) if two else words.one_line(self.row)

    def _below(self) -> tuple[str, ...]:
        if self._times:
            return (dates.times(*self._times), dates.clock(self._times[0]))
        return words.below(self.row)

    def _room_for_name(self) -> int:
        room = self.width() - self._text_left() - _GAP + 1
        return room - (self._side() + 3 if self._is_checked() else 0)

    def _lines(self) -> int:
        return 2 if self.height() >= 2 * self._type_of().plain_size.height() + 4 else 1

    def _text_left(self) -> int:
        return INSET + self._side() + _GAP if self._with_icon else INSET

    def _side(self) -> int:
        return ICON if self.width() >= _WIDE else SMALL_ICON

    def _is_checked(self) -> bool:
        return self._with_check and self.row.status is EventStatus.COMPLETED

    def paintEvent(self, _event: QPaintEvent) -> None:
        scale = self.devicePixelRatioF()
        if self._face is None or self._face.devicePixelRatioF() != scale:
            self._face = self._painted(scale)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._face)
            if self.hasFocus():
                theme.ring(painter, QRectF(self.rect()))

    def _painted(self, scale: float) -> QPixmap:
        """The slip with its words: a week is painted again far more often than an event looks different."""
        face = QPixmap((QSizeF(self.size()) * scale).toSize())
        face.setDevicePixelRatio(scale)
        face.fill(QColor(0, 0, 0, 0))
        icon, phase = marks.of_event(self.row.kind)
        off = self.row.status in words.OFF
        with QPainter(face) as painter:
            self._paint_slip(painter, phase, off)
            self._paint_words(painter, icon, "muted" if off else phase, off)
        return face

    def _paint_slip(self, painter: QPainter, phase: str, off: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slip = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QPen(theme.token("accent" if self._selected else phase), 2 if self._selected else 1)
        edge.setStyle(Qt.PenStyle.DashLine if off and not self._selected else Qt.PenStyle.SolidLine)
        painter.setPen(edge)
        painter.setBrush(theme.token("surface" if off else f"{phase}_soft"))
        painter.drawRoundedRect(slip, 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.token(phase))
        painter.drawRoundedRect(QRectF(0, 0, STRIPE, self.height()), 2.5, 2.5)

    def _paint_words(self, painter: QPainter, icon: str, ink: str, off: bool) -> None:
        kind, lines = self._type_of(), self._lines()
        line = kind.bold_size.height()
        top = 3 if lines > 1 else (self.height() - line) // 2
        if self._with_icon:
            side = self._side()
            theme.icon(icon, ink, side).paint(painter, QRect(INSET, top + (line - side) // 2, side, side))
        painter.setPen(theme.token("muted" if off else "text"))
        painter.setFont(kind.struck if off else kind.bold)
        painter.drawText(QPointF(self._text_left(), top + kind.bold_size.ascent()), self._name)
        if self._is_checked():
            side = self._side()
            corner = QRect(self.width() - side - _GAP, top + (line - side) // 2, side, side)
            theme.icon("check", ink, side).paint(painter, corner)
        if self._line:
            painter.setPen(theme.token("muted" if off else "text"))
            painter.setFont(kind.plain)
            painter.drawText(QPointF(INSET, top + line + kind.plain_size.ascent() + 1), self._line)

    def sizeHint(self) -> QSize:
        return self.size()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = self._on_canvas(event)
            self._by_foot = self._at_foot(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            sizing = Qt.CursorShape.SizeVerCursor
            self.setCursor(sizing if self._at_foot(event) else Qt.CursorShape.PointingHandCursor)
            return
        here = self._on_canvas(event)
        far = (here - self._pressed_at).manhattanLength()
        if self._moving or far >= QApplication.startDragDistance():
            if not self._moving:
                self._moving = True
                self.installEventFilter(self)  # now only: it would see every event of every button
                self.raise_()
            self.dragged.emit(self._pressed_at, here, self._by_foot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dropped, self._moving, self._pressed_at = self._moving, False, None
        self.removeEventFilter(self)
        if dropped:
            self.setDown(False)
            self.dropped.emit()
            self._times = None
            if self._row:  # its name again where its times stood
                self._lay(self.geometry())
        else:
            super().mouseReleaseEvent(event)

    def give_up(self) -> None:
        """Drop the drag: nothing has moved."""
        self._moving, self._pressed_at, self._times = False, None, None
        self.removeEventFilter(self)
        self.setDown(False)
        self.let_go.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is dragged, Esc is for the drag, not for the page."""
        if event.type() == QEvent.Type.ShortcutOverride and self._moving:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._moving and event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the canvas knows what the key means here

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.reached.emit()

    def _on_canvas(self, event: QMouseEvent) -> QPoint:
        return self.mapToParent(event.position().toPoint())

    def _at_foot(self, event: QMouseEvent) -> bool:
        return event.position().y() >= self.height() - EDGE


def _fitting(choices: tuple[str, ...], size: QFontMetrics, room: int) -> str:
    """The first of these that fits; nothing rather than half a word."""
    return next((text for text in choices if size.horizontalAdvance(text) <= room), "")
