"""The search box: teachers, notes, events, pages, commands, and a quick contact in one line."""

from datetime import date, datetime

import coached_school
import pytest
from accessibility import audit
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.schedule import EventKind
from coachdesk.services import roster, schedule, steps
from coachdesk.services.keep import keep
from coachdesk.services.search import CLOSE, OPEN
from coachdesk.ui import theme
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.search.result_list import _with_found
from coachdesk.ui.search.rows import marked, parts
from coachdesk.ui.wishes import OpenNote, QuickContact, ShowEvent, ShowTeacher, StartNote
from coachdesk.ui.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
MONDAY = date(2027, 2, 1)
CANARY = "marmalade"


class Seen(Screen):
    """A page that shows what was found."""

    title = "Seen"
    in_sidebar = False
    shows = frozenset({ShowTeacher, OpenNote, ShowEvent, StartNote})

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Seen")
        self.wishes = []

    def show_record(self, record):
        self.wishes.append(record)


@pytest.fixture
def juniper(three_at_juniper, clock):
    """Three teachers, and a Monday morning."""
    clock.set(MONDAY)
    return three_at_juniper


@pytest.fixture
def desk_of(on_screen, dressed, screen_desk, juniper):
    """The real pages, and one that notes down what it was asked to show."""
    plain = [kind for kind in SCREENS if not kind.shows & Seen.shows]
    locked = []
    shown = Workspace(screen_desk, [*plain, Seen], lambda: locked.append(True))
    shown.locked = locked
    return on_screen(shown)


def seen(workspace):
    return workspace.screen_of(Seen).wishes


def add_visit(session, coached, *, at, lines, teacher=0):
    key = coached_school.event(session, coached.school, [coached.teachers[teacher]], day=at)
    note = keep(session, VisitNote, {"event_id": key, "started": datetime(at.year, at.month, at.day, 9)})
    for position, text in enumerate(lines):
        keep(session, ScriptLine, {"note_id": note.id, "position": position, "text": text})
    return note.id


def press(qtbot, workspace, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or workspace, key, modifier)


def ask(qtbot, workspace, text):
    """Go to the box from wherever the coach is, and type."""
    press(qtbot, workspace, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), text)


def shown(workspace):
    model = workspace.search.panel.list.rows
    return [model.row(model.index(number)) for number in range(model.rowCount())]


def texts(workspace):
    return [model_row.text.replace(OPEN, "").replace(CLOSE, "") for model_row in shown(workspace)]


def test_the_box_has_its_name_and_is_high_enough_on_every_page(qtbot, workspace):
    name = QAccessible.queryAccessibleInterface(workspace.search).text(QAccessible.Text.Name)
    assert name == "Search or jump to"
    for screen in workspace.screens:
        workspace.show_screen(screen)
        assert workspace.search.isVisible()
        assert workspace.search.height() >= 30


@pytest.mark.parametrize(("width", "box"), [(1366, 340), (1000, 280), (800, 210)])
def test_the_box_makes_room_in_a_small_window(qtbot, workspace, width, box):
    workspace.resize(width, 560)
    qtbot.waitUntil(lambda: workspace.search.width() == box)
    ask(qtbot, workspace, "t")
    inside = QRect(0, 0, width, 560)
    assert inside.contains(workspace.search.panel.geometry())
    assert workspace.search.placeholderText().startswith("Search or jump to")


def test_ctrl_k_comes_from_anywhere_and_esc_goes_back_there(qtbot, desk_of):
    desk_of.sidebar.entries.setFocus()
    ask(qtbot, desk_of, "aber")
    assert desk_of.search.hasFocus()
    assert desk_of.search.panel.isVisible()
    press(qtbot, desk_of, Qt.Key.Key_Escape)
    assert desk_of.sidebar.entries.hasFocus()
    assert desk_of.search.text() == ""
    assert not desk_of.search.panel.isVisible()


@pytest.mark.parametrize("field", ["teachers_filter", "background"])
def test_ctrl_k_comes_out_of_a_field_too_and_leaves_its_words_alone(qtbot, desk_of, field):
    desk_of.show_screen(desk_of.screen_of(TeachersScreen))
    qtbot.waitUntil(lambda: desk_of.current().findChild(QWidget, field) is not None)
    edit = desk_of.current().findChild(QWidget, field)
    edit.setFocus()
    qtbot.keyClicks(edit, "abc")
    ask(qtbot, desk_of, "zof")
    assert desk_of.search.text() == "zof"
    press(qtbot, desk_of, Qt.Key.Key_Escape)
    assert edit.hasFocus()
    assert (edit.text() if field == "teachers_filter" else edit.toPlainText()) == "abc"


