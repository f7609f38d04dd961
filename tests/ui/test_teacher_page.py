"""A teacher's page as a coach uses it: what was, what is agreed, and what only the coach may read."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import coached_school
import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QTabBar
from sqlmodel import select
from worlds import world

from coachdesk.model import ActionStep, CoachingCycle
from coachdesk.model.goals import CheckBack
from coachdesk.model.roster import EntryRoute, TeacherStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import counters, cycles, roster, schedule, script, tagging, usual, visits
from coachdesk.services.notes import notes_to_finish
from coachdesk.ui import wishes
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen

FIRST_PAGE = TeacherScreen
TUESDAY = date(2027, 2, 2)
LEFT = Qt.MouseButton.LeftButton


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(three_at_juniper, clock):
    clock.set(TUESDAY, 8)
    return three_at_juniper


@world
def visited(desk, three_at_juniper):
    """A visit a week ago with two lines, a standard, a step, and words for the coach alone."""
    day = date(2027, 1, 26)
    facts = {"kind": "visit", "starts": at(9, day=day), "ends": at(9, 22, day)}
    visit = desk.do(schedule.create_event, {**facts, "teachers": three_at_juniper.teachers[:1]}).id
    note = desk.do(visits.start_note, visit, at(9, day=day))
    typed = ((5, "Open the shared doc"), (65, "Fourteen comments"))
    lines = [Line(uuid4(), offset, LineKind.ACTION, text) for offset, text in typed]
    desk.do(script.write_lines, note, lines)
    desk.do(tagging.tag, note, "1D")
    said = {"interpretation": "They were tired", "step": "Three-minute comments", "check_back_on": TUESDAY}
    desk.do(visits.finish, note, at(9, 22, day), said)
    return visit


@pytest.fixture
def page(juniper, workspace):
    """The first teacher's page, with what it wished for."""
    workspace.open(wishes.ShowTeacher(juniper.teachers[0]))
    shown = workspace.current()
    shown.open.disconnect()
    shown.wished = []
    shown.open.connect(shown.wished.append)
    return shown


def read(inside):
    return [each.text() for each in inside.findChildren(QLabel) if each.isVisible() and each.text()]


def moments(page):
    return [place.line for place in page.timeline._places if place.isVisible()]


def pressed(inside, name):
    return next(each for each in inside.findChildren(QPushButton, name) if each.isVisible())


def to_tab(qtbot, page, number):
    """By keys, as everything on the page can be."""
    tabs = page.findChild(QTabBar, "teacher_tabs")
    tabs.setFocus()
    while tabs.currentIndex() < number:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)


def test_the_head_says_who_it_is_and_starts_a_note_with_one_press(qtbot, juniper, workspace, page):
    assert type(page) is TeacherScreen
    assert page.head.name.text() == "Zofia Abernethy"
    assert "Juniper Flats Middle School" in page.head.where.text()
    assert page.head.start_button.hasFocus()
    qtbot.keyClick(page.head.start_button, Qt.Key.Key_Space)
    qtbot.mouseClick(page.head.plan_button, LEFT)
    qtbot.mouseClick(page.head.contact_button, LEFT)
    key = juniper.teachers[0]
    assert page.wished == [
        wishes.StartNote(teacher_id=key),
        wishes.PlanCycle(key),
        wishes.QuickContact("Zofia Abernethy"),
    ]


def test_where_a_cycle_was_found_the_page_opens_at_the_cycles(juniper, workspace, page):
    tabs = page.findChild(QTabBar, "teacher_tabs")
    for teacher in juniper.teachers[:2]:
        workspace.open(wishes.ShowTeacher(teacher, cycles=True))
        assert tabs.tabText(tabs.currentIndex()) == "Cycles"
        assert page.cycles.isVisible()
    workspace.open(wishes.ShowTeacher(juniper.teachers[2]))
    assert tabs.tabText(tabs.currentIndex()) == "Timeline"


def test_back_goes_where_the_coach_came_from(qtbot, juniper, workspace):
    before = workspace.screen_of(TeachersScreen)
    workspace.show_screen(before)
    workspace.open(wishes.ShowTeacher(juniper.teachers[1]))
    qtbot.mouseClick(workspace.current().head.back_button, LEFT)
    assert workspace.current() is before


