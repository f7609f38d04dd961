"""What lies behind the lock: the desk, its screens and everything they need.

Importing it takes longer than showing the lock screen, so `app` does that on a thread once the lock screen
is painted. What few coaches come to on a day is imported when they do: else it is in memory for nobody.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from coachdesk.errors import OlderCopy, OtherCopy, PartedCopy, VaultError
from coachdesk.paths import Folders
from coachdesk.services import departures, ending, keys, opening, roster, standing
from coachdesk.services.desk import Desk, Post
from coachdesk.services.keys import Sheet
from coachdesk.ui import dates, lying, messages
from coachdesk.ui.ahead import Ahead
from coachdesk.ui.away import Away
from coachdesk.ui.background import Background, Report
from coachdesk.ui.backing_up import BackingUp
from coachdesk.ui.gate.lost import Lost
from coachdesk.ui.gate.new_keys import NewKey
from coachdesk.ui.gate.refused import Refused
from coachdesk.ui.held import Held
from coachdesk.ui.idle import Idle
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.shell import Shell
from coachdesk.ui.workspace import Workspace


def rehearse() -> Any:
    """Get ready what the first page will ask, while the coach types the passphrase; `open_desk` takes it."""
    return opening.rehearse()


def closed_desk(post: Post) -> Desk:
    """A desk to build the workspace on while its key is derived."""
    return opening.closed_desk(post)


def open_desk(
    place: Folders, secret: Any, post: Post, closed: Desk | None = None, rehearsed: Any = None
) -> Desk:
    """Open the vault; takes as long as its key derivation. Raises VaultError."""
    return opening.open_desk(place, secret, post, closed, rehearsed)


def create_desk(place: Folders, key: NewKey, post: Post) -> Desk:
    """Make the vault and open it; takes as long as a key derivation. Raises VaultError.

    What left on the way to it is written down in it from the start.
    """
    return opening.fill_desk(
        place, key.passphrase, lambda vault: departures.note_sheets(vault, key.left), post, key.sheet
    )


def recover_desk(place: Folders, typed: str, new: str, post: Post, closed: Desk | None = None) -> Desk:
    """Open the vault by its recovery key and set a new passphrase; takes seconds. Raises VaultError."""
    return opening.recover_desk(place, typed, new, post, closed)


def new_sheet(today: date) -> Sheet:
    """A recovery sheet for a vault that is to be made."""
    return keys.new_sheet(today)


def phrase() -> str:
    """Six words by chance."""
    return keys.phrase()


def sheet_step(sheet: Sheet, of_archive: bool) -> Any:
    """The step after the passphrase of a new vault; `of_archive`: it is made from an archive."""
    from coachdesk.ui.gate.sheet import SheetStep

    return SheetStep(sheet, of_archive=of_archive)


def lost_page(background: Background) -> Lost:
    """Where a recovery key is typed."""
    return Lost(background)


def name_of_key_store() -> str:
    """What this computer's key store is called; "" where there is none that may be trusted. It may hang."""
    store = keys.store_of_this_computer()
    return store.called if store else ""


def key_of_this_computer(place: Folders) -> keys.StoredKey:
    """What the key store has for this vault. It may hang. Raises QuickUnlockRefused."""
    return keys.key_of_this_computer(place, keys.store_of_this_computer())


def open_quickly(desk: Desk) -> None:
    """Have this computer open the vault too. It may hang. Raises QuickUnlockRefused or NotSaved."""
    desk.keys.open_quickly(keys.store_of_this_computer())


def renew(desk: Desk) -> None:
    """The passphrase was typed: for seven days this computer may open the vault. It may hang."""
    desk.keys.renew(keys.store_of_this_computer)


def look(place: Folders, whether_open: bool = False) -> None:
    """Raise the VaultError that keeps the vault from opening, whatever the passphrase."""
    standing.look(place, whether_open)


def refused_page(place: Folders, error: VaultError) -> Refused:
    """What is the matter with a vault that does not open, and what can be done."""
    tells = isinstance(error, OlderCopy | PartedCopy | OtherCopy)
    saved = standing.last_saved(place) if tells else None
    return Refused(error, f"{dates.day(saved)}, {dates.clock(saved)}" if saved else "")


def use_older(place: Folders) -> None:
    """The older copy is wanted: it opens once, and is the newest from then on."""
    standing.use_older(place)


