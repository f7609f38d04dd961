"""Getting a backup back: opened, compared with what is there now, tested, put in the vault's place.

Everything here takes a while, so call it off the screen's thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.errors import BadFile
from coachdesk.paths import Folders
from coachdesk.services import archive
from coachdesk.services.desk import Desk
from coachdesk.store import backup, restoring
from coachdesk.store.copying import Report, nobody
from coachdesk.store.restoring import COMPARED, Opened, Revisions

__all__ = ["Look", "Opened", "Report", "Restored", "Row", "look", "opened", "restore", "test"]

_ARCHIVE = (
    "This is an archive, not a backup. A new vault is made from it where there is none yet: by “From an "
    "archive” on the first page, or by coachdesk from-archive in a terminal."
)


@dataclass(frozen=True)
class Row:
    """One kind of record: how many the backup has and the vault has now (None where that cannot be read).

    `back` are those only the backup has, `gone` those only the vault has, `other` those that read otherwise.
    """

    noun: str
    then: int
    now: int | None
    back: int = 0
    gone: int = 0
    other: int = 0


@dataclass(frozen=True)
class Look:
    """What is in a backup that was opened."""

    opened: Opened
    made: datetime
    rows: tuple[Row, ...]

    @property
    def compared(self) -> bool:
        return all(row.now is not None for row in self.rows)

    @property
    def is_the_same(self) -> bool:
        return self.compared and not any(row.back or row.gone or row.other for row in self.rows)


@dataclass(frozen=True)
class Restored:
    """What was there before is a backup now, or lies whole in a folder of that name; or nothing was there.
    `stays_on_hold`: it was on Hold, so the vault is now."""

    made: datetime
    backup: str = ""
    folder: str = ""
    stays_on_hold: bool = False


def opened(path: Path, typed: str = "", desk: Desk | None = None) -> Opened:
    """The backup at `path`: by the key of the open desk, or by what was typed, a passphrase or recovery key.

    Raises WrongPassphrase where it needs another, or DamagedVault, NewerVault, DamagedKeyFile; BadFile where
    it is an archive.
    """
    if archive.is_one(path):
        raise BadFile(_ARCHIVE)
    if desk is not None and not typed:
        return restoring.opened_by(path, desk.key)
    return restoring.opened(path, typed)


def look(of: Opened, place: Folders, desk: Desk | None = None) -> Look:
    """What is in it, against what is there now. Raises DamagedVault or OpenElsewhere."""
    then = restoring.revisions(of)
    now = desk.inspect(restoring.revisions_of) if desk else restoring.revisions_now(place, of.key)
    made = of.backup.made.astimezone().replace(tzinfo=None)
    return Look(of, made, tuple(_row(noun, then, now) for noun in COMPARED))


def test(of: Opened, report: Report = nobody) -> None:
    """Read every byte of it, and look at the records from end to end. Raises DamagedVault or Cancelled."""
    done, whole = 0, of.backup.path.stat().st_size

    def heard(count: int) -> None:
        nonlocal done
        done += count
        report(done, whole * 2)

    backup.examine(of.backup.path, of.key, heard)


def restore(place: Folders, of: Opened, report: Report = nobody, held: datetime | None = None) -> Restored:
    """Put it in the vault's place, once nobody has the vault open; what is there is set aside first.

    Where the vault is on Hold, since `held` or as can be read there, it is on Hold afterwards too.

    Raises DamagedVault, OpenElsewhere, NotSaved or Cancelled, and nothing was changed.
    """
    hold = held.isoformat().encode() if held else restoring.hold_now(place, of.key)
    before = restoring.restore(place, of, report, hold=hold)
    made = of.backup.made.astimezone().replace(tzinfo=None)
    if before is None:
        return Restored(made)
    lies = {"folder": str(before)} if before.is_dir() else {"backup": before.name}
    return Restored(made, **lies, stays_on_hold=bool(hold))


def _row(noun: str, then: Revisions, now: Revisions | None) -> Row:
    ours: Mapping[bytes, int] = then[noun]
    if now is None:
        return Row(noun, len(ours), None)
    theirs = now[noun]
    back, gone = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    other = [key for key in ours.keys() & theirs.keys() if ours[key] != theirs[key]]
    return Row(noun, len(ours), len(theirs), len(back), len(gone), len(other))
