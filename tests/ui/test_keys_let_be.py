"""Keys that do what was meant and no more: on a list of teachers, in the week, and with Alt in a visit."""

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from coachdesk.services import roster, schedule, visits
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.week.event_button import EventButton, Type
from coachdesk.ui.wishes import OpenNote, ShowEvent, StartNote

FIRST_PAGE = VisitScreen
MONDAY, TUESDAY = date(2027, 2, 1), date(2027, 2, 2)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(three_at_juniper, clock):
    clock.set(TUESDAY, 9, 41)
    return three_at_juniper


def add(desk, juniper, starts, who=0):
    times = {"starts": starts, "ends": starts + timedelta(minutes=20)}
    return desk.do(schedule.create_event, {"kind": "visit", **times, "teachers": [juniper.teachers[who]]}).id


@pytest.fixture
def visit(screen_desk, juniper):
    return add(screen_desk, juniper, at(9, 50))


@pytest.fixture
def page(visit, workspace) -> CalendarScreen:
    screen = workspace.screen_of(CalendarScreen)
    workspace.show_screen(screen)
    return screen


@pytest.fixture
def whom(page):
    """The list of teachers of an event that was begun and is not kept."""
    page.new_event()
    return page.panel.form.people.choice


def press(qtbot, workspace, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(workspace.focusWidget() or workspace, key, held)


def events(desk):
    return desk.ask(schedule.week, MONDAY).events


def names(desk):
    return [row.names for row in events(desk)]


# whom an event is with


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_arrows_look_through_the_teachers_and_only_enter_takes_one(qtbot, page, whom, screen_desk):
    qtbot.keyClick(whom, Qt.Key.Key_Down)
    qtbot.keyClick(whom.view(), Qt.Key.Key_Down)
    assert whom.view().isVisible()
    assert page.panel.form.people.answer() == ()
    assert len(events(screen_desk)) == 1
    looked_at = whom.view().currentIndex().data()
    qtbot.keyClick(whom.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(events(screen_desk)) == 2)
    assert (looked_at,) in names(screen_desk)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_name_is_typed_and_one_teacher_is_taken(qtbot, page, whom, screen_desk):
    qtbot.keyClicks(whom, "Y")
    qtbot.keyClicks(whom.view(), "us")
    assert whom.view().currentIndex().data() == "Yusra Bukowiec"
    assert page.panel.form.people.answer() == ()
    qtbot.keyClick(whom.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("Yusra Bukowiec",) in names(screen_desk))


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("typed", ["Buk", "yus", "kowi"])
def test_any_part_of_a_name_finds_a_teacher(qtbot, whom, typed):
    qtbot.keyClicks(whom, typed[0])
    qtbot.keyClicks(whom.view(), typed[1:])
    assert whom.view().currentIndex().data() == "Yusra Bukowiec"


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_list_of_many_teachers_leaves_the_week_in_sight(qtbot, workspace, screen_desk, page):
    many = [{"family_name": f"Teacher {number}"} for number in range(40)]
    screen_desk.do(roster.save_teachers, [*many, {"family_name": "Aa"}, {"family_name": "Ab"}])
    page.new_event()
    whom = page.panel.form.people.choice
    qtbot.waitUntil(lambda: whom.count() > 40)
    qtbot.keyClicks(whom, "a")
    view = whom.view()
    assert view.currentIndex().data() == "Aa"
    assert view.height() <= 11 * view.sizeHintForRow(0)
    assert view.verticalScrollBar().maximum() > 0


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_esc_closes_the_list_and_takes_nobody(qtbot, page, whom):
    qtbot.keyClick(whom, Qt.Key.Key_End)
    qtbot.keyClick(whom.view(), Qt.Key.Key_Escape)
    assert not whom.view().isVisible()
    assert page.panel.form.people.answer() == ()


# from week to week


def test_from_an_event_the_page_keys_keep_the_keyboard_in_the_week(qtbot, workspace, page, visit):
    workspace.open(ShowEvent(visit))
    press(qtbot, workspace, Qt.Key.Key_PageDown)
    assert page.week.canvas.slot.hasFocus()
    press(qtbot, workspace, Qt.Key.Key_PageDown)
    assert page.head.which.text() == "15–19 February · week 7"
    press(qtbot, workspace, Qt.Key.Key_T)
    assert page.head.which.text() == "1–5 February · week 5"


def test_another_week_selects_no_event_of_the_week_before(qtbot, workspace, page, visit, juniper):
    add(page.desk, juniper, at(13), 1)
    workspace.open(ShowEvent(visit))
    press(qtbot, workspace, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: page.panel.row is None)


def test_a_cycle_is_planned_from_the_week_that_is_seen(qtbot, workspace, page):
    page.weeks(2)
    press(qtbot, workspace, Qt.Key.Key_E, CTRL)
    plan = workspace.current()
    assert isinstance(plan, PlanScreen)
    assert plan.asked.form.answers()["starting"] == date(2027, 2, 15)


def test_a_narrow_event_that_took_place_has_its_name_rather_than_its_check(
    workspace, page, visit, screen_desk
):
    screen_desk.do(schedule.took_place, visit)
    shown = EventButton(page, Type.of_now)
    size = Type.of_now().bold_size.horizontalAdvance("ZA")
    shown.show_event(events(screen_desk)[0], QRect(0, 0, size + 16, 20), False)
    assert shown._name == "ZA"
    shown.leave()


# in a visit


def test_alt_let_go_before_the_digit_leaves_the_keyboard_in_the_script(qtbot, workspace, visit):
    workspace.open(StartNote(event_id=visit))
    script = workspace.focusWidget()
    qtbot.keyPress(script, Qt.Key.Key_Alt, ALT)
    qtbot.keyPress(script, Qt.Key.Key_1, ALT)
    qtbot.keyRelease(script, Qt.Key.Key_Alt)
    qtbot.keyRelease(script, Qt.Key.Key_1)
    assert workspace.focusWidget() is script
    qtbot.keyClick(script, Qt.Key.Key_D)
    assert script.toPlainText() == ""


def test_alt_that_is_told_twice_leaves_the_keyboard_in_the_script(qtbot, workspace, visit):
    workspace.open(StartNote(event_id=visit))
    script = workspace.focusWidget()
    for key in (Qt.Key.Key_Alt, Qt.Key.Key_6, Qt.Key.Key_Alt):
        qtbot.keyPress(script, key, ALT)
    qtbot.keyRelease(script, Qt.Key.Key_Alt)
    qtbot.keyRelease(script, Qt.Key.Key_6)
    assert workspace.focusWidget() is script
    qtbot.keyPress(script, Qt.Key.Key_Alt, ALT)
    qtbot.keyRelease(script, Qt.Key.Key_Alt)
    assert workspace.focusWidget() is not script


def test_alt_alone_still_goes_to_the_menus(qtbot, workspace, visit):
    workspace.open(StartNote(event_id=visit))
    script = workspace.focusWidget()
    qtbot.keyPress(script, Qt.Key.Key_Alt, ALT)
    qtbot.keyRelease(script, Qt.Key.Key_Alt)
    assert workspace.focusWidget() is not script


def test_a_note_that_is_opened_again_is_read_from_its_beginning(qtbot, workspace, visit, screen_desk, clock):
    note = screen_desk.do(visits.start_note, visit, at(9, 50))
    screen_desk.do(visits.end_visit, note, at(10, 10))
    workspace.resize(800, 560)
    workspace.open(OpenNote(note))
    QApplication.processEvents()
    bar = workspace.current().after._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    workspace.show_screen(workspace.screen_of(CalendarScreen))
    workspace.open(OpenNote(note))
    assert bar.value() == 0
