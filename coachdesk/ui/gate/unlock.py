"""The lock: a passphrase, one key where this computer may open it, and nothing about what lies behind."""

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from coachdesk.errors import QuickUnlockRefused, WrongPassphrase
from coachdesk.ui import messages, theme
from coachdesk.ui.gate.page import NAME, GatePage
from coachdesk.ui.gate.patience import Patience
from coachdesk.ui.widgets.buttons import button, link, primary
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import CapsLock, PassphraseEdit
from coachdesk.ui.widgets.text import Text

WIDTH = 480


class Unlock(GatePage):
    """Emits `given` with the passphrase, or `quick_wanted`: the answer is `refuse`, or the page goes.

    `lost` says that there is no passphrase to be given.
    """

    given = Signal(str)
    quick_wanted = Signal()
    lost = Signal()
    backup_wanted = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(WIDTH)
        self.set_title(NAME)
        self.setObjectName("unlock_page")
        self._clock = clock
        self._patience = Patience()
        self._opening = self._asking = False
        self._hint = ""
        self.news = Notice("info", name="lock_news")
        self.edit = PassphraseEdit(self.tr("Passphrase"), "passphrase")
        self.button = primary(self.tr("Unlock"), name="unlock")
        self.quick_button = button(self.tr("Open quickly (Enter)"), name="open_quickly")
        self.quick_button.hide()
        self.lost_button = link(self.tr("I lost my passphrase"), name="lost_passphrase")
        self.backup_button = link(self.tr("Restore a backup"), name="restore_from_gate")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("unlock_status")
        self.problem = Notice("danger", name="unlock_problem")
        self._lay_out()
        self.setFocusProxy(self.edit)
        self.edit.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self.quick_button.clicked.connect(self._want_quick)
        self.lost_button.clicked.connect(self.lost)
        self.backup_button.clicked.connect(self._want_backup)
        self._tick = QTimer(self, interval=250)
        self._tick.timeout.connect(self.count_down)

    def settle(self) -> None:
        super().settle()
        self.edit.settle()

    def tell(self, text: str, tone: str = "info") -> None:
        """Say something good to know above the field."""
        self.news.say(text, tone)

    def close_off(self) -> None:
        """Only the passphrase leads on: the vault is open behind this page."""
        self.lost_button.hide()
        self.backup_button.hide()

    def hint(self, text: str) -> None:
        """Say something under the field, for as long as there is nothing else to say."""
        self._hint = text
        self.status.setText(text)

    def offer_quick(self) -> None:
        """This computer may open the vault: Enter in the empty field, or the button, has it do so."""
        self.quick_button.show()

    @property
    def is_opening(self) -> bool:
        """Whether a passphrase was given to which there is no answer yet."""
        return self._opening

    @property
    def is_asking(self) -> bool:
        """Whether the key store's answer is waited for: no more once a passphrase or a backup is wanted."""
        return self._asking

    def refuse(self, error: BaseException) -> None:
        """Say why the vault did not open; the coach may try again, after many misses with a wait."""
        self.set_opening(False)
        if isinstance(error, WrongPassphrase):
            self._patience.missed(self._clock())
        if isinstance(error, QuickUnlockRefused):
            self.quick_button.hide()
        self.problem.say(
            messages.words(error), "warning" if isinstance(error, QuickUnlockRefused) else "danger"
        )
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
        if not self.edit.text():
            self._want_quick()
        elif not waiting:
            self.problem.clear()
            self.set_opening(True)
            self.given.emit(self.edit.text())

    def _want_quick(self) -> None:
        """The passphrase may still be typed while the key store is asked."""
        if self.quick_button.isVisible() and self.quick_button.isEnabled() and not self._opening:
            self.problem.clear()
            self._asking = True
            self.quick_button.setEnabled(False)
            self.edit.setFocus()
            self.status.setText(self.tr("Asking this computer's key store…"))
            announce(self.status, self.status.text())
            self.quick_wanted.emit()

    def _want_backup(self) -> None:
        """The vault must not open beneath the page on which another is put in its place."""
        if self._asking:
            self.set_opening(False)
        self.backup_wanted.emit()

    def set_opening(self, opening: bool) -> None:
        """While the key is derived the field rests; that it is under way is said, calmly."""
        self._opening, self._asking = opening, False
        for part in (self.edit, self.button, self.quick_button, self.lost_button, self.backup_button):
            part.setEnabled(not opening)
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
        above = QVBoxLayout()
        above.setSpacing(theme.SPACE["lg"])
        above.addWidget(self.news)
        above.addWidget(self.quick_button)
        above.addWidget(label)
        column.addLayout(above)
        column.addLayout(row)
        column.addLayout(below)
        column.addWidget(self.problem)
        links = QHBoxLayout()
        links.addWidget(self.lost_button)
        links.addStretch(1)
        links.addWidget(self.backup_button)
        column.addLayout(links)
