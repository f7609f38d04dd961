"""What the window shows while work lasts: what is being done, how far it is, and a way out."""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text

WIDTH = 360


class Waiting(QWidget):
    """Centred in the room it gets; Esc stops the work as the button does."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("waiting")
        self._stop: Callable[[], object] | None = None
        self.picture = Picture("sparkles", "muted", 40)
        self.sentence = Text("", "lead", "muted", wrap=False)
        self.bar = QProgressBar()
        self.bar.setObjectName("progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(WIDTH)
        self.cancel_button = button(self.tr("Cancel"), "x", name="cancel_waiting")
        self.cancel_button.setShortcut("Esc")
        self.cancel_button.clicked.connect(self._cancel)
        self.setFocusProxy(self.cancel_button)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE["lg"])
        column.addStretch(2)
        for widget in (self.picture, self.sentence, self.bar, self.cancel_button):
            column.addWidget(widget, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, saying: str, icon: str) -> None:
        """Nothing is done yet."""
        self.picture.set_icon(icon, "muted")
        self.sentence.setText(saying)
        self.bar.setAccessibleName(saying)
        self.bar.setRange(0, 0)
        self._stop = None
        self.cancel_button.setEnabled(True)

    def stops(self, stop: Callable[[], object]) -> None:
        """What Cancel does."""
        self._stop = stop

    def show_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _cancel(self) -> None:
        """The work ends at its next step; until then it cannot be asked twice."""
        if self._stop:
            self.cancel_button.setEnabled(False)
            self._stop()
