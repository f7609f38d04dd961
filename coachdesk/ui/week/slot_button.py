"""The empty place of the week where the keyboard is: press it and an event begins there."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.notice import announce


class SlotButton(QAbstractButton):
    """Seen while it has the keyboard; the mouse goes through it to the grid."""

    let_go = Signal()  # Esc, while the grid draws

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("week_slot")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleDescription(
            self.tr("Enter makes an event here. Arrows move; T goes to today, Page Down to the next week.")
        )
        self.drawing = False

    def go(self, name: str) -> None:
        """Stand for the time of this name."""
        if name != self.accessibleName():
            self.setAccessibleName(name)
            if self.hasFocus():
                announce(self, name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            with QPainter(self) as painter:
                theme.ring(painter, QRectF(self.rect()))

    def sizeHint(self) -> QSize:
        return self.size()

    def event(self, event: QEvent) -> bool:
        """While something is drawn, Esc is for that, not for the page."""
        if event.type() == QEvent.Type.ShortcutOverride and self.drawing:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.drawing and event.key() == Qt.Key.Key_Escape:
            self.let_go.emit()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the canvas knows what the key means here
