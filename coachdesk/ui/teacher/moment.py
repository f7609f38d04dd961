"""One moment of a timeline: a line that is painted, for there are many, and opens in place when pressed."""

from datetime import date, datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from coachdesk.services.timeline import Moment
from coachdesk.ui import dates, labels, marks, theme
from coachdesk.ui.teacher import words

DAY, ICON, GAP, CHEVRON = 92, 18, 12, 16
PAD = 9
STEP_ICON = ("target", "muted")


class MomentLine(QAbstractButton):
    """Its day, kind, the standards practised, the first words; pressed, it asks to be opened or closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("moment")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.moment = Moment(datetime.min, None)
        self._today = date.min
        self._open = False
        self._texts = ("", "", "", "")

    def show_moment(self, moment: Moment, today: date) -> None:
        """Paint this one from now on."""
        self.moment, self._today = moment, today
        second, third = words.excerpt(moment), words.agreed(moment)
        self._texts = (labels.short_day(moment.at.date(), today), words.title(moment), second, third)
        self.setAccessibleName(words.spoken(moment, today))
        self.updateGeometry()
        self.update()

    def show_open(self, opened: bool) -> None:
        """Show whether what belongs to it stands beneath."""
        self._open = opened
        self.setAccessibleDescription(self.tr("Shown in full") if opened else self.tr("Press to see all"))
        self.update()

    @property
    def is_open(self) -> bool:
        return self._open

    def sizeHint(self) -> QSize:
        lines = 1 + sum(bool(text) for text in self._texts[2:])
        return QSize(200, max(lines, 2) * (self.fontMetrics().height() + 2) + 2 * PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_day(painter)
            self._paint_words(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(0.5, 1, -0.5, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() or self.isDown():
            painter.setBrush(theme.token("hover"))
            painter.drawRoundedRect(room, 6, 6)
        painter.setBrush(theme.token(self._marks()[1]))
        painter.drawRoundedRect(QRectF(2, PAD, 4, self.height() - 2 * PAD), 1.5, 1.5)
        if self.hasFocus():
            theme.ring(painter, room, 6)

    def _marks(self) -> tuple[str, str]:
        return marks.of_event(self.moment.event.kind) if self.moment.event else STEP_ICON

    def _paint_day(self, painter: QPainter) -> None:
        high = self.fontMetrics().height() + 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.token("text"))
        at_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(16, PAD, DAY, high), at_left, self._texts[0])
        painter.setFont(theme.font("body"))
        painter.setPen(theme.token("muted"))
        painter.drawText(QRectF(16, PAD + high, DAY, high), at_left, dates.clock(self.moment.at))

    def _paint_words(self, painter: QPainter) -> None:
        icon, role = self._marks()
        high = self.fontMetrics().height() + 2
        left = 16 + DAY
        drawn = theme.picture(icon, role, ICON, self.devicePixelRatioF())
        painter.drawPixmap(left, round(PAD + (high - ICON) / 2), drawn)
        left += ICON + GAP // 2
        right = self.width() - GAP - CHEVRON
        chevron = theme.picture(
            "chevron-down" if self._open else "chevron-right", "muted", CHEVRON, self.devicePixelRatioF()
        )
        painter.drawPixmap(right, round(PAD + (high - CHEVRON) / 2), chevron)
        beside = words.beside(self.moment, self._today)
        wide = self.fontMetrics().horizontalAdvance(beside) + GAP if beside else 0
        wide = min(wide, (right - left) // 2)
        self._paint_text(painter, QRectF(right - wide, PAD, wide, high), beside, "muted")
        room = QRectF(left, PAD, right - wide - 2 * GAP - left, high)
        self._paint_text(painter, room, self._texts[1], "text", bold=True)
        for text, tone in ((self._texts[2], "text"), (self._texts[3], "muted")):
            if text:
                room = QRectF(left, room.y() + high, right - GAP - left, high)
                self._paint_text(painter, room, text, tone)

    def _paint_text(
        self, painter: QPainter, room: QRectF, text: str, tone: str, *, bold: bool = False
    ) -> None:
        painter.setFont(theme.font("body", bold))
        painter.setPen(theme.token(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
