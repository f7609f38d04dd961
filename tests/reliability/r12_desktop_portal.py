"""R12, the other side: a program that nobody may look into still has the desktop's look, light and dark.

A real xdg-desktop-portal looks into whoever asks it (/proc/PID/root), and refuses where it may not. Qt asks
it for the look once, before the first paint, and after that everybody is told what changes. So the program
keeps others out from the first paint on: a program that did from the beginning is the planted fault.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from desktop import desktop
from row import CannotRun, Result

NUMBER = "R12"
CHECK = "the look from a real xdg-desktop-portal, for a process that nobody may look into"
BOUND = "light at the start, dark when the desktop turns dark"
QUICK, FULL = 1, 3
SECONDS = 15

PORTAL, BACKEND = Path("/usr/libexec/xdg-desktop-portal"), Path("/usr/libexec/xdg-desktop-portal-gtk")
NEEDED = ("dbus-run-session", "gsettings", "setpriv", "gdbus")
SCHEME = "gsettings set org.gnome.desktop.interface color-scheme"
SCRIPT = f"""
{SCHEME} prefer-light
{BACKEND} >/dev/null 2>&1 &
backend=$!
{PORTAL} >/dev/null 2>&1 &
portal=$!
gdbus wait --session --timeout 20 org.freedesktop.portal.Desktop
"$@"
kill $portal $backend || true
"""
PROGRAM = """
import os, subprocess, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from coachdesk import app, own_memory, settings
from coachdesk.ui.shell import Shell

if sys.argv[1] == "too early":
    own_memory.keep_private()
os.environ["QT_QPA_PLATFORMTHEME"] = "xdgdesktopportal"
running = app.make_app(settings.Settings())
shell = Shell()
said = []

def turn_dark():
    own_memory.keep_private()
    said.append(running.styleHints().colorScheme().name)
    running.styleHints().colorSchemeChanged.connect(end)
    subprocess.run(["gsettings", "set", "org.gnome.desktop.interface", "color-scheme", "prefer-dark"])
    QTimer.singleShot(5000, shell.leave)

def end(scheme):
    said.append(scheme.name)
    shell.leave()

shell.painted.connect(turn_dark)
shell.show()
running.exec()
shell.deleteLater()
Path(sys.argv[2]).write_text(" ".join(said))
"""


def run(n: int, folder: Path) -> Result:
    said = [_look(folder / str(number), "from the first paint on") for number in range(n)]
    kept = sum(each == ["Light", "Dark"] for each in said)
    return Result(n, f"{kept} of {n}", kept == n)


def planted(folder: Path) -> Result:
    said = _look(folder, "too early")
    return Result(1, " then ".join(said), said == ["Light", "Dark"])


def _look(folder: Path, when: str) -> list[str]:
    """The look at the start, and after the desktop turned dark."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or not PORTAL.exists() or not BACKEND.exists():
        raise CannotRun(
            "needs a desktop portal: apt-get install xdg-desktop-portal xdg-desktop-portal-gtk "
            "libglib2.0-bin dconf-gsettings-backend gsettings-desktop-schemas dbus util-linux"
        )
    folder.mkdir(exist_ok=True)
    told, quiet = folder / "told", subprocess.DEVNULL
    with desktop(folder) as shown:
        environment = {
            **shown.environment,
            "XDG_CURRENT_DESKTOP": "X-Generic",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        del environment["DBUS_SESSION_BUS_ADDRESS"]
        rights = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if os.getuid() == 0 else []
        program = [sys.executable, "-c", PROGRAM, when, str(told)]
        command = [*rights, "dbus-run-session", "--", "sh", "-c", SCRIPT, "sh", *program]
        subprocess.run(
            command, env=environment, cwd=folder, stdout=quiet, stderr=quiet, timeout=60, check=True
        )
    return told.read_text().split()
