"""The drive a folder lies on: can it be pulled out, does the system encrypt it? Linux says; others do not."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOUNTS, BLOCKS = Path("/proc/self/mountinfo"), Path("/sys/dev/block")
_PULLED_OUT = ("/media/", "/run/media/")  # where desktops put drives that are plugged in
_ENCRYPTED = "CRYPT-"  # how dm-crypt, and so LUKS, begins what it says of itself
_DEEPEST = 8  # layers: a file system on a volume on LUKS on a RAID is four


@dataclass(frozen=True)
class _Mount:
    """A row of mountinfo (proc(5)): where it is seen, the number of its device, what was mounted."""

    place: Path
    device: str
    source: str


def is_removable(folder: Path, mounts: Path = MOUNTS, blocks: Path = BLOCKS) -> bool:
    """Whether `folder` lies on a drive that can be pulled out."""
    mount = _mount_of(folder, mounts)
    if mount is None:
        return False
    return f"{mount.place}/".startswith(_PULLED_OUT) or _says_removable(blocks / mount.device)


def is_encrypted(folder: Path, mounts: Path = MOUNTS, blocks: Path = BLOCKS) -> bool | None:
    """Whether the system encrypts the drive below `folder`; None where that cannot be told."""
    mount = _mount_of(folder, mounts)
    device = _device(mount, blocks) if mount else None
    if device is None:
        return None
    return any(_first_line(layer / "dm" / "uuid").startswith(_ENCRYPTED) for layer in _layers(device))


def _mount_of(folder: Path, mounts: Path) -> _Mount | None:
    """The mount that `folder` lies in: the deepest, and of two in one place the later."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    lies_in, found = folder.resolve(), None
    for line in lines:
        fields, _, source = line.partition(" - ")
        _id, _parent, device, _root, place, *_rest = fields.split(" ")
        mount = _Mount(Path(_plain(place)), device, _plain(source.split(" ")[1]))
        if lies_in.is_relative_to(mount.place) and (
            found is None or len(mount.place.parts) >= len(found.place.parts)
        ):
            found = mount
    return found


def _device(mount: _Mount, blocks: Path) -> Path | None:
    """What the system says of the device. Btrfs gives its mounts numbers of no device: its source has one."""
    number = mount.device
    if number.startswith("0:"):
        try:
            made = Path(mount.source).stat().st_rdev
        except OSError:
            return None
        number = f"{os.major(made)}:{os.minor(made)}"
    device = (blocks / number).resolve()
    return device if device.is_dir() else None


def _layers(device: Path, depth: int = 0) -> Iterator[Path]:
    """The device and, one below the other, what it is made of."""
    yield device
    if depth < _DEEPEST and (device / "slaves").is_dir():
        for below in sorted((device / "slaves").iterdir()):
            yield from _layers(below.resolve(), depth + 1)


def _says_removable(device: Path) -> bool:
    """A partition says nothing of it; the drive it is a part of does."""
    drive = device.resolve()
    return any(_first_line(folder / "removable") == "1" for folder in (drive, drive.parent))


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").partition("\n")[0]
    except (OSError, ValueError):
        return ""


def _plain(field: str) -> str:
    """Blanks are written as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), field)
