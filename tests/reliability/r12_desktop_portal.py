"""R12, the other side: a program that nobody may look into still has the desktop's look, light and dark.

A real xdg-desktop-portal looks into whoever asks it (/proc/PID/root), and refuses where it may not. Qt asks
it for the look once, before the first paint, and after that everybody is told what changes. So the program
keeps others out from the first paint on: a program that did from the beginning is the planted fault.

The bus starts nothing by itself. Each part is started when the one before it is known to answer: the store of
settings, the portal's GTK half, the portal, and last the program.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop import desktop, until
from row import CannotRun, Result
from secret_service import bus

NUMBER = "R12"
CHECK = "the look from a real xdg-desktop-portal, for a process that nobody may look into"
BOUND = "light at the start, dark when the desktop turns dark"
QUICK, FULL = 1, 10
SECONDS = 35

PARTS = {
    "/usr/libexec/dconf-service": "ca.desrt.dconf",
    "/usr/libexec/xdg-desktop-portal-gtk": "org.freedesktop.impl.portal.desktop.gtk",
    "/usr/libexec/xdg-desktop-portal": "org.freedesktop.portal.Desktop",
}
"""The programs of the desktop in the order of their start, and the name of each on the bus."""
NEEDED = ("dbus-daemon", "gsettings", "setpriv", "gdbus", *PARTS)
SCHEME = ("gsettings", "set", "org.gnome.desktop.interface", "color-scheme")
ASK = (
    *("gdbus", "call", "--session", "--dest", "org.freedesktop.portal.Desktop"),
    *("--object-path", "/org/freedesktop/portal/desktop"),
    *("--method", "org.freedesktop.portal.Settings.Read", "org.freedesktop.appearance", "color-scheme"),
)
LIGHT = "uint32 2"
PROGRAM = """
import os, subprocess, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from coachdesk import app, own_memory, settings
from coachdesk.ui.shell import Shell

when, told, *turn_dark = sys.argv[1:]
if when == "too early":
    own_memory.keep_private()
os.environ["QT_QPA_PLATFORMTHEME"] = "xdgdesktopportal"
running = app.make_app(settings.Settings())
shell = Shell()
said = []

def look():
    own_memory.keep_private()
    said.append(running.styleHints().colorScheme().name)
    running.styleHints().colorSchemeChanged.connect(end)
    subprocess.run(turn_dark, check=True)
    QTimer.singleShot(30_000 if said == ["Light"] else 0, shell.leave)

def end(scheme):
    said.append(scheme.name)
    shell.leave()

shell.painted.connect(look)
shell.show()
running.exec()
shell.deleteLater()
Path(told).write_text(" ".join(said))
"""


def run(n: int, folder: Path) -> Result:
    said = [_look(folder / str(number), "from the first paint on") for number in range(n)]
    kept = sum(each == ["Light", "Dark"] for each in said)
    other = sorted({" then ".join(each) for each in said if each != ["Light", "Dark"]})
    return Result(n, f"{kept} of {n}" + (f"; else {', '.join(other)}" if other else ""), kept == n)


def planted(folder: Path) -> Result:
    said = _look(folder / "early", "too early")
    return Result(1, " then ".join(said), said == ["Light", "Dark"])


def _look(folder: Path, when: str) -> list[str]:
    """The look at the start, and after the desktop turned dark."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        raise CannotRun(
            "needs a desktop portal: apt-get install xdg-desktop-portal xdg-desktop-portal-gtk "
            "libglib2.0-bin dconf-gsettings-backend dbus util-linux (the full tier does so where it may)"
        )
    folder.mkdir()
    told = folder / "told"
    with desktop(folder) as shown, bus(folder) as address:
        environment = {
            **shown.environment,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "XDG_CURRENT_DESKTOP": "X-Generic",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        with _portal(environment):
            program = [sys.executable, "-c", PROGRAM, when, str(told), *SCHEME, "prefer-dark"]
            _said(program, environment)
    return told.read_text().split()


@contextmanager
def _portal(environment: Mapping[str, str]) -> Iterator[None]:
    """A portal that says that the desktop is light, and all that it stands on."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        for program, name in PARTS.items():
            running.append(_started([program], environment))
            _said(["gdbus", "wait", "--session", "--timeout", "20", name], environment)
            if len(running) == 1:
                _said([*SCHEME, "prefer-light"], environment)
        until(lambda: LIGHT in _said(ASK, environment), "a light desktop")
        yield
    finally:
        for each in reversed(running):
            each.kill()
            each.wait()


def _started(words: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*_as_a_user(), *words], env=dict(environment), stdout=quiet, stderr=quiet)


def _said(words: Sequence[str], environment: Mapping[str, str]) -> str:
    command = [*_as_a_user(), *words]
    answer = subprocess.run(
        command, env=dict(environment), capture_output=True, text=True, timeout=60, check=True
    )
    return answer.stdout


def _as_a_user() -> list[str]:
    """Root may look into everybody: without these rights it may not."""
    return ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if os.getuid() == 0 else []
