"""One window per vault: a lock that the operating system lets go of when its process ends.

The lock is not handed on when the process is started anew: a locked window has the vault closed and takes
the lock again when it is unlocked.
"""

import json
import os
import platform
import sys
from pathlib import Path

from coachdesk.errors import OpenElsewhere
from coachdesk.store.files import PRIVATE_FILE

if sys.platform == "win32":  # pragma: no cover - the other branch is what this system runs
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


BOOT = Path("/proc/sys/kernel/random/boot_id")


class Lock:
    """Held from construction until `release`. Raises OpenElsewhere if another window holds it."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise OpenElsewhere() from None
        os.ftruncate(self._handle, 0)
        os.write(self._handle, json.dumps(_holder()).encode())

    def release(self) -> None:
        """Let another window open the vault."""
        os.close(self._handle)


def _holder() -> dict[str, str | int]:
    """Who holds the lock, for a person who looks into the file."""
    boot = BOOT.read_text(encoding="ascii").strip() if BOOT.exists() else ""
    return {"pid": os.getpid(), "boot": boot, "host": platform.node()}
