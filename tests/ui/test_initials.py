"""Others see the coach's screen: while initials stand for names, no page says a name, in sight or spoken."""

from datetime import date, datetime, time, timedelta
from threading import Event
from uuid import uuid4

import coached_school
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

from coachdesk.model import Agreement, Colleague
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import events, schedule, script, visits
from coachdesk.services.incoming import Difference, Doubt, Kind
from coachdesk.services.incoming import Line as Incoming
from coachdesk.services.keep import keep
from coachdesk.ui.background import Background
from coachdesk.ui.bringing import words as bringing
from coachdesk.ui.initials import SHOWN, Initials
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.settings import SettingsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.week import words
from coachdesk.ui.wishes import OpenNote, PlanCycle, QuickContact, ShowEvent, ShowTeacher, StartNote
from coachdesk.ui.workspace import Workspace

FIRST_PAGE = TeachersScreen
TUESDAY = date(2027, 2, 2)
NAMES = ("Zofia", "Abernethy", "Zelda", "Abramowitz", "t0@juniper", "Ignatius", "Rookhaven")
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _names_again():
    yield
    SHOWN.switch(False)


def at(hour, minute=0):
    return datetime.combine(TUESDAY, time(hour, minute))


@pytest.fixture
def day(screen_desk, clock):
    """Two teachers of the same initials on every page there is: visited, planned with, to pick up again."""
    clock.set(TUESDAY, 10)

    def make(session):
        coached_school.year(session)
        coached = coached_school.school(session, teachers=1)
        values = {"given_name": "Zelda", "family_name": "Abramowitz", "email": "", "keep_until": TUESDAY}
        who = (*coached.teachers, coached_school.teacher(session, coached.school, **values))
        principal = {"school_id": coached.school, "role": "principal", "name": "Ignatius Rookhaven"}
        boss = keep(session, Colleague, principal).id
        review = {"kind": "principal_coach", "colleague_id": boss, "status": "agreed", "review_on": TUESDAY}
        keep(session, Agreement, review)
        cycle = coached_school.cycle(session, coached.school, who[:1], status="active", focus="Wait time")
        past = coached_school.event(session, coached.school, who, day=TUESDAY - timedelta(5), cycle_id=cycle)
        for one in who:
            coached_school.step(session, one, past, checked=None, result=None)
            coming = {"kind": "visit", "starts": at(13), "ends": at(13, 30), "teachers": [one]}
            schedule.create_event(session, coming)
        note = visits.start_note(session, past, at(9) - timedelta(5))
        script.write_lines(session, note, [Line(uuid4(), 5, LineKind.ACTION, "Six hands went up")])
        visits.finish(session, note, at(10) - timedelta(5))
        return who, past, note

    return screen_desk.do(make)


def told(window):
    """All that is to be read in a window or heard of it: what is in sight, tool tips, the cells of lists."""
    said = [widget.toolTip() for widget in window.findChildren(QWidget) if widget.isVisible()]
    waiting = [QAccessible.queryAccessibleInterface(window)]
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    while waiting:
        met = waiting.pop()
        if met is None or not met.isValid() or met.state().invisible:
            continue
        said += [met.text(kind) for kind in kinds]
        waiting += [met.child(number) for number in range(met.childCount())]
    return "\n".join(said)


def named(window):
    """Which names are told."""
    said = told(window)
    return {name for name in NAMES if name.casefold() in said.casefold()}


def pages(workspace, day):
    """Past all that says names: each page, each part of it, each search."""
    (who, _other), past, note = day
    for screen in workspace.screens:
        workspace.show_screen(screen)
        yield screen.title
    workspace.open(ShowTeacher(who))
    tabs = workspace.screen_of(TeacherScreen).tabs
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        yield f"teacher {tabs.tabText(number)}"
    workspace.open(ShowEvent(past))
    yield "event"
    workspace.open(OpenNote(note))
    visit = workspace.screen_of(VisitScreen)
    yield "note"
    visit.show_versions()
    yield "versions"
    visit.pick()
    yield "picker"
    workspace.open(StartNote(teacher_id=who))
    yield "running"
    settings = workspace.screen_of(SettingsScreen)
    workspace.show_screen(settings)
    settings.tabs.setCurrentIndex(
        [settings.tabs.tabText(n) for n in range(settings.tabs.count())].index("Your data")
    )
    yield "retention"
    for typed in ("Wait", "hands", "visit", "a"):
        workspace.go_to_search(typed)
        workspace.search.setText(typed)
        yield f"search {typed}"
    workspace.open(QuickContact("" if SHOWN.on else "Zofia"))
    yield "quick"


