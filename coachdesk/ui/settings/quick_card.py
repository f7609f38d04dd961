"""Opening quickly: whether one key opens the notes on this computer."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox

from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading


class QuickCard(Card):
    """Emits `wanted` with what the coach chose; it is shown once it is so."""

    wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__(gap=theme.SPACE["xs"])
        self._on, self._called = False, ""
        self.tick = QCheckBox(self.tr("Open quickly on this computer"))
        self.tick.setObjectName("quick_unlock")
        self.tick.setEnabled(False)
        self.tick.clicked.connect(self._ask)
        self.says = Text("", "caption", "muted")
        self.says.setObjectName("quick_unlock_says")
        self.column.addWidget(heading(self.tr("This computer"), 3))
        self.column.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.says)

    def show_on(self, on: bool) -> None:
        """Whether this computer opens the notes now."""
        self._on = on
        self._show()

    def show_store(self, called: str) -> None:
        """What the key store is called; "" where there is none to be trusted."""
        self._called = called
        self._show()

    def _ask(self, on: bool) -> None:
        self.tick.setEnabled(False)
        self.says.setText(self.tr("Asking this computer's key store…"))
        self.wanted.emit(on)

    def _show(self) -> None:
        with QSignalBlocker(self.tick):
            self.tick.setChecked(self._on)
        self.tick.setEnabled(self._on or bool(self._called))
        if not self._called:
            self.says.setText(self.tr("This computer has no key store that coachdesk trusts."))
            return
        says = self.tr(
            "Then one key opens your notes here, for seven days or until the computer is started again. "
            "Whoever is logged in as you can open them too, and on a school's computer its administrators "
            "may. ({store})"
        )
        self.says.setText(says.format(store=self._called))
