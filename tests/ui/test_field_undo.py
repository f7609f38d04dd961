"""Ctrl+Z in a field: the field's own last words, or what the coach did last where none were typed there."""

import coached_school
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.services import caseload, roster
from coachdesk.ui.screens.teachers import TeachersScreen

FIRST_PAGE = TeachersScreen
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(qtbot, screen_desk, workspace):
    """The field of a teacher's room, while another teacher has just been archived."""
    made = screen_desk.do(coached_school.school, teachers=2)
    page = workspace.screen_of(TeachersScreen)
    workspace.show_screen(page)
    qtbot.waitUntil(lambda: page.list.current() is not None)
    other = next(who for who in made.teachers if who != page.list.current().id)
    screen_desk.do(roster.archive_teacher, other)
    field = page.file.form.field("room")
    field.setFocus()
    return field


def archived(desk, clock):
    return [row for row in desk.ask(caseload.everyone, clock()) if row.status.value == "archived"]


def undo(qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)


def test_where_nothing_was_typed_it_is_what_was_done_last(qtbot, screen_desk, workspace, room, clock):
    undo(qtbot)
    assert archived(screen_desk, clock) == []
    assert workspace.toast.said.text() == "Undone: archiving a teacher."


def test_where_something_was_typed_it_is_the_words(qtbot, screen_desk, room, clock):
    assert len(archived(screen_desk, clock)) == 1
    before = room.text()
    qtbot.keyClicks(room, "12")
    undo(qtbot)
    assert room.text() == before
    assert len(archived(screen_desk, clock)) == 1
