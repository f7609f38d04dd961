"""The Teachers page as a coach uses it: typing, clicking, leaving; seen on the page and in the vault."""

from datetime import date, datetime

import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from worlds import world

from coachdesk.model import CoachingCycle, CycleTeacher, NoSchool, SchoolYear
from coachdesk.model.caseload import Part, Wanted
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import roster
from coachdesk.services.keep import keep
from coachdesk.ui import wishes
from coachdesk.ui.roster_page import SEEN_MS
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.teacher_file import TeacherFile

FIRST_PAGE = TeachersScreen
NAMES = (("Maya", "Rivera", "Science"), ("Tunde", "Okafor", "Math"), ("Selam", "Abebe", "English"))


@world
def school(desk):
    return desk.do(roster.save_school, {"name": "Lincoln MS"})


@world
def three(desk, school):
    """Rivera, Okafor and Abebe, on the roster before the window comes up."""
    return [
        desk.do(
            roster.save_teacher,
            {"given_name": given, "family_name": family, "subjects": subject, "schools": [school.id]},
        )
        for given, family, subject in NAMES
    ]


@pytest.fixture
def page(three, workspace) -> TeachersScreen:
    return come_to(workspace)


def come_to(workspace) -> TeachersScreen:
    """The page as it comes up."""
    workspace.show_screen(on(workspace, TeachersScreen))
    return workspace.current()


def on(workspace, kind):
    return workspace.screen_of(kind)


def listed(page):
    table = page.list.table
    return [table.rows.data(table.rows.index(n, 0)) for n in range(table.rows.rowCount())]


def pressed(page, name):
    return page.findChild(QAbstractButton, name)


def field(page, key):
    return page.file.form.field(key)


def state(page):
    return page.file.state.said.text()


def kept(desk, teacher):
    return desk.ask(roster.teacher, teacher.id).record


def saved(qtbot, page):
    qtbot.waitUntil(lambda: state(page).startswith("Saved"))


def test_teachers_are_listed_by_last_name_and_the_first_is_shown(page):
    assert listed(page) == ["Abebe, Selam", "Okafor, Tunde", "Rivera, Maya"]
    assert page.file.name.text() == "Selam Abebe"
    assert page.page.count.text() == "3"
    assert page.list.parts[Part.ALL].text() == "All 3"


def test_the_keyboard_is_in_the_list_when_the_page_comes_up(page):
    assert page.list.table.hasFocus()


def test_arrows_move_and_the_file_follows(qtbot, page):
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.file.name.text() == "Tunde Okafor"


@pytest.mark.parametrize("page", [TeachersScreen, TeacherScreen, TodayScreen])
def test_who_is_to_be_picked_up_again_is_counted_anew_when_school_days_change(page):
    assert {NoSchool, SchoolYear} <= page.watches


def test_letters_typed_in_the_list_filter_it(qtbot, workspace, page):
    qtbot.keyClick(page.list.table, Qt.Key.Key_M)
    qtbot.keyClicks(workspace.focusWidget(), "ath")
    assert page.list.filter.text() == "math"
    assert listed(page) == ["Okafor, Tunde"]
    qtbot.keyClick(page.list.filter, Qt.Key.Key_Escape)
    assert len(listed(page)) == 3
    assert page.list.table.hasFocus()


