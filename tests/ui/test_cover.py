"""The cover over a running visit: it comes by itself, shows the time alone, and goes with one key."""

from datetime import datetime
from time import perf_counter

import pytest
from accessibility import audit
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QVBoxLayout

from coachdesk.app import Program
from coachdesk.services import opening, roster
from coachdesk.ui import theme
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.idle import Idle
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.shell import Shell
from coachdesk.ui.wishes import StartNote
from coachdesk.ui.workspace import Workspace

COVERED = "Covered · press any key"
CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "five little words on paper"
SECONDS = 20_000


class Seconds:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Happened(list):
    """What an idle desk said: "cover" or "lock"."""

    def __init__(self, idle: Idle) -> None:
        idle.pause.connect(lambda: self.append("cover"))
        idle.over.connect(lambda: self.append("lock"))


class Visiting(Screen):
    """A page with a text that is being written while a visit runs, until it has ended."""

    title = "Visiting"

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.runs = True
        self.script = QPlainTextEdit()
        QVBoxLayout(self).addWidget(self.script)

    @property
    def is_running(self):
        return self.runs

    def panes(self):
        return (self.script,)


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def parent():
    return QObject()


@pytest.fixture
def idle(qapp, parent, seconds):
    made = Idle(5, parent, seconds)
    made.visit_runs = lambda: True
    return made


def let_pass(idle: Idle, seconds: Seconds, minutes: float) -> None:
    for _ in range(0, round(minutes * 60), 5):
        seconds.now += 5
        idle.check()


# when it comes


def test_two_still_minutes_in_a_visit_bring_the_cover_and_not_the_lock(idle, seconds):
    happened = Happened(idle)
    let_pass(idle, seconds, 1.9)
    assert happened == []
    let_pass(idle, seconds, 0.2)
    assert set(happened) == {"cover"}
    let_pass(idle, seconds, 20)
    assert set(happened) == {"cover"}


def test_after_half_an_hour_a_running_visit_is_locked_all_the_same(idle, seconds):
    happened = Happened(idle)
    let_pass(idle, seconds, 29.9)
    assert "lock" not in happened
    let_pass(idle, seconds, 0.2)
    assert "lock" in happened


@pytest.mark.parametrize("leap", [61, 3600, -120])
def test_a_lid_that_was_closed_in_a_visit_locks(idle, seconds, leap):
    happened = Happened(idle)
    let_pass(idle, seconds, 0.5)
    seconds.now += leap
    idle.check()
    assert happened == ["lock"]


def test_where_no_visit_runs_the_minutes_of_the_settings_lock(idle, seconds):
    idle.visit_runs = lambda: False
    happened = Happened(idle)
    let_pass(idle, seconds, 4.9)
    assert happened == []
    let_pass(idle, seconds, 0.2)
    assert happened == ["lock"]


def test_a_coach_who_locks_after_a_minute_is_covered_after_a_minute(qapp, parent, seconds):
    strict = Idle(1, parent, seconds)
    strict.visit_runs = lambda: True
    happened = Happened(strict)
    let_pass(strict, seconds, 1)
    assert happened == ["cover"]


# what it hides, and what brings it back


@pytest.fixture
def locked():
    return []


@pytest.fixture
def visiting(screen_desk, dressed):
    return Workspace(screen_desk, (Visiting,), lambda: None)


@pytest.fixture
def shell(qtbot, visiting):
    shell = Shell()
    qtbot.addWidget(shell, before_close_func=lambda shell: shell.leave())
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.show_page(visiting)
    return shell


@pytest.fixture
def script(visiting, shell):
    written = visiting.current().script
    written.setFocus()
    return written


@pytest.fixture
def covered(shell, script, locked):
    shell.cover_up(lambda: datetime(2027, 2, 2, 9, 58), lambda: locked.append(True))
    return shell


def test_the_workspace_says_whether_a_visit_runs(visiting):
    assert visiting.visit_runs
    visiting.current().runs = False
    assert not visiting.visit_runs


def test_nothing_but_the_time_is_seen_and_that_at_once(shell, script, qtbot):
    dialog = QDialog(shell)
    dialog.open()
    shell.tell("Archived M. Rivera.")
    began = perf_counter()
    shell.cover_up(lambda: datetime(2027, 2, 2, 9, 58), lambda: None)
    assert perf_counter() - began < 0.1
    assert not script.isVisible()
    assert not dialog.isVisible()
    assert [label.text() for label in shell.findChildren(QLabel) if label.isVisible()] == []
    assert shell.cover.clock() == "9:58"
    assert shell.cover.size() == shell.size()