def test_a_teacher_opens_with_enter(qtbot, desk_of, juniper):
    ask(qtbot, desk_of, "zof ab")
    assert texts(desk_of)[:2] == ["Teachers", "Zofia Abernethy"]
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert seen(desk_of) == [ShowTeacher(juniper.teachers[0])]
    assert desk_of.current().hasFocus()
    assert desk_of.search.text() == ""


def test_arrows_move_past_headings_and_letters_go_on_in_the_box(qtbot, screen_desk, desk_of, juniper):
    screen_desk.do(add_visit, juniper, at=MONDAY, lines=["abernathy is not a name here"])
    ask(qtbot, desk_of, "aber")
    assert texts(desk_of)[0] == "Teachers"
    press(qtbot, desk_of, Qt.Key.Key_Down)
    listed = desk_of.search.panel.list
    assert listed.hasFocus()
    assert listed.current().target != ShowTeacher(juniper.teachers[0])
    press(qtbot, desk_of, Qt.Key.Key_Up)
    assert listed.current().target == ShowTeacher(juniper.teachers[0])
    press(qtbot, desk_of, Qt.Key.Key_Up)
    assert desk_of.search.hasFocus()
    press(qtbot, desk_of, Qt.Key.Key_Down)
    qtbot.keyClicks(listed, "n")
    assert desk_of.search.text() == "abern"
    assert desk_of.search.hasFocus()


def test_a_note_is_found_by_a_word_newest_first_and_the_word_is_marked(qtbot, screen_desk, desk_of, juniper):
    old = screen_desk.do(add_visit, juniper, at=date(2027, 1, 11), lines=[f"T: pass the {CANARY}"])
    new = screen_desk.do(add_visit, juniper, at=date(2027, 1, 25), lines=["12 hands", f"{CANARY} again"])
    ask(qtbot, desk_of, CANARY[:5])
    rows = shown(desk_of)
    assert [row.target for row in rows[1:3]] == [OpenNote(new), OpenNote(old)]
    assert rows[1].below == f"12 hands · {OPEN}{CANARY}{CLOSE} again"
    assert parts(rows[1].below)[1] == (CANARY, True)
    press(qtbot, desk_of, Qt.Key.Key_Down)
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert seen(desk_of) == [OpenNote(old)]


def test_what_was_found_is_shown_even_at_the_end_of_a_long_line(dressed):
    bold = theme.font("body", True)
    words = [("a very long beginning of a line " * 4, False), (CANARY, True)]
    before, hit = _with_found(words, 200, theme.font(), bold)
    assert hit == (CANARY, True)
    assert before[0].startswith("… ")
    assert len(before[0]) < 30
    assert _with_found(words, 20_000, theme.font(), bold) == words


@pytest.mark.parametrize("typed", ["visit ab", "visit monday", "feb ab", "today abern", "library"])
def test_an_event_is_found_by_kind_day_teacher_and_place(qtbot, screen_desk, desk_of, juniper, typed):
    values = {"status": "planned", "place": "Library"}
    key = screen_desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=MONDAY, **values)
    ask(qtbot, desk_of, typed)
    assert ShowEvent(key) in [row.target for row in shown(desk_of)]


def test_what_was_agreed_is_found_by_its_words_and_opens_the_teacher(qtbot, screen_desk, desk_of, juniper):
    ask(qtbot, desk_of, "sentence fr")
    assert shown(desk_of) == []
    press(qtbot, desk_of, Qt.Key.Key_Escape)
    key = screen_desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=MONDAY)
    screen_desk.do(steps.write_step, key, {"text": "Give each pair a sentence frame\nbefore they begin"})
    ask(qtbot, desk_of, "sentence fr")
    heading, found = shown(desk_of)
    assert (heading.text, found.text, found.detail) == ("Action steps", "Zofia Abernethy", "Agreed 1 Feb")
    assert found.below == f"Give each pair a {OPEN}sentence{CLOSE} {OPEN}fr{CLOSE}ame before they begin"
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert seen(desk_of) == [ShowTeacher(juniper.teachers[0])]
    desk_of.lock_now()
    assert desk_of.search._finder._steps == []


