from time import perf_counter

import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.toast import Toast


@pytest.fixture
def shell(qtbot):
    shell = Shell()
    qtbot.addWidget(shell, before_close_func=lambda shell: shell.leave())
    shell.show()
    qtbot.waitExposed(shell)
    return shell


def page_with(widget: QWidget) -> QWidget:
    page = QWidget()
    widget.setParent(page)
    return page


def test_the_title_is_the_programs_name_and_nothing_else(shell):
    shell.show_page(QLabel("M. Rivera"))
    shell.tell("Archived M. Rivera.")
    assert shell.windowTitle() == "coachdesk"


def test_it_is_never_too_small_for_a_page(shell):
    shell.resize(100, 100)
    assert (shell.width(), shell.height()) == (800, 560)


def test_a_page_takes_the_place_of_the_one_before_which_is_gone(shell, qtbot):
    first = QLabel("first")
    shell.show_page(first)
    with qtbot.waitSignal(first.destroyed):
        shell.show_page(QLabel("second"))
    assert shell.page.text() == "second"
    assert shell.page.isVisible()


def test_it_tells_once_when_it_was_first_on_the_screen(qtbot):
    shell = Shell()
    qtbot.addWidget(shell, before_close_func=lambda shell: shell.leave())
    with qtbot.waitSignal(shell.painted):
        shell.show()


def test_going_blank_hides_the_page_dialogs_and_toasts_before_it_returns(shell, qtbot):
    note = QLabel("What M. Rivera said")
    shell.show_page(note)
    dialog = QDialog(shell)
    dialog.open()
    shell.tell("Archived M. Rivera.")
    shell.blank()
    assert not note.isVisible()
    assert not dialog.isVisible()
    assert not shell.toast.isVisible()
    shell.uncover()
    assert note.isVisible()


def test_going_blank_takes_less_than_a_tenth_of_a_second(shell):
    shell.show_page(QLabel("What M. Rivera said\n" * 40))
    began = perf_counter()
    shell.blank()
    assert perf_counter() - began < 0.1


def test_closing_asks_first_and_leaving_closes(shell, qtbot):
    with qtbot.waitSignal(shell.closing):
        shell.close()
    assert shell.isVisible()
    shell.leave()
    assert not shell.isVisible()


def test_a_sample_says_on_every_page_that_it_is_one(shell, qtbot):
    chosen = []
    shell.mark_as_sample(lambda: chosen.append("own vault"))
    shell.show_page(QLabel("a page"))
    own = shell.findChild(QPushButton, "start_own_vault")
    qtbot.waitUntil(own.isVisible)
    assert "Sample" in [label.text() for label in shell.findChildren(QLabel) if label.isVisible()]
    qtbot.mouseClick(own, Qt.MouseButton.LeftButton)
    assert chosen == ["own vault"]
    assert audit(shell) == []


def test_a_new_page_has_the_caret_where_it_wants_it(shell, qtbot):
    field = QLineEdit()
    field.setAccessibleName("Passphrase")
    page = page_with(field)
    page.setFocusProxy(field)
    shell.activateWindow()
    shell.show_page(page)
    qtbot.waitUntil(field.hasFocus)


def test_what_the_window_says_is_said_where_the_page_says_things(shell):
    """So that an offer does not hide what went wrong, and nothing lies over what is typed."""
    page = QWidget()
    page.toast = Toast(page)
    shell.show_page(page)
    shell.offer("This could be better.", "Do it", lambda: None)
    assert page.toast.said.text() == "This could be better."
    page.toast.tell("The disk is full.", stays=True)
    shell.offer("This could be better.", "Do it", lambda: None)
    assert page.toast.said.text() == "The disk is full."
    shell.show_over(QLabel("something else"))
    shell.warn("Something went wrong.")
    assert (shell.toast.said.text(), shell.toast.isVisible()) == ("Something went wrong.", True)
