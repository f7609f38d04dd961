"""What this process has in memory stays there: no core dump, and no look into it by others."""

import logging
import sys

log = logging.getLogger(__name__)

PR_SET_DUMPABLE = 4  # of prctl, in linux/prctl.h


def leave_no_core_dumps() -> None:
    """A crash must not leave what was in memory on the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_private() -> None:
    """From now on other programs of this user may not look into our memory, nor dump it.

    The desktop's portal refuses whoever it may not look into. By the first paint Qt has asked it all that is
    ever asked (the look), and what changes is told to everybody; so a window waits until then (decisions.md).
    """
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0):
            log.warning("memory-not-private")
