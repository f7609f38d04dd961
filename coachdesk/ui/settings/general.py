"""How the program looks: light or dark, close together or wide apart."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.ui import messages, theme
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.settings.picks import Picks
from coachdesk.ui.widgets.card import Card


class General(QWidget):
    """`warned` says that a choice could not be kept."""

    warned = Signal(str)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.theme = Picks(
            self.tr("Theme"),
            (
                ("system", self.tr("As this computer has it")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
            name="theme",
        )
        self.density = Picks(
            self.tr("Density"),
            (
                ("comfortable", self.tr("Comfortable")),
                ("compact", self.tr("Compact: more fits on the page")),
                ("touch", self.tr("Touch: larger buttons and fields, for a finger")),
            ),
            name="density",
        )
        self.theme.show_picked(preferences.now.theme)
        self.density.show_picked(preferences.now.density)
        self.theme.picked.connect(lambda value: self._change(theme=value))
        self.density.picked.connect(lambda value: self._change(density=value))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        for picks in (self.theme, self.density):
            card = Card()
            card.column.addWidget(picks)
            column.addWidget(card)
        column.addStretch(1)

    def _change(self, **values: str) -> None:
        try:
            self._preferences.change(**values)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
