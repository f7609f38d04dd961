"""The tour and a smoke test that fails: in processes of their own, without a display.

The tour is audited on its way, in the dark. A smoke test that finds all well is that of
`test_every_page_told`, which does so in the light.
"""

import json
import os
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.services.sample.words import data
from coachdesk.ui.screens import SCREENS

pytestmark = pytest.mark.slow

STROLLER = Path(__file__).with_name("stroller.py")
AUDIT = Path(__file__).parents[1]  # where the audit lies that the stroller makes
STOPS = ("first-run", "unlock", "locked", "empty-teachers", "-teachers-new-", "-reports-", "import-decide")
PLANTED = """
import sys
from PySide6.QtCore import QTimer, qWarning
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.cli import main

def broken(page):
    qWarning("a planted warning")
    QTimer.singleShot(0, lambda: 1 / 0)

NewVault.settle = broken
sys.exit(main(["--smoke-test"]))
"""


def run(*words):
    """One run without a display."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    bare["PYTHONPATH"] = str(AUDIT)
    return subprocess.run(
        [sys.executable, *map(str, words)], env=bare, capture_output=True, text=True, check=False
    )


def test_a_tour_in_the_dark_at_twice_the_size(tmp_path):
    """One walk for all that is looked at here: past every page it takes long."""
    out = tmp_path / "out"
    how = ("--theme", "dark", "--size", "800x560", "--scale", "2", "--teachers", "16", "--years", "1")
    done = run(STROLLER, "--", "tour", "--out", out, *how)
    assert (done.returncode, done.stderr) == (0, "")
    found = {Path(path): problems for path, problems in map(json.loads, done.stdout.splitlines())}
    assert {path.stem: problems for path, problems in found.items() if problems} == {}
    assert sorted(found) == sorted(out.iterdir()), "it says what it made"
    assert {path.suffix for path in out.iterdir()} == {".png", ".pdf", ".html", ".csv"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    pictures = {path.name[3:]: path.read_bytes() for path in out.glob("*-dark.png")}
    assert {struct.unpack(">II", picture[16:24]) for picture in pictures.values()} == {(1600, 1120)}
    roster = pictures.pop("teachers-dark.png")
    assert roster not in pictures.values(), "another stop shows the roster"
    names = " ".join(path.name for path in out.iterdir()).lower()
    for stop in (*STOPS, *(f"-{screen.title.lower()}-" for screen in SCREENS)):
        assert stop.replace(" ", "-") in names
    assert [family for family in data("people")["family"] if family.lower() in names] == []


def test_the_smoke_test_says_what_is_wrong():
    done = run("-c", PLANTED)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Qt: a planted warning" in done.stderr
    assert "ZeroDivisionError" in done.stderr
