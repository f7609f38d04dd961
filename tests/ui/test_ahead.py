"""Pages are built before anybody goes there, but only while nobody waits."""

import pytest

from coachdesk.errors import NotSaved
from coachdesk.ui.ahead import Ahead
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.workspace import Workspace

MINUTE = 60.0  # seconds without a key


class First(Screen):
    """A page that counts how often it had to ask."""

    title = "First"
    icon = "users"

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.asked, self.parts, self.runs = 0, [], False

    def refresh(self):
        self.asked += 1

    @property
    def is_running(self):
        return self.runs


class Second(First):
    title = "Second"

    def parts_ahead(self):
        return (lambda: self.parts.append("its part"),)


class Aside(First):
    title = "Aside"
    in_sidebar = False


class Refusing(First):
    title = "Refusing"

    def refresh(self):
        super().refresh()
        if self.asked == 1:
            raise NotSaved("once")


class Coach:
    """Sits there and does nothing for so long; counts how often that was asked."""

    def __init__(self, still):
        self.seconds, self.looked_at = still, 0

    def __call__(self):
        self.looked_at += 1
        return self.seconds


@pytest.fixture
def opened(qtbot, screen_desk):
    """A workspace with the first of three pages shown."""
    shown = Workspace(screen_desk, (First, Second, Aside), lambda: None)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def waiting(workspace):
    """The pages that are not there yet."""
    return list(workspace.not_built())


def test_while_nobody_does_anything_every_page_is_built_and_filled(qtbot, opened):
    ahead = Ahead(opened, Coach(MINUTE), opened, first_ms=0)
    qtbot.waitSignal(ahead.done).wait()
    assert waiting(opened) == []
    second = opened.screen_of(Second)
    assert (second.asked, second.parts, second.isVisible()) == (1, ["its part"], False)
    assert opened.screen_of(Aside).asked == 0, "it is told first what to show"
    assert type(opened.current()) is First
    opened.show_screen(second)
    assert second.asked == 1, "it was asked for already"


def test_nothing_is_built_between_two_keys(qtbot, opened):
    coach = Coach(0.1)
    ahead = Ahead(opened, coach, opened, first_ms=0)
    qtbot.waitUntil(lambda: coach.looked_at > 3)
    assert waiting(opened) == [Second, Aside]
    coach.seconds = MINUTE
    qtbot.waitSignal(ahead.done).wait()
    assert waiting(opened) == []


def test_nothing_is_built_while_a_visit_runs(qtbot, opened):
    coach = Coach(MINUTE)
    opened.current().runs = True
    ahead = Ahead(opened, coach, opened, first_ms=0)
    qtbot.waitUntil(lambda: coach.looked_at > 3)
    assert waiting(opened) == [Second, Aside]
    ahead.close()


def test_once_closed_it_builds_no_more(qtbot, opened):
    coach = Coach(MINUTE)
    ahead = Ahead(opened, coach, opened, first_ms=0)
    qtbot.waitUntil(lambda: Second not in waiting(opened))
    ahead.close()
    looked_at = coach.looked_at
    other = Coach(0)
    Ahead(opened, other, opened, first_ms=0)
    qtbot.waitUntil(lambda: other.looked_at > 3)
    assert coach.looked_at == looked_at
    assert Aside in waiting(opened)


def test_who_goes_to_a_page_before_its_turn_finds_it_there(qtbot, opened):
    ahead = Ahead(opened, Coach(MINUTE), opened, first_ms=0)
    second = opened.screen_of(Second)
    opened.show_screen(second)
    qtbot.waitSignal(ahead.done).wait()
    assert opened.current() is second
    assert (second.asked, second.parts) == (1, [])


def test_a_page_that_could_not_be_filled_asks_again_when_it_is_shown(qtbot, screen_desk):
    shown = Workspace(screen_desk, (First, Refusing), lambda: None)
    qtbot.addWidget(shown)
    shown.show()
    page = shown.screen_of(Refusing)
    with pytest.raises(NotSaved):
        page.get_ready()
    shown.show_screen(page)
    assert page.asked == 2


def test_the_page_after_a_visit_is_there_before_the_first_visit_ends(workspace):
    visit = workspace.screen_of(VisitScreen)
    for build in visit.parts_ahead():
        build()
    assert "after" in vars(visit)
