"""How notes are taken and kept: the counters that are offered, how long a visit is planned, and Hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model.usual import LONGEST, SHORTEST
from coachdesk.services import usual
from coachdesk.services.desk import Desk
from coachdesk.ui import messages, theme
from coachdesk.ui.settings.hold import Hold
from coachdesk.ui.settings.privacy import WIDTH, Minutes
from coachdesk.ui.settings.usual_counters import UsualCounters
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

STEP = 5  # minutes that an arrow adds


class Notes(QWidget):
    """Nothing is counted for everybody: what is counted in a classroom is agreed with its teacher."""

    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.counters = UsualCounters(desk)
        self.hold = Hold(desk)
        self.minutes = self._build_minutes()
        for part in (self.counters, self.hold):
            part.warned.connect(self.warned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self.counters)
        column.addWidget(self._visits())
        column.addWidget(self.hold)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show what the vault says: something may have been undone."""
        self.counters.refresh()
        self.minutes.blockSignals(True)
        self.minutes.setValue(self._desk.ask(usual.visit_minutes))
        self.minutes.blockSignals(False)

    def flush(self) -> None:
        self.counters.keep()
        self.minutes.interpretText()  # a number that is typed counts from when its field is left

    def _build_minutes(self) -> Minutes:
        made = Minutes()
        made.setObjectName("visit_minutes")
        made.setAccessibleName(self.tr("Length of a visit"))
        made.setRange(SHORTEST, LONGEST)
        made.setSingleStep(STEP)
        made.setSuffix(self.tr(" min"))
        made.setFixedWidth(WIDTH)
        made.setKeyboardTracking(False)  # "30" is not first three minutes
        made.lineEdit().setTextMargins(theme.SPACE["xs"], 0, 0, 0)
        made.valueChanged.connect(self._on_minutes)
        return made

    def _on_minutes(self, minutes: int) -> None:
        try:
            self._desk.do(usual.plan_visits_for, minutes)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
            self.refresh()

    def _visits(self) -> Card:
        card = Card(gap=theme.SPACE["xs"])
        label = QLabel(self.tr("A visit is planned for"))
        label.setBuddy(self.minutes)
        counts = self.tr(
            "Plan a cycle goes by it, and a visit that you begin without a plan. A note counts the minutes "
            "its clock ran, and on the calendar each visit can be made longer or shorter."
        )
        card.column.addWidget(heading(self.tr("Length of a visit"), 3))
        card.column.addWidget(label)
        card.column.addWidget(self.minutes)
        card.column.addWidget(Text(counts, "caption", "muted"))
        return card
