"""The lock, put together: from a passphrase or another key to the open vault, or to why it does not open.

It is here before the first paint and knows no service: what lies behind the lock is handed in.
"""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from coachdesk.errors import DamagedPages, DamagedVault, MixedCopy, VaultError
from coachdesk.ui import messages
from coachdesk.ui.gate.entry import Entry, LostWays
from coachdesk.ui.gate.exit import Exit
from coachdesk.ui.gate.porch import Porch
from coachdesk.ui.gate.refusals import Doors, Refusals
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover

_BROKEN = {kind.__name__: kind for kind in (DamagedPages, DamagedVault, MixedCopy)}
"""What may be found when an open vault is looked over."""


class Lock(QObject):
    """`handed` is what the process before said. While a key is derived, the workspace is built for it."""

    def __init__(self, porch: Porch, entry: Entry, way_out: Exit, handed: Handover) -> None:
        super().__init__(porch.shell)
        self._shell, self._profile, self._behind = porch.shell, porch.profile, porch.behind
        self._post = porch.background.post
        self._entry, self._exit, self._handed = entry, way_out, handed
        doors = Doors(self._show_again, self._exit.restore_backup, self._exit.leave)
        self._refusals = Refusals(porch.shell, porch.background, porch.behind, doors)
        self.rehearsed: Any = None  # what lies behind the lock is here, and knows what will be asked
        self.ahead: Any = None  # the desk that the next right passphrase opens, and the workspace on it
        self.workspace: Any = None

    def page(self) -> Unlock:
        """The lock, made anew."""
        page, place = Unlock(), self._profile.place
        page.backup_wanted.connect(self._exit.restore_backup)
        page.given.connect(lambda passphrase: self._open(page, passphrase))
        self._entry.connect_unlock(page, place, lambda key: self._open(page, key))
        ways = LostWays(self.page, self._has_page)
        page.lost.connect(lambda: self._entry.show_lost(place, self.ahead, ways))
        if self._profile.start.locked and self._handed.locked_at:
            page.tell(self._locked_sentence(), "danger" if self._handed.lost_at else "info")
        elif self._profile.start.locked and self._handed.news:
            page.tell(self._handed.news)
        if self._profile.sample:
            page.hint(self.tr("The sample's passphrase is: sample"))
            page.lost_button.hide()
        return page

    def look_before(self, page: Unlock) -> None:
        """Say what is the matter with the vault before the passphrase is typed, as far as it can be told."""

        def found(error: VaultError) -> None:
            if self._shell.page is page and not page.is_opening:
                self._has_page(error)

        if self._handed.broken in _BROKEN:
            found(_BROKEN[self._handed.broken]())
        else:
            self._refusals.look(self._profile.place, found)

    def take_workspace(self) -> Any:
        """The workspace that was built for the desk that is open now, if there was time."""
        built, self.workspace = self.workspace, None
        return built

    def look_over(self, desk: Any) -> None:
        """Look at the seal while nothing else is to be done, unless the coach said that all is fine."""
        if self._refusals.mixed_is_fine:
            desk.seal_anew()
        elif self._refusals.pages_are_fine:
            desk.use_as_it_is()
        else:
            desk.look_over(self._exit.broken)

    def close(self) -> None:
        """After the last window."""
        if self.workspace:
            self.workspace.deleteLater()

    def _open(self, page: Unlock, secret: Any) -> None:
        place, post, behind = self._profile.place, self._post, self._behind
        self._entry.keep("" if self._profile.sample else secret)
        if self.rehearsed and self.ahead is None:
            self.ahead = behind().closed_desk(post)
            QTimer.singleShot(0, self._build_ahead)
        closed, rehearsed = self.ahead, self.rehearsed
        self._entry.fetch(
            lambda: behind().open_desk(place, secret, post, closed, rehearsed),
            lambda error: self._refuse(page, error),
        )

    def _build_ahead(self) -> None:
        """Build the workspace while the key is derived: nothing is asked of the desk before it is shown."""
        wanted = (self._exit.lock, self._profile.preferences, self._shell)
        self.workspace = self._behind().workspace_on(self.ahead, *wanted)
        self.workspace.prepare()

    def _refuse(self, page: Unlock, error: BaseException) -> None:
        """A wrong passphrase is said beside it; what is the matter with the vault has a page of its own."""
        if not self._has_page(error):
            messages.note(error)
            page.refuse(error)

    def _has_page(self, error: BaseException) -> bool:
        """Whether `error` has a page of its own, which is shown then."""
        taken = isinstance(error, VaultError) and self._refusals.takes(error)
        if isinstance(error, VaultError) and taken:
            self._refusals.show(self._profile.place, error)
        return taken

    def _show_again(self, news: str) -> None:
        page = self.page()
        if news and self._handed.lost_at:  # which the news must not hide
            page.tell(f"{self._locked_sentence()} {news}", "danger")
        elif news:
            page.tell(news)
        self._shell.show_page(page)
        page.settle()

    def _locked_sentence(self) -> str:
        locked = self.tr("Locked at {time}.").format(time=self._handed.locked_at)
        if self._handed.lost_at:
            kept = self.tr("What you typed last could not be kept.")
        elif not self._handed.saved_at:
            kept = self.tr("What could not be saved yet is sealed, and comes back when you unlock.")
        else:
            kept = self.tr("All you typed was saved at {time}.").format(time=self._handed.saved_at)
        return f"{locked} {kept}"
