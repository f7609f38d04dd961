"""What coachdesk needs from the operating system, and how Debian and Ubuntu provide it."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""Shared libraries that Qt opens, and the Debian packages that hold them."""

PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
    "import": "imagemagick",
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "pdftotext": "poppler-utils",
    "gnome-keyring-daemon": "gnome-keyring",
    "cc": "gcc libc6-dev",
    "strace": "strace",
}
"""Programs that drive a window, read a PDF, cut off a disk and watch what is written, and their packages."""

FULLER = {
    "gsettings": "libglib2.0-bin",
    "/usr/libexec/dconf-service": "dconf-gsettings-backend",
    "/usr/libexec/xdg-desktop-portal": "xdg-desktop-portal",
    "/usr/libexec/xdg-desktop-portal-gtk": "xdg-desktop-portal-gtk",
}
"""What the full tier of the reliability table wants besides; without one a row says that it was not run."""

APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300")


def venv_missing() -> list[str]:
    """The package that lets this Python make a virtual environment, where Debian left it out."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return []
    return [f"python3.{sys.version_info.minor}-venv"]


def libraries_missing() -> list[str]:
    """Packages whose library cannot be opened. Other systems carry their own: there is nothing to say."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in LIBRARIES.items() if not _opens(library)]


def programs_missing(programs: Mapping[str, str] = PROGRAMS) -> list[str]:
    """Packages of programs that the tests drive a window with, or of those that are given."""
    if not sys.platform.startswith("linux"):
        return []
    missing = (packages for program, packages in programs.items() if shutil.which(program) is None)
    return [package for packages in missing for package in packages.split()]


def provide(packages: Sequence[str]) -> bool:
    """Install Debian packages where that is allowed without asking; else say the line to type."""
    if not packages:
        return True
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        print(f"This system lacks what Debian calls: {' '.join(packages)}. Please install it.", flush=True)
        return False
    before = _privilege()
    if before is None:
        print(f"Please type this line once, then come back:\n  sudo {line}", flush=True)
        return False
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    if _install(before, packages):
        return True
    print(f"They could not all be installed. Once this computer is online, type:\n  sudo {line}", flush=True)
    return False


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _privilege() -> list[str] | None:
    """The words before apt-get: none as root, sudo where it asks for no password, None where it would."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _quiet(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n"]
    return None


def _install(before: Sequence[str], packages: Sequence[str]) -> bool:
    quiet_apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    asked = ["install", "-y", "-qq", "--no-install-recommends", *packages]
    _quiet([*before, *APT, "update", "-qq"], quiet_apt)  # offline, the lists there are may still do
    answer = _quiet([*before, *APT, *asked], quiet_apt)
    if answer.returncode:
        print(answer.stderr.strip(), file=sys.stderr)
    return answer.returncode == 0


def _quiet(words: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
