"""The day's page as a coach uses it: what is next, what to pick up again, one button each."""

from datetime import date, datetime, time, timedelta

import coached_school
import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from coachdesk.model import ActionStep, Event, Teacher, VisitNote
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import DidntHappen, EventStatus
from coachdesk.services import agenda, cycles, notes, roster, schedule, visits
from coachdesk.services.keep import keep
from coachdesk.ui import wishes
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visits import VisitsScreen

TUESDAY = date(2027, 2, 2)
LEFT = Qt.MouseButton.LeftButton


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(four_at_juniper, clock):
    """Four teachers of one school; it is Tuesday, eight o'clock."""
    clock.set(TUESDAY, 8)
    return four_at_juniper


@pytest.fixture
def add(screen_desk, juniper):
    """Puts half an hour with a teacher on the calendar and answers its id."""

    def put(starts, who=0, kind="visit", **values):
        facts = {"kind": kind, "starts": starts, "ends": starts + timedelta(minutes=30)}
        return screen_desk.do(
            schedule.create_event, {**facts, "teachers": [juniper.teachers[who]], **values}
        ).id

    return put


@pytest.fixture
def page(juniper, workspace):
    """The page as it comes up, with what it wished for."""
    shown = workspace.screen_of(TodayScreen)
    workspace.show_screen(shown)
    shown.open.disconnect()
    shown.wished = []
    shown.open.connect(shown.wished.append)
    return shown


def part(page, name) -> QWidget:
    return page.findChild(QWidget, name)


def texts(page, name):
    """All that can be read in a part of the page."""
    inside = part(page, name)
    return [each.text() for each in inside.findChildren(QLabel) if each.isVisible() and each.text()]


def buttons(page, name):
    return [each for each in part(page, name).findChildren(QPushButton) if each.isVisible()]


def press(qtbot, page, name, words):
    [found] = [each for each in buttons(page, name) if each.text() == words]
    qtbot.mouseClick(found, LEFT)


def event(desk, key):
    return desk.ask(lambda session: session.get_one(Event, key))


def test_today_is_the_first_page_and_its_heading_is_the_day(juniper, workspace):
    page = workspace.current()
    assert type(page) is TodayScreen
    assert workspace.sidebar.entries.item(0).text() == "Today"
    assert page.heading.text() == "Tuesday 2 February"


def test_an_empty_day_says_so_and_offers_to_plan(qtbot, page):
    assert page.findChild(QPushButton, "plan_a_cycle").isVisible()
    assert page._nothing.sentence.text() == "Nothing planned today."
    qtbot.keyClick(page.findChild(QPushButton, "plan_a_cycle"), Qt.Key.Key_Return)
    assert page.wished == [wishes.PlanCycle()]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_note_is_started_for_anybody_on_the_roster(qtbot, juniper, page):
    qtbot.mouseClick(page.findChild(QPushButton, "start_note_for"), LEFT)
    menu = page.findChild(QMenu, "start_note_for_menu")
    assert [each.text() for each in menu.actions()][:2] == ["Zofia Abernethy", "Yusra Bukowiec"]
    menu.actions()[1].trigger()
    menu.close()
    assert page.wished == [wishes.StartNote(teacher_id=juniper.teachers[1])]


def test_the_next_visit_is_on_top_with_what_to_know_before_going_in(screen_desk, juniper, add, page, clock):
    before = add(at(9, day=date(2027, 1, 26)))
    screen_desk.do(visits.agree_step, before, {"step": "Three-minute comments", "check_back_on": TUESDAY})
    cycle = screen_desk.do(
        coached_school.cycle, juniper.school, juniper.teachers[:1], focus="Reasons in shared documents"
    )
    clock.set(TUESDAY, 9, 38)
    add(at(9, 50), place="Room 12", period="2", cycle_id=cycle)
    page.tick()
    said = texts(page, "next_event")
    assert said[:2] == ["Classroom visit", "in 12 minutes"]
    assert "9:50  Zofia Abernethy" in said
    assert "9:50–10:20 · Room 12 · Period 2" in said
    assert "Reasons in shared documents" in said
    assert "Three-minute comments (check back 2 Feb)" in said


@pytest.mark.parametrize("door", ["click", "key", "page"])
def test_one_press_starts_the_note_of_the_next_visit(qtbot, add, workspace, page, door):
    visit = add(at(9, 50))
    qtbot.waitUntil(page.next.start_button.isVisible)
    workspace.setFocus()
    assert page.next.start_button.hasFocus()
    if door == "click":
        qtbot.mouseClick(page.next.start_button, LEFT)
    if door == "key":
        qtbot.keyClick(page.next.start_button, Qt.Key.Key_Return)
    if door == "page":
        qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.wished == [wishes.StartNote(visit)]


