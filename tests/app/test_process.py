"""The real process: what it has loaded when the lock screen is painted, how it starts anew, how it ends."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from coachdesk.app import SHOWN_ALREADY
from coachdesk.paths import Folders, folders
from coachdesk.store.vault import Vault
from coachdesk.ui import process as this_process

WORDS = "five little words on paper"
SLOW = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "sqlcipher3", "nacl", "zxcvbn", "typst", "openpyxl"}
OURS = {
    "coachdesk.services",
    "coachdesk.store",
    "coachdesk.model",
    "coachdesk.ui.screens",
    "coachdesk.export",
}

COSTLY = {"Qt", "QIcon", "QStyle"}
"""Names of PySide6 whose first use takes 7 to 20 ms each."""

AT_FIRST_PAINT = """
import os, sys
from PySide6 import QtCore, QtGui, QtWidgets
from pathlib import Path
from coachdesk import app, paths, settings
from coachdesk.ui.handover import Handover, Start

def tell():
    used = [vars(module) for module in (QtCore, QtGui, QtWidgets)]
    print(*sys.modules, *(name for names in used for name in names), flush=True)

place = paths.folders(Path(sys.argv[1]))
made = app.make_app(settings.load(place.settings))
program = app.Program(place, Start(place.data), Handover(), print)
program.shell.painted.connect(lambda: (tell(), os._exit(0)))
program.begin()
made.exec()
"""

ANEW = """
import os, sys
from pathlib import Path
from coachdesk.ui import process
from coachdesk.ui.handover import Handover, Start

print(os.getpid(), flush=True)
process.restart(Start(Path(sys.argv[1]), locked=True), Handover("10:42", "10:41:58"))
"""

RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from coachdesk import app

QTimer.singleShot(0, lambda: print("running", flush=True))
sys.exit(app.run(Path(sys.argv[1])))
"""


@pytest.fixture
def vault(place, locked_vault):
    locked_vault(place, WORDS)
    return place


def python(code: str, profile: Path, through: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*through, sys.executable, "-P", "-c", code, str(profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("page", ["the lock", "the first run"])
def test_nothing_slow_is_loaded_when_the_first_page_is_painted(page, place, request):
    if page == "the lock":
        request.getfixturevalue("vault")
    with python(AT_FIRST_PAINT, place.data) as process:
        loaded = set(process.communicate(timeout=60)[0].split())
    assert "coachdesk.ui.shell" in loaded
    assert loaded & SLOW == set()
    assert {name for name in loaded if any(name.startswith(ours) for ours in OURS)} == set()
    if page == "the lock":
        assert loaded & COSTLY == set()


def test_locking_becomes_a_new_process_in_place_of_the_old(vault):
    with python(ANEW, vault.data) as process:
        command = Path(f"/proc/{process.pid}/cmdline")
        assert int(process.stdout.readline()) == process.pid
        wait_for(lambda: b"--locked" in command.read_bytes())
        words = command.read_bytes().split(b"\0")
        assert [os.fsencode(str(vault.data)), b"--locked"] == words[-3:-1]
        wait_for(lambda: listens_to_sigterm(process.pid))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""


@dataclass(frozen=True)
class Seen:
    """What was to be seen of a process on a vault while it ran, and how it ended."""

    place: Folders
    limits: str
    status: str
    exit_code: int


@pytest.fixture(scope="module")
def seen(tmp_path_factory, locked_vault):
    """One run for several tests, until it is asked to end; nobody may look into its memory by then."""
    place = folders(tmp_path_factory.mktemp("seen") / "profile")
    locked_vault(place, WORDS)
    with python(RUN, place.data, as_a_user()) as process:
        assert process.stdout.readline() == "running\n"
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        wait_for(lambda: not sees(process.pid))
        process.send_signal(signal.SIGTERM)
        return Seen(place, limits, status, process.wait(60))


def test_asked_to_end_it_ends_well_and_lets_the_vault_go(seen):
    assert seen.exit_code == 0
    Vault.open(seen.place, WORDS).close()


def test_core_dumps_are_off_and_new_files_are_for_this_user_alone(seen):
    [core] = [line for line in seen.limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]
    assert "Umask:\t0077" in seen.status


def test_a_second_start_on_the_same_vault_calls_the_first_window_and_ends(
    vault, tmp_path_factory, monkeypatch
):
    runtime = tmp_path_factory.mktemp("run")
    runtime.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    with python(RUN, vault.data) as first:
        assert first.stdout.readline() == "running\n"
        wait_for(lambda: list(runtime.glob("coachdesk-*.sock")))
        command = [sys.executable, "-m", "coachdesk", "--profile", str(vault.data)]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) == 0
    assert (second.returncode, second.stdout, second.stderr) == (0, f"{SHOWN_ALREADY}\n", "")
    assert list(runtime.iterdir()) == []


SIGHT = """
import sys
from pathlib import Path
pid = sys.argv[1]
with Path(f"/proc/{pid}/mem").open("rb"):
    print("seen")
"""
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")
NO_PRIVILEGES = ("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
"""What makes root a user like any other: both who looks and who is looked at have no more rights."""


def test_other_programs_of_the_same_user_may_not_look_into_its_memory(seen, tmp_path):
    """`seen` did not come before that; here it is shown that they may look into another."""
    assert seen
    open_to_all = "print('running', flush=True); input()"
    with python(open_to_all, tmp_path, as_a_user()) as process:
        assert process.stdout.readline() == "running\n"
        found = sees(process.pid) or YAMA.exists()  # where it is, a kernel may let nobody look at all
        process.kill()
    assert found


def as_a_user() -> tuple[str, ...]:
    return NO_PRIVILEGES if os.getuid() == 0 else ()


def sees(pid: int) -> bool:
    command = [*as_a_user(), sys.executable, "-c", SIGHT, str(pid)]
    return subprocess.run(command, capture_output=True, check=False).stdout == b"seen\n"


def listens_to_sigterm(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def wait_for(condition) -> None:
    """Look again until it is so; the suite's own time limit ends what never comes."""
    while not condition():
        os.sched_yield()


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        (("KDE", True, True), True),
        (("KDE", True, False), False),
        (("KDE", False, True), False),
        (("ubuntu:GNOME", True, True), False),
    ],
)
def test_a_portal_is_asked_only_where_there_is_one(monkeypatch, tmp_path, where, asked):
    desktop, bus, installed = where
    service = tmp_path / this_process.PORTAL
    service.parent.mkdir(parents=True)
    if installed:
        service.touch()
    monkeypatch.setenv("XDG_DATA_DIRS", f"/nowhere:{tmp_path}")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert this_process.has_a_portal() is asked
