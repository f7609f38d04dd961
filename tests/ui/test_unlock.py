from threading import Event, current_thread
from types import SimpleNamespace

import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from coachdesk.errors import (
    DamagedKeyFile,
    DamagedVault,
    NewerVault,
    NoVault,
    OpenElsewhere,
    WrongPassphrase,
)
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.gate.entry import Entry
from coachdesk.ui.gate.patience import Patience
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.passphrase import CapsLock

ALL = ["Passphrase", "Show passphrase", "Unlock", "I lost my passphrase", "Restore a backup"]


@pytest.fixture
def page(qapp, qtbot, stopwatch):
    theme.dress(qapp, "light")
    page = Unlock(stopwatch)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.settle()
    return page


@pytest.fixture
def given(page):
    passphrases = []
    page.given.connect(passphrases.append)
    return passphrases


def test_enter_and_the_button_give_the_passphrase(page, given, qtbot):
    qtbot.keyClicks(page.edit, "four little words\r")
    page.refuse(WrongPassphrase())
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert given == ["four little words"] * 2


def test_tab_comes_round_to_the_passphrase_again_and_a_click_does_too(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    visited = []
    for _ in range(6):
        visited.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert visited == [*ALL, "Passphrase"]
    page.button.setFocus()
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    assert page.edit.hasFocus()


def test_keys_meant_for_the_eye_do_not_reach_the_field(page, given, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClicks(page.edit, "four")
    page.edit.eye.setFocus()
    qtbot.keyClicks(page.edit.eye, "words")
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return):
        qtbot.keyClick(page.edit.eye, key)
    assert (page.edit.text(), given) == ("four", [])
    qtbot.keyClick(page.edit.eye, Qt.Key.Key_Space)
    assert page.edit.displayText() == "four"
    qtbot.mouseClick(page.edit, Qt.MouseButton.LeftButton)
    assert page.edit.hasFocus()
    qtbot.keyClicks(page.edit, " little")
    assert page.edit.text().replace(" little", "") == "four"


def test_nothing_is_given_for_an_empty_field(page, given, qtbot):
    qtbot.keyClick(page.edit, Qt.Key.Key_Return)
    assert given == []


def test_while_it_opens_the_field_rests_and_says_so(page, given, qtbot):
    qtbot.keyClicks(page.edit, "four little words\r")
    assert not page.edit.isEnabled()
    assert not page.button.isEnabled()
    assert page.status.text() == "Opening your vault…"


def test_a_wrong_passphrase_is_said_in_words_and_can_be_typed_over(page, given, qtbot):
    qtbot.keyClicks(page.edit, "four little wrods\r")
    page.refuse(WrongPassphrase())
    assert page.problem.text() == WrongPassphrase.text
    assert page.edit.isEnabled()
    assert page.edit.selectedText()
    qtbot.keyClicks(page.edit, "four little words\r")
    assert given[-1] == "four little words"
    assert page.problem.text() == ""


def test_each_reason_has_its_own_sentence(page):
    sentences = set()
    for error in (
        WrongPassphrase(),
        DamagedKeyFile(),
        NoVault(),
        NewerVault(),
        OpenElsewhere(),
        DamagedVault(),
    ):
        page.refuse(error)
        sentences.add(page.problem.text())
    assert len(sentences) == 6


def test_after_five_misses_the_wait_grows_and_is_shown(page, given, qtbot, stopwatch):
    for _ in range(6):
        page.refuse(WrongPassphrase())
    assert page.status.text() == "Try again in 2 s."
    assert not page.button.isEnabled()
    qtbot.keyClicks(page.edit, "four little words\r")
    assert given == []
    stopwatch.now += 1.5
    page.count_down()
    assert page.status.text() == "Try again in 1 s."
    stopwatch.now += 0.5
    page.count_down()
    assert page.status.text() == ""
    qtbot.keyClick(page.edit, Qt.Key.Key_Return)
    assert given == ["four little words"]


def test_the_wait_doubles_up_to_a_minute():
    patience, waits = Patience(), []
    for miss in range(14):
        patience.missed(float(miss))
        waits.append(patience.left(float(miss)))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_only_a_wrong_passphrase_counts_as_a_miss(page):
    for _ in range(8):
        page.refuse(OpenElsewhere())
    assert page.button.isEnabled()


@pytest.mark.parametrize(("modifiers", "says"), [(0x2, "Caps Lock is on"), (0, "")])
def test_caps_lock_is_said_beside_the_field(page, modifiers, says):
    press = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, 38, 97, modifiers, "a"
    )
    QApplication.sendEvent(page.edit, press)
    assert page.findChild(CapsLock).text() == says