def test_an_empty_timeline_says_what_will_stand_there(qtbot, juniper, page):
    assert page.timeline.nothing.isVisible()
    qtbot.mouseClick(pressed(page.timeline, "start_first_note"), LEFT)
    assert page.wished == [wishes.StartNote(teacher_id=juniper.teachers[0])]


@pytest.fixture
def full(visited, round_one, page):
    """The page of a teacher with a visit behind and a round ahead."""
    return page


def test_what_is_planned_stands_on_top_then_the_newest(qtbot, screen_desk, juniper, visited, page):
    facts = {"kind": "debrief", "starts": at(13), "ends": at(13, 30), "teachers": juniper.teachers[:1]}
    screen_desk.do(schedule.create_event, facts)
    qtbot.waitUntil(lambda: len(moments(page)) == 2)
    assert [each for each in read(page.timeline) if each in ("Planned", "So far")] == ["Planned", "So far"]
    planned, past = (line.accessibleName() for line in moments(page))
    assert planned == "Today 13:00. Debrief meeting · 30 min · Planned"
    assert past.startswith("26 Jan, 9:00. Classroom visit · 22 min. 1D")
    assert past.endswith("Agreed: Three-minute comments")


def test_of_what_is_planned_the_next_comes_first(qtbot, screen_desk, juniper, visited, page):
    for hour in (15, 13, 14):
        facts = {"kind": "group", "starts": at(hour), "ends": at(hour, 30), "teachers": juniper.teachers[:1]}
        screen_desk.do(schedule.create_event, facts)
    qtbot.waitUntil(lambda: len(moments(page)) == 4)
    days = [line.accessibleName().partition(".")[0] for line in moments(page)]
    assert days == ["Today 13:00", "Today 14:00", "Today 15:00", "26 Jan, 9:00"]


@pytest.mark.parametrize("door", ["click", "key"])
def test_a_visit_opens_in_place_and_closes_again(qtbot, visited, page, door):
    [line] = moments(page)

    def turn():
        if door == "click":
            qtbot.mouseClick(line, LEFT)
        else:
            line.setFocus()
            qtbot.keyClick(line, Qt.Key.Key_Return)

    turn()
    assert line.is_open
    assert any("Fourteen comments" in text for text in read(page.timeline))
    assert "Three-minute comments" in read(page.timeline)
    turn()
    assert not line.is_open
    assert not any("Fourteen" in text for text in read(page.timeline))


def test_the_coachs_own_words_are_shown_only_when_asked_for(qtbot, visited, page):
    qtbot.mouseClick(moments(page)[0], LEFT)
    assert not any("tired" in text for text in read(page))
    qtbot.mouseClick(pressed(page, "show_own_words"), LEFT)
    assert "Only you can read this" in read(page)
    assert "They were tired" in read(page)
    qtbot.mouseClick(pressed(page, "show_own_words"), LEFT)
    assert not any("tired" in text for text in read(page))


def test_from_the_timeline_the_note_and_the_calendar_are_reached(qtbot, screen_desk, visited, page):
    qtbot.mouseClick(moments(page)[0], LEFT)
    qtbot.mouseClick(pressed(page, "open_note"), LEFT)
    qtbot.mouseClick(pressed(page, "show_event"), LEFT)
    assert isinstance(page.wished[0], wishes.OpenNote)
    assert page.wished[1] == wishes.ShowEvent(visited)
    assert screen_desk.ask(notes_to_finish) == ()


def test_a_long_timeline_comes_a_page_at_a_time(qtbot, screen_desk, juniper, page):
    def many(session):
        for number in range(60):
            day = date(2026, 8, 17) + timedelta(days=number)
            coached_school.event(session, juniper.school, juniper.teachers[:1], day=day)

    screen_desk.do(many)
    qtbot.waitUntil(lambda: len(moments(page)) == 50)
    qtbot.mouseClick(page.timeline.more, LEFT)
    assert len(moments(page)) == 60
    assert moments(page)[50].hasFocus()
    assert not page.timeline.more.isVisible()
    page._stale = True
    page._refresh_if_seen()
    assert len(moments(page)) == 60


def test_however_much_is_planned_the_next_stands_on_top(qtbot, screen_desk, juniper, page):
    def many(session):
        for number in range(60):
            ahead = {"day": TUESDAY + timedelta(days=number + 1), "status": "planned"}
            coached_school.event(session, juniper.school, juniper.teachers[:1], **ahead)

    screen_desk.do(many)
    qtbot.waitUntil(lambda: len(moments(page)) == 60)
    starts = [line.moment.event.starts.date() for line in moments(page)]
    assert starts[0] == TUESDAY + timedelta(days=1)
    assert starts == sorted(starts)


