"""The page on which a backup is chosen, looked into, tested and asked back; before unlocking or after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from coachdesk.errors import Cancelled, VaultError, WrongPassphrase
from coachdesk.paths import Folders
from coachdesk.services import backups, restoring
from coachdesk.services.desk import Desk
from coachdesk.services.restoring import Look
from coachdesk.ui import messages
from coachdesk.ui.background import Background, Job
from coachdesk.ui.gate.page import NAME, GatePage
from coachdesk.ui.restoring.ask import Ask, ask_for_backup
from coachdesk.ui.restoring.choose import Choose
from coachdesk.ui.restoring.inside import Inside

WIDTH = 720


@dataclass(frozen=True)
class Here:
    """Where backups lie and go back to; `desk` is open where the coach comes from Settings."""

    place: Folders
    second: Path | None = None
    desk: Desk | None = None


class RestorePage(GatePage):
    """Emits `wanted` with the opened backup that is to take the vault's place, or `left`."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, here: Here, background: Background, ask: Ask = ask_for_backup) -> None:
        super().__init__(WIDTH)
        self.setObjectName("restore_page")
        self.set_title(NAME)
        self._here, self._background = here, background
        self._look: Look | None = None
        self._typed = False
        self._job: Job | None = None
        self.choose = Choose(needs_key=here.desk is None, ask=ask)
        self.inside = Inside()
        self.inside.hide()
        for part in (self.choose, self.inside):
            self.card.column.addWidget(part)
        self.settle()
        self.setFocusProxy(self.choose)
        self._connect()
        background.run(
            lambda: backups.kept(here.place, here.second),
            lambda found: self._if_here(lambda: self.choose.show_backups(found, date.today())),
        )

    def refuse(self, error: BaseException) -> None:
        """It could not be restored; nothing was changed: say why."""
        messages.note(error)
        self.inside.outcome.say(messages.words(error), "danger")
        self.inside.restore_button.setFocus()

    def leave_part(self) -> None:
        """Esc: from the test to the backup, from there to the list, from there to where one came from."""
        if self._job:
            self._job.stop()
        elif self.inside.isVisible():
            self._show(self.choose)
        else:
            self.left.emit()

    def _connect(self) -> None:
        self.choose.back_button.setShortcut("Esc")
        self.choose.chosen.connect(self._open)
        self.choose.left.connect(self.left)
        self.inside.left.connect(lambda: self._show(self.choose))
        self.inside.test_wanted.connect(self._test)
        self.inside.stop_wanted.connect(self.leave_part)
        self.inside.restore_wanted.connect(self._want)

    def _want(self) -> None:
        if self._look:
            self.wanted.emit(self._look.opened)

    def _open(self, path: Path, typed: str) -> None:
        place, desk = self._here.place, self._here.desk
        self._typed = bool(typed)

        def look() -> Look:
            return restoring.look(restoring.opened(path, typed, desk), place, desk)

        self._background.run(
            look,
            lambda found: self._if_here(lambda: self._show_look(found)),
            lambda error: self._if_here(lambda: self._not_opened(error)),
        )

    def _show_look(self, look: Look) -> None:
        self._look = look
        self.choose.set_busy("")
        self.inside.show_look(
            look, date.today(), by_todays_key=self._here.desk is not None and not self._typed
        )
        self._show(self.inside)

    def _not_opened(self, error: BaseException) -> None:
        messages.note(error)
        wrong = isinstance(error, WrongPassphrase)
        says = messages.words(error)
        if wrong and self._typed:
            says = self.tr("That does not open this backup. It opens with the passphrase of its day.")
        self.choose.refuse(says, key_is_wrong=wrong or (isinstance(error, VaultError) and self._typed))

    def _test(self) -> None:
        if self._look is None or self._job:
            return
        of = self._look.opened
        self.inside.set_testing(True)
        self._job = self._background.run_long(
            lambda report: restoring.test(of, report),
            lambda _nothing: self._if_here(lambda: self._tested(None)),
            lambda error: self._if_here(lambda: self._tested(error)),
            lambda done, of: self._if_here(lambda: self.inside.show_progress(done, of)),
        )

    def _tested(self, error: BaseException | None) -> None:
        self._job = None
        self.inside.set_testing(False)
        if error is None:
            whole = self.tr("This backup is whole: every byte and every record was looked at.")
            self.inside.outcome.say(whole, "success")
        elif not isinstance(error, Cancelled):
            messages.note(error)
            self.inside.outcome.say(messages.words(error), "danger")

    def _show(self, part: QWidget) -> None:
        for one in (self.choose, self.inside):
            one.setVisible(one is part)
        self.choose.back_button.setShortcut("Esc" if part is self.choose else "")
        self.inside.back_button.setShortcut("Esc" if part is self.inside else "")
        self.setFocusProxy(part)
        part.setFocus()

    def _if_here(self, call: Callable[[], object]) -> None:
        """The page may be gone by the time an answer comes."""
        if isValid(self):
            call()
