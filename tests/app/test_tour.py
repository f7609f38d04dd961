"""The tour and the smoke test, as they are started: in processes of their own, without a display."""

import os
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.services.sample.words import data

pytestmark = pytest.mark.slow

STOPS = ("first-run", "unlock", "locked", "empty-teachers", "-teachers-new-", "-reports-", "import-decide")
PLANTED = """
import sys
from PySide6.QtCore import QTimer, qWarning
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.cli import main

def broken(screen):
    qWarning("a planted warning")
    QTimer.singleShot(0, lambda: 1 / 0)

TodayScreen.refresh = broken
sys.exit(main(["--smoke-test"]))
"""


def run(*words):
    """One run without a display."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, *map(str, words)], env=bare, capture_output=True, text=True, check=False
    )


def test_a_tour_in_the_dark_at_twice_the_size(tmp_path):
    """One walk for all that is looked at here: past every page it takes long."""
    out = tmp_path / "out"
    how = ("--theme", "dark", "--size", "800x560", "--scale", "2")
    done = run("-m", "coachdesk", "tour", "--out", out, *how)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(map(Path, done.stdout.splitlines())) == sorted(out.iterdir()), "it says what it made"
    assert {path.suffix for path in out.iterdir()} == {".png", ".pdf", ".html", ".csv"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    pictures = {path.name[3:]: path.read_bytes() for path in out.glob("*-dark.png")}
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures.values()} == {(1600, 1120)}
    roster = pictures.pop("teachers-dark.png")
    assert roster not in pictures.values(), "another stop shows the roster"
    names = " ".join(path.name for path in out.iterdir()).lower()
    for stop in STOPS:
        assert stop in names
    assert [family for family in data("people")["family"] if family.lower() in names] == []


def test_the_smoke_test_opens_every_screen():
    done = run("-m", "coachdesk", "--smoke-test")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_smoke_test_says_what_is_wrong():
    done = run("-c", PLANTED)
    assert done.returncode == 1
    assert "Qt: a planted warning" in done.stderr
    assert "ZeroDivisionError" in done.stderr
