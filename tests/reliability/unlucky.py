"""A coach at work on a file system that fails: each attempt in a process forked for it, so that it is quick.

`Unlucky` starts `python unlucky.py FOLDER MANNER` with the shim `filecalls` preloaded. That reads lines
"at error sticky" and answers each with a `Tried` as a line of JSON.
"""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

from powercut import preloaded

from coachdesk.errors import CoachdeskError, NotSaved
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
SAVES = 4


@dataclass(frozen=True)
class Fault:
    """Call number `at` fails with `error`, and with `sticky` all that follow; none does where `at` is 0."""

    at: int
    error: int
    sticky: bool


@dataclass
class Tried:
    """What came of one attempt: what was acknowledged and what was refused in a coach's words."""

    opened: bool = False
    saved: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    silent: str = ""  # an exception that is not in a coach's words, or a process that died
    calls: int = 0


class Unlucky:
    """Attempts in `folder`/profile, each beginning with what lies in `folder`/before."""

    def __init__(self, folder: Path, manner: str) -> None:
        self.profile = folder / "profile"
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(folder), manner],
            env={**os.environ, **preloaded(self.profile), "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def attempt(self, fault: Fault) -> Tried:
        assert self._process.stdin is not None and self._process.stdout is not None
        print(fault.at, fault.error, int(fault.sticky), file=self._process.stdin, flush=True)
        return Tried(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def serve(folder: Path, manner: str) -> None:
    """Answer each line that is read; all that an attempt sets up once is set up before."""
    _attempt(folder, manner, Fault(0, 0, False))
    for line in sys.stdin:
        fault = Fault(*map(int, line.split()))
        print(json.dumps(asdict(_forked(folder, manner, fault))), flush=True)


def _forked(folder: Path, manner: str, fault: Fault) -> Tried:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, json.dumps(asdict(_attempt(folder, manner, fault))).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        said = answer.read()
    _child, status = os.waitpid(child, 0)
    return Tried(**json.loads(said)) if said else Tried(silent=f"died with {status}")


def _attempt(folder: Path, manner: str, fault: Fault) -> Tried:
    shutil.rmtree(folder / "profile", ignore_errors=True)
    shutil.copytree(folder / "before", folder / "profile")
    calls = ctypes.CDLL(None)
    calls.calls_fail(ctypes.c_long(fault.at or -1), fault.error, fault.sticky)
    tried = Tried()
    try:
        _work(folder / "profile", tried)
    except CoachdeskError:
        tried.refused.append("opening")
    except Exception as error:  # noqa: BLE001 - whatever it is, the coach would not have been told
        tried.silent = f"{type(error).__name__} in {_place(error)}"
    tried.calls = calls.calls_made()
    if manner == "boasting":
        tried.saved += [name for name in tried.refused if name.startswith("school")]
    return tried


def _place(error: BaseException) -> str:
    """The last function of ours that an error passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "coachdesk" in frame.filename]
    return frames[-1].name if frames else "?"


def _work(profile: Path, tried: Tried) -> None:
    """Open the vault, save some schools as a form does, back up, leave."""
    desk = Desk(Vault.open_with_key(profile / "coachdesk.vault", KEY))
    tried.opened = True
    try:
        for number in range(SAVES):
            _save(desk, f"school {number}", tried)
        try:
            desk.back_up()
        except CoachdeskError:
            tried.refused.append("backup")
        try:
            desk.flush()
        except NotSaved:
            tried.refused.append("leaving")
    finally:
        desk.close()


def _save(desk: Desk, name: str, tried: Tried) -> None:
    try:
        desk.do_later(name, roster.save_school, {"name": name, "short_code": name[-1] * 3}).result()
        tried.saved.append(name)
    except CoachdeskError:
        tried.refused.append(name)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
