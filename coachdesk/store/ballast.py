"""A file beside the vault that is there to be given up: on a full disk even a deletion cannot be saved.

When a save finds the disk full the file goes, and what was typed is saved in its room. It is laid again when
there is room to spare. It holds random bytes, so that no file system stores it as less than it is.
"""

import logging
import os
import shutil
from pathlib import Path

from coachdesk.errors import NotSaved
from coachdesk.store import files

log = logging.getLogger(__name__)

SIZE = 4 << 20
SPARE = 16 << 20  # what must be free besides, or the ballast itself would fill the disk


class Ballast:
    """The ballast of the vault at `vault`; none is laid before `lay`."""

    def __init__(self, vault: Path) -> None:
        self._path = path_of(vault)
        self.spent = False  # it was given up, and could not be laid again yet

    def lay(self) -> bool:
        """Lay it where it is not; says whether it is there. Not for the screen's thread."""
        try:
            if not self._is_whole() and free(self._path) >= SIZE + SPARE:
                files.write_whole(self._path, os.urandom(SIZE))
            laid = self._is_whole()
        except (OSError, NotSaved):
            log.warning("ballast-not-laid")
            return False
        self.spent &= not laid
        return laid

    def release(self) -> bool:
        """Give it up; says whether there was anything to give."""
        try:
            self._path.unlink()
        except OSError:
            return False
        self.spent = True
        log.warning("ballast-released")
        return True

    def is_short(self) -> bool:
        """Whether less is free than would be given up; not where the disk does not even say so."""
        try:
            return free(self._path) < SIZE
        except OSError:
            return False

    def _is_whole(self) -> bool:
        return self._path.is_file() and self._path.stat().st_size == SIZE


def path_of(vault: Path) -> Path:
    return vault.with_suffix(".ballast")


def free(path: Path) -> int:
    """Bytes that this user may still write where `path` lies."""
    return shutil.disk_usage(path.parent).free