def test_it_says_what_it_is_to_who_cannot_see_it(covered):
    assert covered.cover.accessibleName() == COVERED
    assert covered.cover.hasFocus()
    assert audit(covered) == []


def test_one_key_brings_the_page_back_and_is_not_typed(covered, script, qtbot):
    qtbot.keyClick(covered.cover, Qt.Key.Key_A)
    assert covered.cover is None
    assert script.isVisible()
    assert script.hasFocus()
    qtbot.keyClicks(script, "b")
    assert script.toPlainText() == "b"


def test_a_key_that_is_held_down_is_not_typed_either(covered, script, qtbot):
    cover = covered.cover
    qtbot.keyPress(cover, Qt.Key.Key_A)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
    QApplication.sendEvent(cover, again)
    assert covered.cover is cover
    qtbot.keyRelease(cover, Qt.Key.Key_A)
    assert script.hasFocus()
    assert script.toPlainText() == ""


def test_a_click_brings_the_page_back(covered, script, qtbot):
    qtbot.mouseClick(covered.cover, Qt.MouseButton.LeftButton)
    assert script.isVisible()


def test_ctrl_l_locks_and_does_not_lift(covered, script, locked, qtbot):
    qtbot.keyPress(covered.cover, Qt.Key.Key_L, CTRL)
    assert locked == [True]
    assert not script.isVisible()


def test_what_is_said_meanwhile_waits_until_the_coach_is_back(covered, qtbot):
    covered.warn("Not saved: the disk is full.")
    assert not covered.toast.isVisible()
    qtbot.keyClick(covered.cover, Qt.Key.Key_Space)
    assert covered.toast.said.text() == "Not saved: the disk is full."


def test_a_cover_over_a_cover_is_one(covered, script, qtbot):
    first = covered.cover
    covered.cover_up(datetime.now, lambda: None)
    assert covered.cover is first
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert script.hasFocus()


def test_locking_under_the_cover_goes_blank(covered, script):
    covered.blank()
    assert covered.cover is None
    assert not script.isVisible()


# the whole program


@pytest.fixture
def restarts():
    return []


@pytest.fixture
def program(qapp, qtbot, place, restarts, locked_vault):
    """Unlocked, over a vault with one teacher."""
    theme.dress(qapp, "light")
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    school = desk.do(roster.save_school, {"name": "Lincoln Middle School"})
    desk.do(roster.save_teacher, {"given_name": "Maya", "family_name": "Canary", "schools": (school.id,)})
    desk.close()
    made = Program(place, Start(place.data), Handover(), lambda *again: restarts.append(again))
    made.begin()
    made.shell.activateWindow()
    qtbot.waitExposed(made.shell)
    qtbot.keyClicks(made.shell.page.edit, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, Workspace), timeout=SECONDS)
    yield made
    made.shell.leave()
    made.end()
    made.shell.deleteLater()


def test_the_program_covers_and_goes_on_where_it_was(program, restarts, qtbot):
    workspace = program.shell.page
    program.open.idle.pause.emit()
    assert not workspace.isVisible()
    assert restarts == []
    qtbot.keyClick(program.shell.cover, Qt.Key.Key_Space)
    assert workspace.isVisible()
    assert program.desk is not None


def test_a_running_visit_is_covered_and_typing_goes_on_where_it_was(program, qtbot):
    workspace = program.shell.page
    assert not program.open.idle.visit_runs()
    [maya] = program.desk.ask(roster.teachers, program.desk.now())
    workspace.open(StartNote(teacher_id=maya.id))
    visit = workspace.screen_of(VisitScreen)
    assert program.open.idle.visit_runs()
    qtbot.keyClicks(visit.running.script, "22 lids")
    program.open.idle.pause.emit()
    qtbot.keyClick(program.shell.cover, Qt.Key.Key_X)
    qtbot.keyClicks(workspace.window().focusWidget(), " open")
    assert visit.running.script.toPlainText() == "22 lids open"
    visit.end()
    assert not program.open.idle.visit_runs()


def test_the_program_asks_its_pages_whether_a_visit_runs(program):
    assert program.shell.page.screen_of(TeachersScreen).is_running is False
    assert not program.open.idle.visit_runs()


def test_the_program_locks_under_the_cover(program, restarts, qtbot):
    program.open.idle.pause.emit()
    qtbot.keyPress(program.shell.cover, Qt.Key.Key_L, CTRL)
    [(start, _handed)] = restarts
    assert start.locked
