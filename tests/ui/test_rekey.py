"""The card for a coach whose passphrase somebody knows."""

import pytest
from accessibility import audit
from PySide6.QtWidgets import QPushButton

from coachdesk.errors import NotSaved, WrongPassphrase
from coachdesk.services.rekeying import Rekeyed
from coachdesk.ui import theme
from coachdesk.ui.settings.rekey import Rekey

OLD, NEW = "somebody looked over my shoulder", "six small words make one passphrase"


class Rekeying:
    """What the card asks for, as the test says it goes."""

    def __init__(self):
        self.asked, self.error, self.old_backups = [], None, 3

    def rekey(self, old, new, report):
        self.asked.append((old, new))
        report(1, 2)
        if self.error:
            raise self.error
        return Rekeyed(has_new_sheet=True, old_backups=self.old_backups)

    def replace_old_backups(self):
        if self.error:
            raise self.error
        return self.old_backups


@pytest.fixture
def rekeying():
    return Rekeying()


@pytest.fixture
def card(qapp, qtbot, rekeying):
    theme.dress(qapp, "light")
    card = Rekey(rekeying)
    qtbot.addWidget(card)
    card.resize(700, 700)
    card.show()
    return card


def fill(card):
    for field, words in ((card.old, OLD), (card.new, NEW), (card.again, NEW)):
        field.insert(words)


def test_a_new_key_is_made_and_the_old_backups_are_replaced(card, rekeying, qtbot):
    fill(card)
    with qtbot.waitSignal(card.rekeyed):
        card.change_button.click()
    assert rekeying.asked == [(OLD, NEW)]
    assert "Print the new recovery sheet" in card.outcome.text()
    assert "old passphrase: 3." in card.backups.text()
    assert not card.old.text() and audit(card) == []
    card.replace_button.click()
    qtbot.waitUntil(lambda: "are deleted: 3." in card.backups.text())
    assert not card.replace_button.isVisible()


def test_a_wrong_passphrase_is_said_under_its_field(card, rekeying, qtbot):
    rekeying.error = WrongPassphrase()
    fill(card)
    card.change_button.click()
    qtbot.waitUntil(lambda: "not the passphrase you have now" in card.old.accessibleDescription())
    assert not card.replace_button.isVisible()


def test_backups_that_cannot_be_replaced_are_said_to_be_there(card, rekeying, qtbot):
    fill(card)
    with qtbot.waitSignal(card.rekeyed):
        card.change_button.click()
    rekeying.error = NotSaved()
    card.replace_button.click()
    qtbot.waitUntil(lambda: card.backups.text().startswith("Not saved"))
    assert card.replace_button.isEnabled()


def test_the_keyboard_stays_in_the_card_when_the_button_goes(card, rekeying, qtbot):
    beyond = QPushButton(card)  # what Qt would hand the keyboard to
    beyond.show()
    card.activateWindow()
    fill(card)
    with qtbot.waitSignal(card.rekeyed):
        card.change_button.click()
    card.replace_button.setFocus()
    rekeying.error = NotSaved()
    card.replace_button.click()
    qtbot.waitUntil(lambda: card.backups.text().startswith("Not saved"))
    assert card.replace_button.hasFocus()
    rekeying.error = None
    card.replace_button.click()
    qtbot.waitUntil(lambda: "are deleted: 3." in card.backups.text())
    assert card.change_button.hasFocus()
