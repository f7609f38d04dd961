"""This process: its log, what it must not leave behind, and becoming another one."""

import logging
import os
import sys
from pathlib import Path

from coachdesk.ui.handover import Handover, Start

log = logging.getLogger(__name__)

PR_SET_DUMPABLE = 4  # of prctl, in linux/prctl.h
PORTAL = "dbus-1/services/org.freedesktop.portal.Desktop.service"


def restart(start: Start, handed: Handover) -> None:
    """Become a new process: nothing of the old one's memory is left (vault.md, Saving, locking, backups)."""
    frozen = bool(getattr(sys, "frozen", False))
    ours = [] if frozen else [*(["-P"] if sys.flags.safe_path else []), "-m", "coachdesk"]
    command = [sys.executable, *ours, *start.arguments()]
    handed.leave_in(os.environ)
    if sys.platform == "win32":  # there, exec leaves the old process to the terminal
        import subprocess

        subprocess.Popen(command)
        os._exit(0)
    os.execv(sys.executable, command)


def keep_log(folder: Path) -> None:
    """Write our own warnings, which are event codes, to a file; other libraries' words stay out of it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.FileHandler(folder / "coachdesk.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    ours = logging.getLogger("coachdesk")
    ours.addHandler(handler)
    ours.propagate = False


def leave_no_core_dumps() -> None:
    """A crash must not leave what was in memory on the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_memory_private() -> None:
    """From now on other programs of this user may not look into our memory, nor dump it.

    The desktop's portal refuses whoever it may not look into. By the first paint Qt has asked it all that is
    ever asked (the look), and what changes is told to everybody; so this waits until then (decisions.md).
    """
    if sys.platform == "linux":
        import ctypes

        if ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0):
            log.warning("memory-not-private")


def has_a_portal() -> bool:
    """Whether to ask the desktop's portal: one is installed, on a session bus. GNOME has its own way."""
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    if "GNOME" in desktop or "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return False
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return any(Path(folder, PORTAL).is_file() for folder in folders.split(":"))