def test_no_page_says_a_name_while_initials_stand_for_them(workspace, day):
    workspace.turn_initials()
    assert {page: named(workspace) for page in pages(workspace, day) if named(workspace)} == {}


def test_the_same_walk_finds_the_names_without_them(workspace, day):
    silent = {page for page in pages(workspace, day) if not named(workspace)}
    assert silent <= {"Settings", "Reports", "Visit note", "Plan a cycle", "Teacher"}


def test_what_the_coach_wrote_is_left_as_it_is_and_found(screen_desk, workspace, day):
    note = day[2]
    screen_desk.do(visits.write_shared, note, {"strength": "Zofia waited"})
    workspace.turn_initials()
    workspace.open(OpenNote(note))
    assert workspace.screen_of(VisitScreen).after.shared.answers()["strength"] == "Zofia waited"
    assert "may still hold names" in workspace.toast.said.text()


def test_two_of_the_same_initials_are_told_apart(workspace, day):
    workspace.turn_initials()
    assert (SHOWN.of("Zofia Abernethy"), SHOWN.of("Zelda Abramowitz")) == ("Z. A.", "Z. A. 2")
    shown = Initials()
    shown.learn(["Maya Rivera", "Maya  Rivera", "Mo Reyes", "maya"])
    assert [shown.of(one) for one in ("Mo Reyes", "Maya Rivera", "maya")] == ["M. R. 2", "M. R.", "M."]


def test_the_week_says_initials_however_narrow_the_day(screen_desk, day):
    [row] = screen_desk.ask(events.rows, events.with_teacher(day[0][0]), limit=1)
    SHOWN.switch(True)
    assert set(words.about(row)) == {"Z. A., Z. A. 2", "Z. A. +1", "Z. A."}
    assert set(words.one_line(row)) >= {"Z. A. +1", "Z. A."}


def test_it_is_turned_by_a_key_seen_on_every_page_and_turned_back_by_a_button(qtbot, workspace, day):
    button = workspace.findChild(QAbstractButton, "show_names")
    assert not button.isVisible()
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_F9, SHIFT)
    assert button.isVisible()
    assert named(workspace) == set()
    assert workspace.current().isAncestorOf(workspace.focusWidget())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isVisible()
    assert "Abernethy" in named(workspace)


def test_it_outlives_a_lock_and_so_do_the_initials(tmp_path, screen_desk, day, dressed, on_screen):
    Preferences(tmp_path).change(initials=True)
    unlocked = Workspace(screen_desk, SCREENS, lambda: None, Preferences(tmp_path))
    unlocked.get_ready()
    on_screen(unlocked)
    assert named(unlocked) == set()
    assert (SHOWN.of("Zofia Abernethy"), SHOWN.of("Zelda Abramowitz")) == ("Z. A.", "Z. A. 2")
    assert unlocked.findChild(QAbstractButton, "show_names").isVisible()


def test_the_page_that_is_shown_stays_and_a_visit_goes_on(workspace, day):
    workspace.open(StartNote(teacher_id=day[0][0]))
    running = workspace.current().file.id
    workspace.turn_initials()
    assert workspace.current().file.id == running
    assert workspace.visit_runs
    assert "Z. A." in workspace.current().running.title.text()
    workspace.show_screen(workspace.screen_of(TeachersScreen))
    workspace.turn_initials()
    assert workspace.visit_runs


def test_a_note_that_is_hidden_stays_hidden(workspace, day):
    workspace.open(StartNote(teacher_id=day[0][0]))
    workspace.current().hide_names()
    workspace.turn_initials()
    assert workspace.current().running.veil.isVisible()
    workspace.current().end()
    workspace.turn_initials()
    assert workspace.current().after.findChild(QWidget, "veil").isVisible()


def test_a_teacher_who_is_shown_a_note_is_shown_no_more_of_it(workspace, day):
    workspace.open(OpenNote(day[2]))
    workspace.current().show_to_teacher()
    workspace.turn_initials()
    assert workspace.current().after.findChild(QWidget, "veil").isVisible()


