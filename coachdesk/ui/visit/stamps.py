"""The margin of a script: when each line was, and what kind of line it is."""

import re
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from coachdesk.model.script import Line, clock
from coachdesk.model.visits import LineKind
from coachdesk.ui import labels, theme

Rows = Callable[[int, int], Iterable[tuple[Line, int, int]]]
"""The lines between two heights of the margin, each with its top and the height of its first row."""

GAP = 10
_TYPED = re.compile(r"(?:(\d{1,2})[:.])?(\d{1,3})[:.](\d{1,2})")


class Stamps(QWidget):
    """Painted beside the lines that are seen; `asks` says on which row the coach wants another time."""

    asks = Signal(int)

    def __init__(self, pane: QWidget, rows: Rows, scale: float) -> None:
        super().__init__(pane)
        self.setObjectName("stamps")
        self._pane = pane
        self._rows = rows
        self._stamp_font, self._kind_font = theme.font("body"), theme.font("caption")
        for font in (self._stamp_font, self._kind_font):
            font.setPointSizeF(font.pointSizeF() * scale)
        self._stamp_font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width stand under each other
        stamp, kind = QFontMetrics(self._stamp_font), QFontMetrics(self._kind_font)
        self._stamp = stamp.horizontalAdvance("0:00:00") + 4
        self._kind = max(kind.horizontalAdvance(labels.label(one)) for one in LineKind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def needs(self) -> int:
        """The width it takes."""
        return self._stamp + self._kind + 2 * GAP + GAP // 2

    def room_for_stamp(self, top: int, height: int) -> QRect:
        return QRect(0, top, self._stamp + GAP - 2, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(theme.token("muted"))
            written_in = self._pane.hasFocus()
            for line, top, height in self._rows(event.rect().top(), event.rect().bottom()):
                if not (line.text or written_in or line.kind is not LineKind.ACTION):
                    continue  # nothing was seen then: the line only waits to be written in
                painter.setFont(self._stamp_font)
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(QRect(0, top, self._stamp, height), right, clock(line.offset))
                if line.text or line.kind is not LineKind.ACTION:
                    painter.setFont(self._kind_font)
                    room = QRect(self._stamp + GAP, top, self._kind + GAP // 2, height)
                    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                    painter.drawText(room, left, labels.label(line.kind))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.asks.emit(round(event.position().y()))


class StampEdit(QLineEdit):
    """Another time for a line: Enter takes it, Esc leaves it as it was."""

    taken = Signal(int)
    wrong = Signal(str)
    left = Signal()

    def __init__(self, over: QWidget, room: QRect, offset: int) -> None:
        super().__init__(over)
        self.setObjectName("stamp_edit")
        self.setAccessibleName(self.tr("Time of this line"))
        self.setText(clock(offset))
        self.setTextMargins(0, 0, 0, 0)
        self.setStyleSheet("QLineEdit { padding: 0 3px; min-height: 0; }")
        height = max(room.height(), self.fontMetrics().height() + 6)
        self.setGeometry(0, room.center().y() - height // 2, room.width(), height)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._leave)
        self.selectAll()
        self.show()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc is this field's own while it is open, not the page's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        seconds = seconds_of(self.text())
        if seconds is None:
            self.wrong.emit(self.tr("Write the time since the start as 8:12, or 1:08:12."))
        else:
            self.taken.emit(seconds)
            self._leave()

    def _leave(self) -> None:
        if self.isVisible():
            self.editingFinished.disconnect(self._leave)
            self.hide()
            self.deleteLater()
            self.left.emit()


def seconds_of(text: str) -> int | None:
    """What "8:12" or "1:08:12" says in seconds; None for anything else."""
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if seconds > 59 or (match.group(1) and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds
