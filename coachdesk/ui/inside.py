"""What lies behind the lock: the desk, its screens and everything they need.

Importing it takes longer than showing the lock screen, so `app` does that on a thread once the lock screen
is painted.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from coachdesk.paths import Folders
from coachdesk.services import opening, roster, sample
from coachdesk.services.desk import Desk, Post
from coachdesk.services.sample.book import Shape
from coachdesk.ui import messages
from coachdesk.ui.away import Away
from coachdesk.ui.backing_up import BackingUp
from coachdesk.ui.first_steps import FirstSteps
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.restoring.flow import Restoring, Ways
from coachdesk.ui.restoring.page import Here
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
    place: Folders, passphrase: str, post: Post, closed: Desk | None = None, rehearsed: Any = None
) -> Desk:
    """Open the vault; takes as long as its key derivation. Raises VaultError."""
    return opening.open_desk(place, passphrase, post, closed, rehearsed)


def create_desk(place: Folders, passphrase: str, post: Post) -> Desk:
    """Make the vault and open it; takes as long as a key derivation. Raises VaultError."""
    return opening.create_desk(place, passphrase, post)


def sample_desk(place: Folders, today: date, post: Post, report: sample.Report) -> Desk:
    """Make a sample vault in `place` and open it; takes seconds. Raises Cancelled if `report` does."""
    return sample.make(place, Shape(today), post, report=report)


def workspace_on(desk: Desk, lock: Callable[[], None], preferences: Preferences | None = None) -> Workspace:
    """The open desk, with all its screens."""
    return Workspace(desk, SCREENS, lock, preferences)


def away_from(parent: QObject, lock: Callable[[], None]) -> Away:
    """What looks after an open desk when the coach goes away."""
    return Away(parent, lock)


def first_steps_on(desk: Desk, today: date) -> FirstSteps | None:
    """What is left of the first run: None once there is a school."""
    if desk.ask(roster.schools):
        return None
    return FirstSteps(desk, today)


def backing_up(desk: Desk, preferences: Preferences, parent: QObject) -> BackingUp:
    """Backups while the desk is open."""
    return BackingUp(desk, preferences, parent)


def restoring(here: tuple[Folders, Path | None, Desk | None], shell: Shell, ways: Ways) -> Restoring:
    """The page on which a backup is chosen and put in the vault's place, shown over the one that is shown."""
    return Restoring(Here(*here), shell, ways)


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
