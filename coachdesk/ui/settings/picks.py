"""A few answers of which one is picked: all are seen, the arrows move between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.text import Text


class Picks(QWidget):
    """`options` are values with their words; `picked` says that the coach took another."""

    picked = Signal(object)

    def __init__(self, title: str, options: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(Text(title, "h3", bold=True))
        for value, words in options:
            button = QRadioButton(words)
            button.setObjectName(f"{name}_{value}")
            button.setAccessibleName(f"{title}: {words}")
            button.setProperty("value", value)
            self._group.addButton(button)
            self.buttons[value] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)  # its ring is as wide as its words
        self._group.buttonToggled.connect(self._on_toggled)

    def show_picked(self, value: str) -> None:
        """Show which one holds, without telling."""
        self._group.blockSignals(True)
        self.buttons[value].setChecked(True)
        self._group.blockSignals(False)

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.picked.emit(button.property("value"))