def test_a_cycle_is_found_by_its_focus_and_opens_the_teachers_cycles(qtbot, screen_desk, desk_of, juniper):
    ask(qtbot, desk_of, "wait ti")
    assert shown(desk_of) == []
    press(qtbot, desk_of, Qt.Key.Key_Escape)
    with_first = juniper.teachers[:1]
    screen_desk.do(
        coached_school.cycle, juniper.school, with_first, focus="Longer wait time", status="active"
    )
    ask(qtbot, desk_of, "wait ti")
    heading, found = shown(desk_of)
    assert (heading.text, found.text, found.detail) == ("Cycles", "Zofia Abernethy", "Active")
    assert found.below == f"Longer {OPEN}wait{CLOSE} {OPEN}ti{CLOSE}me"
    press(qtbot, desk_of, Qt.Key.Key_Return)
    [wish] = seen(desk_of)
    assert (wish, wish.cycles) == (ShowTeacher(juniper.teachers[0]), True)
    desk_of.lock_now()
    assert desk_of.search._finder._cycles == []


def test_septembers_quick_contact_is_found_in_february(qtbot, screen_desk, desk_of, juniper):
    with_first = (juniper.school, juniper.teachers[:1])
    values = {"kind": "quick_contact", "title": "sign-in"}
    key = screen_desk.do(coached_school.event, *with_first, day=date(2026, 9, 14), **values)
    ask(qtbot, desk_of, "abern sign")
    assert ShowEvent(key) in [row.target for row in shown(desk_of)]
    assert "Further back" not in texts(desk_of)


def test_what_was_years_ago_is_looked_through_when_it_is_asked_for(qtbot, screen_desk, desk_of, juniper):
    with_first = (juniper.school, juniper.teachers[:1])
    old = [
        screen_desk.do(coached_school.event, *with_first, day=date(year, 9, 14), title="Sign-in")
        for year in (2021, 2024)
    ]
    ask(qtbot, desk_of, "sign")
    assert texts(desk_of)[-2:] == ["Further back", "Events, steps and cycles of all years…"]
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert [row.target for row in shown(desk_of)[1:]] == [ShowEvent(key) for key in reversed(old)]
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert seen(desk_of) == [ShowEvent(old[1])]
    ask(qtbot, desk_of, "nowhere")
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.search.panel.says.text() == "Nothing found in any year."


def test_goals_colleagues_and_schools_are_found_and_open_the_school(qtbot, screen_desk, desk_of, juniper):
    screen_desk.do(roster.save_goal, {"school_id": juniper.school, "title": "Reading across subjects"})
    head = {"school_id": juniper.school, "role": "principal", "name": "R. Achterberg"}
    screen_desk.do(roster.save_colleague, head)
    name = screen_desk.ask(roster.school, juniper.school).record.name
    for typed, what, detail in (
        ("reading acr", "Reading across subjects", name),
        ("achter", "R. Achterberg", f"Principal · {name}"),
    ):
        ask(qtbot, desk_of, typed)
        found = shown(desk_of)[1]
        assert (texts(desk_of)[1], found.detail, found.target.id) == (what, detail, juniper.school)
        press(qtbot, desk_of, Qt.Key.Key_Escape)
    desk_of.lock_now()
    assert desk_of.search._finder._places == []


def test_a_cycle_is_found_by_its_goal_too(qtbot, screen_desk, desk_of, juniper):
    values = {"focus": "Wait time", "goal": "Everyone speaks twice", "status": "active"}
    screen_desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1], **values)
    ask(qtbot, desk_of, "everyone sp")
    assert shown(desk_of)[1].below == f"{OPEN}Everyone{CLOSE} {OPEN}sp{CLOSE}eaks twice"


