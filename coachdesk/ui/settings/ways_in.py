"""What opens the notes: the passphrase, the recovery sheet, and this computer, each with how to change it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.model.departures import Left
from coachdesk.services import departures, keys
from coachdesk.services.desk import Desk
from coachdesk.services.keys import KeyStore, Ways
from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background
from coachdesk.ui.settings.new_passphrase import NewPassphrase
from coachdesk.ui.settings.quick_card import QuickCard
from coachdesk.ui.settings.rekey import Rekey
from coachdesk.ui.settings.sheet_card import SheetCard
from coachdesk.ui.widgets.columns import Columns
from coachdesk.ui.widgets.notice import Notice

Find = Callable[[], KeyStore | None]


class WaysIn(QWidget):
    """`said` tells what was done. `find` looks for this computer's key store; tests hand in their own."""

    said = Signal(str)

    def __init__(self, desk: Desk, find: Find = keys.store_of_this_computer) -> None:
        super().__init__()
        self.setObjectName("ways_in")
        self._desk, self._find = desk, find
        self._background = Background(self)
        self.problem = Notice("danger", name="ways_problem")
        self.passphrase = NewPassphrase(desk.change_passphrase)
        self.sheet = SheetCard()
        self.quick = QuickCard()
        self.rekey = Rekey(desk.rekeying)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self.problem)
        column.addWidget(Columns((self.passphrase, self.sheet), (self.quick, self.rekey)), 1)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sheet.forget()

    def refresh(self) -> None:
        """Ask what opens the vault, and whether this computer could."""
        ways = self._desk.keys.ways
        self._background.run(ways, self._show, self._failed)
        self._background.run_apart(self._find, self._show_store, self._failed)

    def _connect(self) -> None:
        do = self._do
        self.passphrase.changed.connect(lambda: self.said.emit(self.tr("Passphrase changed.")))
        self.sheet.wanted.connect(
            lambda sheet: do(
                lambda: self._desk.keys.set_sheet(sheet),
                self.tr("From now on the new sheet opens your notes."),
            )
        )
        self.sheet.revoked.connect(
            lambda: do(self._desk.keys.drop_sheet, self.tr("No recovery sheet opens your notes any more."))
        )
        self.sheet.view.on_paper.connect(self._write_down)
        self.quick.wanted.connect(self._switch)
        self.rekey.rekeyed.connect(self._rekeyed)

    def _write_down(self, path: Path | None, content: bytes) -> None:
        """The sheet that is shown left: as a file at `path`, or on paper."""
        self._desk.do(departures.write_down, Left.RECOVERY_SHEET, path, content)

    def _switch(self, on: bool) -> None:
        """On a thread of its own: a key store may hang."""
        ways, find = self._desk.keys, self._find
        if on:
            work, done = (
                lambda: ways.open_quickly(find()),
                self.tr("One key opens your notes here from now on."),
            )
        else:
            work, done = (
                lambda: ways.open_slowly(find()),
                self.tr("This computer asks for your passphrase from now on."),
            )
        self._background.run_apart(work, lambda _none: self._done(done), self._failed)

    def _rekeyed(self, opened_quickly: bool) -> None:
        if opened_quickly:
            ways, find = self._desk.keys, self._find
            self._background.run_apart(lambda: ways.forget_here(find), lambda _none: None, self._failed)
        self.refresh()

    def _do(self, work: Callable[[], None], done: str) -> None:
        self._background.run(work, lambda _none: self._done(done), self._failed)

    def _done(self, done: str) -> None:
        if isValid(self):
            self.problem.clear()
            self.said.emit(done)
            self.refresh()

    def _failed(self, error: BaseException) -> None:
        if isValid(self):
            messages.note(error)
            self.problem.say(messages.words(error))
            self._background.run(self._desk.keys.ways, self._show, messages.note)

    def _show(self, ways: Ways) -> None:
        if isValid(self):
            self.sheet.show_ways(ways)
            self.quick.show_on(ways.opens_quickly)

    def _show_store(self, store: KeyStore | None) -> None:
        if isValid(self):
            self.quick.show_store(store.called if store else "")