def test_another_teacher_begins_at_the_timeline_again(qtbot, juniper, visited, workspace, page):
    to_tab(qtbot, page, 2)
    workspace.open(wishes.ShowTeacher(juniper.teachers[1]))
    assert page.tabs.currentIndex() == 0
    assert page.head.name.text() == "Yusra Bukowiec"
    assert moments(page) == []


@pytest.fixture
def round_one(screen_desk, juniper):
    plan = screen_desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(7), time(9, 50))
    return screen_desk.do(cycles.add_planned, plan)


def test_without_a_cycle_the_page_offers_to_plan_one(qtbot, juniper, page):
    to_tab(qtbot, page, 1)
    qtbot.mouseClick(pressed(page, "plan_first_cycle"), LEFT)
    assert page.wished == [wishes.PlanCycle(juniper.teachers[0])]


def test_a_cycle_shows_its_rounds_with_their_steps_in_words(qtbot, round_one, page):
    to_tab(qtbot, page, 1)
    [card] = page.cycles.cards.values()
    assert card.focus_words.text() == "To be agreed"
    qtbot.waitUntil(lambda: {"Round 1", "Planned round", "Active"} <= set(read(card)))
    steps = card.findChildren(QPushButton, "round_step")
    assert [step.text() for step in steps] == [
        "Planning meeting, 2 Feb · Planned",
        "Classroom visit, 4 Feb · Planned",
        "Debrief meeting, 4 Feb · Planned",
    ]
    qtbot.mouseClick(steps[1], LEFT)
    assert isinstance(page.wished[0], wishes.ShowEvent)


def test_what_a_cycle_is_about_is_written_in_place(qtbot, screen_desk, round_one, page):
    to_tab(qtbot, page, 1)
    card = page.cycles.cards[round_one]
    qtbot.mouseClick(card.edit_button, LEFT)
    focus = card.findChild(QLineEdit, "cycle_focus")
    assert focus.hasFocus()
    qtbot.keyClicks(focus, "Reasons in shared documents")
    page.flush()

    def kept():
        return screen_desk.ask(lambda session: session.get_one(CoachingCycle, round_one)).focus

    qtbot.waitUntil(lambda: kept() == "Reasons in shared documents")
    qtbot.waitUntil(lambda: card.focus_words.text() == "Reasons in shared documents")


def on(desk, juniper, cycle):
    return [each.name for each in desk.ask(counters.agreed_counters, juniper.teachers[0], cycle)]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_counters_are_agreed_taken_away_and_undone(qtbot, screen_desk, juniper, round_one, page):
    to_tab(qtbot, page, 1)
    part = page.cycles.cards[round_one].counters
    qtbot.waitUntil(part.none.isVisible)
    qtbot.mouseClick(part.add_button, LEFT)
    menu = part.findChild(QMenu, "counters_menu")
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "Student handles the device" in read(part))
    assert on(screen_desk, juniper, round_one) == ["Student handles the device"]
    away = next(each for each in part.findChildren(type(part._rows[0]._away)) if each.isVisible())
    qtbot.mouseClick(away, LEFT)
    qtbot.waitUntil(part.none.isVisible)
    page.window().undo()
    qtbot.waitUntil(lambda: on(screen_desk, juniper, round_one) == ["Student handles the device"])


def test_the_two_that_are_usual_are_agreed_on_at_once(qtbot, screen_desk, juniper, round_one, page):
    screen_desk.do(usual.offer_counters, [{"name": "Wait & see"}, {"name": "Pairs"}, {"name": "Devices"}])
    to_tab(qtbot, page, 1)
    both = page.cycles.cards[round_one].counters.usual_button
    assert both.accessibleName() == "Agree on “Wait & see” and “Pairs”"
    qtbot.mouseClick(both, LEFT)
    qtbot.waitUntil(lambda: not both.isVisible())
    assert on(screen_desk, juniper, round_one) == ["Wait & see", "Pairs"]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_counter_of_their_own_is_typed_and_there_are_four_at_most(qtbot, screen_desk, juniper, page):
    ready = [{"name": f"Counter {number}"} for number in range(3)]
    screen_desk.do(counters.agree_counters, juniper.teachers[0], None, ready)
    to_tab(qtbot, page, 1)
    part = page.cycles.always
    qtbot.mouseClick(part.add_button, LEFT)
    menu = part.findChild(QMenu, "counters_menu")
    menu.actions()[-1].trigger()
    menu.close()
    name = part.findChild(QLineEdit, "counter_name")
    assert name.hasFocus()
    qtbot.keyClicks(name, "Wait time")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Wait time" in read(part))
    assert len(on(screen_desk, juniper, None)) == 4
    assert not part.add_button.isVisible()


