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
    try:
        for path in _files(place):
            with path.open("rb") as file:
                while file.read(_CHUNK):
                    pass
    except OSError:
        return False
    return True


def copied(place: Folders, now: datetime) -> Path:
    """The folder that a copy lies in. Raises OSError, and nothing is left of it."""
    return _whole(place, now, _copy)


def linked(place: Folders, now: datetime) -> Path:
    """As `copied`, for what cannot be read: the very files, which have two names until the vault's is given
    to another. So at no moment is there none."""
    return _whole(place, now, os.link)


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


def _copy(source: Path, path: Path) -> None:
    files.create(path)
    with source.open("rb") as given, path.open("r+b") as file:
        shutil.copyfileobj(given, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
