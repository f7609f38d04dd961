"""A visit while it runs, as a coach does it: begun with one key, typed, counted, tagged, hidden, ended."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import coached_school
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from worlds import world

from coachdesk.model import Chain, VisitNote
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import EventStatus
from coachdesk.model.visits import LineKind
from coachdesk.services import agenda, counters, notes, roster, schedule, visits
from coachdesk.services.keep import keep
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.visit.lines import SHOWN
from coachdesk.ui.visit.standards import letters
from coachdesk.ui.wishes import OpenNote, StartNote

FIRST_PAGE = VisitScreen
TUESDAY = date(2027, 2, 2)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
COUNTERS = ({"name": "Student handles device", "definition": "hands on it"}, {"name": "Tech trouble"})


def at(hour, minute=0, second=0):
    return datetime.combine(TUESDAY, time(hour, minute, second))


@world
def with_counters(desk, three_at_juniper):
    desk.do(counters.agree_counters, three_at_juniper.teachers[0], None, COUNTERS)
    return three_at_juniper


@world
def planned(desk, with_counters):
    who = with_counters.teachers[:1]
    cycle = desk.do(coached_school.cycle, with_counters.school, who, focus="Comments that cite evidence")
    chain = desk.do(keep, Chain, {"cycle_id": cycle, "number": 3}).id
    times = {"starts": at(9, 50), "ends": at(10, 10), "place": "12", "period": "2"}
    step = {"cycle_id": cycle, "chain_id": chain, "slot": "visit"}
    return desk.do(schedule.create_event, {"kind": "visit", **times, "teachers": who, **step}).id


@pytest.fixture
def juniper(with_counters, clock):
    clock.set(TUESDAY, 9, 51, 12)
    return with_counters


@pytest.fixture
def screen(juniper, planned, workspace) -> VisitScreen:
    return workspace.screen_of(VisitScreen)


@pytest.fixture
def visit(qtbot, workspace, screen):
    """The visit that was planned for now, begun with one key."""
    press(qtbot, workspace, Qt.Key.Key_N, CTRL)
    return screen.running


def press(qtbot, workspace, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(workspace.focusWidget() or workspace, key, held)


def pressed(qtbot, inside, name):
    qtbot.mouseClick(inside.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def file_of(desk, screen):
    return desk.ask(notes.note, screen.file.id, desk.now())


def kept(desk, screen):
    return [(line.offset, line.kind, line.text) for line in file_of(desk, screen).lines]


def tagged(desk, screen):
    return {(tag.code, tag.line_id) for tag in file_of(desk, screen).tags if tag.accepted}


def counts(desk, screen):
    return [counter.count for counter in file_of(desk, screen).counters]


def test_one_key_begins_the_note_with_the_caret_in_the_script(workspace, screen, visit):
    assert workspace.current() is screen
    assert visit.script.hasFocus()
    assert visit.title.text() == "Visit note · Z. Abernethy"
    assert visit.where.text() == "Tuesday 2 February · 9:50 · Room 12 · Period 2 · Round 3"
    assert visit.clock.said.text() == "00:00"
    assert screen.is_running


def test_the_clock_goes_on(clock, visit):
    clock.set(TUESDAY, 9, 59, 24)
    visit.clock.tick()
    assert visit.clock.said.text() == "08:12"
    assert visit.clock.said.accessibleName() == "08:12 since the visit began"


def test_what_to_know_is_there_until_the_first_line_is_written(qtbot, workspace, visit):
    assert visit.before.isVisible()
    qtbot.keyClicks(visit.script, "Open the doc")
    assert visit.before.isVisible()
    press(qtbot, workspace, Qt.Key.Key_Return)
    assert not visit.before.isVisible()


def test_what_to_know_says_how_the_last_step_went(screen_desk, juniper, planned, workspace, screen):
    last_week = {"starts": at(9) - timedelta(days=7), "ends": at(10) - timedelta(days=7)}
    values = {"kind": "visit", **last_week, "teachers": juniper.teachers[:1]}
    before = screen_desk.do(schedule.create_event, values).id
    screen_desk.do(visits.agree_step, before, {"step": "Exit slips", "check_back_on": TUESDAY})
    step = screen_desk.ask(agenda.check_backs, TUESDAY)[0]
    screen_desk.do(agenda.check_back, step.id, CheckBack.MET, TUESDAY)
    workspace.open(StartNote(event_id=planned))
    said = [text.text() for text in screen.running.before.findChildren(QLabel) if text.isVisible()]
    assert "Exit slips (Met)" in said


def test_what_to_know_folds_away(qtbot, visit):
    facts = visit.before.findChild(QWidget, "before_facts")
    pressed(qtbot, visit, "fold_before")
    assert not facts.isVisible()
    pressed(qtbot, visit, "fold_before")
    assert facts.isVisible()


def test_while_it_runs_there_is_the_script_the_counters_and_the_clock_and_nothing_else(visit):
    buttons = {b.objectName() for b in visit.findChildren(QAbstractButton) if b.isVisible()}
    assert buttons == {"hide_names", "end_visit", "fold_before", "counter_6", "counter_7"}


def test_what_is_typed_is_in_the_vault_within_a_moment(qtbot, clock, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "t: Open the doc")
    clock.set(TUESDAY, 9, 52, 12)
    press(qtbot, workspace, Qt.Key.Key_Return)
    qtbot.keyClicks(visit.script, "s: I disagree")
    qtbot.waitUntil(lambda: len(kept(screen.desk, screen)) == 2, timeout=2_000)
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Saved "))
    assert kept(screen.desk, screen) == [
        (0, LineKind.TEACHER, "Open the doc"),
        (60, LineKind.STUDENT, "I disagree"),
    ]


def test_saved_is_said_only_when_the_vault_has_answered(qtbot, screen_desk, screen, visit):
    qtbot.keyClicks(visit.script, "One")
    visit.flush()
    assert visit.state.said.text() == "Saving…"
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Saved "))
    assert [text for *_rest, text in kept(screen_desk, screen)] == ["One"]


def test_leaving_the_page_and_locking_keep_the_last_words(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "Half a li")
    press(qtbot, workspace, Qt.Key.Key_1, CTRL)
    assert workspace.current() is not screen
    qtbot.waitUntil(lambda: [text for *_rest, text in kept(screen_desk, screen)] == ["Half a li"])
    press(qtbot, workspace, Qt.Key.Key_N, CTRL)
    qtbot.keyClicks(workspace.focusWidget(), "ne")
    assert workspace.flush()
    assert [text for *_rest, text in kept(screen_desk, screen)] == ["Half a line"]


def test_the_same_key_goes_on_with_the_note_that_runs(qtbot, workspace, screen, visit):
    note = screen.file.id
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert workspace.current() is not screen
    press(qtbot, workspace, Qt.Key.Key_N, CTRL)
    assert (workspace.current(), screen.file.id) == (screen, note)
    assert visit.script.hasFocus()


def test_a_tag_typed_leaves_the_line_and_is_kept_with_it(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "We look together #3b ")
    line = visit.script.current()
    qtbot.waitUntil(lambda: ("3B", line.id) in tagged(screen_desk, screen))
    assert [text for *_rest, text in kept(screen_desk, screen)] == ["We look together "]
    assert visit.hint.text().startswith("On this line you practised 3B ")


def test_a_tag_takes_two_strokes_and_the_same_two_take_it_away(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "We look together")
    line = visit.script.current()
    for there in (True, False):
        press(qtbot, workspace, Qt.Key.Key_1, ALT)
        press(qtbot, workspace, Qt.Key.Key_D)
        qtbot.waitUntil(lambda there=there: (("1D", line.id) in tagged(screen_desk, screen)) is there)
    assert visit.script.toPlainText() == "We look together"


def test_a_line_that_was_tagged_shows_it_at_its_end(qtbot, workspace, visit):
    qtbot.keyClicks(visit.script, "We look together")
    bare = visit.script.line_codes.grab().toImage()
    tag_line(qtbot, workspace)
    assert list(visit.script.line_codes.of(visit.script.current().id)) == ["1D"]
    assert visit.script.line_codes.geometry().left() > visit.script.viewport().geometry().right()
    assert visit.script.line_codes.grab().toImage() != bare
    assert visit.script.accessibleDescription() == "00:00, Action, 1D"
    tag_line(qtbot, workspace)
    assert visit.script.line_codes.grab().toImage() == bare
    assert visit.script.accessibleDescription() == "00:00, Action"


def test_neither_the_teacher_nor_who_looks_over_the_shoulder_sees_what_was_tagged(
    qtbot, workspace, screen, visit
):
    qtbot.keyClicks(visit.script, "We look together")
    tag_line(qtbot, workspace)
    press(qtbot, workspace, Qt.Key.Key_F9)
    assert visit.veil.geometry().contains(visit.script.line_codes.geometry().center())
    press(qtbot, workspace, Qt.Key.Key_F8)
    assert not screen.for_teacher.script.line_codes.isVisible()
    assert screen.for_teacher.script.line_codes.needs() == 0


def test_after_the_number_of_a_tag_the_hint_says_which_letters_fit(qtbot, workspace, visit):
    hint = visit.hint.text()
    press(qtbot, workspace, Qt.Key.Key_2, ALT)
    assert visit.hint.text() == f"2…: {letters('2')}"
    assert letters("2").startswith("A B")
    press(qtbot, workspace, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: visit.hint.text() == hint)


def test_the_hint_says_that_a_tag_was_taken_away(qtbot, workspace, visit):
    qtbot.keyClicks(visit.script, "We look together")
    for _twice in range(2):
        tag_line(qtbot, workspace)
    assert visit.hint.text() == "1D taken away"
    qtbot.keyClick(visit.script, Qt.Key.Key_Return)
    assert visit.hint.text().startswith("What you see and hear.")


def tag_line(qtbot, workspace):
    press(qtbot, workspace, Qt.Key.Key_1, ALT)
    press(qtbot, workspace, Qt.Key.Key_D)


def test_a_tag_where_nothing_is_written_yet_stands_for_the_visit(
    qtbot, screen_desk, workspace, screen, visit
):
    press(qtbot, workspace, Qt.Key.Key_3, ALT)
    press(qtbot, workspace, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: ("3B", None) in tagged(screen_desk, screen))
    assert visit.hint.text().startswith("In this visit you practised 3B ")


def test_counters_count_by_key_and_by_mouse(qtbot, screen_desk, workspace, screen, visit):
    press(qtbot, workspace, Qt.Key.Key_6, ALT)
    press(qtbot, workspace, Qt.Key.Key_6, ALT)
    press(qtbot, workspace, Qt.Key.Key_6, ALT | SHIFT)
    pressed(qtbot, visit, "counter_7")
    press(qtbot, workspace, Qt.Key.Key_9, ALT)
    assert [button.accessibleName() for button in visit.counters.buttons] == [
        "Student handles device 1",
        "Tech trouble 1",
    ]
    assert visit.script.hasFocus()
    qtbot.waitUntil(lambda: counts(screen_desk, screen) == [1, 1])


def test_a_counter_never_goes_below_nothing(qtbot, screen_desk, workspace, screen, visit):
    press(qtbot, workspace, Qt.Key.Key_6, ALT | SHIFT)
    assert visit.counters.buttons[0].count == 0
    assert not visit.writing.busy


def test_a_counters_key_says_where_one_is_agreed_while_there_is_none(
    qtbot, screen_desk, workspace, screen, juniper
):
    screen_desk.do(counters.agree_counters, juniper.teachers[0], None, ())
    press(qtbot, workspace, Qt.Key.Key_N, CTRL)
    visit = screen.running
    for held in (ALT, ALT | SHIFT):
        visit.hint.setText("")
        press(qtbot, workspace, Qt.Key.Key_6, held)
        said = "No counter is agreed for this visit. Agree on one under the teacher's Cycles."
        assert visit.hint.text() == said
    assert visit.script.toPlainText() == ""


def test_its_keys_answer_where_the_row_of_counters_is_out_of_sight(qtbot, workspace, visit, juniper):
    assert visit.counters.isVisible()
    workspace.open(StartNote(teacher_id=juniper.teachers[1]))
    qtbot.waitUntil(lambda: visit.counters.isHidden())
    press(qtbot, workspace, Qt.Key.Key_7, ALT)
    assert visit.hint.text().startswith("No counter is agreed")


def test_a_tap_is_one_step_of_undo(qtbot, screen_desk, workspace, screen, visit):
    for number in (1, 2):
        press(qtbot, workspace, Qt.Key.Key_6, ALT)
        qtbot.waitUntil(lambda number=number: counts(screen_desk, screen)[0] == number)
    workspace.undo()
    qtbot.waitUntil(lambda: visit.counters.buttons[0].count == 1)
    assert counts(screen_desk, screen)[0] == 1


def test_undo_in_the_script_is_the_scripts_own(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "One")
    press(qtbot, workspace, Qt.Key.Key_Z, CTRL)
    assert visit.script.toPlainText() == ""
    assert screen.file is not None


def test_undo_of_what_was_typed_takes_it_off_the_page(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "One")
    visit.flush()
    qtbot.waitUntil(lambda: len(kept(screen_desk, screen)) == 1)
    workspace.undo()
    qtbot.waitUntil(lambda: visit.script.toPlainText() == "")
    assert kept(screen_desk, screen) == []


def test_a_note_whose_beginning_is_undone_is_gone(qtbot, screen_desk, workspace, screen, visit):
    workspace.undo()
    qtbot.waitUntil(lambda: screen.file is None)
    assert screen.nothing.isVisible()
    pressed(qtbot, screen, "start_next_visit")
    assert visit.script.hasFocus()


@pytest.mark.parametrize("door", ["key", "mouse"])
def test_names_and_words_are_hidden_at_once_and_typing_goes_on(qtbot, workspace, screen, visit, door):
    qtbot.keyClicks(visit.script, "One")
    if door == "key":
        press(qtbot, workspace, Qt.Key.Key_F9)
    else:
        pressed(qtbot, visit, "hide_names")
    assert visit.title.text() == "Visit note"
    assert visit.veil.isVisible()
    assert visit.veil.geometry().contains(visit.script.viewport().geometry().center())
    assert not visit.where.isVisible()
    qtbot.keyClicks(workspace.focusWidget(), "!")
    press(qtbot, workspace, Qt.Key.Key_F9)
    assert not visit.veil.isVisible()
    assert visit.title.text() == "Visit note · Z. Abernethy"
    assert visit.script.toPlainText() == "One!"


def test_the_teacher_is_shown_what_is_shared_large_and_nothing_else(
    qtbot, screen_desk, workspace, screen, visit
):
    screen_desk.do(visits.write_private, screen.file.id, {"reflection": "I talk too much"})
    qtbot.keyClicks(visit.script, "t: Open the doc #1D ")
    press(qtbot, workspace, Qt.Key.Key_6, ALT)
    press(qtbot, workspace, Qt.Key.Key_F8)
    page = screen.for_teacher
    assert page.isVisible()
    assert page.script.toPlainText() == "Open the doc "
    assert page.script.isReadOnly()
    assert page.script.font().pointSizeF() > visit.script.font().pointSizeF()
    assert page.counts.text() == "Student handles device 1 · Tech trouble 0"
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert visit.script.hasFocus()


def test_a_note_whose_visit_has_ended_is_hidden_whole(qtbot, screen, visit):
    screen.end()
    press(qtbot, screen.window(), Qt.Key.Key_F9)
    veil = screen.after.findChild(QWidget, "veil")
    assert veil.isVisible()
    assert veil.rect().size().width() >= screen.after.width() - 4
    press(qtbot, screen.window(), Qt.Key.Key_F9)
    assert not veil.isVisible()


def test_what_the_teacher_is_shown_is_hidden_too(qtbot, screen, visit):
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F9):
        press(qtbot, screen.window(), key)
    assert not screen.for_teacher.isVisible()
    assert visit.veil.isVisible()


def test_the_page_is_about_the_teacher_who_is_visited(screen, visit, juniper):
    assert screen.about_whom() == juniper.teachers[0]


def test_the_bell_rings_and_nothing_is_required(qtbot, clock, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "One")
    clock.set(TUESDAY, 10, 12)
    press(qtbot, workspace, Qt.Key.Key_Return, CTRL)
    file = file_of(screen.desk, screen)
    assert (file.card.event.status, file.card.event.ends) == (EventStatus.COMPLETED, at(10, 12))
    assert [line.text for line in file.lines] == ["One"]
    assert screen.pages.currentWidget() is screen.after
    assert not screen.is_running
    workspace.undo()
    qtbot.waitUntil(lambda: screen.is_running)
    assert visit.isVisible()


def test_a_visit_that_is_ended_on_the_calendar_does_not_run_any_more(qtbot, workspace, visit, planned):
    workspace.show_screen(workspace.screen_of(TodayScreen))
    assert workspace.visit_runs
    visit.desk.do(schedule.took_place, planned)
    qtbot.waitUntil(lambda: not workspace.visit_runs)


def test_a_visit_that_was_never_ended_does_not_run_the_next_morning(qtbot, clock, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "One")
    clock.set(TUESDAY, 13, 49)
    assert workspace.visit_runs
    clock.set(TUESDAY + timedelta(days=1), 8, 0)
    assert not workspace.visit_runs  # so the desk locks, and no cover comes in its place
    screen.refresh()
    assert visit.isVisible()  # its end can be said all the same
    pressed(qtbot, visit, "end_visit")
    assert file_of(screen.desk, screen).card.event.status is EventStatus.COMPLETED


def test_a_note_of_an_event_with_nobody_says_so(screen_desk, workspace, screen, planned):
    note = screen_desk.do(visits.start_note, planned, at(9, 51))
    screen_desk.do(schedule.change_event, {"id": planned, "kind": "group", "teachers": ()})
    workspace.open(OpenNote(note))
    assert screen.running.title.text() == "Visit note · No name yet"


def test_ending_has_a_button_too(qtbot, screen_desk, screen, visit):
    pressed(qtbot, visit, "end_visit")
    assert not screen.is_running
    assert screen.after.isVisible()


def test_whom_to_visit_is_chosen_by_typing(qtbot, screen_desk, workspace, screen, juniper):
    press(qtbot, workspace, Qt.Key.Key_N, CTRL | SHIFT)
    assert screen.picker.filter.hasFocus()
    qtbot.keyClicks(workspace.focusWidget(), "buko")
    press(qtbot, workspace, Qt.Key.Key_Return)
    assert screen.running.title.text() == "Visit note · Y. Bukowiec"
    assert screen.running.script.hasFocus()


def test_arrows_choose_and_esc_leaves_the_choice(qtbot, workspace, screen):
    before = workspace.screen_of(TodayScreen)
    workspace.show_screen(before)
    press(qtbot, workspace, Qt.Key.Key_N, CTRL | SHIFT)
    press(qtbot, workspace, Qt.Key.Key_Down)
    assert screen.picker.table.current().family_name == "Bukowiec"
    qtbot.keyClicks(workspace.focusWidget(), "zzz")
    press(qtbot, workspace, Qt.Key.Key_Return)
    assert screen.file is None
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert workspace.current() is before


def test_with_nothing_planned_one_key_asks_whom_to_visit_and_says_why(qtbot, clock, workspace, screen):
    clock.set(TUESDAY, 16)
    press(qtbot, workspace, Qt.Key.Key_N, CTRL)
    assert screen.picker.isVisible()
    assert screen.picker.why.text().startswith("No visit is planned for the rest of today.")
    pressed(qtbot, screen, "leave_picker")
    assert workspace.current() is not screen


def test_an_archived_teacher_and_an_event_with_nobody_are_said_in_a_sentence(
    qtbot, screen_desk, workspace, screen, juniper
):
    screen_desk.do(roster.archive_teacher, juniper.teachers[1])
    plc = screen_desk.do(schedule.create_event, {"kind": "group", "starts": at(8), "ends": at(9)}).id
    for wish, sentence in (
        (StartNote(teacher_id=juniper.teachers[1]), visits.ARCHIVED),
        (StartNote(event_id=plc), visits.NO_TEACHER),
        (OpenNote(uuid4()), "No visit note is open."),
    ):
        workspace.open(wish)
        assert screen.nothing.sentence.text() == sentence
        assert screen.start_button.hasFocus()


def test_a_wish_begins_the_note_of_its_event_and_a_record_opens_it(screen_desk, workspace, screen, planned):
    workspace.open(StartNote(event_id=planned))
    note = screen.file.id
    workspace.open(screen_desk.ask(lambda session: session.get_one(VisitNote, note)))
    assert screen.file.id == note


def test_another_note_leaves_the_first_one_kept(qtbot, workspace, screen, visit, juniper):
    first = screen.file.id
    qtbot.keyClicks(visit.script, "Half a line")
    workspace.open(StartNote(teacher_id=juniper.teachers[1]))
    assert visit.script.toPlainText() == ""
    assert visit.counters.buttons == []
    qtbot.keyClicks(visit.script, "Other")
    workspace.open(OpenNote(first))
    assert visit.script.lines.written()[0].text == "Half a line"
    assert workspace.flush()
    assert [line.text for line in screen.desk.ask(notes.note, first, at(10)).lines] == ["Half a line"]


def test_ten_megabytes_pasted_are_kept(qtbot, screen_desk, screen, visit, workspace):
    whole = "\n".join("word " * 2_000 for _line in range(1_000))
    visit.script.paste_text(whole)
    assert max(len(row) for row in visit.script.toPlainText().split("\n")) <= SHOWN
    assert "All of it is kept" in workspace.toast.said.text()
    visit.flush()
    qtbot.waitUntil(lambda: len(kept(screen_desk, screen)) == 1_000, timeout=30_000)
    assert "\n".join(text for *_rest, text in kept(screen_desk, screen)) == whole


def fill_disk(vault):
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1").fetchone())


def free_disk(vault):
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())


def test_a_full_disk_is_said_the_text_stays_and_it_is_tried_again(qtbot, vault, screen, visit, workspace):
    fill_disk(vault)
    words = "x" * 50_000
    visit.script.paste_text(words)
    visit.flush()
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Not saved"))
    assert visit.state.again.isVisible()
    assert visit.script.lines.written()[0].text == words
    free_disk(vault)
    pressed(qtbot, visit, "retry_saving")
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Saved "))
    assert [text for *_rest, text in kept(screen.desk, screen)] == [words]


def test_it_is_tried_again_by_itself(qtbot, vault, screen_desk, screen, visit):
    fill_disk(vault)
    visit.script.paste_text("x" * 50_000)
    visit.flush()
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Not saved"))
    free_disk(vault)
    qtbot.waitUntil(lambda: visit.state.said.text().startswith("Saved "), timeout=10_000)


def test_what_a_full_disk_refused_is_sealed_when_the_desk_is_locked(qtbot, vault, screen, visit, workspace):
    fill_disk(vault)
    visit.script.paste_text("x" * 50_000)
    assert not workspace.flush()
    free_disk(vault)
    [draft] = screen.desk.rescued()
    screen.desk.bring_back(draft)
    assert [len(text) for *_rest, text in kept(screen.desk, screen)] == [50_000]


def test_the_script_tells_which_line_the_caret_is_on(qtbot, visit):
    qtbot.keyClicks(visit.script, "t: Open")
    assert visit.script.accessibleName() == "Script"
    assert visit.script.accessibleDescription() == "00:00, Teacher"


def test_the_time_of_a_line_can_be_changed_by_key(qtbot, screen_desk, workspace, screen, visit):
    qtbot.keyClicks(visit.script, "Open")
    press(qtbot, workspace, Qt.Key.Key_F2)
    edit = visit.script.findChild(QLineEdit, "stamp_edit")
    edit.setText("2:05")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [offset for offset, *_rest in kept(screen_desk, screen)] == [125])


def test_esc_in_the_time_leaves_only_that(qtbot, workspace, screen, visit):
    press(qtbot, workspace, Qt.Key.Key_F2)
    edit = visit.script.findChild(QLineEdit, "stamp_edit")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert workspace.current() is screen
    assert visit.script.hasFocus()
