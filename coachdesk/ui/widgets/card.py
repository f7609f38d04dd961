"""A card: a quiet surface that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coachdesk.ui import theme


class Card(QFrame):
    """Add to `column`; padding and gaps are the look's."""

    def __init__(
        self, padding: int = theme.SPACE["lg"], gap: int = theme.SPACE["sm"], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(gap)


def line() -> QFrame:
    """A hairline between two parts."""
    made = QFrame()
    made.setProperty("line", True)
    made.setFixedHeight(1)
    return made
