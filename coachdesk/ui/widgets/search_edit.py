"""A field that narrows what is shown: a glass in front, and a way to empty it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.picture import Picture

GLASS = 18
EDGE = 10


class SearchEdit(QLineEdit):
    """`name` is for assistive tools, `hint` stands in the empty field."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._glass = Picture("search", "muted", GLASS)
        self._glass.setParent(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clear_button = icon_button("x", self.tr("Clear the filter"), name="clear_filter")
        self.clear_button.setProperty("kind", "inside")
        self.clear_button.setParent(self)
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.hide()
        self.clear_button.clicked.connect(self._empty)
        self.setTextMargins(GLASS + EDGE // 2, 0, 28, 0)
        self.textChanged.connect(self._on_text)

    def _empty(self) -> None:
        self.clear()
        self.setFocus()

    def _on_text(self, text: str) -> None:
        self.clear_button.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.clear_button.hasFocus():  # what the button leaves is not meant for the field around it
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 6
        self._glass.move(EDGE, (self.height() - GLASS) // 2)
        self.clear_button.setGeometry(self.width() - side - 3, 3, side, side)
