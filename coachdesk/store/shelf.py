"""A folder of backups: what is in it, what may go, and a second folder that gets the same."""

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from coachdesk.errors import DamagedVault
from coachdesk.store import backup, copying, files, thinning
from coachdesk.store.backup import SUFFIX, Backup
from coachdesk.store.keys import Key
from coachdesk.store.thinning import Copy

RECORDS = ("teacher", "event", "visitnote", "scriptline", "actionstep")
"""The tables whose rows are counted: were these gone, the coach would miss them."""
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Elsewhere(StrEnum):
    """How it stands with the second folder."""

    NOT_WANTED = "not_wanted"
    THERE = "there"  # the newest backup lies there too
    WAITS = "waits"  # not yet, but it will with the next one
    ABSENT = "absent"  # the stick is not plugged in
    FULL = "full"
    REFUSED = "refused"  # it may not be written, or what was written could not be read again


def listed(folder: Path) -> list[Path]:
    """The finished backups, oldest name first."""
    try:
        return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    except OSError:  # a folder that may not be read, or a stick that was pulled out just now
        return []


def told(folder: Path) -> list[Backup]:
    """What those that are whole say of themselves, oldest first."""
    found = []
    for path in listed(folder):
        with suppress(OSError, DamagedVault):
            found.append(backup.read(path))
    return sorted(found, key=lambda one: one.made)


def newest(folder: Path, vault: str, now: datetime | None = None) -> Backup | None:
    """The newest backup of that vault which is whole; one from the future is not the newest."""
    limit = now or datetime.now(UTC)
    found = [one for one in told(folder) if one.vault == vault and one.made <= limit]
    return found[-1] if found else None


def thin(folder: Path, key: Key, made: Backup, now: datetime, *, hold: bool = False) -> list[Path]:
    """Take away what need not be kept, of this vault's and line's backups alone; `made` was just verified."""
    ours = copies(told(folder), key, made)
    gone = []
    for copy in thinning.spare(ours, now, hold=hold):
        with suppress(OSError):  # one that cannot be deleted is tried again next time
            (folder / copy.name).unlink()
            gone.append(folder / copy.name)
    return gone


def copies(found: Iterable[Backup], key: Key, made: Backup) -> list[Copy]:
    """As thinning sees the backups of the vault and line that `made`, which is whole, is of."""
    return [
        Copy(one.path.name, one.made, _rows(one, key), one.path.name == made.path.name)
        for one in found
        if (one.vault, one.line) == (made.vault, made.line)
    ]


def copy_to(made: Backup, folder: Path, key: Key, now: datetime, *, hold: bool = False) -> Elsewhere:
    """Have `made` in the second `folder` too, verified there, and thin that folder.

    The folder is never made: where a stick is not plugged in, its folder would be one on this disk.
    """
    if not folder.is_dir():
        return Elsewhere.ABSENT
    path = folder / made.path.name
    if path.is_file() and path.stat().st_size == made.path.stat().st_size:
        return Elsewhere.THERE
    try:
        _copied(made.path, path, key)
    except OSError as error:
        if not folder.is_dir():
            return Elsewhere.ABSENT
        return Elsewhere.FULL if error.errno in _FULL else Elsewhere.REFUSED
    except DamagedVault:
        return Elsewhere.REFUSED
    thin(folder, key, made, now, hold=hold)
    return Elsewhere.THERE


def lies_in(folder: Path | None, made: Path) -> Elsewhere:
    """Whether the backup `made` lies in the second `folder` too."""
    if folder is None:
        return Elsewhere.NOT_WANTED
    if not folder.is_dir():
        return Elsewhere.ABSENT
    return Elsewhere.THERE if (folder / made.name).is_file() else Elsewhere.WAITS


def _copied(source: Path, path: Path, key: Key) -> None:
    """Whole under its name, or not there."""
    fresh = path.with_name(path.name + copying.UNFINISHED)
    try:
        copying.clear(path.parent)
        files.create(fresh)
        with source.open("rb") as given, fresh.open("r+b") as file:
            shutil.copyfileobj(given, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        backup.verify(fresh, key)
        fresh.replace(path)
        with suppress(OSError):  # some file systems keep names without being asked, and cannot be asked
            files.sync_folder(path.parent)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _rows(one: Backup, key: Key) -> int | None:
    try:
        rows = one.rows(key)
        return sum(rows.get(name, 0) for name in RECORDS)
    except DamagedVault:  # made under another key
        return None
