"""What becomes of a vault that does not open: the page that says so, and what is chosen there.

It is here before the first paint and knows no service: what lies behind the lock is handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from shiboken6 import isValid

from coachdesk.errors import (
    CoachdeskError,
    DamagedPages,
    MixedCopy,
    OlderCopy,
    OtherCopy,
    PartedCopy,
    StaysShut,
    VaultError,
)
from coachdesk.paths import Folders
from coachdesk.ui.background import Background
from coachdesk.ui.shell import Shell


@dataclass(frozen=True)
class Doors:
    """Where the page leads: the passphrase (with a word on why), the backups, and out."""

    unlock: Callable[[str], object]
    restore: Callable[[], object]
    leave: Callable[[], object]


class Refusals:
    """`behind` fetches what lies behind the lock. `mixed_is_fine` says that a mixed copy is to be used, and
    `pages_are_fine` one that is damaged where no note lies."""

    def __init__(
        self, shell: Shell, background: Background, behind: Callable[[], ModuleType], doors: Doors
    ) -> None:
        self._shell, self._background, self._behind, self._doors = shell, background, behind, doors
        self.mixed_is_fine = self.pages_are_fine = False

    def takes(self, error: BaseException) -> bool:
        """Whether `error` has a page of its own; else it is said beside the passphrase."""
        return isinstance(error, StaysShut)

    def look(self, place: Folders, found: Callable[[VaultError], object]) -> None:
        """Tell what can be told without a passphrase, if it keeps the vault from opening."""

        def look() -> VaultError | None:
            return _caught(lambda: self._behind().look(place))

        self._background.run(look, lambda error: found(error) if error else None)

    def show(self, place: Folders, error: VaultError) -> Any:
        """The page about `error`."""
        page = self._behind().refused_page(place, error)
        page.look_again.connect(lambda: self._look_again(place, page))
        page.restore_backup.connect(self._doors.restore)
        page.use_anyway.connect(lambda: self._use(place, error))
        page.keep_apart.connect(lambda: self._doors.unlock(self._behind().keep_apart(place)))
        page.show_other.connect(lambda: self._behind().show_folder(Path(str(error.facts["folder"]))))
        page.show_folder.connect(lambda: self._behind().show_folder(place.data))
        page.leave.connect(self._doors.leave)
        self._shell.show_page(page)
        return page

    def _look_again(self, place: Folders, page: Any) -> None:
        """The same again is said on the page; something else has another page; nothing is the lock."""
        page.set_busy()
        shown: Any = page  # a page of a module that is not here before the first paint

        def answered(error: VaultError | None) -> None:
            if not isValid(page) or self._shell.page is not page:
                return
            if error is None:
                self._doors.unlock("")
            elif not shown.is_about(error):
                self.show(place, error)
            else:
                shown.still()

        self._background.run(lambda: _caught(lambda: self._behind().look(place, True)), answered)

    def _use(self, place: Folders, error: VaultError) -> None:
        if isinstance(error, OlderCopy | PartedCopy | OtherCopy):
            self._behind().use_older(place)
        self.mixed_is_fine = isinstance(error, MixedCopy)
        self.pages_are_fine = isinstance(error, DamagedPages)
        self._doors.unlock(self._behind().will_be_used())


def _caught(look: Callable[[], object]) -> VaultError | None:
    try:
        look()
    except VaultError as error:
        return error
    except CoachdeskError:
        return None
    return None
