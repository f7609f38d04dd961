"""Hold is switched on and off in Settings, by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.services import hold
from coachdesk.ui.settings.hold import Hold


@pytest.fixture
def card(qtbot, screen_desk):
    made = Hold(screen_desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_what_it_is_and_that_it_is_off(card):
    assert not card.switch.isChecked()
    assert card.state.text().startswith("Off.")


def test_a_click_switches_it_on_in_the_vault(card, screen_desk, qtbot):
    qtbot.mouseClick(card.switch, Qt.MouseButton.LeftButton, pos=card.switch.rect().center() / 4)
    assert screen_desk.ask(hold.is_on)
    assert card.state.text().startswith("On since")


def test_the_space_bar_switches_it_off_again(card, screen_desk, qtbot):
    screen_desk.do(hold.switch, True)
    card.refresh()
    card.switch.setFocus()
    qtbot.keyClick(card.switch, Qt.Key.Key_Space)
    assert not screen_desk.ask(hold.is_on)
    assert not card.switch.isChecked()
