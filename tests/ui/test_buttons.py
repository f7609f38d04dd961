import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from coachdesk.ui.widgets.buttons import button, link


@pytest.fixture(params=[button, link])
def pressed(request, qtbot):
    made = request.param("Go on")
    qtbot.addWidget(made)
    times = []
    made.clicked.connect(lambda: times.append(1))
    return made, times


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_a_coach_is_on_as_space_does(pressed, qtbot, key):
    made, times = pressed
    qtbot.keyClick(made, key)
    assert len(times) == 1


def test_an_enter_held_down_since_the_page_before_presses_nothing(pressed):
    made, times = pressed
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(made, held)
    assert times == []


def test_ctrl_enter_is_left_to_the_page(pressed, qtbot):
    made, times = pressed
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert times == []
