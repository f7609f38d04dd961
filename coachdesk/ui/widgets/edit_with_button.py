"""A line to type in, with a button inside it at its end."""

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit

EDGE = 3
ROOM = 34  # that the words leave for the button


class EditWithButton(QLineEdit):
    """The button is given once, with `seat`."""

    _button: QAbstractButton | None = None

    def seat(self, button: QAbstractButton, before: int = 0) -> None:
        """Have `button` inside; the words leave so much room `before` them as well."""
        self._button = button
        button.setProperty("kind", "inside")
        button.setParent(self)
        self.setTextMargins(before, 0, ROOM, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._button is not None and self._button.hasFocus():
            event.ignore()  # what the button leaves is not meant for the field around it
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 2 * EDGE
        if self._button is not None:
            self._button.setGeometry(self.width() - side - EDGE, EDGE, side, side)