def test_what_is_typed_is_kept_before_the_pages_are_built_anew(qtbot, screen_desk, workspace, day):
    workspace.open(OpenNote(day[2]))
    field = workspace.current().after.shared.field("wondering")
    field.setFocus()
    qtbot.keyClicks(field, "What if")
    workspace.turn_initials()
    assert workspace.current().after.shared.answers()["wondering"] == "What if"


def test_a_teachers_names_are_not_touched_by_what_is_written_meanwhile(qtbot, screen_desk, workspace, day):
    workspace.turn_initials()
    file = workspace.screen_of(TeachersScreen).file
    assert not file.form.field("family_name").isVisible()
    room = file.form.field("room")
    room.setFocus()
    qtbot.keyClicks(room, "12")
    file.flush()
    screen_desk.flush()
    workspace.turn_initials()
    kept = workspace.screen_of(TeachersScreen).list.table.rows.all()[0]
    assert (kept.name, kept.room) == ("Zofia Abernethy", "12")


def test_what_cannot_be_kept_yet_is_not_lost(qtbot, workspace, day):
    calendar = workspace.screen_of(CalendarScreen)
    workspace.show_screen(calendar)
    calendar.new_event()
    place = calendar.panel.form.field("place")
    place.setFocus()
    qtbot.keyClicks(place, "Library")
    workspace.turn_initials()
    assert (SHOWN.on, "Calendar" in workspace.toast.said.text()) == (False, True)
    assert (workspace.current(), place.text()) == (calendar, "Library")
    calendar.leave_part()
    teachers = workspace.screen_of(TeachersScreen)
    workspace.show_screen(teachers)
    teachers.bring()
    workspace.turn_initials()
    assert (SHOWN.on, "Teachers" in workspace.toast.said.text()) == (False, True)
    teachers.leave_part()
    workspace.turn_initials()
    assert SHOWN.on


def test_a_plan_and_the_week_that_are_looked_at_stay(qtbot, workspace, day):
    calendar = workspace.screen_of(CalendarScreen)
    workspace.show_screen(calendar)
    calendar.weeks(2)
    workspace.open(PlanCycle(day[0][0]))
    focus = workspace.current().asked.form.field("focus")
    focus.setFocus()
    qtbot.keyClicks(focus, "Wait longer")
    workspace.turn_initials()
    asked = workspace.current().asked
    assert (asked.teacher_id, asked.form.answers()["focus"]) == (day[0][0], "Wait longer")
    assert workspace.screen_of(CalendarScreen).week.days[0].day == date(2027, 2, 15)


def test_what_takes_long_is_waited_for(qtbot, workspace, day):
    settings, over = workspace.screen_of(SettingsScreen), Event()
    waiting = Background(settings)
    heard = []
    waiting.run_long(lambda _report: over.wait(5), heard.append)
    workspace.turn_initials()
    assert (SHOWN.on, "Settings" in workspace.toast.said.text()) == (False, True)
    over.set()
    qtbot.waitUntil(lambda: heard == [True])
    workspace.turn_initials()
    assert SHOWN.on
    waiting.close()


def test_who_is_in_a_list_that_is_brought_in_is_not_said(qapp):
    moved = (
        Difference("email", "t0@juniper", "z@juniper"),
        Difference("family_name", "Abernethy", "Abramowitz"),
        Difference("room", "9", "12"),
    )
    known = {"coached": True, "doubt": Doubt.SAME_NAME, "known_as": "Zofia Abernethy"}
    line = Incoming("1", Kind.IN_DOUBT, "Zofia Abernethy", differences=moved, **known)
    SHOWN.switch(True)
    said = " ".join([bringing.why(line), *map(bringing.difference, moved)])
    assert not any(name in said for name in (*NAMES, "z@juniper"))
    assert "Somebody called Z. A. is" in said
    assert said.endswith("9 → 12")


def test_that_it_could_not_be_kept_is_said_last(tmp_path, workspace, day):
    workspace.preferences = Preferences(tmp_path / "no folder" / "of the program")
    (tmp_path / "no folder").touch()
    workspace.turn_initials()
    assert SHOWN.on
    assert "Initials" not in workspace.toast.said.text()
