"""From "from an archive" to a new vault that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coachdesk.paths import Folders
from coachdesk.services import archive, departures, opening
from coachdesk.services.archive import Fill, Reader
from coachdesk.services.desk import Desk, Post
from coachdesk.ui.background import Background, Report
from coachdesk.ui.from_archive.page import ArchivePage
from coachdesk.ui.gate.new_keys import NewKey, NewKeys, Refuse, Way
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.restoring.ask import Ask, ask_for_archive
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.waiting import Waiting

Make = Callable[[Report], Any]


@dataclass(frozen=True)
class Ways:
    """What the program does for it: `behind` fetches what lies behind the lock, `post` posts to the screen's
    thread, `fetch` makes a desk on another and tells of it or of an error, `opened` goes on with it (and has
    this computer open it too), `over` hears that this is over."""

    behind: Callable[[], ModuleType]
    post: Post
    fetch: Callable[[Make, Callable[[Any], object], Callable[[BaseException], object], Waiting], object]
    opened: Callable[[Any, bool], object]
    over: Callable[[], object]


class FromArchive(QObject):
    """Shows its pages over the first one, and puts them away again if the coach changes their mind."""

    def __init__(self, place: Folders, shell: Shell, ways: Ways, ask: Ask = ask_for_archive) -> None:
        super().__init__(shell)
        self._place, self._shell, self._ways = place, shell, ways
        self._background = Background(self)
        self._reader: Reader | None = None
        self._came = ""
        self._over: QWidget | None = None  # the page that lies over the one of the archive
        self._keys = NewKeys(self._background, ways.behind, Way(self._show, self._first, self._make))
        self.page = ArchivePage(self._background, ask)
        self.page.left.connect(self._close)
        self.page.wanted.connect(self._choose_keys)
        shell.show_over(self.page)

    def _choose_keys(self, reader: Reader, came: str) -> None:
        self._reader, self._came = reader, came
        first = self._first()
        self._show(first)
        self._keys.offer_key_store(first)

    def _first(self) -> NewVault:
        page = NewVault(self._background, self._came)
        page.settle()
        page.left.connect(self._back_to_archive)
        self._keys.connect(page)
        return page

    def _show(self, page: QWidget) -> None:
        self._take_off()
        self._over = page
        self._shell.show_over(page)

    def _take_off(self) -> None:
        before, self._over = self._over, None
        if before:
            self._shell.take_off(before)

    def _back_to_archive(self) -> None:
        self._take_off()
        self._shell.show_over(self.page)

    def _make(self, key: NewKey, refuse: Refuse) -> None:
        reader, place, post, over = self._reader, self._place, self._ways.post, self._over
        if reader is None or over is None:
            return

        def make(report: Report) -> Desk:
            def make_filled(fill: Fill) -> Desk:
                def fill_all(vault: Any) -> None:
                    fill(vault)
                    departures.note_sheets(vault, key.left)

                return opening.fill_desk(place, key.passphrase, fill_all, post, key.sheet)

            return archive.make_vault(reader, make_filled, report)

        waiting = self._shell.wait(self.tr("Making your vault from the archive…"), "archive-restore")
        self._ways.fetch(make, partial(self._done, key), partial(self._failed, over, refuse), waiting)

    def _done(self, key: NewKey, desk: Any) -> None:
        self._close()
        self._ways.opened(desk, key.quickly)

    def _failed(self, over: QWidget, refuse: Refuse, error: BaseException) -> None:
        """Nothing was made: back to the sheet, which stays the same."""
        self._shell.show_over(over)
        refuse(error)

    def _close(self) -> None:
        self._reader = None  # before `keep_for_good` keeps it
        self.page.let_go()
        self._take_off()
        self._shell.take_off(self.page)
        self._ways.over()
        self.deleteLater()
