"""The lock: a passphrase, and nothing about what lies behind it."""

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.errors import WrongPassphrase
from coachdesk.ui import messages, theme
from coachdesk.ui.gate.page import NAME, GatePage
from coachdesk.ui.gate.patience import Patience
from coachdesk.ui.widgets.buttons import primary
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import CapsLock, PassphraseEdit
from coachdesk.ui.widgets.text import Text

WIDTH = 480


class Unlock(GatePage):
    """Emits `given` with the passphrase; the answer is `refuse`, or the page is taken away."""

    given = Signal(str)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(WIDTH)
        self.set_title(NAME)
        self.setObjectName("unlock_page")
        self._clock = clock
        self._patience = Patience()
        self._opening = False
        self._hint = ""
        self.news = Notice("info", name="lock_news")
        self.edit = PassphraseEdit(self.tr("Passphrase"), "passphrase")
        self.button = primary(self.tr("Unlock"), name="unlock")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("unlock_status")
        self.problem = Notice("danger", name="unlock_problem")
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self.count_down)

    def settle(self) -> None:
        super().settle()
        self.edit.settle()

    def tell(self, text: str) -> None:
        """Say something good to know above the field."""
        self.news.say(text)

    def hint(self, text: str) -> None:
        """Say something under the field, for as long as there is nothing else to say."""
        self._hint = text
        self.status.setText(text)

    def refuse(self, error: BaseException) -> None:
        """Say why the vault did not open; the coach may try again, after many misses with a wait."""
        self._set_opening(False)
        if isinstance(error, WrongPassphrase):
            self._patience.missed(self._clock())
        self.problem.say(messages.words(error))
        self.edit.setFocus()
        self.edit.selectAll()
        self.count_down()

    def count_down(self) -> None:
        """Show how long there is still to wait."""
        left = self._patience.left(self._clock())
        self.button.setEnabled(left == 0 and not self._opening)
        if left:
            self.status.setText(self.tr("Try again in {seconds} s.").format(seconds=ceil(left)))
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self.status.setText(self._hint)

    def _give(self) -> None:
        waiting = self._opening or self._patience.left(self._clock()) > 0
        if self.edit.text() and not waiting:
            self.problem.clear()
            self._set_opening(True)
            self.given.emit(self.edit.text())

    def _set_opening(self, opening: bool) -> None:
        """While the key is derived the field rests; that it is under way is said, calmly."""
        self._opening = opening
        self.edit.setEnabled(not opening)
        self.button.setEnabled(not opening)
        self.status.setText(self.tr("Opening your vault…") if opening else self._hint)
        if opening:
            announce(self.status, self.status.text())

    def _lay_out(self) -> None:
        label = Text(self.tr("&Passphrase"), bold=True, wrap=False)
        label.setBuddy(self.edit)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        below = QHBoxLayout()
        below.addWidget(self.status, 1)
        below.addWidget(CapsLock(self.edit))
        column = self.card.column
        column.addWidget(self.news)
        column.addWidget(label)
        column.addLayout(row)
        column.addLayout(below)
        column.addWidget(self.problem)