def test_a_click_opens_what_was_found(qtbot, screen_desk, desk_of, juniper):
    key = screen_desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=MONDAY)
    ask(qtbot, desk_of, "visit")
    listed = desk_of.search.panel.list
    number = texts(desk_of).index("Classroom visit with Zofia Abernethy")
    at = listed.visualRect(listed.rows.index(number)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert seen(desk_of) == [ShowEvent(key)]


def test_commands_and_pages_show_their_keys_and_run(qtbot, desk_of):
    ask(qtbot, desk_of, "repor")
    [page] = [row for row in shown(desk_of) if row.target and row.text.endswith(f"{CLOSE}ts")]
    assert page.keys.startswith("Ctrl+")
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.current().title == "Reports"
    ask(qtbot, desk_of, "add a teach")
    assert shown(desk_of)[-1].keys == "Ctrl+Shift+A"
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.current().title == "Teachers"
    ask(qtbot, desk_of, "lock")
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.locked == [True]


def test_nothing_found_is_said_in_a_sentence(qtbot, desk_of):
    ask(qtbot, desk_of, "zebrafish")
    assert desk_of.search.panel.says.text().startswith("Nothing found.")
    assert shown(desk_of) == []
    assert desk_of.search.accessibleDescription().startswith("Nothing found.")
    press(qtbot, desk_of, Qt.Key.Key_Down)
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.search.hasFocus()


def test_the_empty_box_offers_what_was_seen_in_this_sitting(qtbot, screen_desk, desk_of, juniper):
    note = screen_desk.do(add_visit, juniper, at=MONDAY, lines=["T: good morning"])
    event = screen_desk.ask(lambda session: session.get_one(VisitNote, note).event_id)
    teacher = ShowTeacher(juniper.teachers[1])
    for wish in (teacher, StartNote(event), OpenNote(note), teacher):
        desk_of.open(wish)
    press(qtbot, desk_of, Qt.Key.Key_K, CTRL)
    assert [row.target for row in shown(desk_of)[1:]] == [
        ShowTeacher(juniper.teachers[1]),
        OpenNote(note),
    ]
    assert desk_of.search.panel.says.isVisible()


def test_what_changed_meanwhile_is_found(qtbot, screen_desk, desk_of, juniper):
    ask(qtbot, desk_of, "rivera")
    assert shown(desk_of) == []
    screen_desk.do(roster.save_teacher, {"given_name": "Maya", "family_name": "Rivera"})
    qtbot.waitUntil(lambda: desk_of.search._finder.stale)
    press(qtbot, desk_of, Qt.Key.Key_Backspace)
    assert "Maya Rivera" in texts(desk_of)


def test_the_box_is_one_of_the_panes(qtbot, desk_of):
    desk_of.current().panes()[-1].setFocus()
    press(qtbot, desk_of, Qt.Key.Key_F6)
    assert desk_of.search.hasFocus()
    press(qtbot, desk_of, Qt.Key.Key_F6)
    assert desk_of.sidebar.entries.hasFocus()
    assert not desk_of.search.panel.isVisible()


def test_a_click_beside_the_list_closes_it(qtbot, desk_of):
    ask(qtbot, desk_of, "aber")
    qtbot.mouseClick(desk_of, Qt.MouseButton.LeftButton, pos=desk_of.rect().bottomLeft())
    assert not desk_of.search.panel.isVisible()
    assert desk_of.search.text() == ""


def test_going_to_a_page_by_its_keys_leaves_the_box(qtbot, desk_of):
    ask(qtbot, desk_of, "aber")
    press(qtbot, desk_of, Qt.Key.Key_2, CTRL)
    assert not desk_of.search.panel.isVisible()
    assert desk_of.search.text() == ""
    assert desk_of.current().isAncestorOf(QApplication.focusWidget())


def test_what_is_kept_before_the_desk_locks_by_itself_is_not_what_was_sought(qtbot, desk_of):
    ask(qtbot, desk_of, "aber")
    desk_of.flush()
    assert desk_of.search.text() == ""
    assert shown(desk_of) == []


def test_locking_empties_the_box_and_what_it_knew(qtbot, desk_of):
    ask(qtbot, desk_of, "aber")
    desk_of.lock_now()
    assert desk_of.search.text() == ""
    assert not desk_of.search.isUndoAvailable()
    assert not desk_of.search.panel.isVisible()
    assert shown(desk_of) == []
    assert desk_of.search._finder._teachers == []


def test_the_list_lies_inside_the_window_so_that_locking_covers_it(qtbot, desk_of):
    ask(qtbot, desk_of, "aber")
    assert desk_of.search.panel.window() is desk_of.window()
    assert not desk_of.search.panel.isWindow()


def test_a_screen_reader_hears_each_line(qtbot, screen_desk, desk_of, juniper):
    screen_desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=MONDAY)
    ask(qtbot, desk_of, "aber")
    assert audit(desk_of) == []
    listed = desk_of.search.panel.list
    met = QAccessible.queryAccessibleInterface(listed)
    assert met.child(1).text(QAccessible.Text.Name) == "Zofia Abernethy"
    assert met.child(3).text(QAccessible.Text.Name) == "Classroom visit with Zofia Abernethy, Today 9:00"
    assert "Zofia Abernethy" in desk_of.search.accessibleDescription()


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("Maya Rivera", ("riv",), f"Maya {OPEN}Riv{CLOSE}era"),
        ("Björn Straße", ("bj", "str"), f"{OPEN}Bj{CLOSE}örn {OPEN}Straße{CLOSE}"),
        ("Maya", ("x",), "Maya"),
    ],
)
def test_beginnings_are_marked_in_names(text, typed, said):
    assert marked(text, typed) == said


