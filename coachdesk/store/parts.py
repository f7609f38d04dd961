"""The files a vault is made of, by name."""

import os
from pathlib import Path

from coachdesk.paths import Folders
from coachdesk.store.ballast import path_of


def key_path(place: Folders) -> Path:
    return place.vault.with_suffix(".key")


def lock_path(place: Folders) -> Path:
    return place.vault.with_suffix(".lock")


def journal(path: Path) -> Path:
    """Where SQLite keeps what it needs to take back a transaction that was cut off."""
    return path.with_name(path.name + "-journal")


def unborn(place: Folders) -> Path:
    """Where a vault lies until it is complete; found together with no vault, its making was interrupted."""
    return place.vault.with_name(place.vault.name + ".new")


def parts(place: Folders) -> tuple[Path, ...]:
    """The files that a vault in `place` is made of; its backups are not among them."""
    return place.vault, journal(place.vault), key_path(place), lock_path(place), path_of(place.vault)


def present(place: Folders) -> bool:
    """Whether a vault, or what is left of one, lies in `place`: then none may be made there."""
    return os.path.lexists(place.vault) or (os.path.lexists(key_path(place)) and not unborn(place).exists())
