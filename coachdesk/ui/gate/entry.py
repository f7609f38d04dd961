"""The ways in, put together: a new vault with its sheet, one key on this computer, a lost passphrase.

It is here before the first paint and knows no service: what lies behind the lock is handed in.
"""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from PySide6.QtCore import QCoreApplication

from coachdesk.paths import Folders
from coachdesk.ui import messages
from coachdesk.ui.background import Background
from coachdesk.ui.gate.new_keys import NewKey, NewKeys, Refuse, Way
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.shell import Shell

KEYRING_SLOT = b'"kind":"keyring"'
LARGEST = 1 << 16
Fetch = Callable[[Callable[[], Any], Callable[[BaseException], object]], None]


@dataclass(frozen=True)
class LostWays:
    """Where a lost passphrase leads: back to the lock, made `again`, and to an error's own page."""

    again: Callable[[], Unlock]
    has_page: Callable[[BaseException], bool]


class Entry:
    """`behind` fetches what lies behind the lock; `fetch` makes or opens a desk there, on a thread."""

    def __init__(
        self, shell: Shell, background: Background, behind: Callable[[], ModuleType], fetch: Fetch
    ) -> None:
        self._shell, self._background, self._behind, self.fetch = shell, background, behind, fetch
        self._new_keys: NewKeys | None = None
        self._quickly = False  # the vault that is being made is to be opened by this computer too
        self._given = ""  # the passphrase that opened it, until the desk is shown
        self._recovered = False  # by the recovery key, which is said then

    def connect_new_vault(self, page: NewVault, place: Folders, again: Callable[[], NewVault]) -> None:
        """Lead from the passphrase to the sheet, and on to the vault; `again` makes the first page anew."""
        behind, post = self._behind, self._background.post

        def make(key: NewKey, refuse: Refuse) -> None:
            self.open_quickly_next(key.quickly)
            self.fetch(lambda: behind().create_desk(place, key, post), refuse)

        if self._new_keys is None:
            self._new_keys = NewKeys(self._background, behind, Way(self._shell.show_page, again, make))
        self._new_keys.connect(page)

    def offer_key_store(self, page: NewVault) -> None:
        """Say whether this computer could open the vault; asked once the page is painted."""
        if self._new_keys:
            self._new_keys.offer_key_store(page)

    def open_quickly_next(self, quickly: bool) -> None:
        """Whether this computer is to open the vault too that is being made."""
        self._quickly = quickly

    def connect_unlock(self, page: Unlock, place: Folders, give: Callable[[Any], object]) -> None:
        """Offer what else opens the vault in `place`; `give` takes the key that the key store had."""
        behind = self._behind

        def ask_key_store() -> None:
            self._background.run_apart(lambda: behind().key_of_this_computer(place), give_it, say_why)

        def give_it(key: Any) -> None:
            if self._shell.page is page and page.is_asking:
                page.set_opening(True)
                give(key)

        def say_why(error: BaseException) -> None:
            if self._shell.page is page and page.is_asking:
                messages.note(error)
                page.refuse(error)

        page.quick_wanted.connect(ask_key_store)
        if has_keyring_slot(place):
            page.offer_quick()

    def show_lost(self, place: Folders, closed: Any, ways: LostWays) -> None:
        """Ask for the recovery key and a new passphrase; `closed` is the desk that waits to be opened."""
        page, post, behind = self._behind().lost_page(self._background), self._background.post, self._behind

        def refuse(error: BaseException) -> None:
            self._recovered = False
            messages.note(error)
            if not ways.has_page(error):
                page.refuse(error)

        def open_it(typed: str, new: str) -> None:
            self._recovered = True
            self.fetch(lambda: behind().recover_desk(place, typed, new, post, closed), refuse)

        page.given.connect(open_it)
        page.back.connect(lambda: self._shell.show_page(ways.again()))
        self._shell.show_page(page)

    def keep(self, given: object) -> None:
        """What opens the vault next: a passphrase can be made to cost more to guess."""
        self._given = given if isinstance(given, str) else ""

    def opened(self, desk: Any) -> None:
        """The vault is open: this computer may open it too if that was chosen, or for seven more days."""
        quickly, self._quickly = self._quickly, False
        behind, apart = self._behind, self._background.run_apart
        if quickly:
            apart(lambda: behind().open_quickly(desk), lambda _done: None, self._not_quickly)
        else:
            apart(lambda: behind().renew(desk), lambda _done: None, messages.note)

    def entered(self, desk: Any) -> None:
        """The desk is shown: offer what could be better."""
        given, self._given = self._given, ""
        recovered, self._recovered = self._recovered, False
        if recovered:
            self._shell.tell(
                QCoreApplication.translate(
                    "entry",
                    "Your new passphrase opens your notes from now on. The sheet stays good: keep it.",
                )
            )
        if given and desk.keys.costs_little:
            say = QCoreApplication.translate
            self._shell.offer(
                say(
                    "entry", "This computer can make your passphrase harder to guess. It takes a few seconds."
                ),
                say("entry", "Do it now"),
                lambda: self._strengthen(desk, given),
            )

    def _strengthen(self, desk: Any, given: str) -> None:
        def done(_nothing: None) -> None:
            self._shell.tell(QCoreApplication.translate("entry", "Done. Your passphrase stays the same."))

        def failed(error: BaseException) -> None:
            messages.note(error)
            self._shell.warn(messages.words(error))

        self._background.run(lambda: desk.keys.strengthen(given), done, failed)

    def _not_quickly(self, error: BaseException) -> None:
        messages.note(error)
        self._shell.warn(messages.words(error))


def has_keyring_slot(place: Folders) -> bool:
    """Whether the key file seems to have a slot for this computer's key store.

    Only for what to offer: the file is read properly when the slot is used. What does that is not here yet,
    and the lock screen does not wait for it.
    """
    path = place.vault.with_suffix(".key")
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return KEYRING_SLOT in file.read(LARGEST)
    except OSError:
        return False
