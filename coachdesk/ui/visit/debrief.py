"""The debrief that a visit still lacks, offered in the next free time."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.model.planning import Step
from coachdesk.ui import labels, theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text


class DebriefOffer(Card):
    """One sentence and one button; where a debrief is planned, or no time is free, nothing."""

    taken = Signal(object)  # when it begins

    def __init__(self) -> None:
        super().__init__(padding=theme.SPACE["md"])
        self.setObjectName("debrief_offer")
        self._step: Step | None = None
        self.said = Text()
        self.add = button(self.tr("Add the debrief"), "plus", name="add_debrief")
        self.add.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Picture("message-circle", "debrief", 20))
        row.addWidget(self.said, 1)
        row.addWidget(self.add)
        self.column.addLayout(row)
        self.hide()

    def offer(self, step: Step | None, today: date) -> None:
        """Offer this time, or none."""
        self._step = step
        self.setVisible(step is not None)
        if step is not None:
            when = labels.moment(step.starts, today)
            self.said.setText(self.tr("No debrief yet. Free next: {when}.").format(when=when))
            self.add.setAccessibleDescription(when)

    def _on_add(self) -> None:
        if self._step is not None:
            self.taken.emit(self._step.starts)
