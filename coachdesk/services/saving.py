"""Putting finished files into a folder: whole or not at all, and never over another file."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from coachdesk.errors import NotShareable

_THERE = (
    "There is another file named {name} in that folder already. Move it away or choose another folder; "
    "nothing was overwritten."
)
_NOT_WRITTEN = "The file could not be written into that folder. Choose another folder, or free some space."

_HALF = ".coachdesk-"
_LEFT = re.compile(re.escape(_HALF) + "[0-9a-f]{32}")


def save(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write `files`, by name, into `folder`, readable by nobody else; what is there is left as it is.

    Raises:
        NotShareable: another file has the name, or the folder takes no files; then nothing is left behind.
    """
    targets = {folder / name: content for name, content in files.items()}
    made: list[Path] = []
    try:
        missing = {path: content for path, content in targets.items() if not _there(path, content)}
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        for path, content in missing.items():
            _write(path, content)
            made.append(path)
    except OSError:
        for path in made:
            path.unlink(missing_ok=True)
        raise NotShareable(_NOT_WRITTEN) from None
    return list(targets)


def _there(path: Path, content: bytes) -> bool:
    """Whether this very file lies there already."""
    if not path.is_symlink() and not path.exists():
        return False
    if path.is_file() and path.read_bytes() == content:
        return True
    raise NotShareable(_THERE, name=path.name)


def _clear(folder: Path) -> None:
    """Take away what a program that was killed while writing left here; it may be readable."""
    for left in folder.glob(f"{_HALF}*"):
        if _LEFT.fullmatch(left.name):
            left.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Under a neutral name first, so that half a file never bears the right one."""
    beside = path.with_name(f"{_HALF}{uuid4().hex}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
