"""Every page in the light: audited in its own process, and as it is told over the accessibility bus.

One walk for both, on a real display: that of the smoke test. The same audit in the dark is in `test_tour`.
"""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from desktop import until
from reader import programs
from tree import FOCUSABLE, Part, findings, tree

from coachdesk.ui.screens import SCREENS

pytestmark = [pytest.mark.desktop, pytest.mark.slow]

STROLLER = Path(__file__).with_name("stroller.py")
AUDIT = Path(__file__).parents[1]  # where the audit lies that the stroller makes
WELL = "Every screen opened."


@contextmanager
def strolling(a_desktop, *words):
    """A smoke test that waits at each stop; and its stops with what is wrong there."""
    desktop, bus = a_desktop
    command = [sys.executable, STROLLER, "wait", *words, "--", "--smoke-test"]
    outside = {**desktop.environment, "PYTHONPATH": str(AUDIT)}
    with subprocess.Popen(
        command, env=outside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as walker:
        try:
            yield walker, told(walker, bus)
        finally:
            walker.kill()


def told(walker, bus):
    """Each stop with what is wrong there: found inside, and told outside."""
    while line := walker.stdout.readline():
        stop, audited = json.loads(line)
        if stop == WELL:
            return
        here = until(lambda: window(bus), "the window on the accessibility bus")
        yield stop, audited + findings(tree(bus, here.owner, here.path))
        walker.stdin.write("\n")
        walker.stdin.flush()


def window(bus):
    """The one program that has a window, once it is known."""
    return next((each for each in programs(bus) if each.name == "coachdesk"), None)


def test_every_page_opens_and_every_control_of_it_has_a_name_and_a_role(a_desktop):
    with strolling(a_desktop) as (smoke_test, stops):
        found = dict(stops)
        assert smoke_test.wait(20) == 0
    assert {stop: problems for stop, problems in found.items() if problems} == {}
    assert {screen.title.lower() for screen in SCREENS} <= set(found)


def test_a_control_without_a_name_is_told_of(a_desktop):
    with strolling(a_desktop, "plant") as (_smoke_test, stops):
        stop, found = next(stops)
    assert stop == "first run passphrase"
    audited, heard = found
    assert audited.startswith("no name: coachdesk/QPushButton")
    assert heard.startswith("no name: ")
    assert "push button ''" in heard


def part(role, name, *inside, takes_focus=True):
    return Part("", "", name, role, takes_focus << FOCUSABLE, inside=list(inside))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (part("push button", " "), ["no name: /push button ' '"]),
        (part("filler", "A page"), ["no role: /filler 'A page'"]),
        (part("combo box", "2026-27 Q1"), ["no label: /combo box '2026-27 Q1'"]),
        (part("text", "", takes_focus=False), ["no name: /text ''"]),
        (
            part("panel", "Steps", part("push button", "Done"), part("push button", "Done")),
            ["2 of push button 'Done' side by side: /panel 'Steps'"],
        ),
        (part("table", "Teachers", part("cell", "")), []),
        (part("panel", "", part("label", "", takes_focus=False), takes_focus=False), []),
    ],
)
def test_what_a_screen_reader_would_stumble_over(wrong, told):
    assert findings(wrong) == told
