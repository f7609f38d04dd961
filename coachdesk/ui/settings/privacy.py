"""When the desk locks by itself, and where its vault lies."""

import sys
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel, QSpinBox, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.settings import IDLE_MINUTES
from coachdesk.ui import messages, theme
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.settings.lies_here import LiesHere
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

WIDTH = 140


class Minutes(QSpinBox):
    """The wheel scrolls the page, never the minutes by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Privacy(QWidget):
    """`warned` says that a choice could not be kept."""

    warned = Signal(str)

    def __init__(self, preferences: Preferences, vault: Path) -> None:
        super().__init__()
        self._preferences = preferences
        self.minutes = Minutes()
        self.minutes.setObjectName("idle_minutes")
        self.minutes.setAccessibleName(self.tr("Lock after"))
        self.minutes.setRange(*IDLE_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setFixedWidth(WIDTH)
        self.minutes.setValue(preferences.now.idle_minutes)
        self.minutes.lineEdit().setTextMargins(theme.SPACE["xs"], 0, 0, 0)
        self.minutes.valueChanged.connect(self._on_minutes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self._lock_card())
        column.addWidget(LiesHere(vault))
        column.addStretch(1)

    def _on_minutes(self, minutes: int) -> None:
        try:
            self._preferences.change(idle_minutes=minutes)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))

    def _lock_card(self) -> Card:
        card = Card(gap=theme.SPACE["xs"])
        label = QLabel(self.tr("Lock after"))
        label.setBuddy(self.minutes)
        low, high = IDLE_MINUTES
        within = self.tr("Minutes without a key or a touch, {low} to {high}.").format(low=low, high=high)
        visiting = self.tr(
            "While a visit's clock runs a cover comes after two minutes and the lock after thirty, and the "
            "cover is the weaker protection: one key lifts it, without the passphrase. Ctrl+L locks at once."
        )
        if sys.platform == "linux":
            also = self.tr(
                "It also locks when your screen locks, before the laptop sleeps, and when another user takes "
                "over."
            )
        else:
            also = self.tr("It also locks when the laptop has slept.")
        card.column.addWidget(heading(self.tr("Lock"), 3))
        card.column.addWidget(label)
        card.column.addWidget(self.minutes)
        card.column.addWidget(Text(within, "caption", "muted"))
        card.column.addWidget(Text(also, "caption", "muted"))
        card.column.addWidget(Text(visiting, "caption", "muted"))
        return card
