"""Every page and every state of it in the dark, as an assistive program meets them.

In the light the same audit is made on the walk of `tests/app/test_every_page_told.py`.
"""

from contextlib import closing
from datetime import date

import pytest
from accessibility import audit
from PySide6.QtWidgets import QPushButton

from coachdesk.services.sample.book import Shape
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.shell import Shell
from coachdesk.ui.walk import Trip, settle, walk

pytestmark = pytest.mark.slow


@pytest.fixture
def trip(qapp, dressed, tmp_path):
    """The dark window, at the beginning of its walk."""
    theme.apply(qapp, "dark")
    shell, background = Shell(), Background()
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    yield Trip(shell, background, tmp_path, Shape(date.today(), teachers=16, years=1))
    background.close()
    shell.leave()
    shell.deleteLater()
    settle()
    theme.apply(qapp, "light")


def test_an_assistive_program_finds_its_way_at_every_stop_of_the_walk(trip):
    found = {}
    with closing(walk(trip)) as stops:
        for stop in stops:
            settle()
            found[stop] = audit(trip.shell)
    assert {stop: problems for stop, problems in found.items() if problems} == {}
    assert {screen.title.lower() for screen in SCREENS} <= set(found)


def test_a_control_without_a_name_is_found_at_its_stop(trip):
    with closing(walk(trip)) as stops:
        next(stops)
        assert audit(trip.shell) == []
        planted = QPushButton(trip.shell.page)
        planted.setObjectName("planted")
        planted.resize(80, 32)
        planted.show()
        [problem] = audit(trip.shell)
    assert problem.startswith("no name: ")
    assert problem.endswith("/planted")
