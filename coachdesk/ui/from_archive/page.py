"""The page on which an archive is chosen and looked into; nothing is written here."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from coachdesk.errors import Cancelled, CoachdeskError, WrongPassphrase
from coachdesk.services import archive
from coachdesk.services.archive import Reader
from coachdesk.ui import messages
from coachdesk.ui.background import Background, Job
from coachdesk.ui.from_archive import words
from coachdesk.ui.from_archive.choose import Choose
from coachdesk.ui.from_archive.inside import Inside
from coachdesk.ui.gate.page import NAME, GatePage, Steps
from coachdesk.ui.gate.steps import archive_step_names
from coachdesk.ui.restoring.ask import Ask, ask_for_archive

WIDTH = 640


class ArchivePage(GatePage):
    """Emits `wanted` with an archive that was looked into and what is said of it, or `left`."""

    wanted = Signal(object, str)
    left = Signal()

    def __init__(self, background: Background, ask: Ask = ask_for_archive) -> None:
        super().__init__(WIDTH)
        self.setObjectName("archive_page")
        self.set_title(NAME, Steps(archive_step_names(), 0))
        self._background = background
        self._path: Path | None = None
        self._reader: Reader | None = None
        self._came = ""
        self._job: Job | None = None
        self.choose = Choose(ask)
        self.inside = Inside()
        self.inside.hide()
        for part in (self.choose, self.inside):
            self.card.column.addWidget(part)
        self.settle()
        self.setFocusProxy(self.choose)
        self._connect()

    def let_go(self) -> None:
        """The archive is wanted no more: all of it lies in memory, opened."""
        self._reader = None

    def take_file(self, path: Path) -> None:
        """The coach picked this one: find out whether it is sealed."""
        try:
            sealed = archive.is_sealed(path)
        except CoachdeskError as error:
            self._path = None
            self.choose.refuse_file(messages.words(error))
            return
        self._path = path
        self.choose.show_file(path, sealed=sealed)

    def _connect(self) -> None:
        self.choose.back_button.setShortcut("Esc")
        self.choose.picked.connect(self.take_file)
        self.choose.wanted.connect(self._open)
        self.choose.stop_wanted.connect(self._stop)
        self.choose.left.connect(self.left)
        self.inside.left.connect(lambda: self._show(self.choose))
        self.inside.wanted.connect(lambda: self.wanted.emit(self._reader, self._came))

    def _open(self, typed: str) -> None:
        path = self._path
        if path is None or self._job:
            return

        def look(report: Callable[[int, int], None]) -> tuple[Reader, archive.Contents]:
            reader = archive.opened(path, typed, report)
            return reader, archive.contents(reader)

        self.choose.set_opening(True)
        self._set_escape(self.choose.stop_button)
        self._job = self._background.run_long(
            look,
            lambda found: self._if_here(lambda: self._opened(*found)),
            lambda error: self._if_here(lambda: self._not_opened(error)),
            lambda done, of: self._if_here(lambda: self.choose.show_progress(done, of)),
        )

    def _stop(self) -> None:
        if self._job:
            self._job.stop()

    def _ended(self) -> None:
        self._job = None
        self.choose.set_opening(False)
        self._set_escape(self.choose.back_button)

    def _opened(self, reader: Reader, of: archive.Contents) -> None:
        self._ended()
        self._reader, self._came = reader, words.came(of)
        self.choose.key.clear()
        self.choose.key.eye.setChecked(False)
        means = self.tr(
            "A new vault is made of it, with a passphrase and a recovery sheet of its own. Earlier versions "
            "of notes and backups are not in an archive: they stay with the vault it came from."
        )
        self.inside.show_contents(of, date.today(), means)
        self._show(self.inside)

    def _not_opened(self, error: BaseException) -> None:
        self._ended()
        if isinstance(error, Cancelled):
            self.choose.look_button.setFocus()
            return
        messages.note(error)
        self.choose.refuse(messages.words(error), key_is_wrong=isinstance(error, WrongPassphrase))

    def _show(self, part: QWidget) -> None:
        for one in (self.choose, self.inside):
            one.setVisible(one is part)
        self._set_escape(self.inside.back_button if part is self.inside else self.choose.back_button)
        self.setFocusProxy(part)
        part.setFocus()

    def _set_escape(self, on: QWidget) -> None:
        """Which button Esc presses."""
        for one in (self.choose.back_button, self.choose.stop_button, self.inside.back_button):
            one.setShortcut("Esc" if one is on else "")

    def _if_here(self, call: Callable[[], object]) -> None:
        """The page may be gone by the time an answer comes."""
        if isValid(self):
            call()
