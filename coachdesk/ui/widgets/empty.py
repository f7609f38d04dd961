"""What an empty list says: one sentence, and the button that mends it."""

from PySide6 import QtCore
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text


class Empty(QWidget):
    """Centred in the room it gets; `buttons` stand side by side beneath the sentence."""

    def __init__(self, icon: str, sentence: str, *buttons: QPushButton) -> None:
        super().__init__()
        self.sentence = Text(sentence, "lead", "muted")
        self.sentence.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(440)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE["lg"])
        column.addStretch(2)
        self.picture = Picture(icon, "muted", 40)
        column.addWidget(self.picture, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_centred(self.sentence))
        column.addWidget(_centred(*buttons))
        column.addStretch(3)


def _centred(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE["sm"])
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget, 4 if isinstance(widget, Text) else 0)
    row.addStretch(1)
    return holder
