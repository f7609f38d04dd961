"""Where a folder lies: in one that a program copies to a cloud, and what such a program left beside a vault.

Sync programs are found by what they write down themselves (Dropbox, Nextcloud), by the environment (OneDrive)
and else by the names that they give to their folders. A folder that was renamed in a program that writes
nothing down is not found.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ONEDRIVE, DROPBOX, ICLOUD, GOOGLE, NEXTCLOUD = "OneDrive", "Dropbox", "iCloud", "Google Drive", "Nextcloud"
ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_NAMES = {
    ONEDRIVE: re.compile(r"onedrive( ?- .+|-.+)?"),
    DROPBOX: re.compile(r"dropbox( \(.+\))?"),
    ICLOUD: re.compile(r"icloud ?drive|mobile documents"),
    GOOGLE: re.compile(r"google ?drive(-.+)?"),
    NEXTCLOUD: re.compile(r"nextcloud\d*"),
}
"""What sync programs call their folders, in small letters."""
_NEXTCLOUD_FOLDER = re.compile(r"^\d+\\Folders(?:WithPlaceholders)?\\.+\\localPath=(.+)$", re.MULTILINE)
_LARGEST = 1 << 20  # bytes of such a program's settings


def synced_by(folder: Path, environment: Mapping[str, str] = os.environ, home: Path | None = None) -> str:
    """The program that copies `folder` elsewhere, by its name; "" where none is known to."""
    lies_in = folder.resolve()
    for name, root in _roots(environment, home or Path.home()):
        if lies_in.is_relative_to(root):
            return name
    for part in reversed(lies_in.parts):
        for name, called in _NAMES.items():
            if called.fullmatch(part.casefold()):
                return name
    return ""


def others_beside(vault: Path) -> list[str]:
    """The names of other vault files in its folder.

    A sync program that found two versions keeps both: "coachdesk (conflicted copy).vault" (Dropbox,
    Nextcloud), "coachdesk-LAPTOP7.vault" (OneDrive), "coachdesk (1).vault" (Google Drive) and the like.
    """
    found = vault.parent.glob(f"{vault.stem}*{vault.suffix}")
    return sorted(file.name for file in found if file.name != vault.name)


def _roots(environment: Mapping[str, str], home: Path) -> Iterator[tuple[str, Path]]:
    for variable in ONEDRIVE_VARIABLES:
        if environment.get(variable):
            yield from _folder(ONEDRIVE, environment[variable])
    for file, name, read in _SETTINGS:
        for base in (home, *_bases(environment)):
            for root in _read(base / file, read):
                yield from _folder(name, root)


def _bases(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where programs keep their settings, besides the home folder."""
    for variable in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        if environment.get(variable):
            yield Path(environment[variable])


def _folder(name: str, root: str) -> Iterator[tuple[str, Path]]:
    if Path(root).is_absolute():
        yield name, Path(root).resolve()


def _read(file: Path, read: Callable[[str], list[str]]) -> list[str]:
    """The folders named in `file`; none where it is missing, or is not what it should be."""
    try:
        if file.stat().st_size > _LARGEST:
            return []
        return read(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return []


def _dropbox_folders(text: str) -> list[str]:
    """Its info.json: {"personal": {"path": "/home/…/Dropbox", …}, "business": {…}}."""
    return [str(account["path"]) for account in json.loads(text).values()]


def _nextcloud_folders(text: str) -> list[str]:
    """Its nextcloud.cfg, written by Qt: 0\\Folders\\1\\localPath=/home/…/Nextcloud/."""
    return [path.strip().strip('"') for path in _NEXTCLOUD_FOLDER.findall(text)]


_SETTINGS: tuple[tuple[str, str, Callable[[str], list[str]]], ...] = (
    (".dropbox/info.json", DROPBOX, _dropbox_folders),
    ("Dropbox/info.json", DROPBOX, _dropbox_folders),
    (".config/Nextcloud/nextcloud.cfg", NEXTCLOUD, _nextcloud_folders),
    ("Nextcloud/nextcloud.cfg", NEXTCLOUD, _nextcloud_folders),
    ("Library/Preferences/Nextcloud/nextcloud.cfg", NEXTCLOUD, _nextcloud_folders),
)
"""Below the home folder or one of `_bases`: the file, whose it is, and how it is read."""