def test_a_step_is_looked_back_on_with_one_key(qtbot, screen_desk, visited, workspace, page):
    to_tab(qtbot, page, 2)
    assert "Agreed · check back 2 Feb" in read(page.steps.ahead)
    page.steps.ahead.setFocus()
    qtbot.keyClicks(workspace.focusWidget(), "m")
    qtbot.waitUntil(page.steps.settled.isVisible)
    assert "Met on 2 Feb" in read(page.steps.settled)
    step = screen_desk.ask(lambda session: session.exec(select(ActionStep)).one())
    assert step.result is CheckBack.MET


def test_the_file_is_written_on_the_page_and_the_head_follows(qtbot, screen_desk, juniper, page):
    to_tab(qtbot, page, 3)
    room = page.file.form.field("room")
    qtbot.keyClicks(room, "204")
    page.flush()
    qtbot.waitUntil(lambda: "Room 204" in page.head.where.text())
    assert screen_desk.ask(roster.teacher, juniper.teachers[0]).record.room == "204"
    assert not page.file.name.isVisible()


def test_leaving_the_page_keeps_the_last_words(qtbot, screen_desk, juniper, workspace, page):
    to_tab(qtbot, page, 3)
    qtbot.keyClicks(page.file.form.field("room"), "31")
    workspace.go_back()
    qtbot.waitUntil(lambda: screen_desk.ask(roster.teacher, juniper.teachers[0]).record.room == "31")


def test_esc_goes_from_a_field_to_the_tabs_and_from_there_back(qtbot, workspace, page):
    to_tab(qtbot, page, 3)
    room = page.file.form.field("room")
    room.setFocus()
    qtbot.keyClick(room, Qt.Key.Key_Escape)
    assert page.tabs.hasFocus()
    qtbot.keyClick(page.tabs, Qt.Key.Key_Escape)
    assert workspace.current() is not page


def test_with_somebody_in_the_archive_nothing_new_is_begun(qtbot, screen_desk, juniper, workspace, page):
    to_tab(qtbot, page, 3)
    qtbot.mouseClick(page.file.archive_button, LEFT)
    qtbot.waitUntil(lambda: not page.head.start_button.isEnabled())
    assert page.head.standing.text() == "Archived"
    record = screen_desk.ask(roster.teacher, juniper.teachers[0]).record
    assert record.status is TeacherStatus.ARCHIVED
    workspace.undo()
    qtbot.waitUntil(page.head.start_button.isEnabled)


def test_how_a_teacher_came_to_coaching_is_on_the_file_alone(qtbot, screen_desk, juniper, visited, page):
    route = {"id": juniper.teachers[0], "entry_route": EntryRoute.ADMINISTRATOR_RECOMMENDED}
    screen_desk.do(roster.save_teacher, route)
    for number in range(3):
        to_tab(qtbot, page, number)
        assert not any("administrator" in text for text in read(page))


def test_a_small_window_can_be_used_without_seeing_it(qtbot, full):
    window = full.window()
    window.resize(800, 560)
    moments(full)[0].click()
    for number in range(4):
        to_tab(qtbot, full, number)
        assert audit(window) == []
        order = tab_order(window)
        assert len(order) == len(set(order))


def test_a_teacher_whose_adding_is_taken_back_leaves_an_empty_page(qtbot, screen_desk, juniper, workspace):
    named = {"given_name": "Ada", "family_name": "Byron", "school_ids": [juniper.school]}
    workspace.open(wishes.ShowTeacher(screen_desk.do(roster.save_teacher, named).id))
    page = workspace.current()
    assert page.row is not None
    workspace.undo()
    qtbot.waitUntil(lambda: page.row is None)
    assert read(page) == ["Nobody is chosen yet. Open a teacher from the Teachers page."]
    assert page.main_pane().isVisible()