def contacts_kept(desk):
    return [(row.kind, row.title, row.minutes, row.names) for row in desk.ask(schedule.week, MONDAY).events]


def test_a_quick_contact_is_said_in_plain_words_recorded_and_taken_back(qtbot, screen_desk, desk_of):
    ask(qtbot, desk_of, "quick abern sign-in 5m")
    row = desk_of.search.panel.list.current()
    assert (row.text, row.below) == ("Quick contact with Zofia Abernethy", "sign-in · 5 minutes · just now")
    press(qtbot, desk_of, Qt.Key.Key_Return)
    kept = (EventKind.QUICK_CONTACT, "sign-in", 5, ("Zofia Abernethy",))
    assert contacts_kept(screen_desk) == [kept]
    assert desk_of.toast.said.text() == "Recorded quick contact with Zofia Abernethy, 5 min."
    assert desk_of.search.text() == ""
    qtbot.mouseClick(desk_of.toast.undo_button, Qt.MouseButton.LeftButton)
    assert contacts_kept(screen_desk) == []


def test_ctrl_j_begins_a_contact_and_arrows_choose_its_kind(qtbot, screen_desk, desk_of):
    press(qtbot, desk_of, Qt.Key.Key_J, CTRL)
    assert desk_of.search.text() == "quick "
    assert "Begin with the teacher's name" in desk_of.search.panel.says.text()
    qtbot.keyClicks(desk_of.search, "abern projector 1h")
    press(qtbot, desk_of, Qt.Key.Key_Down)
    press(qtbot, desk_of, Qt.Key.Key_Return)
    kept = (EventKind.TECHNICAL_SUPPORT, "projector", 60, ("Zofia Abernethy",))
    assert contacts_kept(screen_desk) == [kept]


def test_in_doubt_nobody_is_taken_until_the_coach_chooses(qtbot, screen_desk, desk_of, juniper):
    for given in ("Ada", "Maya"):
        screen_desk.do(roster.save_teacher, {"given_name": given, "family_name": "Rivera"})
    ask(qtbot, desk_of, "quick rivera sign-in")
    assert desk_of.search.panel.says.text().startswith("More than one teacher may be meant.")
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert contacts_kept(screen_desk) == []
    press(qtbot, desk_of, Qt.Key.Key_Down)
    press(qtbot, desk_of, Qt.Key.Key_Down)
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert contacts_kept(screen_desk) == [(EventKind.QUICK_CONTACT, "sign-in", 5, ("Maya Rivera",))]


def test_nobody_of_that_name_is_said_and_notes_are_searched_all_the_same(
    qtbot, screen_desk, desk_of, juniper
):
    note = screen_desk.do(add_visit, juniper, at=MONDAY, lines=["a quick write about sleep"])
    ask(qtbot, desk_of, "quick write")
    assert desk_of.search.panel.says.text() == "No teacher of this name is on your list."
    assert [row.target for row in shown(desk_of)[1:]] == [OpenNote(note)]


def test_words_that_are_too_many_are_refused_and_stay(qtbot, screen_desk, desk_of):
    desk_of.open(QuickContact("abernethy"))
    desk_of.search.insert("word " * 120)
    press(qtbot, desk_of, Qt.Key.Key_Return)
    assert desk_of.search.panel.says.text() == "At most 500 characters, please."
    assert desk_of.search.text().startswith("quick abernethy word")
    assert contacts_kept(screen_desk) == []


def test_a_page_may_begin_a_contact_with_its_teacher(qtbot, desk_of):
    desk_of.current().open.emit(QuickContact("Zofia Abernethy"))
    assert desk_of.search.hasFocus()
    assert desk_of.search.text() == "quick Zofia Abernethy "
    assert desk_of.search.panel.list.current().text == "Quick contact with Zofia Abernethy"
