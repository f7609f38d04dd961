"""Where a file is about to go: a folder that a program copies to a server, or a drive that is carried about.

By path and environment alone, as far as that tells; no network is asked. Folders of syncing programs are
known by their names, removable drives on Linux by what the kernel says of the disk below a mount.
"""

import os
import sys
from pathlib import Path

from coachdesk.errors import CoachdeskError

SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "pcloud",
    "box",
    "mega",
)
_APPLE = ("library", "mobile documents")
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_CARRIED = ("media", "run/media")  # where desktops mount what is plugged in

_COPIES = (
    "This folder seems to be copied to a server by {program}: what is written here leaves this laptop, and "
    "stays on that server."
)
_DRIVE = "This is a drive that can be carried away: whoever finds it has what is written here."


def warning(folder: Path) -> str:
    """What is good to know before something is written there, as a sentence; "" where nothing is."""
    told = notice(folder)
    return str(told) if told else ""


def notice(folder: Path) -> CoachdeskError | None:
    """As `warning`, in a form that the screen says in the coach's language."""
    program = synced_by(folder)
    if program:
        return CoachdeskError(_COPIES, program=program)
    return CoachdeskError(_DRIVE) if is_removable(folder) else None


def synced_by(folder: Path) -> str:
    """The name of the folder of a syncing program that `folder` lies in; "" where it is in none."""
    whole = _whole(folder)
    for name in _VARIABLES:
        root = os.environ.get(name)
        if root and whole.is_relative_to(Path(root)):
            return "OneDrive"
    lower = [part.casefold() for part in whole.parts]
    if any(pair == _APPLE for pair in zip(lower, lower[1:], strict=False)):
        return "iCloud"
    for part, plain in zip(whole.parts, lower, strict=True):
        if any(plain == name or plain.startswith((f"{name} -", f"{name}-")) for name in SYNCED):
            return part
    return ""


MOUNTS, BLOCKS = Path("/proc/self/mounts"), Path("/sys/block")


def is_removable(folder: Path, mounts: Path = MOUNTS, blocks: Path = BLOCKS) -> bool:
    """Whether the drive below `folder` can be pulled out. Only Linux is asked; elsewhere False."""
    if not sys.platform.startswith("linux"):
        return False
    whole = _whole(folder)
    if any(whole.is_relative_to(f"/{place}") for place in _CARRIED):
        return True
    device = _device(whole, mounts)
    disk = next((p for p in sorted(_listed(blocks), reverse=True) if device.startswith(p)), "")
    try:
        return bool(disk) and (blocks / disk / "removable").read_text().strip() == "1"
    except OSError:
        return False


def _device(whole: Path, mounts: Path) -> str:
    """The name of the device that the longest mount point above `whole` is of."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    held = [
        (point.replace("\\040", " "), device.rpartition("/")[2])
        for device, point, *_ in lines
        if device.startswith("/dev/")
    ]
    above = [(point, device) for point, device in held if whole.is_relative_to(point)]
    return max(above, key=lambda one: len(one[0]), default=("", ""))[1]


def _listed(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _whole(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 - without following links: the name is what tells
