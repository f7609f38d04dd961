"""A field that narrows what is shown: a glass in front, and a way to empty it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.edit_with_button import EditWithButton
from coachdesk.ui.widgets.picture import Picture

GLASS = 18
EDGE = 10


class SearchEdit(EditWithButton):
    """`name` is for assistive tools, `hint` stands in the empty field."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._glass = Picture("search", "muted", GLASS)
        self._glass.setParent(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clear_button = icon_button("x", self.tr("Clear the filter"), name="clear_filter")
        self.clear_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.clear_button.clicked.connect(self._empty)
        self.seat(self.clear_button, before=GLASS + EDGE // 2)
        self.clear_button.hide()
        self.textChanged.connect(self._on_text)

    def _empty(self) -> None:
        self.clear()
        self.setFocus()

    def _on_text(self, text: str) -> None:
        self.clear_button.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glass.move(EDGE, (self.height() - GLASS) // 2)
