"""Somebody looks at the coach's screen: what is hidden stays hidden, what is shown is of this visit alone."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from worlds import world

from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import counters, schedule, script, visits
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.wishes import OpenNote, StartNote

FIRST_PAGE = VisitScreen
TUESDAY = date(2027, 2, 2)
CTRL = Qt.KeyboardModifier.ControlModifier


def at(hour, minute=0):
    return datetime.combine(TUESDAY, time(hour, minute))


@world
def with_counters(desk, three_at_juniper):
    for who, name in zip(three_at_juniper.teachers, ("Tech trouble", "Creating"), strict=False):
        desk.do(counters.agree_counters, who, None, [{"name": name}])
    return three_at_juniper


@pytest.fixture
def juniper(with_counters, clock):
    clock.set(TUESDAY, 9, 51)
    return with_counters


def begun(desk, teacher, hour):
    """The note of a visit at that hour, with one line."""
    values = {"kind": "visit", "starts": at(hour), "ends": at(hour, 20), "teachers": [teacher]}
    note = desk.do(visits.start_note, desk.do(schedule.create_event, values).id, at(hour))
    desk.do(script.write_lines, note, [Line(uuid4(), 5, LineKind.ACTION, f"Seen at {hour}")])
    return note


@pytest.fixture
def ended(screen_desk, juniper):
    """The note of a visit to the second teacher, over for an hour."""
    note = begun(screen_desk, juniper.teachers[1], 8)
    screen_desk.do(visits.end_visit, note, at(8, 20))
    return note


@pytest.fixture
def screen(ended, workspace) -> VisitScreen:
    return workspace.screen_of(VisitScreen)


def press(qtbot, workspace, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(workspace.focusWidget() or workspace, key, held)


def shown(screen):
    page = screen.for_teacher
    return page.script.toPlainText(), page.counts.text()


def test_a_teacher_is_shown_the_counts_of_their_own_visit(qtbot, workspace, screen, juniper, ended):
    workspace.open(StartNote(teacher_id=juniper.teachers[0]))
    workspace.open(OpenNote(ended))
    press(qtbot, workspace, Qt.Key.Key_F8)
    assert shown(screen) == ("Seen at 8", "Creating 0")


def test_a_teacher_is_shown_what_was_mended_just_now(qtbot, workspace, screen, ended):
    workspace.open(OpenNote(ended))
    screen.after.shared.field("strength").setFocus()
    qtbot.keyClicks(workspace.focusWidget(), "Wait time")
    screen.after.seen.script.setFocus()
    qtbot.keyClicks(workspace.focusWidget(), "and heard")
    press(qtbot, workspace, Qt.Key.Key_F8)
    assert shown(screen)[0] == "Seen at 8\nand heard"
    assert screen.for_teacher.strength.text() == "One strength: Wait time"


def test_the_end_of_a_hidden_visit_stays_hidden(qtbot, workspace, screen, juniper):
    workspace.open(StartNote(teacher_id=juniper.teachers[0]))
    press(qtbot, workspace, Qt.Key.Key_F9)
    press(qtbot, workspace, Qt.Key.Key_Return, CTRL)
    veil = screen.after.findChild(QWidget, "veil")
    assert screen.after.isVisible()
    assert veil.isVisible()
    press(qtbot, workspace, Qt.Key.Key_F9)
    assert not veil.isVisible()


def test_what_was_hidden_is_hidden_when_the_teacher_has_seen_enough(qtbot, workspace, screen, juniper):
    workspace.open(StartNote(teacher_id=juniper.teachers[0]))
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F8):
        press(qtbot, workspace, key)
    assert screen.for_teacher.isVisible()
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert screen.running.veil.isVisible()
    assert screen.running.title.text() == "Visit note"


def test_hiding_names_hides_those_to_choose_from(qtbot, workspace, screen, juniper):
    workspace.open(StartNote(teacher_id=juniper.teachers[0]))
    workspace.open(StartNote())
    assert screen.picker.isVisible()
    press(qtbot, workspace, Qt.Key.Key_F9)
    assert not screen.picker.isVisible()
    assert screen.running.veil.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_F8])
def test_what_was_just_said_about_somebody_goes_as_well(qtbot, workspace, screen, juniper, key):
    workspace.open(StartNote(teacher_id=juniper.teachers[0]))
    workspace.say("Recorded quick contact with Ana Moss.", undoable=True)
    assert workspace.toast.isVisible()
    press(qtbot, workspace, key)
    assert not workspace.toast.isVisible()
