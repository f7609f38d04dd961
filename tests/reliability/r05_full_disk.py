"""R5: a disk that is really full while a coach types: a small file system of its own, filled to the brim."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import fuller
from row import CannotRun, Result

NUMBER = "R5"
CHECK = "really full disk (small tmpfs)"
BOUND = "0 lost, text still in the editor"
QUICK, FULL = 6, 200
SECONDS = 100


def run(n: int, folder: Path) -> Result:
    return _filled(n, folder, "honest")


def planted(folder: Path) -> Result:
    """An editor that lets go of what was refused."""
    return _filled(2, folder, "forgetful")


def _filled(n: int, folder: Path, manner: str) -> Result:
    mounts = private_mounts()
    fuller.prepare(folder)
    words = [*mounts, sys.executable, fuller.__file__, str(folder), str(n), manner]
    outside = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(words, env=outside, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    found = Counter[str](json.loads(answer.stdout))
    full, rooms = found.pop("filled"), found.pop("rooms")
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()))
    told = f"{wrong or '0 lost, the text stayed'}; the reserve completed a save in {rooms} of {full}"
    return Result(full, told, not wrong and full == n and rooms > 0)


def private_mounts() -> list[str]:
    """The words that run a program with mounts of its own. Raises CannotRun where that is not allowed."""
    words = (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    )
    if shutil.which("unshare") is None:
        raise CannotRun("needs unshare: apt-get install util-linux")
    probe = [*words, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        raise CannotRun("needs mount rights: run as root, or allow user namespaces")
    return words