def test_ctrl_f_goes_to_the_filter_and_enter_opens_what_is_found(qtbot, workspace, page):
    qtbot.keyClick(page.list.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(workspace.focusWidget(), "rivera")
    qtbot.keyClick(page.list.filter, Qt.Key.Key_Return)
    assert type(workspace.current()) is TeacherScreen
    assert workspace.current().head.name.text() == "Maya Rivera"


@pytest.mark.parametrize("door", ["key", "double click", "button"])
def test_a_teachers_page_has_three_doors_and_one_way_back(qtbot, workspace, page, door):
    table = page.list.table
    if door == "key":
        qtbot.keyClick(table, Qt.Key.Key_Return)
    if door == "double click":
        where = table.visualRect(table.currentIndex()).center()
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    if door == "button":
        qtbot.mouseClick(page.file.page_button, Qt.MouseButton.LeftButton)
    assert workspace.current().head.name.text() == "Selam Abebe"
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert workspace.current() is page


def test_the_file_beside_the_list_begins_a_note_and_plans_a_cycle(qtbot, page, three):
    page.open.disconnect()
    wished = []
    page.open.connect(wished.append)
    qtbot.mouseClick(page.file.start_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.file.plan_button, Qt.MouseButton.LeftButton)
    assert wished == [wishes.StartNote(teacher_id=three[2].id), wishes.PlanCycle(three[2].id)]


def test_nothing_is_begun_with_somebody_in_the_archive_or_not_there_yet(qtbot, screen_desk, page, three):
    screen_desk.do(roster.archive_teacher, three[1].id)
    page.list.show_part(Part.ARCHIVED)
    qtbot.waitUntil(lambda: page.file.name.text() == "Tunde Okafor")
    assert not page.file.start_button.isVisible()
    assert page.file.page_button.isVisible()
    page.add()
    assert not page.file.page_button.isVisible()


def test_a_filter_that_finds_nobody_says_so_and_is_taken_away(qtbot, page):
    page.list.filter.setText("zzz")
    everyone = pressed(page, "show_everyone")
    assert everyone.isVisible()
    qtbot.mouseClick(everyone, Qt.MouseButton.LeftButton)
    assert len(listed(page)) == 3


def test_a_chip_shows_one_part_of_the_roster(qtbot, screen_desk, school, three, workspace):
    def begin(session):
        cycle = keep(session, CoachingCycle, {"school_id": school.id, "status": "active", "phase": "learn"})
        keep(session, CycleTeacher, {"cycle_id": cycle.id, "teacher_id": three[0].id})

    screen_desk.do(begin)
    page = come_to(workspace)
    chip = page.list.parts[Part.IN_A_CYCLE]
    qtbot.waitUntil(lambda: chip.text() == "In a cycle 1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert listed(page) == ["Rivera, Maya"]


def test_a_school_is_asked_for_only_when_there_are_several(qtbot, screen_desk, page):
    assert not page.list.school.isVisible()
    harbor = screen_desk.do(roster.save_school, {"name": "Harbor"})
    screen_desk.do(roster.save_teacher, {"family_name": "Ng", "schools": [harbor.id]})
    qtbot.waitUntil(page.list.school.isVisible)
    qtbot.keyClick(page.list.school, Qt.Key.Key_Down)
    assert page.list.school.currentText() == "Harbor"
    assert listed(page) == ["Ng"]


def test_a_heading_sorts_and_the_coach_stays_on_the_same_teacher(page):
    page.list.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert listed(page) == ["Rivera, Maya", "Okafor, Tunde", "Abebe, Selam"]
    assert page.list.current().family_name == "Abebe"


def test_what_is_typed_is_saved_without_being_asked(qtbot, screen_desk, page, three):
    room = field(page, "room")
    room.setFocus()
    qtbot.keyClicks(room, "204")
    assert state(page) == ""
    saved(qtbot, page)
    assert kept(screen_desk, three[2]).room == "204"
    assert "Room 204" in page.file.where.text()


def test_saved_is_said_only_when_the_vault_has_answered(qtbot, screen_desk, page, three):
    room = field(page, "room")
    room.setFocus()
    qtbot.keyClicks(room, "9")
    qtbot.keyClick(room, Qt.Key.Key_Tab)
    assert state(page) == "Saving…"
    saved(qtbot, page)
    assert kept(screen_desk, three[2]).room == "9"


def test_leaving_for_another_teacher_keeps_the_last_words(qtbot, screen_desk, page, three):
    qtbot.keyClicks(field(page, "room"), "31")
    page.list.table.go_to(three[0].id)
    assert page.file.name.text() == "Maya Rivera"
    qtbot.waitUntil(lambda: kept(screen_desk, three[2]).room == "31")
    assert kept(screen_desk, three[0]).room == ""


def test_locking_keeps_the_last_words(qtbot, screen_desk, workspace, page, three):
    qtbot.keyClicks(field(page, "background"), "Wants small steps")
    assert workspace.flush()
    assert kept(screen_desk, three[2]).background == "Wants small steps"


def test_typing_goes_on_while_the_first_words_are_being_saved(qtbot, screen_desk, page, three):
    room = field(page, "room")
    for letter in "a b c d e ":
        qtbot.keyClicks(room, letter)
        page.file.flush()
    saved(qtbot, page)
    qtbot.waitUntil(lambda: kept(screen_desk, three[2]).room == "a b c d e")
    assert room.text() == "a b c d e "


def test_a_day_that_cannot_be_read_is_said_under_its_field_and_the_rest_is_saved(
    qtbot, screen_desk, page, three
):
    until, room = field(page, "keep_until"), field(page, "room")
    until.setFocus()
    qtbot.keyClicks(until, "some day")
    qtbot.keyClicks(room, "7")
    room.setFocus()
    said = page.findChild(QLabel, "keep_until_problem")
    assert not said.isHidden()
    qtbot.waitUntil(lambda: kept(screen_desk, three[2]).room == "7")
    qtbot.waitUntil(lambda: state(page) == said.text())
    until.clear()
    qtbot.keyClicks(until, "2027-06-11")
    assert said.isHidden()
    saved(qtbot, page)
    assert kept(screen_desk, three[2]).keep_until == date(2027, 6, 11)


def test_what_the_vault_refuses_stays_on_screen_until_retry_keeps_it(qtbot, screen_desk, page, three):
    assert page.file.name.text() == "Selam Abebe"
    screen_desk.on_change = lambda touched, by: None  # this window has not heard of the other change
    screen_desk.do(roster.save_teacher, {"id": three[2].id, "grades": "8"})
    qtbot.keyClicks(field(page, "room"), "12")
    page.flush()
    qtbot.waitUntil(lambda: state(page).startswith("Not saved"))
    retry = pressed(page, "retry_saving")
    assert retry.isVisible()
    assert field(page, "room").text() == "12"
    assert kept(screen_desk, three[2]).room == ""
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    saved(qtbot, page)
    assert kept(screen_desk, three[2]).room == "12"
    assert not retry.isVisible()


def test_the_list_is_painted_before_the_file_beside_it_is_built_and_nothing_moves(qtbot, page):
    place, table = page.page.place, page.list.table
    assert place.isVisible()
    assert page.findChild(TeacherFile) is None
    listed = table.geometry()
    qtbot.waitUntil(lambda: page.findChild(TeacherFile) is not None)
    before = place.geometry()
    assert page.file.name.text() == "Selam Abebe"
    QApplication.processEvents()
    assert not place.isVisible()
    assert (page.file.geometry(), table.geometry()) == (before, listed)


def test_no_file_is_built_where_the_desk_was_left_before(qtbot, workspace, page):
    page.page.place.repaint()
    workspace.hide()
    with qtbot.assertNotEmitted(page.page.place.seen, wait=3 * SEEN_MS):
        pass
    assert "file" not in vars(page)


def test_f6_finds_the_file_that_was_not_there_yet(qtbot, workspace, page):
    assert page.findChild(TeacherFile) is None
    workspace.next_pane()
    assert field(page, "given_name").hasFocus()


def test_a_teacher_is_added_in_place_with_the_last_name_alone(qtbot, screen_desk, school, page):
    qtbot.mouseClick(pressed(page, "add_teacher"), Qt.MouseButton.LeftButton)
    assert page.file.name.text() == "New teacher"
    assert field(page, "given_name").hasFocus()
    qtbot.keyClicks(field(page, "family_name"), "Lindqvist")
    saved(qtbot, page)
    assert listed(page) == ["Abebe, Selam", "Lindqvist", "Okafor, Tunde", "Rivera, Maya"]
    assert page.list.current().family_name == "Lindqvist"
    qtbot.keyClicks(field(page, "room"), "118")
    page.flush()
    qtbot.waitUntil(lambda: page.list.current().room == "118")
    [row] = screen_desk.ask(roster.teachers, datetime.now(), Wanted("lindqvist"))
    assert (row.room, row.schools) == ("118", (school.id,))


def test_a_new_file_stays_when_an_archive_is_undone_meanwhile(qtbot, workspace, page):
    page.archive()
    workspace.toast.undo_button.click()
    page.add()
    qtbot.waitUntil(lambda: "Abebe, Selam" in listed(page))
    assert page.file.name.text() == "New teacher"
    assert page.file.is_new


def test_a_new_file_without_a_last_name_is_kept_by_leaving(qtbot, workspace, screen_desk, page):
    page.add()
    qtbot.keyClicks(field(page, "given_name"), "Ana")
    qtbot.keyClick(field(page, "given_name"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Ana" in listed(page))
    assert [row.name for row in screen_desk.ask(roster.teachers, datetime.now())][1] == "Ana"
    assert not workspace.toast.isVisible()


def test_a_new_file_with_only_a_room_is_kept_by_locking_as_having_no_name_yet(
    qtbot, workspace, screen_desk, page
):
    page.add()
    qtbot.keyClicks(field(page, "room"), "118")
    assert workspace.flush(10_000)
    [nameless] = [row for row in screen_desk.ask(roster.teachers, datetime.now()) if not row.name]
    assert nameless.room == "118"
    qtbot.waitUntil(lambda: "No name yet" in listed(page))
    assert page.file.name.text() == "No name yet"


def test_a_day_that_cannot_be_read_does_not_keep_a_new_teacher_back(qtbot, screen_desk, page):
    page.add()
    field(page, "keep_until").setText("some day")
    qtbot.keyClicks(field(page, "family_name"), "Lindqvist")
    page.flush()
    qtbot.waitUntil(lambda: "Lindqvist" in listed(page))


def test_del_in_the_list_archives_and_undo_brings_back(qtbot, screen_desk, workspace, page, three):
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed(page) == ["Okafor, Tunde", "Rivera, Maya"])
    assert workspace.toast.isVisible()
    assert kept(screen_desk, three[2]).status is TeacherStatus.ARCHIVED
    qtbot.mouseClick(workspace.toast.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(page)) == 3)
    assert kept(screen_desk, three[2]).status is TeacherStatus.ACTIVE
    assert page.file.name.text() == "Selam Abebe"


def test_del_in_a_field_only_deletes_a_letter(qtbot, screen_desk, page, three):
    given = field(page, "given_name")
    given.setFocus()
    given.home(False)
    qtbot.keyClick(given, Qt.Key.Key_Delete)
    assert given.text() == "elam"
    assert kept(screen_desk, three[2]).status is TeacherStatus.ACTIVE


def test_an_archived_teacher_is_restored_from_the_archive(qtbot, screen_desk, page, three):
    screen_desk.do(roster.archive_teacher, three[1].id)
    chip = page.list.parts[Part.ARCHIVED]
    qtbot.waitUntil(lambda: chip.text() == "Archived 1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert listed(page) == ["Okafor, Tunde"]
    assert not field(page, "status").isVisible()
    qtbot.mouseClick(pressed(page, "restore_teacher"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chip.text() == "Archived 0")
    assert kept(screen_desk, three[1]).status is TeacherStatus.ACTIVE


def test_ctrl_z_takes_back_what_was_typed_in_a_field_that_was_left(qtbot, screen_desk, page, three):
    qtbot.keyClicks(field(page, "room"), "31")
    page.flush()
    saved(qtbot, page)
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: field(page, "room").text() == "")
    assert kept(screen_desk, three[2]).room == ""


def test_a_change_from_elsewhere_is_seen_but_never_over_what_is_being_typed(qtbot, screen_desk, page, three):
    screen_desk.do(roster.save_teacher, {"id": three[2].id, "grades": "8"})
    qtbot.waitUntil(lambda: field(page, "grades").text() == "8")
    qtbot.keyClicks(field(page, "room"), "3")
    screen_desk.do(roster.save_teacher, {"id": three[1].id, "grades": "6"})
    qtbot.waitUntil(lambda: page.list.table.rows.all()[1].grades == "6")
    assert field(page, "room").text() == "3"


def test_when_to_ask_again_is_asked_only_of_one_who_said_not_now(qtbot, screen_desk, page, three):
    assert not field(page, "ask_again_on").isVisible()
    status = field(page, "status")
    status.setFocus()
    qtbot.keyClick(status, Qt.Key.Key_Down)
    assert status.currentText() == "Not now"
    again = field(page, "ask_again_on")
    assert again.isVisible()
    qtbot.keyClicks(again, "1/9/2027")
    page.flush()
    qtbot.waitUntil(lambda: kept(screen_desk, three[2]).ask_again_on == date(2027, 9, 1))
    assert kept(screen_desk, three[2]).status is TeacherStatus.NOT_NOW


def test_a_line_for_the_coach_alone_says_so(page):
    background = field(page, "background")
    assert isinstance(background, QPlainTextEdit)
    assert background.accessibleDescription() == "Only you can read this"
    said = [label.text() for label in background.parentWidget().findChildren(QLabel)]
    assert said.count("Only you can read this") == 1


def test_on_a_small_window_a_new_file_is_a_page_of_its_own(qtbot, workspace, page):
    workspace.resize(1000, 700)
    qtbot.waitUntil(lambda: not page.file.isVisible())
    page.add()
    assert page.file.isVisible()
    assert not page.list.isVisible()
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()
    workspace.resize(1366, 768)
    qtbot.waitUntil(lambda: page.file.isVisible() and page.list.isVisible())


@pytest.mark.parametrize("width", [1366, 1200, 1100, 1024, 1000, 900, 800])
def test_nothing_in_the_head_overlaps_however_wide_the_window_is(qtbot, workspace, page, width):
    workspace.resize(width, 700)
    names = ("schools_and_goals", "import_roster", "add_teacher")
    head = [page.list.filter, *(pressed(page, name) for name in names)]

    def stand_apart():
        assert all(each.width() >= each.minimumSizeHint().width() for each in head)
        for left, right in zip(head, head[1:], strict=False):
            assert left.geometry().right() < right.geometry().left()
        assert head[-1].geometry().right() < page.width()

    qtbot.waitUntil(stand_apart)
    if width in (800, 1366):
        assert [bool(button.text()) for button in head[1:]] == [width == 1366] * 2 + [True]
    assert head[1].toolTip() == "Schools and goals…"


def test_an_empty_roster_says_how_to_begin(qtbot, screen_desk, workspace):
    page = come_to(workspace)
    assert not pressed(page, "add_teacher").isVisible()
    assert pressed(page, "add_first_teacher").hasFocus()
    qtbot.keyClick(pressed(page, "add_first_teacher"), Qt.Key.Key_Space)
    qtbot.keyClicks(field(page, "family_name"), "Okafor")
    page.flush()
    qtbot.waitUntil(lambda: listed(page) == ["Okafor"])


def test_a_roster_is_brought_in_from_the_page_and_undone_as_one(qtbot, screen_desk, page, workspace):
    qtbot.mouseClick(pressed(page, "import_roster"), Qt.MouseButton.LeftButton)
    flow = page.findChild(QWidget, "bring_in_roster")
    flow.open_text(
        "Teacher Id,First Name,Last Name,Email\n1,Kai,Nakamura,kai@lincoln.example\n2,Noor,Haddad,\n"
    )
    qtbot.waitUntil(lambda: flow.step is not flow.choose)
    if flow.step is flow.columns:
        qtbot.mouseClick(pressed(page, "columns_next"), Qt.MouseButton.LeftButton)
    bring = pressed(page, "bring_in")
    qtbot.waitUntil(bring.isVisible)
    qtbot.mouseClick(bring, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nakamura, Kai" in listed(page))
    assert len(listed(page)) == 5
    assert workspace.toast.said.text() == "Brought in: 2 teachers."
    qtbot.mouseClick(workspace.toast.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(listed(page)) == 3)


def test_bringing_in_is_left_with_esc_and_nothing_is_written(qtbot, screen_desk, workspace, page):
    page.bring()
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()
    assert len(screen_desk.ask(roster.teachers, datetime.now())) == 3


def test_no_name_of_a_person_is_in_a_title_or_an_object_name(workspace, page):
    names = {part for person in NAMES for part in person[:2]}
    for widget in [workspace, *workspace.findChildren(QWidget)]:
        told = f"{widget.objectName()} {widget.windowTitle()}"
        assert not any(name.lower() in told.lower() for name in names)


def test_a_small_window_can_be_used_without_seeing_it(workspace, page):
    workspace.resize(800, 560)
    assert audit(workspace) == []
    page.add()
    assert audit(workspace) == []


def test_tab_goes_through_the_page_without_a_trap(workspace, page):
    assert page.file.isVisible()
    order = tab_order(workspace)
    assert len(order) == len(set(order))
    names = [widget.objectName() for widget in order]
    wanted = ("nav", "teachers_filter", "teachers_table", "given_name", "family_name")
    places = [names.index(name) for name in wanted]
    assert places == sorted(places)


def test_schools_and_goals_are_reached_from_the_page_and_left_with_esc(qtbot, workspace, page):
    qtbot.mouseClick(pressed(page, "schools_and_goals"), Qt.MouseButton.LeftButton)
    schools = on(workspace, SchoolsScreen)
    assert workspace.current() is schools
    assert schools.findChild(QLineEdit, "school_name").text() == "Lincoln MS"
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert workspace.current() is page