def test_a_visit_is_moved_and_a_meeting_opened_on_the_calendar(qtbot, add, page, clock):
    visit, meeting = add(at(9)), add(at(13), 1, "planning_meeting")
    qtbot.waitUntil(page.next.isVisible)
    press(qtbot, page, "next_event", "Move…")
    assert page.wished == [wishes.ShowEvent(visit)]
    clock.set(TUESDAY, 10)
    page.tick()
    press(qtbot, page, "next_event", "Open")
    assert page.wished[1:] == [wishes.ShowEvent(meeting)]


def test_what_is_next_moves_on_with_the_clock(qtbot, add, page, clock):
    add(at(9), 0)
    add(at(9, 30), 1)
    add(at(11), 2)
    qtbot.waitUntil(lambda: page.next.title.text() == "9:00  Zofia Abernethy")
    assert texts(page, "later_today")[2] == "9:30  Yusra Bukowiec"
    clock.set(TUESDAY, 9, 31)
    page.tick()
    assert page.next.title.text() == "9:30  Yusra Bukowiec"
    assert page.next.when.text() == "now"
    assert [each.title.text() for each in page.later.lines if each.isVisible()] == [
        "11:00  Ximena Castellanos"
    ]


def test_the_page_looks_at_the_clock_once_a_minute(page):
    assert page._minute.isActive()
    assert page._minute.interval() == 60_000


def test_a_note_that_runs_comes_first_and_nothing_else_leads(qtbot, screen_desk, add, page, clock):
    visit, _later = add(at(8)), add(at(11), 1)
    clock.set(TUESDAY, 8, 5)
    note = screen_desk.do(visits.start_note, visit, at(8, 2))
    qtbot.waitUntil(page.running.isVisible)
    assert page.running.when.text() == "running since 8:02"
    assert not page.next.isVisible()
    assert texts(page, "later_today")[2] == "11:00  Yusra Bukowiec"
    clock.set(TUESDAY, 8, 40)
    page.tick()
    assert page.next.isVisible()
    assert not page.next.start_button.isVisible()
    press(qtbot, page, "running_note", "Go on with the note")
    assert page.wished == [wishes.OpenNote(note)]


def test_a_second_note_that_runs_is_among_those_to_finish(qtbot, screen_desk, add, page):
    forgotten, now = add(at(7)), add(at(8), 1)
    for key, begun in ((forgotten, at(7)), (now, at(8))):
        screen_desk.do(visits.start_note, key, begun)
    qtbot.waitUntil(page.notes.isVisible)
    assert page.running.when.text() == "running since 8:00"
    assert "Zofia Abernethy" in texts(page, "notes_to_finish")


def test_a_day_without_school_is_named(qtbot, screen_desk, page):
    snow = {"name": "Snow day", "first_day": TUESDAY, "last_day": TUESDAY}
    screen_desk.do(schedule.save_no_school, snow)
    qtbot.waitUntil(page.closed.isVisible)
    assert page.closed.text() == "No school: Snow day"


def test_after_the_last_event_the_next_day_is_shown(qtbot, add, page, clock):
    add(at(9))
    other = add(at(9, day=date(2027, 2, 4)), 1)
    clock.set(TUESDAY, 14)
    page.tick()
    assert page._nothing.sentence.text() == "Nothing more planned today."
    assert texts(page, "coming_up")[2:] == ["Thu 9:00  Yusra Bukowiec", "Classroom visit"]
    press(qtbot, page, "coming_up", "Open")
    assert page.wished == [wishes.ShowEvent(other)]


@pytest.fixture
def visited(screen_desk, juniper, clock):
    """A round whose debrief was said not to have happened; it is the second school day after the visit."""
    plan = screen_desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(7), time(9, 50))
    [one] = screen_desk.ask(cycles.rounds, [screen_desk.do(cycles.add_planned, plan)])
    steps = list(one.steps.values())
    for row in steps[:2]:
        screen_desk.do(schedule.took_place, row.id)
    screen_desk.do(schedule.didnt_happen, steps[2].id, DidntHappen.ABSENT)
    clock.set(date(2027, 2, 8), 8)
    return steps[1]


