"""What just happened, said for a moment at the edge of the window, with the way back."""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.notice import announce
from coachdesk.ui.widgets.text import Text


class Toast(QFrame):
    """Goes after eight seconds, but not while pointed at or focused; a problem stays until it is put away.

    It lies in the `room` of the window that holds no control, where it fits there, in few words on one line
    or in more on several; else at the foot of the window: `takes_foot` says how many pixels, 0 when it goes.
    """

    SHOWN_MS = 8000
    ABOVE_FOOT = theme.SPACE["md"]
    WIDEST = 560

    takes_foot = Signal(int)

    def __init__(self, window: QWidget, room: Callable[[], QRect] = QRect) -> None:
        super().__init__(window)
        self._room = room
        self.setObjectName("toast")
        self._undo: Callable[[], object] | None = None
        self._stays = self._pointed_at = False
        self._window = window
        self.said = Text()
        self.said.setObjectName("toast_text")
        self.undo_button = button(self.tr("Undo"), name="toast_undo")
        self.undo_button.clicked.connect(self._take_back)
        self.close_button = button(self.tr("Dismiss"), name="toast_dismiss")
        self.close_button.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE["lg"], theme.SPACE["sm"], theme.SPACE["sm"], theme.SPACE["sm"])
        row.setSpacing(theme.SPACE["md"])
        row.addWidget(self.said, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=self.SHOWN_MS)
        self._timer.timeout.connect(self.time_is_up)
        window.installEventFilter(self)
        self.hide()

    def tell(
        self, text: str, undo: Callable[[], object] | None = None, *, stays: bool = False, does: str = ""
    ) -> None:
        """Say `text`; with `undo` a button offers to take it back, or what `does` says; problems stay."""
        self._undo, self._stays = undo, stays
        self.undo_button.setText(does or self.tr("Undo"))
        self.undo_button.setAccessibleName(self.undo_button.text())
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.setAccessibleName(text)
        self.undo_button.setVisible(undo is not None)
        self.close_button.setVisible(stays)
        self.show()
        self.raise_()
        self._place()
        self._timer.stop()
        if not stays:
            self._timer.start()
        announce(self, text, urgent=stays)

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo:
            undo()

    def goes_in_ms(self) -> int | None:
        """How long it will be shown, if it goes by itself."""
        return self._timer.interval() if self._timer.isActive() else None

    def time_is_up(self) -> None:
        """Go, unless the coach is at it."""
        if self._pointed_at or self.undo_button.hasFocus() or self.close_button.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        """In the room for it, or else centred above the foot of the window."""
        room, size = self._room(), self._size(theme.SPACE["sm"])
        if not _fits(size, room):  # on more lines, and closer to its edge
            size = self._size(theme.SPACE["xs"], min(self.WIDEST, room.width()))
        fits = _fits(size, room)
        if not fits:
            size = self._size(theme.SPACE["sm"])
            foot = self._window.height() - size.height() - self.ABOVE_FOOT
            room = QRect(0, foot, self._window.width(), size.height())
        self.setGeometry(
            QRect(room.center().x() - size.width() // 2, room.top(), size.width(), size.height())
        )
        self.takes_foot.emit(0 if fits else size.height() + self.ABOVE_FOOT)

    def _size(self, above: int, widest: int = WIDEST) -> QSize:
        """How large it is where it may be so wide, with `above` over and under its words."""
        side = theme.SPACE["lg"]
        self._row.setContentsMargins(side, above, theme.SPACE["sm"], above)
        natural = self.said.fontMetrics().horizontalAdvance(self.said.text()) + theme.SPACE["xxxl"]
        for shown in (self.undo_button, self.close_button):
            if not shown.isHidden():
                natural += shown.sizeHint().width() + theme.SPACE["md"]
        width = min(natural, widest, self._window.width() - 2 * side)
        return QSize(width, self._row.totalHeightForWidth(width))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():  # else all of the page is out of sight, and it comes back with that
            self.takes_foot.emit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed_at = True
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed_at = False
        if not self._stays and self.isVisible():
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def _fits(size: QSize, room: QRect) -> bool:
    return size.width() <= room.width() and size.height() <= room.height()
