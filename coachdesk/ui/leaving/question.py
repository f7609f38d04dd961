"""A question in a card, which opens once it is asked: what is at stake, and the answers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets import into_view


class Question(QWidget):
    """`parts` one beneath the other, then `answers` side by side; nothing of it shows before `ask`."""

    def __init__(self, parts: Sequence[QWidget], answers: Sequence[QWidget]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        for part in parts:
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        for answer in answers:
            row.addWidget(answer)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, first: QWidget) -> None:
        """Show it, with the keyboard in `first`."""
        self.show()
        into_view.bring(self)
        first.setFocus()