def test_a_debrief_that_is_open_gets_the_next_free_time_with_two_presses(
    qtbot, screen_desk, visited, page, workspace
):
    assert texts(page, "pick_up")[2:] == [
        "Zofia Abernethy",
        "Visited 2 school days ago; the debrief is still open.",
    ]
    press(qtbot, page, "pick_up", "Find a time")
    assert texts(page, "pick_up")[-1] == "Your next free time: Today 15:00."
    press(qtbot, page, "pick_up", "Plan the debrief")
    assert workspace.toast.said.text() == "Debrief planned: Today 15:00."
    qtbot.waitUntil(page.pick_up.isHidden)
    assert page.next.title.text() == "15:00  Zofia Abernethy"
    qtbot.mouseClick(workspace.toast.undo_button, LEFT)
    qtbot.waitUntil(page.pick_up.isVisible)


def test_a_teacher_without_contact_is_planned_with(qtbot, screen_desk, juniper, clock, page):
    screen_desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1], status="active")
    screen_desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=date(2027, 1, 5))
    qtbot.waitUntil(page.pick_up.isVisible)
    assert texts(page, "pick_up")[-1] == "No contact for 20 school days, and none planned."
    press(qtbot, page, "pick_up", "Find a time")
    assert page.wished == [wishes.PlanCycle(juniper.teachers[0])]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_meeting_of_which_nothing_was_said_is_asked_about(qtbot, screen_desk, add, page, workspace):
    meeting = add(at(13, day=date(2027, 2, 1)), 1, "planning_meeting")
    qtbot.waitUntil(page.pick_up.isVisible)
    assert texts(page, "pick_up")[-1] == "1 Feb, 13:00, planning meeting: did it take place?"
    press(qtbot, page, "pick_up", "It took place")
    assert event(screen_desk, meeting).status is EventStatus.COMPLETED
    qtbot.waitUntil(page.pick_up.isHidden)
    workspace.undo()
    qtbot.waitUntil(page.pick_up.isVisible)
    press(qtbot, page, "pick_up", "Didn't happen…")
    menu = page.findChild(QMenu, "didnt_happen_menu")
    menu.actions()[1].trigger()
    menu.close()
    assert event(screen_desk, meeting).reason is DidntHappen.TESTING
    assert workspace.toast.said.text() == "Didn't happen: Testing."


def test_what_is_planned_with_somebody_in_the_archive_is_cancelled(qtbot, screen_desk, juniper, add, page):
    visit = add(at(9, day=date(2027, 2, 4)))
    screen_desk.do(roster.archive_teacher, juniper.teachers[0])
    qtbot.waitUntil(page.pick_up.isVisible)
    press(qtbot, page, "pick_up", "Cancel what is planned")
    assert event(screen_desk, visit).status is EventStatus.CANCELLED
    qtbot.waitUntil(page.pick_up.isHidden)


@pytest.fixture
def agreed(screen_desk, juniper):
    """Two steps to look at today."""

    def agree(session):
        values = {"check_back_on": TUESDAY, "text": "Three-minute comments"}
        first = keep(session, ActionStep, {**values, "teacher_id": juniper.teachers[0]})
        keep(session, ActionStep, {**values, "text": "Exit slips", "teacher_id": juniper.teachers[1]})
        return first.id

    return screen_desk.do(agree)


def step(desk, key):
    return desk.ask(lambda session: session.get_one(ActionStep, key))


def test_a_step_is_met_with_one_key_and_undone_with_another(qtbot, screen_desk, agreed, page, workspace):
    assert texts(page, "check_backs")[2:4] == ["Three-minute comments", "Zofia Abernethy · check back today"]
    page.steps.setFocus()
    qtbot.keyClicks(workspace.focusWidget(), "m")
    assert step(screen_desk, agreed).result is CheckBack.MET
    qtbot.waitUntil(lambda: page.steps.count.text() == "1")
    assert [each.title.text() for each in page.steps.lines if each.isVisible()] == ["Exit slips"]
    assert page.steps.lines[0].isAncestorOf(workspace.focusWidget())
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.steps.count.text() == "2")
    assert step(screen_desk, agreed).result is None


def test_a_step_that_is_not_there_yet_is_looked_at_again(qtbot, screen_desk, agreed, page, workspace):
    qtbot.mouseClick(page.steps.lines[0].findChild(QPushButton, "not_yet"), LEFT)
    assert step(screen_desk, agreed).result is CheckBack.NOT_YET
    assert step(screen_desk, agreed).check_back_on == date(2027, 2, 9)
    assert workspace.toast.said.text() == "Checked back: Not yet. Check back again on Tuesday 9 February."


def test_the_keyboard_stays_on_the_page_when_the_last_line_goes(qtbot, agreed, page, workspace):
    page.steps.setFocus()
    qtbot.keyClicks(workspace.focusWidget(), "r")
    qtbot.waitUntil(lambda: page.steps.count.text() == "1")
    qtbot.keyClicks(workspace.focusWidget(), "p")
    qtbot.waitUntil(page.steps.isHidden)
    assert page.isAncestorOf(workspace.focusWidget())


