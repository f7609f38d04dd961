"""Settings, Passphrase: what opens the notes is seen and changed; vault and key store are real ones."""

from datetime import date

import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from secret_service import key_store

from coachdesk.errors import QuickUnlockRefused, WrongRecoveryKey
from coachdesk.model.departures import Left
from coachdesk.services import departures, keys
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault
from coachdesk.ui.background import Background
from coachdesk.ui.settings.ways_in import WaysIn

WORDS = "five quiet herons over water"
SHEET = keys.new_sheet(date(2026, 8, 17))
PATIENCE = 20_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with key_store(tmp_path_factory.mktemp("keys")) as address:
        yield address


@pytest.fixture
def vault(place, locked_vault):
    locked_vault(place, WORDS, SHEET)
    vault = Vault.open(place, WORDS)
    yield vault
    vault.close()


@pytest.fixture
def part(dressed, vault, address, monkeypatch, qtbot):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    background = Background()
    part = WaysIn(Desk(vault, background.post))
    qtbot.addWidget(part)
    part.resize(760, 900)
    part.show()
    qtbot.waitUntil(lambda: part.sheet.state.text() != "" and part.quick.tick.isEnabled(), timeout=PATIENCE)
    yield part
    background.close()


@pytest.fixture
def said(part):
    told = []
    part.said.connect(told.append)
    return told


def opens(place, vault, secret) -> bool:
    vault.close()
    try:
        Vault.open(place, secret).close()
    except (WrongRecoveryKey, QuickUnlockRefused):
        return False
    return True


def click(qtbot, button) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words_on(part) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def test_the_sheet_and_its_day_are_named_but_the_key_is_not_shown(part, vault):
    assert "Made on 17 Aug 2026" in part.sheet.state.text()
    assert not any(group in words_on(part) for group in vault.sheet().key.groups)


def test_the_sheet_is_shown_while_it_is_asked_for(part, vault, qtbot):
    click(qtbot, part.sheet.show_button)
    assert part.sheet.view.groups() == vault.sheet().key.groups
    assert not part.sheet.use_button.isVisible()
    click(qtbot, part.sheet.hide_button)
    assert not any(group in words_on(part) for group in vault.sheet().key.groups)


def test_a_sheet_that_is_saved_or_printed_is_listed_among_what_left(part, vault, tmp_path, qtbot):
    part.sheet.view.ask_with(lambda _parent, name: str(tmp_path / name), lambda _parent, _page: True)
    click(qtbot, part.sheet.show_button)
    for made in (part.sheet.view.text_button, part.sheet.view.print_button):
        click(qtbot, made)
    gone = Desk(vault).ask(departures.gone)
    assert {(one.what, one.name, one.folder) for one in gone} == {
        (Left.RECOVERY_SHEET, "coachdesk-recovery-sheet.txt", str(tmp_path)),
        (Left.RECOVERY_SHEET, "", ""),
    }


def test_the_keyboard_stays_with_the_sheet_when_its_key_is_hidden(part, qtbot):
    click(qtbot, part.sheet.show_button)
    part.sheet.hide_button.setFocus()
    qtbot.keyClick(part.sheet.hide_button, Qt.Key.Key_Space)
    assert part.focusWidget() is part.sheet.new_button


def test_leaving_the_page_takes_the_key_off_the_screen(part, qtbot):
    click(qtbot, part.sheet.show_button)
    part.hide()
    assert part.sheet.view.groups() == ("",) * 8


def test_a_new_sheet_opens_the_notes_only_once_it_is_used(part, place, vault, said, qtbot):
    old = vault.sheet()
    click(qtbot, part.sheet.new_button)
    new = keys.typed(" ".join(part.sheet.view.groups()))
    assert vault.sheet() == old
    click(qtbot, part.sheet.use_button)
    qtbot.waitUntil(lambda: said == ["From now on the new sheet opens your notes."], timeout=PATIENCE)
    assert vault.sheet().key == new
    assert opens(place, vault, new)
    assert not opens(place, vault, old.key)


def test_taking_the_sheet_away_is_asked_about_first(part, place, vault, said, qtbot):
    old = vault.sheet()
    click(qtbot, part.sheet.revoke_button)
    assert "Backups made before still open by the old sheet" in words_on(part)
    click(qtbot, part.sheet.keep_button)
    assert vault.sheet() == old
    click(qtbot, part.sheet.revoke_button)
    click(qtbot, part.sheet.sure_button)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "There is none" in part.sheet.state.text(), timeout=PATIENCE)
    assert not part.sheet.show_button.isVisible()
    assert not opens(place, vault, old.key)


def test_this_computer_is_told_to_open_it_and_not_to(part, place, vault, said, qtbot):
    assert "Secret Service" in part.quick.says.text()
    assert not part.quick.tick.isChecked()
    part.quick.tick.click()
    qtbot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: part.quick.tick.isChecked() and part.quick.tick.isEnabled(), timeout=PATIENCE)
    key = keys.key_of_this_computer(place, keys.store_of_this_computer())
    part.quick.tick.click()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=PATIENCE)
    assert not opens(place, vault, key)


def test_without_a_key_store_it_is_said_and_cannot_be_ticked(dressed, vault, qtbot):
    part = WaysIn(Desk(vault), find=lambda: None)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(lambda: "no key store that coachdesk trusts" in part.quick.says.text(), timeout=PATIENCE)
    assert not part.quick.tick.isEnabled()


def test_a_key_store_that_fails_is_said_and_nothing_is_ticked(part, vault, monkeypatch, qtbot):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    part.quick.tick.click()
    qtbot.waitUntil(lambda: "no key store that coachdesk trusts" in part.problem.text(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: part.quick.tick.isEnabled(), timeout=PATIENCE)
    assert not part.quick.tick.isChecked()
    assert not keys.Keys(vault).ways().opens_quickly


def test_every_control_has_its_name(part, qtbot):
    assert audit(part) == []
    part.sheet.new_button.click()
    assert audit(part) == []
    part.sheet.revoke_button.click()
    assert audit(part) == []
