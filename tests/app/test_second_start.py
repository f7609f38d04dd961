"""On a real screen: a second start raises the first window; a copy is marked, and gone after the lock."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "reliability"))

from desktop import until
from laptop import laptop

from coachdesk.app import SHOWN_ALREADY

pytestmark = pytest.mark.desktop

NOTE = "zebrafish sorted by stripes"
OTHER_PROGRAM = """
from PySide6.QtWidgets import QApplication

held = QApplication([]).clipboard().mimeData()
print(held.text(), bytes(held.data("x-kde-passwordManagerHint").data()).decode(), sep="|", end="")
"""


def test_a_hidden_window_is_raised_and_what_was_copied_goes_with_the_lock(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    with laptop(tmp_path_factory.mktemp("d")) as one:
        one.start()
        one.unlock()
        one.begin_note()
        one.type(NOTE)
        one.desktop.press("ctrl+a", "ctrl+c")
        until(lambda: clipboard(one) == f"{NOTE}|secret", "the copy, marked")
        [window] = visible(one)
        run(one, "xdotool", "windowminimize", window)
        until(lambda: not visible(one), "the window minimised")
        said = run(one, sys.executable, "-m", "coachdesk", "--profile", str(one.place.data))
        assert said == f"{SHOWN_ALREADY}\n"
        until(lambda: visible(one) == [window], "the window again")
        one.locks(one.computer.falls_asleep)
        assert one.computer.sleeps_once_let()
        assert clipboard(one) == "|"


def clipboard(one):
    return run(one, sys.executable, "-c", OTHER_PROGRAM)


def visible(one):
    return run(one, "xdotool", "search", "--onlyvisible", "--name", "coachdesk").split()


def run(one, *command):
    """What a program says on this desktop; nothing where it finds nothing."""
    environment = {**one.desktop.environment, "PYTHONPATH": str(Path(__file__).parents[2])}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return answer.stdout
