"""Backups of the open desk: made, copied to a second folder, listed. All of it off the screen's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.errors import CoachdeskError, DamagedVault, MixedCopy, NotSaved
from coachdesk.paths import Folders
from coachdesk.services.desk import Desk
from coachdesk.store import shelf, verify
from coachdesk.store.copying import Report, nobody
from coachdesk.store.shelf import Elsewhere

__all__ = [
    "Elsewhere",
    "Kept",
    "Report",
    "State",
    "back_up",
    "back_up_if_changed",
    "elsewhere",
    "kept",
    "newest",
    "state",
]

_NOT_AS_WRITTEN = (
    "The backup does not read as it was written, so it was not kept: the disk it lies on may be failing. The "
    "vault itself was looked at, and is well."
)


@dataclass(frozen=True)
class Kept:
    """One backup: when it was made, by this computer's clock, its size in bytes, and where else it lies."""

    path: Path
    made: datetime
    size: int
    here: bool
    in_second: bool


@dataclass(frozen=True)
class State:
    """How it stands with the backups: the newest, how many, where; `all_are_kept` while none is thinned."""

    last: datetime | None
    count: int
    folder: Path
    second: Elsewhere
    all_are_kept: bool


def back_up(desk: Desk, second: Path | None = None, report: Report = nobody) -> Elsewhere:
    """Make a verified backup, and have it in the `second` folder too if there is one; how that went.

    Raises NotSaved, MixedCopy, DamagedVault, or Cancelled if `report` does.
    """
    _made(desk, desk.backups.make, report)
    return desk.backups.copy_to(second)


def back_up_if_changed(desk: Desk, second: Path | None = None, report: Report = nobody) -> Elsewhere:
    """As `back_up`, unless nothing was written since the last; a stick that is back gets what it missed."""
    _made(desk, desk.backups.make_if_changed, report)
    return desk.backups.copy_to(second)


def state(desk: Desk, second: Path | None = None) -> State:
    """How it stands; nothing is written."""
    newest, found = desk.backups.newest(), shelf.listed(desk.backups.folder)
    return State(
        _local(newest.made) if newest else None,
        len(found),
        desk.backups.folder,
        shelf.lies_in(second, newest.path) if newest else Elsewhere.NOT_WANTED,
        desk.backups.all_are_kept(),
    )


def newest(desk: Desk) -> Path:
    """The last one. Raises CoachdeskError if there is none."""
    found = desk.backups.newest()
    if found is None:
        raise CoachdeskError("There is no backup yet. Make one now.")
    return found.path


def kept(place: Folders, second: Path | None = None) -> list[Kept]:
    """The backups in both folders that are whole, the newest first; no passphrase is needed."""
    here = {one.path.name: one for one in shelf.told(place.backups)}
    there = {one.path.name: one for one in shelf.told(second)} if second else {}
    found = [
        Kept(one.path, _local(one.made), one.path.stat().st_size, name in here, name in there)
        for name, one in {**there, **here}.items()
    ]
    return sorted(found, key=lambda one: one.made, reverse=True)


def elsewhere(place: Folders, second: Path | None) -> list[Kept]:
    """Those that lie in the second folder now, the newest first."""
    return [one for one in kept(place, second) if one.in_second]


def _made(desk: Desk, make: Callable[[Report], object], report: Report) -> None:
    """What cannot be copied is looked at: the desk tells what is wrong with the vault, not with a backup.
    Where that is well, a page that holds nothing was damaged; or it is the disk that the backup goes to."""
    try:
        make(report)
    except (MixedCopy, DamagedVault):
        desk.make_sure(again=True)
        if not desk.inspect(verify.pages_in_use):
            raise
        try:
            make(report)
        except (MixedCopy, DamagedVault) as error:
            raise NotSaved(_NOT_AS_WRITTEN) from error


def _local(at: datetime) -> datetime:
    """By the clock on the wall."""
    return at.astimezone().replace(tzinfo=None)
