"""Earlier versions of a note, seen on its page and brought back, by mouse and by keys."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from worlds import world

from coachdesk.services import notes, schedule, visits
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.wishes import OpenNote

FIRST_PAGE = VisitScreen
TUESDAY, WEEKS_LATER = date(2027, 2, 2), date(2027, 3, 2)
CLICK = Qt.MouseButton.LeftButton


def at(hour, minute=0):
    return datetime(2027, 2, 2, hour, minute)


@world
def ended(desk, three_at_juniper):
    """A visit that has ended, with a reflection that was written anew."""
    values = {
        "kind": "visit",
        "starts": at(9, 50),
        "ends": at(10, 10),
        "teachers": three_at_juniper.teachers[:1],
    }
    event = desk.do(schedule.create_event, values).id
    begun = desk.do(visits.start_note, event, at(9, 50))
    desk.do(visits.end_visit, begun, at(10, 10))
    for text in ("I counted for too long", "No"):
        desk.do(visits.write_private, begun, {"reflection": text, "interpretation": ""})
    return begun


@pytest.fixture
def note(ended, clock):
    clock.set(TUESDAY, 10, 12)
    return ended


@pytest.fixture
def closed(screen_desk, clock, note):
    """The same note, finished and seen four weeks later."""
    screen_desk.do(visits.finish, note, at(10, 20))
    clock.set(WEEKS_LATER)


@pytest.fixture
def screen(note, workspace) -> VisitScreen:
    workspace.open(OpenNote(note))
    return workspace.current()


def press(qtbot, screen, name):
    found = next(one for one in screen.findChildren(QAbstractButton, name) if one.isVisible())
    qtbot.mouseClick(found, CLICK)


def reflection(desk, note):
    return desk.ask(notes.note, note, desk.now()).reflection


def seen(screen):
    return [text.text() for text in screen.versions.texts.values() if text.isVisible()]


def test_the_page_lists_what_the_note_was_and_shows_it_whole(qtbot, screen):
    press(qtbot, screen, "earlier_versions")
    assert screen.versions.list.count() == 1
    assert "5 words" in screen.versions.list.item(0).text()
    assert seen(screen) == ["My own reflection: I counted for too long"]
    assert screen.versions.list.hasFocus()


def test_a_version_is_brought_back_and_that_is_undone(qtbot, screen, screen_desk, note, workspace):
    press(qtbot, screen, "earlier_versions")
    press(qtbot, screen, "bring_back")
    assert reflection(screen_desk, note) == "I counted for too long"
    assert screen.after.private.answers()["reflection"] == "I counted for too long"
    assert screen.pages.currentWidget() is screen.after
    workspace.undo()
    assert reflection(screen_desk, note) == "No"


def test_what_is_typed_when_the_page_is_asked_for_is_a_version_afterwards(qtbot, screen, screen_desk, note):
    field = screen.after.private.field("reflection")
    field.setFocus()
    qtbot.keyClicks(field, "t yet. ")
    press(qtbot, screen, "earlier_versions")
    assert "yet" in reflection(screen_desk, note)
    assert seen(screen) == ["My own reflection: No"]


def test_escape_goes_back_to_the_note(qtbot, screen, workspace):
    press(qtbot, screen, "earlier_versions")
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.after


def test_without_any_the_page_says_so(qtbot, screen, screen_desk):
    screen_desk.do(lambda session: session.connection().exec_driver_sql("DELETE FROM change"))
    press(qtbot, screen, "earlier_versions")
    assert screen.versions.none.isVisible()
    assert not screen.versions.restore.isVisible()
    assert screen.versions.back.hasFocus()


def test_of_a_closed_note_they_are_read_only(qtbot, closed, screen):
    press(qtbot, screen, "earlier_versions")
    assert seen(screen) == ["My own reflection: I counted for too long"]
    assert not screen.versions.restore.isVisible()
    assert "closed" in screen.versions.about.text()


def test_names_that_are_hidden_are_not_shown_here(qtbot, screen, workspace):
    press(qtbot, screen, "earlier_versions")
    screen.hide_names()
    assert not any(part.isVisible() for part in screen.findChildren(QWidget, "note_versions"))
