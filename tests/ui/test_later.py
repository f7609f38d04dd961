"""Pages whose modules are fetched when they are first visited."""

import subprocess
import sys

import pytest

from coachdesk.ui.later import Later
from coachdesk.ui.screens import SCREENS

LATE = [kind for kind in SCREENS if isinstance(kind, Later)]

BEHIND = "import sys; import coachdesk.ui.inside; print(*sys.modules)"
UNVISITED = {
    "coachdesk.ui.screens.reports",
    "coachdesk.ui.screens.settings",
    "coachdesk.ui.bringing.flow",
    "coachdesk.ui.restoring.flow",
    "coachdesk.ui.from_archive.flow",
    "coachdesk.services.sample",
    "coachdesk.services.sharing",
    "coachdesk.export",
    "coachdesk.imports",
}


@pytest.mark.parametrize("kind", LATE, ids=lambda kind: kind.title)
def test_what_is_said_of_a_page_is_so_once_it_is_fetched(kind):
    fetched = kind.fetch()
    said = (kind.title, kind.icon, kind.shows, kind.in_sidebar)
    assert said == (fetched.title, fetched.icon, fetched.shows, fetched.in_sidebar)


@pytest.mark.parametrize("planted", ["", "import coachdesk.ui.screens.reports; "])
def test_what_few_come_to_is_not_in_memory_when_the_desk_is_shown(planted):
    answer = subprocess.run(
        [sys.executable, "-P", "-c", planted + BEHIND], capture_output=True, text=True, check=True, timeout=60
    )
    assert bool(UNVISITED & set(answer.stdout.split())) is bool(planted)
