"""How notes are taken: which counters there are, and where they are agreed."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading


class Notes(QWidget):
    """Nothing here is set for everybody: what is counted in a classroom is agreed with its teacher."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(
            _card(
                self.tr("Counters"),
                self.tr(
                    "No counter is on until you agreed it with the teacher in the planning meeting: at most "
                    "four, for the visits of one cycle or for all visits with them. In the visit Alt+6 to "
                    "Alt+9 count."
                ),
                self.tr(
                    "Ready-made: who handles the device · creating or consuming · tech breakdown · "
                    "student-to-student talk"
                ),
            )
        )
        column.addWidget(
            _card(
                self.tr("Length of a visit"),
                self.tr(
                    "A visit is planned for 20 minutes. Its note counts the minutes its clock ran; on the "
                    "calendar each visit can be made longer or shorter."
                ),
            )
        )
        column.addStretch(1)


def _card(title: str, *sentences: str) -> Card:
    card = Card()
    card.column.addWidget(heading(title, 3))
    for sentence in sentences:
        card.column.addWidget(Text(sentence))
    return card
