"""Locked, and yet not forgotten: what was typed last could be neither saved nor sealed.

Locking starts the program anew so that nothing of the vault is left in memory; the last words would go with
it. So the window is closed off by a page that asks for the passphrase, the vault stays open behind it, and
every few seconds it is tried again to keep them. Once they are kept it is locked as ever.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from coachdesk.errors import CoachdeskError
from coachdesk.ui import dates, messages
from coachdesk.ui.background import Background
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.shell import Shell
from coachdesk.ui.signals import seam

log = logging.getLogger(__name__)


class Held(QObject):
    """`keep` raises NotSaved while the words cannot be kept; `check` raises WrongPassphrase, in a second.

    Emits `kept` when they are kept, or `back` when the passphrase was typed: then the desk is shown again.
    It is not locked under the fingers of who types the passphrase; letters that were left keep nothing up.
    """

    kept = Signal()
    back = Signal()

    EVERY_MS = 3_000
    TYPING_MS = 15_000  # how long after a letter somebody still types

    def __init__(self, shell: Shell, keep: Callable[[], object], check: Callable[[str], object]) -> None:
        super().__init__(shell)
        self._shell, self._keep, self._check = shell, keep, check
        self._background = Background(self)
        self.page = Unlock()
        self.page.close_off()
        self.page.tell(self._sentence(), "danger")
        self.page.given.connect(self._on_given)
        self._typing = QTimer(self, singleShot=True, interval=self.TYPING_MS)
        self.page.edit.textEdited.connect(self._typing.start)
        self._noted: set[type[Exception]] = set()  # each kind of our own faults is noted once
        self._over = False
        self._stay = seam.stay(self, self.tr("What was typed last is not saved yet: the disk is full."))
        self._timer = QTimer(self, interval=self.EVERY_MS)
        self._timer.timeout.connect(self.try_again)
        shell.close_off(self.page)
        self.page.settle()
        self.page.setFocus()
        self._timer.start()
        log.warning("lock-held")

    def try_again(self) -> None:
        """Keep the words if that can be done now; not while somebody types the passphrase."""
        types = self._typing.isActive() and self.page.edit.text()
        if not (self._over or self.page.is_opening or types) and self._are_kept():
            self.kept.emit()

    def let_leave(self) -> bool:
        """The window is to be closed: whether the words are kept now. Else it stays, and says so."""
        if self._are_kept():
            return True
        self.page.problem.say(
            self.tr("Not closed: what you typed last is still not saved. Free some space, then close again.")
        )
        return False

    def _are_kept(self) -> bool:
        """Try to keep the words; once they are, this is over."""
        try:
            self._keep()
        except CoachdeskError:
            return False
        except Exception as error:  # it is tried again every few seconds, and would be said as often
            if type(error) not in self._noted:
                self._noted.add(type(error))
                messages.note(error)
            return False
        self._end()
        return True

    def _on_given(self, passphrase: str) -> None:
        self._background.run(lambda: self._check(passphrase), self._on_right, self._on_wrong)

    def _on_right(self, _nothing: Any) -> None:
        if self._over:
            return
        self._end()
        self._shell.lift()
        self.back.emit()

    def _on_wrong(self, error: BaseException) -> None:
        messages.note(error)
        self.page.refuse(error)

    def _end(self) -> None:
        self._over = True
        self._timer.stop()
        if self._stay:
            self._stay.close()
        self.deleteLater()

    def _sentence(self) -> str:
        return self.tr(
            "Locked at {time}, but what you typed last is not saved: the disk is full. Your notes stay open "
            "behind this page so that it is not lost. Free some space: then it is saved, and all is closed."
        ).format(time=dates.clock(datetime.now()))
