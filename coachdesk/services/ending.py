"""Deleting the vault with all that belongs to it: named first, and then nothing of it is left here.

What goes first is the key file: without it what a disk may still hold of the rest cannot be read by anybody.
Backups in the second folder go only where the coach says so, and only those of this vault.
"""

from dataclasses import dataclass
from pathlib import Path

from coachdesk import settings
from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders
from coachdesk.services import hold
from coachdesk.services.desk import Desk
from coachdesk.services.keys import store_of_this_computer
from coachdesk.store import shelf
from coachdesk.store.aside import ASIDE
from coachdesk.store.backup import SUFFIX
from coachdesk.store.drafts import READY
from coachdesk.store.drafts import SUFFIX as DRAFT
from coachdesk.store.seen import Memory, line_of
from coachdesk.store.vault import key_path, parts

_LEFT = (
    "The vault's key was deleted, so nobody can read it, but some of its files could not be. Delete the "
    "folder {name} by hand."
)


@dataclass(frozen=True)
class Ending:
    """What is deleted with the vault: how many backups here, drafts, and backups in the second folder."""

    data: Path
    backups: int
    drafts: int
    second: Path | None
    in_second: int
    held: bool


def look(desk: Desk, place: Folders, second: Path | None) -> Ending:
    """What would go. Not for the screen's thread: the second folder may be slow to answer."""
    here = len(shelf.listed(place.backups))
    return Ending(
        place.data,
        here,
        len(_drafts(place)),
        second,
        len(_of_this_vault(desk, second)),
        desk.ask(hold.is_on),
    )


def delete(desk: Desk, place: Folders, second: Path | None = None) -> None:
    """Close the desk and delete the vault; with `second` also its backups in that folder.

    Not for the screen's thread. Raises CoachdeskError while Hold is on, and where something could not be
    deleted: then at least the key is gone.
    """
    desk.ask(hold.check)
    elsewhere = _of_this_vault(desk, second)
    if desk.keys.ways().opens_quickly:
        desk.keys.open_slowly(store_of_this_computer())
    desk.close()
    try:
        for path in (key_path(place), *_all_of_it(place), *elsewhere):
            path.unlink(missing_ok=True)
        Memory(place, desk.key.vault).leave()
        aside = place.data / ASIDE
        for folder in (place.backups, *aside.glob("*"), aside, place.state, place.logs, place.data):
            _remove_if_empty(folder)
    except OSError as error:
        raise CoachdeskError(_LEFT, name=place.data.name) from error


def _all_of_it(place: Folders) -> list[Path]:
    """Every file of this vault, whatever a crash may have left of one beside it; nothing that is not ours."""
    ours = (
        (place.data, f"{place.vault.stem}.*"),
        (place.backups, f"*{SUFFIX}*"),
        (place.data / ASIDE, f"*/{place.vault.stem}.*"),
        (place.state, f"*{DRAFT}*"),
        (place.state, f"{READY.format(number='*')}*"),
        (place.logs, "coachdesk.log*"),
        (place.settings, f"{settings.FILE}*"),
    )
    beside = [path for folder, names in ours if folder.is_dir() for path in folder.glob(names)]
    return [path for path in (*parts(place), *beside) if path.is_file() or path.is_symlink()]


def _drafts(place: Folders) -> list[Path]:
    return list(place.state.glob(f"*{DRAFT}"))


def _of_this_vault(desk: Desk, second: Path | None) -> list[Path]:
    ours = (desk.key.vault, desk.inspect(line_of))
    found = shelf.told(second) if second else []
    return [one.path for one in found if (one.vault, one.line) == ours]


def _remove_if_empty(folder: Path) -> None:
    """One that holds something else stays."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
