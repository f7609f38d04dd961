"""What every row measures on: a display of our own, a home of our own, and a coach's lifetime of notes."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date, datetime
from datetime import time as clock_time
from functools import cached_property
from pathlib import Path
from typing import Any

from coachdesk import paths
from coachdesk.services import opening
from coachdesk.services.desk import Desk

HERE = Path(__file__).parent
FRAME = 16  # ms: what a screen shows at 60 pictures a second
PASSPHRASE = "sample"
TODAY = date(2026, 11, 20)
MORNING = datetime.combine(TODAY, clock_time(9, 50))
LIFETIME = ("--teachers", "40", "--years", "30")  # 30,000 notes


class Scene:
    """`folder` is thrown away afterwards; `display` names a private X server."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder, self.display = folder, display
        self.building = 0.0  # seconds that the lifetime took to build, once it was

    @cached_property
    def environment(self) -> dict[str, str]:
        """A coach's, with nothing of whoever measures."""
        runtime = self.folder / "runtime"
        runtime.mkdir(mode=0o700)
        inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            **inherited,
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_QPA_PLATFORMTHEME": "generic",  # as where there is no desktop whose portal could be asked
            "QT_LOGGING_RULES": "*.warning=false",
        }

    @cached_property
    def lifetime(self) -> Path:
        """A profile with the sample of thirty years in it."""
        profile, seconds = self.sample("lifetime", *LIFETIME)
        self.building = seconds
        return profile

    def sample(self, name: str, *words: str) -> tuple[Path, float]:
        """A new sample vault, and the seconds it took."""
        profile = self.folder / name
        words = ("sample", "--profile", str(profile), "--today", TODAY.isoformat(), *words)
        began = time.perf_counter()
        self.coachdesk(*words)
        return profile, time.perf_counter() - began

    def coachdesk(self, *words: str) -> str:
        """What coachdesk says on a command line."""
        command = [sys.executable, "-P", "-m", "coachdesk", *words]
        return subprocess.run(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def open(self, profile: Path) -> Desk:
        """The desk over a sample, in this process."""
        return opening.open_desk(paths.folders(profile), PASSPHRASE)


def told(scene: Scene, script: str, *words: object, extra: dict[str, str] | None = None) -> dict[str, Any]:
    """What a process of its own measured, with a session bus of its own unless `extra` names one."""
    environment = {**scene.environment, **(extra or {})}
    bus = [] if "DBUS_SESSION_BUS_ADDRESS" in environment else ["dbus-run-session", "--"]
    command = [*bus, sys.executable, str(HERE / script), *map(str, words)]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return measured


def slow_flush(scene: Scene) -> tuple[Path | None, str]:
    """A library that makes every flush take 20 ms longer, or why there is none."""
    if shutil.which("cc") is None:
        return None, "there is no C compiler"
    built = scene.folder / "slow_flush.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(built), str(HERE / "slow_flush.c"), "-ldl"]
    subprocess.run(command, check=True)
    return built, ""
