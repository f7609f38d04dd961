"""Schools, goals, principals and the year, written where they stand."""

from datetime import date

import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from coachdesk.model import School
from coachdesk.services import roster
from coachdesk.ui.screens.schools import SchoolsScreen

FIRST_PAGE = SchoolsScreen
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def two(screen_desk):
    """Harbor and Lincoln, the second with a goal, and this year."""
    harbor = screen_desk.do(roster.save_school, {"name": "Harbor"})
    lincoln = screen_desk.do(roster.save_school, {"name": "Lincoln"})
    screen_desk.do(roster.save_goal, {"school_id": lincoln.id, "title": "Reading across subjects"})
    days = {"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)}
    screen_desk.do(roster.save_school_year, days)
    return harbor, lincoln


@pytest.fixture
def page(two, workspace) -> SchoolsScreen:
    workspace.open(two[1])
    return workspace.current()


def field(page, name):
    return page.findChild(QWidget, name)


def press(qtbot, page, name):
    qtbot.mouseClick(page.findChild(QAbstractButton, name), CLICK)


def titles(desk, school):
    return [goal.title for goal in desk.ask(roster.goals, school.id)]


def test_the_school_that_was_asked_for_is_shown_with_its_goals(page):
    assert field(page, "school_name").text() == "Lincoln"
    assert field(page, "goal_1_title").text() == "Reading across subjects"
    assert field(page, "year_first_day").text() == "17/8/2026"


def test_a_goal_is_added_where_it_stands(qtbot, screen_desk, page, two):
    press(qtbot, page, "add_goal")
    assert field(page, "goal_2_title").hasFocus()
    qtbot.keyClicks(field(page, "goal_2_title"), "Every student has a say")
    page.flush()
    qtbot.waitUntil(
        lambda: titles(screen_desk, two[1]) == ["Reading across subjects", "Every student has a say"]
    )
    assert screen_desk.ask(roster.goals, two[1].id)[1].school_year == "2026-27"
    assert titles(screen_desk, two[0]) == []


def test_a_sixth_goal_cannot_be_begun(qtbot, page):
    for _number in range(4):
        press(qtbot, page, "add_goal")
    assert len(page.goals.lines) == 5
    assert not page.goals.add_button.isEnabled()


def test_a_goal_is_retired_and_undo_brings_it_back(qtbot, screen_desk, workspace, page, two):
    press(qtbot, page, "retire_goal_1")
    assert titles(screen_desk, two[1]) == []
    qtbot.mouseClick(workspace.toast.undo_button, CLICK)
    qtbot.waitUntil(lambda: field(page, "goal_1_title") is not None)
    assert titles(screen_desk, two[1]) == ["Reading across subjects"]


def test_a_goal_that_was_only_begun_is_dropped_without_a_trace(qtbot, screen_desk, page, two):
    press(qtbot, page, "add_goal")
    press(qtbot, page, "retire_goal_2")
    assert titles(screen_desk, two[1]) == ["Reading across subjects"]
    press(qtbot, page, "add_goal")
    qtbot.keyClicks(page.goals.lines[1].form.field("title"), "Half a thought")
    qtbot.mouseClick(page.goals.lines[1].findChild(QAbstractButton, "retire_goal_2"), CLICK)
    assert titles(screen_desk, two[1]) == ["Reading across subjects"]


def test_a_principal_is_written_for_the_school_that_is_shown(qtbot, screen_desk, page, two):
    qtbot.keyClicks(field(page, "principal_name"), "R. Achterberg")
    page.flush()
    qtbot.waitUntil(lambda: screen_desk.ask(roster.principal, two[1].id) is not None)
    assert screen_desk.ask(roster.principal, two[0].id) is None
    qtbot.keyClick(page.which, Qt.Key.Key_Up)
    assert field(page, "school_name").text() == "Harbor"
    assert field(page, "principal_name").text() == ""


def test_a_goal_whose_line_goes_while_it_is_written_is_kept(qtbot, screen_desk, page, two):
    title = field(page, "goal_1_title")
    title.selectAll()
    qtbot.keyClicks(title, "Every reader")
    qtbot.keyClick(page.which, Qt.Key.Key_Up)
    assert field(page, "school_name").text() == "Harbor"
    assert page.goals.lines == []
    qtbot.waitUntil(lambda: titles(screen_desk, two[1]) == ["Every reader"])


def test_a_school_is_added_and_then_has_goals(qtbot, screen_desk, page):
    press(qtbot, page, "add_school")
    assert not page.goals.isVisible()
    qtbot.keyClicks(field(page, "school_name"), "Hill")
    page.flush()
    qtbot.waitUntil(page.goals.isVisible)
    assert [school.name for school in screen_desk.ask(roster.schools)] == ["Harbor", "Hill", "Lincoln"]
    assert page.which.currentText() == "Hill"


def test_a_day_that_ends_before_it_starts_is_said_under_its_field(qtbot, screen_desk, page, two):
    ends = field(page, "school_day_ends")
    ends.setFocus()
    ends.selectAll()
    qtbot.keyClicks(ends, "7:00")
    page.flush()
    said = page.findChild(QLabel, "school_day_ends_problem")
    qtbot.waitUntil(said.isVisible)
    assert said.text() == "The school day must end after it starts."
    assert ends.text() == "7:00"
    assert screen_desk.ask(roster.school, two[1].id).record.day_ends.hour == 15


def test_without_a_school_the_page_asks_for_the_first(qtbot, screen_desk, workspace):
    workspace.open(School)
    page = workspace.current()
    assert not page.goals.isVisible()
    qtbot.keyClicks(field(page, "school_name"), "Lincoln")
    page.flush()
    qtbot.waitUntil(lambda: [s.name for s in screen_desk.ask(roster.schools)] == ["Lincoln"])


def test_a_new_goal_can_be_written_without_seeing_it(workspace, page):
    page.goals.add()
    assert audit(workspace) == []
