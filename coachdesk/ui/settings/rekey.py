"""Somebody knows the passphrase: a new key for the notes, and the backups that the old one still opens."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from coachdesk.services.rekeying import Rekeyed, Rekeying
from coachdesk.ui import messages
from coachdesk.ui.settings.new_passphrase import NewPassphrase, Words
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.notice import Notice

STEPS = 100


class Rekey(NewPassphrase):
    """`rekeyed` says that the vault has a new key; what was on a sheet or in a key store opens it no more.
    With True there is such a thing in this computer's key store."""

    rekeyed = Signal(bool)

    def __init__(self, rekeying: Rekeying) -> None:
        super().__init__(lambda _old, _new: None, _words(), "rekey_")
        self._rekeying = rekeying
        self.backups = Notice("warning", name="old_backups")
        self.replace_button = button(
            self.tr("Replace the old backups"), "archive-restore", name="replace_old_backups"
        )
        self.replace_button.hide()
        self.replace_button.clicked.connect(self._replace)
        row = QHBoxLayout()
        row.addWidget(self.replace_button)
        row.addStretch(1)
        self.column.addWidget(self.backups)
        self.column.addLayout(row)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.backups.clear()
        self.replace_button.hide()

    def run(self, old: str, new: str) -> None:
        """As `NewPassphrase.run`, telling how far it is."""
        self._background.run_long(
            lambda report: self._rekeying.rekey(old, new, report), self._rekeyed, self._failed, self._progress
        )

    def _progress(self, done: int, of: int) -> None:
        if isValid(self):
            self.waiting.setRange(0, STEPS)
            self.waiting.setValue(STEPS * done // max(of, 1))

    def _rekeyed(self, what: Rekeyed) -> None:
        if not isValid(self):
            return
        self.waiting.setRange(0, 0)
        self._done(None)
        if what.has_new_sheet:
            sheet = self.tr("Print the new recovery sheet above: the old one is of no use any more.")
            self.outcome.say(f"{self.outcome.text()} {sheet}", "success")
        if what.old_backups:
            self._show_old(what.old_backups)
        self.rekeyed.emit(what.opened_quickly)

    def _show_old(self, count: int) -> None:
        says = self.tr(
            "Backups and copies set aside that still open with the old passphrase: {count}. Whoever has one "
            "can read what was written by then. They can be replaced by a new backup; copies you made "
            "elsewhere cannot."
        )
        self.backups.say(says.format(count=count), "warning")
        self.replace_button.show()
        into_view.bring(self.replace_button)

    def _replace(self) -> None:
        if (
            self.replace_button.hasFocus()
        ):  # it goes: Qt would give the keyboard to a part of the window far off
            self.change_button.setFocus()
        self.replace_button.setEnabled(False)
        self._background.run(self._rekeying.replace_old_backups, self._replaced, self._not_replaced)

    def _replaced(self, count: int) -> None:
        if isValid(self):
            self.replace_button.setEnabled(True)
            self.replace_button.hide()
            says = self.tr("A new backup was made and verified, and the old ones are deleted: {count}.")
            self.backups.say(says.format(count=count), "success")

    def _not_replaced(self, error: BaseException) -> None:
        if isValid(self):
            messages.note(error)
            self.replace_button.setEnabled(True)
            if self.change_button.hasFocus():
                self.replace_button.setFocus()
            self.backups.say(messages.words(error), "danger")


def _words() -> Words:
    say = QCoreApplication.translate
    return Words(
        say("Rekey", "Someone knows my passphrase"),
        say(
            "Rekey",
            "A new passphrase alone does not help if somebody has a copy of your vault. This gives your "
            "notes a new key: the old passphrase and the old recovery sheet open them no longer, and this "
            "computer forgets them too. Saving waits meanwhile.",
        ),
        say("Rekey", "Give my notes a new key"),
        say("Rekey", "Writing your notes under a new key… You need not wait here."),
        say("Rekey", "Your notes have a new key, and the new passphrase opens them."),
    )