def will_be_used() -> str:
    """What the lock says of a copy that is used in spite of what was found."""
    return QCoreApplication.translate("inside", "This copy will be used. Type its passphrase to go on.")


def keep_apart(place: Folders) -> str:
    """This copy and the others are wanted, each for itself; answers what the lock says of that."""
    standing.keep_apart(place)
    return QCoreApplication.translate(
        "inside", "This copy is a vault of its own now on this computer. Type its passphrase to go on."
    )


def show_folder(folder: Path) -> None:
    """In the desktop's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def sample_desk(place: Folders, today: date, post: Post, report: Report) -> Desk:
    """Make a sample vault in `place` and open it; takes seconds. Raises Cancelled if `report` does."""
    from coachdesk.services import sample
    from coachdesk.services.sample.book import Shape

    return sample.make(place, Shape(today), post, report=report)


def workspace_on(
    desk: Desk, lock: Callable[[], None], preferences: Preferences | None, shell: Shell
) -> Workspace:
    """The open desk, with all its screens, out of sight in the window."""
    return Workspace(desk, SCREENS, lock, preferences, shell.room)


def building_ahead(workspace: Workspace, idle: Idle, parent: QObject) -> Ahead:
    """What builds the other pages while the coach reads the first."""
    return Ahead(workspace, lambda: idle.still, parent)


def away_from(parent: QObject, lock: Callable[[], None]) -> Away:
    """What looks after an open desk when the coach goes away."""
    return Away(parent, lock)


def hold(shell: Shell, keep: Callable[[], object], desk: Desk) -> Held:
    """What closes the window off while the last words can be kept nowhere."""
    return Held(shell, keep, desk.keys.check)


def delete_vault(desk: Desk, place: Folders, second: Path | None) -> None:
    """Delete the vault with all that belongs to it. Raises CoachdeskError."""
    ending.delete(desk, place, second)


def where_it_lies(place: Folders) -> str:
    """What speaks against a vault in `place`; "" if nothing is known."""
    return lying.of_vault(place.vault)


def first_steps_on(desk: Desk, today: date) -> Any:
    """What is left of the first run: None once there is a school."""
    if desk.ask(roster.schools):
        return None
    from coachdesk.ui.first_steps import FirstSteps

    return FirstSteps(desk, today)


def backing_up(desk: Desk, preferences: Preferences, parent: QObject) -> BackingUp:
    """Backups while the desk is open."""
    return BackingUp(desk, preferences, parent)


def restoring(
    here: tuple[Folders, Path | None, Desk | None], shell: Shell, ways: tuple[Callable[..., object], ...]
) -> Any:
    """The page on which a backup is chosen and put in the vault's place, shown over the one that is shown;
    `ways` as the fields of `restoring.flow.Ways`."""
    from coachdesk.ui.restoring.flow import Restoring, Ways
    from coachdesk.ui.restoring.page import Here

    return Restoring(Here(*here), shell, Ways(*ways))


def from_archive(place: Folders, shell: Shell, ways: tuple[Callable[..., Any], ...]) -> Any:
    """The page on which an archive is chosen to make a new vault of, shown over the one that is shown; `ways`
    as the fields of `from_archive.flow.Ways`."""
    from coachdesk.ui.from_archive.flow import FromArchive, Ways

    return FromArchive(place, shell, Ways(*ways))


def bring_back(desk: Desk) -> tuple[str, str]:
    """Write what could not be written before the desk was locked, each for itself; what cannot be written now
    either stays sealed. Says what came back, and what did not: "" where there was nothing."""
    drafts, refused = desk.rescued(), []
    for draft in drafts:
        try:
            desk.bring_back(draft)
        except Exception as error:  # one that cannot be kept must not keep the others back
            messages.note(error)
            refused.append(messages.words(error))
    came, stayed = "", ""
    if len(drafts) > len(refused):
        came = QCoreApplication.translate("inside", "What could not be saved before is saved now.")
    if refused:
        stays = QCoreApplication.translate(
            "inside",
            "Something typed before you locked could not be brought back ({count}). It stays sealed and is "
            "tried again when you next unlock. {why}",
        )
        stayed = stays.format(count=len(refused), why=" ".join(dict.fromkeys(refused)))
    return came, stayed
