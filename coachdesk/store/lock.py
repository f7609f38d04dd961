"""One window per vault: a lock that the operating system lets go of when its process ends.

The lock is not handed on when the process is started anew: a locked window has the vault closed and takes
the lock again when it is unlocked.
"""

import json
import logging
import os
import platform
import sys
from pathlib import Path

from coachdesk.errors import OpenElsewhere, VaultError
from coachdesk.store.files import PRIVATE_FILE

if sys.platform == "win32":  # pragma: no cover - the other branch is what this system runs
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


log = logging.getLogger(__name__)
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)  # a link would have another file emptied
_NO_LOCK = "The file {name} beside the vault cannot be used. Check the rights of the folder, or move it away."
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Lock:
    """Held from construction until `release`. Raises OpenElsewhere if another window holds it,
    VaultError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, _OPEN, PRIVATE_FILE)
        except OSError as error:
            raise VaultError(_NO_LOCK, name=path.name) from error
        try:
            _take(self._handle)
        except (BlockingIOError, PermissionError):
            os.close(self._handle)
            raise OpenElsewhere() from None
        except OSError as error:  # a file system without locks
            os.close(self._handle)
            raise VaultError(_NO_LOCK, name=path.name) from error
        self._sign()

    def _sign(self) -> None:
        """Say who holds it. On a full disk nobody does, and the vault opens all the same."""
        try:
            os.ftruncate(self._handle, 0)
            os.write(self._handle, json.dumps(_holder()).encode())
        except OSError:
            log.warning("lock-unsigned")

    def release(self) -> None:
        """Let another window open the vault."""
        os.close(self._handle)


def is_held(path: Path) -> bool:
    """Whether a window holds the lock at `path`; nothing is made there."""
    try:
        handle = os.open(path, _OPEN & ~os.O_CREAT)
    except OSError:
        return False
    try:
        _take(handle)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


def _holder() -> dict[str, str | int]:
    """Who holds the lock, for a person who looks into the file."""
    boot = BOOT.read_text(encoding="ascii").strip() if BOOT.exists() else ""
    return {"pid": os.getpid(), "boot": boot, "host": platform.node()}
