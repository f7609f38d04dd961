"""Plan a cycle: four answers at most, the round seen before it is added, by mouse and by keys."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from accessibility import audit
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QListWidget, QWidget

from coachdesk.model.cycles import Slot
from coachdesk.services import cycles, roster, rounds, schedule
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.wishes import PlanCycle, ShowTeacher

CLICK, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
MONDAY, WEDNESDAY = date(2027, 2, 8), date(2027, 2, 10)


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(three_at_juniper, clock):
    clock.set(MONDAY, 7)
    return three_at_juniper


@pytest.fixture
def page(juniper, workspace, qtbot) -> PlanScreen:
    """The page as Ctrl+E brings it up, with nobody chosen."""
    qtbot.keyClick(workspace, Qt.Key.Key_E, CTRL)
    return workspace.current()


@pytest.fixture
def zofia(juniper):
    return juniper.teachers[0]


def part(page, name, kind=QWidget):
    return page.findChild(kind, name)


def starts(page):
    return [one.step.starts for one in page.draft.drawn]


def retype(qtbot, field, words):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def planned(desk):
    return [(row.kind, row.starts) for row in desk.ask(schedule.week, MONDAY, 60).events]


def test_ctrl_e_asks_whom_to_plan_with(page):
    assert isinstance(page, PlanScreen)
    assert part(page, "plan_teacher").hasFocus()
    assert part(page, "plan_teachers_found", QListWidget).count() == 3
    assert "Choose a teacher" in part(page, "plan_hint", QLabel).text()
    assert not page.add_button.isEnabled()


def test_a_round_is_planned_by_keys_alone(qtbot, screen_desk, workspace, page, zofia):
    qtbot.keyClicks(part(page, "plan_teacher"), "aber")
    qtbot.keyClick(part(page, "plan_teacher"), Qt.Key.Key_Return)
    assert part(page, "plan_focus").hasFocus()
    qtbot.keyClicks(part(page, "plan_focus"), "Comment protocol")
    retype(qtbot, part(page, "plan_usual"), "9:50")
    qtbot.waitUntil(lambda: starts(page) == [at(8), at(9, 50, WEDNESDAY), at(15, 0, WEDNESDAY)])
    qtbot.keyClick(part(page, "plan_usual"), Qt.Key.Key_Return, CTRL)
    assert [kind for kind, _starts in planned(screen_desk)] == ["planning_meeting", "visit", "debrief"]
    [file] = screen_desk.ask(cycles.cycles_of, zofia)
    assert file.record.focus == "Comment protocol"
    assert isinstance(workspace.current(), TodayScreen)
    assert workspace.toast.isVisible()
    assert workspace.toast.said.text() == "3 events added, the first on Mon 8 Feb."
    qtbot.mouseClick(workspace.toast.undo_button, CLICK)
    qtbot.waitUntil(lambda: planned(screen_desk) == [])


@pytest.mark.parametrize(
    "field", ["plan_teacher", "plan_focus", "plan_starting", "plan_usual", "plan_rounds", "plan_visit_1_time"]
)
def test_enter_in_a_field_adds_the_events(qtbot, screen_desk, workspace, zofia, field):
    workspace.open(PlanCycle(zofia))
    part(workspace.current(), field).setFocus()
    qtbot.keyClick(part(workspace.current(), field), Qt.Key.Key_Return)
    assert len(planned(screen_desk)) == 3
    assert isinstance(workspace.current(), TodayScreen)


def test_the_enter_that_takes_something_adds_nothing(qtbot, screen_desk, page):
    found = part(page, "plan_teachers_found", QListWidget)
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Return)
    focus = part(page, "plan_focus")
    assert focus.hasFocus()
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(focus, held)
    pick = part(page, "plan_starting").pick
    pick.setFocus()
    qtbot.keyClick(pick, Qt.Key.Key_Return)
    retype(qtbot, part(page, "plan_teacher"), "nobody is called this")
    qtbot.keyClick(part(page, "plan_teacher"), Qt.Key.Key_Return)
    assert planned(screen_desk) == []


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)", extend=True)
def test_enter_in_an_open_list_chooses_and_adds_nothing(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    many = part(workspace.current(), "plan_rounds", QComboBox)
    many.setFocus()
    many.showPopup()
    qtbot.keyClick(many.view(), Qt.Key.Key_Down)
    qtbot.keyClick(many.view(), Qt.Key.Key_Return)
    assert many.currentText() == "2 rounds"
    assert planned(screen_desk) == []


def test_a_round_is_planned_by_mouse_with_the_focus_left_to_be_agreed(qtbot, screen_desk, page, zofia):
    found = part(page, "plan_teachers_found", QListWidget)
    qtbot.mouseClick(found.viewport(), CLICK, pos=found.visualItemRect(found.item(0)).center())
    assert part(page, "plan_teacher").text() == "Zofia Abernethy"
    assert not found.isVisible()
    qtbot.mouseClick(page.add_button, CLICK)
    assert len(planned(screen_desk)) == 3
    assert screen_desk.ask(cycles.cycles_of, zofia)[0].record.focus == ""


def test_from_a_teacher_the_caret_is_in_the_focus_and_the_usual_time_is_theirs(
    qtbot, screen_desk, workspace, zofia, juniper
):
    visit = {"kind": "visit", "starts": at(10, 40), "ends": at(11), "teachers": [zofia]}
    screen_desk.do(schedule.create_event, visit)
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    assert part(page, "plan_focus").hasFocus()
    assert part(page, "plan_usual").text() == "10:40"
    assert starts(page)[1] == at(10, 40, WEDNESDAY)


def test_a_moment_on_the_calendar_is_where_the_round_begins(workspace, zofia):
    workspace.open(PlanCycle(zofia, at(13, 30, WEDNESDAY)))
    assert starts(workspace.current())[0] == at(13, 30, WEDNESDAY)


def test_days_without_school_are_skipped_and_said(qtbot, screen_desk, workspace, zofia):
    monday = date(2027, 2, 15)
    screen_desk.do(
        schedule.save_no_school, {"name": "Presidents' Day", "first_day": monday, "last_day": monday}
    )
    workspace.open(PlanCycle(zofia, at(7, day=date(2027, 2, 12))))
    said = part(workspace.current(), "plan_skips", QLabel)
    assert said.isVisible()
    assert said.text() == "Skips 15 Feb Presidents' Day."


def test_a_taken_usual_time_is_said_and_the_next_day_is_taken(qtbot, screen_desk, workspace, zofia):
    group = {"kind": "group", "starts": at(9, 30, WEDNESDAY), "ends": at(10, 30, WEDNESDAY)}
    screen_desk.do(schedule.create_event, group)
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    retype(qtbot, part(page, "plan_usual"), "9:50")
    qtbot.waitUntil(lambda: at(9, 50, date(2027, 2, 11)) in starts(page))
    said = part(page, "plan_visit_1_remark_0", QLabel)
    assert said.text() == "The usual time is taken on Wed 10 Feb."


def test_a_time_is_changed_in_place_and_an_overlap_offers_another(qtbot, screen_desk, workspace, zofia):
    group = {"kind": "group", "starts": at(9, 30, WEDNESDAY), "ends": at(10, 30, WEDNESDAY)}
    screen_desk.do(schedule.create_event, group)
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    retype(qtbot, part(page, "plan_visit_1_time"), "9:45")
    qtbot.waitUntil(lambda: starts(page)[1] == at(9, 45, WEDNESDAY))
    said = part(page, "plan_visit_1_remark_0", QLabel)
    assert said.text() == "Overlaps Group meeting, 9:30–10:30."
    instead = part(page, "plan_visit_1_instead", QAbstractButton)
    assert instead.text() == "Use 10:30"
    qtbot.mouseClick(instead, CLICK)
    qtbot.waitUntil(lambda: starts(page)[1] == at(10, 30, WEDNESDAY))
    assert not instead.isVisible()
    assert part(page, "plan_visit_1_time").text() == "10:30"
    qtbot.mouseClick(page.add_button, CLICK)
    assert ("visit", at(10, 30, WEDNESDAY)) in planned(screen_desk)


def test_what_is_no_time_is_said_in_its_row_and_adds_nothing(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    retype(qtbot, part(page, "plan_visit_1_time"), "soon")
    part(page, "plan_focus").setFocus()
    assert part(page, "plan_visit_1_remark_0", QLabel).text() == "Write a time like 8:05 or 14:30."
    qtbot.mouseClick(page.add_button, CLICK)
    assert "Write a time" in page.problem.text()
    assert part(page, "plan_visit_1_time").text() == "soon"
    assert planned(screen_desk) == []


def test_a_starting_day_that_is_none_adds_nothing(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    retype(qtbot, part(page, "plan_starting"), "next week")
    qtbot.mouseClick(page.add_button, CLICK)
    assert "Write a date" in page.problem.text()
    assert planned(screen_desk) == []


def test_two_rounds_are_added_at_once(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    qtbot.keyClick(part(page, "plan_rounds"), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.add_button.text() == "Add 6 events")
    qtbot.mouseClick(page.add_button, CLICK)
    [file] = screen_desk.ask(cycles.cycles_of, zofia)
    assert [one.number for one in file.rounds] == [2, 1]


def test_another_round_joins_a_cycle_that_is_going_on(qtbot, screen_desk, workspace, zofia):
    plans = screen_desk.ask(rounds.draft, rounds.Wish(zofia, at(7), focus="Comment protocol")).plans
    screen_desk.do(rounds.add_rounds, plans)
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    which = part(page, "plan_which_cycle")
    assert which.currentText() == "A new cycle"
    qtbot.keyClick(which, Qt.Key.Key_Down)
    assert which.currentText() == "Another round in “Comment protocol”"
    assert not part(page, "plan_focus").isVisible()
    qtbot.mouseClick(page.add_button, CLICK)
    [file] = screen_desk.ask(cycles.cycles_of, zofia)
    assert [one.number for one in file.rounds] == [2, 1]


def test_what_was_put_in_is_there_again_after_leaving(qtbot, screen_desk, workspace, juniper):
    workspace.open(PlanCycle(juniper.teachers[0]))
    page = workspace.current()
    qtbot.keyClicks(part(page, "plan_focus"), "Half a thought")
    retype(qtbot, part(page, "plan_visit_1_time"), "11:10")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert workspace.current() is not page
    workspace.open(PlanCycle(juniper.teachers[1]))
    assert part(page, "plan_focus").text() == ""
    workspace.open(PlanCycle(juniper.teachers[0]))
    assert part(page, "plan_focus").text() == "Half a thought"
    assert starts(page)[1] == at(11, 10, WEDNESDAY)


def test_somebody_else_can_be_chosen_and_esc_keeps_whom_there_was(qtbot, workspace, zofia, juniper):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    edit = part(page, "plan_teacher")
    retype(qtbot, edit, "yusra")
    assert part(page, "plan_teachers_found").isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert (workspace.current(), edit.text()) == (page, "Zofia Abernethy")
    retype(qtbot, edit, "nobody is called this")
    assert part(page, "plan_nobody_found", QLabel).isVisible()
    qtbot.mouseClick(part(page, "clear_plan_teacher", QAbstractButton), CLICK)
    assert page.about_whom() is None
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert page.about_whom() == juniper.teachers[1]


def test_why_nothing_can_be_planned_stands_where_the_events_would(screen_desk, workspace, juniper):
    homeless = screen_desk.do(roster.save_teacher, {"family_name": "Okafor"})
    workspace.open(PlanCycle(homeless.id))
    page = workspace.current()
    assert part(page, "plan_hint", QLabel).text() == cycles.NO_SCHOOL_YET
    assert not page.add_button.isEnabled()


def test_a_change_elsewhere_is_in_the_preview(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    screen_desk.do(schedule.create_event, {"kind": "group", "starts": at(8), "ends": at(9)})
    qtbot.waitUntil(lambda: starts(page)[0] == at(9))


def test_somebody_who_is_not_on_the_list_any_more_is_not_planned_with(workspace, juniper):
    workspace.open(PlanCycle(uuid4()))
    page = workspace.current()
    assert page.about_whom() is None
    assert "in the archive, or gone" in page.problem.text()
    workspace.open(PlanCycle(juniper.teachers[0]))
    assert page.problem.text() == ""


def test_without_anybody_on_the_list_the_page_leads_to_the_teachers(qtbot, workspace):
    qtbot.keyClick(workspace, Qt.Key.Key_E, CTRL)
    page = workspace.current()
    assert "nobody on your list" in part(page, "plan_hint", QLabel).text()
    qtbot.mouseClick(page.to_teachers, CLICK)
    assert workspace.current().objectName() == "teachers_screen"


def test_on_a_teachers_page_ctrl_e_plans_with_them(qtbot, workspace, zofia):
    workspace.open(ShowTeacher(zofia))
    qtbot.keyClick(workspace, Qt.Key.Key_E, CTRL)
    assert workspace.current().about_whom() == zofia
    qtbot.keyClick(workspace.current(), Qt.Key.Key_Escape)
    assert workspace.current().objectName() == "teacher_screen"


def test_cancel_goes_back_and_adds_nothing(qtbot, screen_desk, workspace, zofia):
    workspace.open(PlanCycle(zofia))
    page = workspace.current()
    qtbot.mouseClick(page.cancel_button, CLICK)
    assert workspace.current() is not page
    assert planned(screen_desk) == []


def test_each_time_says_of_which_event_and_round_it_is(qtbot, workspace, juniper):
    workspace.open(PlanCycle(juniper.teachers[0]))
    page = workspace.current()
    qtbot.keyClick(part(page, "plan_rounds"), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: len(page.draft.drawn) == 6)
    assert audit(workspace) == []
    assert page.preview.rows[(2, Slot.VISIT)].time.accessibleName() == "Time of: Classroom visit, round 2"
