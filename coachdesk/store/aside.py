"""What lay in the vault's place, set aside whole in a folder of its own: vault, journal and key file."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders
from coachdesk.store import files, key_file
from coachdesk.store.keys import Key
from coachdesk.store.parts import journal, key_path

ASIDE = "set aside"
_CHUNK = 1 << 20


def was_cut_off(place: Folders) -> bool:
    """Whether a save was cut off: opening the vault would clear its journal."""
    left = journal(place.vault)
    return left.is_file() and left.stat().st_size > 0


def can_be_read(place: Folders) -> bool:
    """Whether the disk gives every byte of it."""
    return all(_can_be_read(path) for path in _files(place))


def copied(place: Folders, now: datetime) -> Path:
    """The folder that a copy lies in. Raises OSError, and nothing is left of it."""
    return _whole(place, now, _copy)


def linked(place: Folders, now: datetime) -> Path:
    """As `copied`, for what cannot be read: the very files, which have two names until the vault's is given
    to another. So at no moment is there none."""
    return _whole(place, now, os.link)


def moved(place: Folders, now: datetime) -> Path:
    """As `linked`, where no file has two names (FAT, exFAT): what cannot be read is moved, what can be
    read is copied.

    Until another has its name there is no vault: one must lie ready that `restoring.complete` puts there.
    """
    folder = _whole(place, now, _copy_if_it_can_be_read)
    kept = folder / place.vault.name
    try:
        if not kept.exists():
            place.vault.rename(kept)
        files.sync_folder(folder)
        files.sync_folder(place.data)
    except OSError:
        put_back(place, folder)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def put_back(place: Folders, folder: Path | None) -> None:
    """What was `moved` to `folder` has its name again; nothing where it was not moved. Raises OSError."""
    kept = folder / place.vault.name if folder else None
    if kept and os.path.lexists(kept) and not os.path.lexists(place.vault):
        kept.rename(place.vault)
        files.sync_folder(place.data)


def was_moved(place: Folders) -> bool:
    """Whether there is no vault, and one was set aside."""
    return not os.path.lexists(place.vault) and any((place.data / ASIDE).glob(f"*/{place.vault.name}"))


def of_older_key(place: Folders, key: Key) -> list[Path]:
    """The folders in which this vault lies under a key that it had before."""
    return sorted(
        path.parent for path in (place.data / ASIDE).glob(f"*/{key_path(place).name}") if _is_older(path, key)
    )


def _is_older(path: Path, key: Key) -> bool:
    try:
        beside = key_file.read(path)
        ours = key_file.unpacked(beside).vault == key.vault
        return ours and not key_file.is_genuine(beside, key.derived("key file"))
    except CoachdeskError:
        return False


def _files(place: Folders) -> list[Path]:
    return [path for path in (place.vault, journal(place.vault), key_path(place)) if path.is_file()]


def _whole(place: Folders, now: datetime, keep: Callable[[Path, Path], object]) -> Path:
    folder = place.data / ASIDE / now.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    files.folder(folder)
    try:
        for path in _files(place):
            keep(path, folder / path.name)
        for made in (folder, folder.parent, place.data):
            files.sync_folder(made)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _can_be_read(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            while file.read(_CHUNK):
                pass
    except OSError:
        return False
    return True


def _copy_if_it_can_be_read(source: Path, path: Path) -> None:
    if _can_be_read(source):
        _copy(source, path)


def _copy(source: Path, path: Path) -> None:
    files.create(path)
    with source.open("rb") as given, path.open("r+b") as file:
        shutil.copyfileobj(given, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