def test_a_note_to_finish_is_gone_on_with(qtbot, screen_desk, add, page):
    visit = add(at(9, day=date(2027, 1, 29)))
    note = screen_desk.do(visits.start_note, visit, at(9, day=date(2027, 1, 29)))
    screen_desk.do(visits.later, note, at(9, 30, date(2027, 1, 29)))
    qtbot.waitUntil(page.notes.isVisible)
    assert texts(page, "notes_to_finish")[2:] == ["Zofia Abernethy", "Classroom visit · 29 Jan"]
    assert not page.notes.older.isVisible()
    press(qtbot, page, "notes_to_finish", "Continue")
    assert page.wished == [wishes.OpenNote(note)]


def test_how_many_more_notes_wait_is_said_and_they_are_opened_under_visits(qtbot, screen_desk, add, page):
    def three_weeks_of_notes(session):
        for number in range(notes.SHOWN + 3):
            day = date(2027, 1, 4) + timedelta(days=number)
            visit = coached_school.event(session, None, (), day=day)
            keep(session, VisitNote, {"event_id": visit, "started": at(9, day=day)})

    screen_desk.do(three_weeks_of_notes)
    qtbot.waitUntil(page.notes.older.isVisible)
    assert (page.notes.count.text(), page.notes.older.text()) == ("23", "3 older ones under Visits")
    qtbot.mouseClick(page.notes.more, Qt.MouseButton.LeftButton)
    assert page.notes.count.text() == "23"
    qtbot.mouseClick(page.notes.older, Qt.MouseButton.LeftButton)
    assert page.wished == [wishes.ShowNotes()]
    assert VisitsScreen.shows == {wishes.ShowNotes}


def test_only_the_first_of_many_lines_show_until_all_are_wanted(qtbot, screen_desk, juniper, page):
    def agree(session):
        for number in range(7):
            values = {"text": f"Step {number}", "check_back_on": TUESDAY}
            keep(session, ActionStep, {**values, "teacher_id": juniper.teachers[0]})

    screen_desk.do(agree)
    qtbot.waitUntil(page.steps.isVisible)
    assert sum(each.isVisible() for each in page.steps.lines) == 5
    press(qtbot, page, "check_backs", "Show 2 more")
    assert sum(each.isVisible() for each in page.steps.lines) == 7
    assert page.steps.lines[5].isAncestorOf(page.window().focusWidget())


def test_lines_are_filled_anew_and_not_built_anew(qtbot, screen_desk, agreed, page):
    before = list(page.steps.lines)
    page.tick()
    screen_desk.do(agenda.check_back, agreed, CheckBack.MET, TUESDAY)
    qtbot.waitUntil(lambda: page.steps.count.text() == "1")
    assert page.steps.lines == before


def test_f6_goes_round_what_the_page_shows(qtbot, agreed, add, page, workspace):
    add(at(9, 50))
    add(at(11), 1)
    qtbot.waitUntil(page.later.isVisible)
    workspace.sidebar.entries.setFocus()
    visited = []
    for _pane in range(3):
        qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_F6)
        visited.append(workspace.focusWidget().objectName())
    assert visited == ["start_visit_note", "open_event", "met"]


def test_what_a_teacher_is_called_now_is_what_is_shown(qtbot, screen_desk, juniper, add, page):
    add(at(9))
    qtbot.waitUntil(page.next.isVisible)
    screen_desk.do(
        lambda session: keep(session, Teacher, {"id": juniper.teachers[0], "preferred_name": "Zo"})
    )
    qtbot.waitUntil(lambda: page.next.title.text() == "9:00  Zo Abernethy")


@pytest.fixture
def full(qtbot, agreed, visited, add, page):
    """The page with something in every part of it."""
    for hour in (9, 11):
        add(at(hour, day=date(2027, 2, 8)), 1)
    qtbot.waitUntil(page.later.isVisible)
    return page


def test_a_small_window_can_be_used_without_seeing_it(full, workspace):
    workspace.resize(800, 560)
    assert audit(workspace) == []
    order = tab_order(workspace)
    assert len(order) == len(set(order))


def test_nothing_of_a_note_is_read_over_a_shoulder(qtbot, screen_desk, add, page):
    visit = add(at(7))
    note = screen_desk.do(visits.start_note, visit, at(7))
    screen_desk.do(visits.write_private, note, {"reflection": "I talked too much"})
    screen_desk.do(visits.later, note, at(7, 30))
    qtbot.waitUntil(page.notes.isVisible)
    assert screen_desk.ask(notes.notes_to_finish)
    assert not any("talked" in each.text() for each in page.findChildren(QLabel))
