"""The tour and the smoke test, as they are started: in processes of their own, without a display."""

import os
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.services.sample.words import data

PLANTED = """
import sys
from PySide6.QtCore import QTimer, qWarning
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.cli import main

def broken(screen):
    qWarning("a planted warning")
    QTimer.singleShot(0, lambda: 1 / 0)

SchoolsScreen.refresh = broken
sys.exit(main(["--smoke-test"]))
"""


def run(*words):
    """One run without a display."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, *map(str, words)], env=bare, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def toured(tmp_path_factory):
    """One tour, in the dark, at twice the size."""
    out = tmp_path_factory.mktemp("tour") / "out"
    how = ("--theme", "dark", "--size", "1000x700", "--scale", "2")
    return out, run("-m", "coachdesk", "tour", "--out", out, *how)


def test_a_tour_says_what_it_made(toured):
    out, done = toured
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(map(Path, done.stdout.splitlines())) == sorted(out.iterdir())


def test_every_picture_is_as_large_as_asked_times_the_scale(toured):
    pictures = list(toured[0].glob("*.png"))
    sizes = {struct.unpack(">II", picture.read_bytes()[16:24]) for picture in pictures}
    assert sizes == {(2000, 1400)}
    assert len(pictures) > 20


def test_the_tour_passes_every_page_and_the_ways_to_them(toured):
    names = " ".join(sorted(path.name for path in toured[0].iterdir()))
    for stop in (
        "first-run",
        "unlock",
        "locked",
        "empty-teachers",
        "-teachers-",
        "-reports-",
        "import-decide",
    ):
        assert stop in names
    assert {path.suffix for path in toured[0].iterdir()} == {".png", ".pdf", ".html", ".csv"}


def test_every_file_of_the_tour_is_for_its_user_alone(toured):
    assert {stat.S_IMODE(path.stat().st_mode) for path in toured[0].iterdir()} == {0o600}


def test_every_stop_looks_different_from_the_roster(toured):
    pictures = {path.name[3:]: path.read_bytes() for path in toured[0].glob("*-dark.png")}
    roster = pictures.pop("teachers-dark.png")
    assert "teachers-new-dark.png" in pictures
    assert roster not in pictures.values()


def test_no_file_of_the_tour_is_named_after_anybody(toured):
    names = " ".join(path.name for path in toured[0].iterdir()).lower()
    assert [family for family in data("people")["family"] if family.lower() in names] == []


def test_the_smoke_test_opens_every_screen():
    done = run("-m", "coachdesk", "--smoke-test")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_smoke_test_says_what_is_wrong():
    done = run("-c", PLANTED)
    assert done.returncode == 1
    assert "Qt: a planted warning" in done.stderr
    assert "ZeroDivisionError" in done.stderr
