"""This process: its log, and becoming another one."""

import logging
import os
import sys
from pathlib import Path

from coachdesk.ui.handover import Handover, Start

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


def has_a_portal() -> bool:
    """Whether to ask the desktop's portal: one is installed, on a session bus. GNOME has its own way."""
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    if "GNOME" in desktop or "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return False
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return any(Path(folder, PORTAL).is_file() for folder in folders.split(":"))
