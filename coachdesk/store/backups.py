"""The backups of one open vault: made, verified, thinned, and kept in a second folder too."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from coachdesk.store import backup, copying, shelf, thinning
from coachdesk.store.backup import Backup
from coachdesk.store.copying import Report, Source, nobody
from coachdesk.store.shelf import Elsewhere

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


def _no() -> bool:
    return False


@dataclass
class Backups:
    """`source` is asked anew each time, for the passphrase may have been changed; `writes` counts the vault's
    writes; while `hold` says so nothing is taken away."""

    folder: Path
    source: Callable[[], Source]
    writes: Callable[[], int]
    hold: Callable[[], bool] = _no
    now: Clock = _now
    alone: threading.Lock = field(default_factory=threading.Lock)
    """While it is held none is made: one at a time, and none of a vault that is getting a new key."""

    def make(self, report: Report = nobody) -> Backup:
        """A verified backup. Raises as `copying.make` does."""
        with self.alone:
            source, now = self.source(), self.now()
            made = copying.make(source, self.folder, report, now)
            shelf.thin(self.folder, source.key, made, now, hold=self.hold())
            return made

    def wait(self) -> None:
        """Until the one that is being made, if there is one, is finished or given up."""
        with self.alone:
            return

    def make_if_changed(self, report: Report = nobody) -> Backup | None:
        """`make`, unless the newest backup is of the vault as it is and opens as it does."""
        return None if self._is_kept() else self.make(report)

    def newest(self) -> Backup | None:
        """The newest of this vault that is whole."""
        return shelf.newest(self.folder, self.source().key.vault, self.now())

    def copy_to(self, second: Path | None) -> Elsewhere:
        """Have the newest backup in the folder `second` too."""
        made = self.newest()
        if second is None or made is None:
            return Elsewhere.NOT_WANTED
        with self.alone:
            return shelf.copy_to(made, second, self.source().key, self.now(), hold=self.hold())

    def verify(self, path: Path) -> Backup:
        """What a backup says of itself. Raises DamagedVault unless it is whole and of this vault."""
        return backup.verify(path, self.source().key)

    def all_are_kept(self) -> bool:
        """Whether nothing is thinned at present: Hold is on, or much less is in the vault than was lately."""
        newest, key = self.newest(), self.source().key
        ours = shelf.copies(shelf.told(self.folder), key, newest) if newest else []
        return self.hold() or thinning.has_fallen(ours)

    def _is_kept(self) -> bool:
        newest = self.newest()
        return newest is not None and (newest.writes, newest.key_file) == (
            self.writes(),
            self.source().key.file,
        )
