"""How notes are taken and kept: the counters there are, how long a visit is planned, and Hold."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.services.desk import Desk
from coachdesk.ui import theme
from coachdesk.ui.settings.hold import Hold
from coachdesk.ui.teacher.counters import READY
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading


class Notes(QWidget):
    """Nothing is counted for everybody: what is counted in a classroom is agreed with its teacher."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.hold = Hold(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self._counters())
        column.addWidget(self._visits())
        column.addWidget(self.hold)
        column.addStretch(1)

    def _counters(self) -> Card:
        agreed = self.tr(
            "No counter is on until you agreed it with the teacher: at most four, for the visits of one "
            "cycle or for all visits with them. Agree them on the teacher's page, under Cycles; in the visit "
            "Alt+6 to Alt+9 count."
        )
        card = _card(self.tr("Counters"), agreed)
        card.column.addWidget(Text(self.tr("Ready-made"), bold=True))
        for name, counts in READY:
            said = [QCoreApplication.translate("counters", words) for words in (name, counts)]
            card.column.addWidget(Text(": ".join(said), "body", "muted"))
        return card

    def _visits(self) -> Card:
        planned = self.tr(
            "A visit is planned for 20 minutes. Its note counts the minutes its clock ran, and on the "
            "calendar each visit can be made longer or shorter."
        )
        return _card(self.tr("Length of a visit"), planned)


def _card(title: str, sentence: str) -> Card:
    card = Card()
    card.column.addWidget(heading(title, 3))
    card.column.addWidget(Text(sentence))
    return card
