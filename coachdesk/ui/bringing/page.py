"""Importing a roster as a page of Teachers; fetched when it is first wanted, with all that reads files."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.services.desk import Desk
from coachdesk.services.incoming import Brought
from coachdesk.ui import theme, tokens
from coachdesk.ui.bringing import words
from coachdesk.ui.bringing.flow import BringIn
from coachdesk.ui.widgets.text import heading


class BringInPage(QWidget):
    """Emits `done` with what to say of what was brought in, or `left`."""

    done = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = BringIn(desk, self.tr("Back to teachers"))
        self.flow.done.connect(self._on_brought)
        self.flow.skipped.connect(self.left)
        self.setFocusProxy(self.flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        column.setSpacing(theme.SPACE["md"])
        column.addWidget(heading(self.tr("Import a roster")))
        column.addWidget(self.flow, 1)

    def step_back(self) -> bool:
        """Go to the step before; False on the first, where there is none."""
        return self.flow.step_back()

    def start_over(self) -> None:
        """Go to the first step, everything forgotten."""
        self.flow.start_over()

    def _on_brought(self, brought: Brought) -> None:
        self.done.emit(words.brought(brought))
