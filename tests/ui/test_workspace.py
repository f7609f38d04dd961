"""The window around the pages: sidebar, menus, panes, locking."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from coachdesk.model import Teacher
from coachdesk.services import roster
from coachdesk.ui.commands import COMMANDS
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier


class Count(Screen):
    """A page that says how many teachers there are, and how often it had to ask."""

    title = "Count"
    icon = "users"
    watches = frozenset({Teacher})

    def __init__(self, desk, parent=None):
        super().__init__(desk, parent)
        self.asked = 0

    def refresh(self):
        self.asked += 1


class Elsewhere(Count):
    title = "Elsewhere"


@pytest.fixture
def counting(qtbot, screen_desk):
    """A workspace of two pages that only count."""
    shown = Workspace(screen_desk, (Count, Elsewhere), lambda: None)
    qtbot.addWidget(shown)
    shown.show()
    return shown


class Typing(Count):
    """A page that keeps what was typed on it, if it can."""

    title = "Typing"

    def flush(self):
        self.desk.do_later(self, roster.save_teacher, {"given_name": "Ada", "family_name": "Byron"})


class Broken(Count):
    title = "Broken"

    def flush(self):
        raise ValueError("of this page alone")


def entries(workspace):
    nav = workspace.sidebar.entries
    return [nav.item(row).text() for row in range(nav.count())]


def test_the_sidebar_shows_the_pages_that_exist(workspace):
    assert "Teachers" in entries(workspace)
    assert "Schools and goals" not in entries(workspace)
    assert len(entries(workspace)) == sum(screen.in_sidebar for screen in workspace.screens)


def test_a_page_without_an_entry_marks_the_one_it_belongs_to_which_leads_there(qtbot, workspace, screen_desk):
    nav = workspace.sidebar.entries
    workspace.open(screen_desk.do(roster.save_teacher, {"family_name": "Okafor"}))
    assert nav.currentItem().text() == "Teachers"
    qtbot.mouseClick(
        nav.viewport(), Qt.MouseButton.LeftButton, pos=nav.visualItemRect(nav.currentItem()).center()
    )
    assert type(workspace.current()) is TeachersScreen


def test_the_sidebar_is_one_tab_stop_and_arrows_move_in_it(qtbot, counting):
    nav = counting.sidebar.entries
    nav.setFocus()
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    assert type(counting.current()) is Elsewhere
    qtbot.keyClick(nav, Qt.Key.Key_Up)
    assert type(counting.current()) is Count


def test_a_small_window_has_a_slim_sidebar_that_keeps_its_names(qtbot, workspace):
    workspace.resize(1000, 600)
    qtbot.waitUntil(lambda: workspace.sidebar.width() == 204)
    workspace.resize(860, 600)
    qtbot.waitUntil(lambda: workspace.sidebar.width() == 56)
    lock = QAccessible.queryAccessibleInterface(workspace.sidebar.lock)
    assert lock.text(QAccessible.Text.Name) == "Lock now"
    assert "Teachers" in entries(workspace)


def test_the_window_can_be_as_small_as_promised(qtbot, workspace):
    workspace.resize(800, 560)
    qtbot.waitUntil(lambda: (workspace.width(), workspace.height()) == (800, 560))


def test_a_page_asks_again_only_when_it_is_seen(qtbot, screen_desk, counting):
    seen, hidden = counting.screens
    screen_desk.do(roster.save_teacher, {"family_name": "Okafor"})
    qtbot.waitUntil(lambda: seen.asked == 2)
    assert hidden.asked == 0
    counting.show_screen(hidden)
    assert hidden.asked == 1
    screen_desk.do(roster.save_teacher, {"family_name": "Abebe"})
    qtbot.waitUntil(lambda: hidden.asked == 2)
    assert seen.asked == 2
    counting.show_screen(seen)
    assert seen.asked == 3


def test_a_page_does_not_ask_again_for_what_it_did_itself_or_does_not_watch(qtbot, screen_desk, counting):
    seen = counting.screens[0]
    screen_desk.do_as(seen, roster.save_teacher, {"family_name": "Okafor"})
    screen_desk.do(roster.save_school, {"name": "Lincoln"})
    screen_desk.do(roster.save_teacher, {"family_name": "Abebe"})
    qtbot.waitUntil(lambda: seen.asked > 1)
    assert seen.asked == 2


@pytest.mark.parametrize("door", ["menu", "key", "click"])
def test_locking_has_three_doors(qtbot, workspace, door):
    if door == "menu":
        action(workspace, "lock_now").trigger()
    if door == "key":
        qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_L, CTRL)
    if door == "click":
        qtbot.mouseClick(workspace.sidebar.lock, Qt.MouseButton.LeftButton)
    assert workspace.locked == [True]


def test_f6_goes_round_the_panes(qtbot, screen_desk, workspace):
    screen_desk.do(roster.save_teacher, {"family_name": "Okafor"})
    page = workspace.screen_of(TeachersScreen)
    workspace.show_screen(page)
    qtbot.waitUntil(page.list.table.isVisible)
    page.list.table.setFocus()
    visited = []
    for _step in range(5):
        qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_F6)
        visited.append(workspace.focusWidget().objectName())
    assert visited == ["given_name", "search_box", "nav", "teachers_filter", "teachers_table"]


def test_a_record_opens_on_the_page_for_its_kind(qtbot, screen_desk, workspace):
    screen_desk.do(roster.save_teacher, {"family_name": "Abebe"})
    okafor = screen_desk.do(roster.save_teacher, {"family_name": "Okafor"})
    workspace.show_screen(workspace.screen_of(SchoolsScreen))
    workspace.current().open.emit(okafor)
    page = workspace.current()
    assert type(page) is TeacherScreen
    assert page.head.name.text() == "Okafor"


def test_undo_with_nothing_done_says_so(workspace):
    action(workspace, "undo").trigger()
    assert workspace.toast.said.text() == "There is nothing to undo."


def test_what_is_said_offers_undo_only_where_there_is_one(workspace):
    workspace.say("Something did not work.")
    assert workspace.toast.isVisible()
    assert not workspace.toast.undo_button.isVisible()
    workspace.say("Archived.", True)
    assert workspace.toast.undo_button.isVisible()


def seen_of(widget, whole):
    """Where in the window a part is seen: less than all of it where it is scrolled away."""
    seen = widget.rect()
    while widget is not whole:
        seen, widget = seen.translated(widget.pos()), widget.parentWidget()
        seen &= widget.rect()
    return seen


@pytest.mark.parametrize("size", [(1366, 768), (800, 560)])
@pytest.mark.parametrize(
    "said", ["The visit has ended.", "Recorded quick contact with Chidi Begayle, 5 min.", "Long words. " * 40]
)
def test_what_is_said_lies_over_nothing_that_can_be_pressed(workspace, size, said):
    workspace.window().resize(*size)
    workspace.say(said, True)
    toast = workspace.toast
    QApplication.processEvents()
    assert workspace.rect().contains(toast.geometry())
    for kind in (TeachersScreen, SchoolsScreen, TeacherScreen):
        workspace.show_screen(workspace.screen_of(kind))
        for under in workspace.findChildren(QWidget):
            stop = under.focusPolicy() != Qt.FocusPolicy.NoFocus and under.isVisible()
            if stop and not toast.isAncestorOf(under) and under is not workspace.menu:
                assert not toast.geometry().intersects(seen_of(under, workspace)), under.objectName()
    last = workspace.menu.actionGeometry(workspace.menu.actions()[-1])
    below = toast.y() > workspace.current().mapTo(workspace, workspace.current().rect().bottomLeft()).y()
    assert below or toast.x() > workspace.menu.mapTo(workspace, last.topRight()).x()


def test_the_page_has_the_foot_back_once_what_was_said_there_goes(workspace):
    workspace.window().resize(800, 560)
    whole = workspace.stack.height()
    workspace.warn("Not saved: the disk would not take it. " * 5)
    QApplication.processEvents()
    room = workspace.stack.height()
    assert room < whole
    workspace.hide()  # as behind the cover
    workspace.show()
    QApplication.processEvents()
    assert workspace.stack.height() == room
    workspace.toast.hide()
    QApplication.processEvents()
    assert workspace.stack.height() == whole


def test_menus_hold_every_command_and_those_of_other_pages_are_off(workspace):
    schools = workspace.screen_of(SchoolsScreen)
    workspace.show_screen(workspace.screen_of(TeachersScreen))
    assert action(workspace, "add_teacher").isEnabled()
    workspace.show_screen(schools)
    assert not action(workspace, "add_teacher").isEnabled()
    titles = {a.objectName() for menu in workspace.menu.findChildren(QMenu) for a in menu.actions()}
    assert set(COMMANDS) <= titles


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_one_esc_closes_a_menu_and_gives_the_keyboard_back(qtbot, workspace):
    workspace.sidebar.entries.setFocus()
    qtbot.keyClick(workspace.sidebar.entries, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert workspace.sidebar.entries.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is None
    assert workspace.sidebar.entries.currentRow() == 1


def test_ctrl_and_a_number_go_to_a_page(qtbot, counting):
    counting.activateWindow()
    qtbot.waitUntil(counting.isActiveWindow)
    qtbot.keyClick(counting, Qt.Key.Key_2, CTRL)
    assert type(counting.current()) is Elsewhere
    assert counting.sidebar.entries.currentRow() == 1


def test_a_problem_said_by_a_page_stays_until_it_is_put_away(qtbot, counting):
    counting.current().warned.emit("The disk is full.")
    assert counting.toast.said.text() == "The disk is full."
    assert counting.toast.goes_in_ms() is None
    counting.activateWindow()
    qtbot.waitUntil(counting.isActiveWindow)
    counting.toast.close_button.setFocus()
    qtbot.keyClick(counting.toast.close_button, Qt.Key.Key_Escape)
    assert not counting.toast.isVisible()


@pytest.mark.parametrize("pages", [(Broken, Typing, Count), (Typing, Broken, Count)])
def test_a_page_that_cannot_hand_over_its_words_takes_no_others_along(qtbot, screen_desk, pages):
    shown = Workspace(screen_desk, (Count, *pages), lambda: None)
    qtbot.addWidget(shown)
    assert len(shown.screens) == 4
    with pytest.raises(ValueError, match="of this page alone"):
        shown.flush()
    assert [one.family_name for one in screen_desk.ask(roster.teachers, screen_desk.now())] == ["Byron"]


def test_nothing_is_left_of_a_workspace_that_is_gone(qtbot, qapp, screen_desk):
    shown = Workspace(screen_desk, (Count,), lambda: None)
    shown.show()
    parts = [shown, *shown.findChildren(QWidget)]
    shown.close()
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(isValid(part) for part in parts)


def action(workspace, name):
    return next(
        known
        for known in workspace.findChildren(type(workspace.menu.actions()[0]))
        if known.objectName() == name
    )