def test_caps_lock_itself_is_noticed_as_it_goes_on(page):
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_CapsLock, Qt.KeyboardModifier.NoModifier, 66, 0, 0)
    QApplication.sendEvent(page.edit, press)
    assert page.findChild(CapsLock).text() == "Caps Lock is on"


def test_the_passphrase_is_hidden_until_its_eye_is_pressed(page, qtbot):
    assert page.edit.echoMode() == QLineEdit.EchoMode.Password
    page.edit.eye.click()
    assert page.edit.echoMode() == QLineEdit.EchoMode.Normal
    page.edit.eye.click()
    assert page.edit.echoMode() == QLineEdit.EchoMode.Password


def test_it_says_nothing_about_what_lies_behind(page):
    words = {label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()}
    assert words == {"Coachdesk", "&Passphrase"}


def test_when_it_was_locked_is_said_above_the_field(page):
    page.tell("Locked at 10:42. All you typed was saved at 10:41:58.")
    assert page.news.isVisible()
    assert page.news.accessibleName() == "Locked at 10:42. All you typed was saved at 10:41:58."


def test_every_control_has_its_name_and_tab_visits_them_in_order(page):
    assert audit(page) == []
    names = [widget.accessibleName() for widget in tab_order(page)]
    assert names == ALL


@pytest.fixture
def asked(page):
    """The lock, once the key store was asked."""
    page.offer_quick()
    page.quick_button.click()
    assert page.is_asking
    return page


def test_the_key_store_is_not_waited_for_once_a_backup_is_wanted(asked):
    asked.backup_button.click()
    assert (asked.is_asking, asked.quick_button.isEnabled(), asked.status.text()) == (False, True, "")


def test_the_key_store_is_not_waited_for_once_a_passphrase_was_given(asked, given, qtbot):
    qtbot.keyClicks(asked.edit, "four little words\r")
    assert (asked.is_asking, given) == (False, ["four little words"])


@pytest.mark.parametrize(("wants_backup", "opens_with"), [(False, ["the key"]), (True, [])])
def test_a_key_that_comes_late_opens_nothing_beneath_the_page_of_backups(
    place, qtbot, wants_backup, opens_with
):
    shell, page, slow, asking, opened = Shell(), Unlock(), Event(), [], []
    qtbot.addWidget(shell, before_close_func=lambda shell: shell.leave())
    shell.show_page(page)

    def key_of_this_computer(_place):
        asking.append(current_thread())
        return slow.wait(10) and "the key"

    behind = SimpleNamespace(key_of_this_computer=key_of_this_computer)
    background = Background(page)
    Entry(shell, background, lambda: behind, lambda _make, _refuse: None).connect_unlock(
        page, place, opened.append
    )
    page.offer_quick()
    shell.show()
    page.quick_button.click()
    if wants_backup:
        page.backup_button.click()
    slow.set()
    qtbot.waitUntil(lambda: bool(asking))
    asking[0].join()
    heard = []
    background.post(lambda: heard.append("after it"))
    qtbot.waitUntil(lambda: bool(heard))
    assert opened == opens_with
    assert page.backup_button.isEnabled() is wants_backup  # nothing else begins while it opens
