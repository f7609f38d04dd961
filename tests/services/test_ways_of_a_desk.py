"""The ways into a vault, as a coach makes and unmakes them; the key store is a real one."""

import shutil
from datetime import date

import pytest
from secret_service import key_store

from coachdesk.errors import DamagedKeyFile, MistypedRecoveryKey, QuickUnlockRefused, WrongRecoveryKey
from coachdesk.paths import folders
from coachdesk.services import keys
from coachdesk.services.keys import Keys
from coachdesk.services.rekeying import Rekeying
from coachdesk.store import quick
from coachdesk.store.keys import FLOOR, Cost
from coachdesk.store.vault import Vault, key_path

WORDS, NEW = "five quiet herons over water", "nine loud geese on the ice"
TODAY = date(2026, 11, 22)
SHEET = keys.new_sheet(TODAY)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with key_store(tmp_path_factory.mktemp("keys")) as address:
        yield address


@pytest.fixture
def store(address, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    return keys.store_of_this_computer()


@pytest.fixture
def vault(place, locked_vault):
    locked_vault(place, WORDS, SHEET)
    vault = Vault.open(place, WORDS)
    yield vault
    vault.close()


def opened(place, secret):
    return Vault.open(place, secret)


def test_a_vault_says_what_opens_it(vault, store):
    ways = Keys(vault).ways()
    assert (ways.has_sheet, ways.opens_quickly, ways.sheet.made) == (True, False, TODAY)
    Keys(vault).open_quickly(store)
    assert Keys(vault).ways().kinds == ("passphrase", "recovery", "keyring")
    Keys(vault).open_slowly(store)
    assert not Keys(vault).ways().opens_quickly


def test_the_sheet_as_it_was_typed_opens_the_vault_and_a_new_passphrase_is_set(vault, place):
    text = " ".join(Keys(vault).ways().sheet.key.groups).lower()
    vault.close()
    again = opened(place, keys.typed(text))
    Keys(again).set_passphrase(NEW, FLOOR)
    again.close()
    opened(place, NEW).close()


def test_a_sheet_that_was_replaced_opens_no_longer(vault, place):
    old, new = Keys(vault).ways().sheet, keys.new_sheet(TODAY)
    Keys(vault).set_sheet(new)
    assert Keys(vault).ways().sheet == new
    vault.close()
    with pytest.raises(WrongRecoveryKey):
        opened(place, old.key)
    opened(place, new.key).close()


def test_a_sheet_that_could_not_be_replaced_can_still_be_printed(vault, place):
    old, file = Keys(vault).ways().sheet, key_path(place)
    away = file.rename(file.with_name("away"))
    with pytest.raises(DamagedKeyFile):
        Keys(vault).set_sheet(keys.new_sheet(TODAY))
    away.rename(file)
    assert Keys(vault).ways().sheet == old


def test_a_sheet_can_be_taken_away(vault, place):
    old = Keys(vault).ways().sheet
    Keys(vault).drop_sheet()
    assert not Keys(vault).ways().has_sheet
    assert Keys(vault).ways().sheet is None
    vault.close()
    with pytest.raises(WrongRecoveryKey):
        opened(place, old.key)


def test_this_computer_opens_the_vault_once_it_is_told_to(vault, place, store):
    with pytest.raises(QuickUnlockRefused):
        keys.key_of_this_computer(place, store)
    Keys(vault).open_quickly(store)
    vault.close()
    again = opened(place, keys.key_of_this_computer(place, store))
    assert again.key.by == "keyring"
    Keys(again).renew(lambda: store)  # nothing was typed, so nothing is renewed
    Keys(again).open_slowly(store)
    again.close()
    with pytest.raises(QuickUnlockRefused):
        keys.key_of_this_computer(place, store)


def test_a_folder_that_was_moved_is_opened_quickly_again_once_the_passphrase_was_typed(
    locked_vault, store, tmp_path
):
    old, new = (folders(tmp_path / name, on_computer=True) for name in ("old", "new"))
    old.data.mkdir()
    locked_vault(old, WORDS)
    vault = Vault.open(old, WORDS)
    Keys(vault).open_quickly(store)
    before = quick.name_of(vault.key.vault, old.data)
    vault.close()
    old.data.rename(new.data)
    with pytest.raises(QuickUnlockRefused):
        keys.key_of_this_computer(new, store)
    moved = Vault.open(new, WORDS)
    Keys(moved).renew(lambda: store)
    moved.close()
    opened(new, keys.key_of_this_computer(new, store)).close()
    assert store.found(before) is None


def test_what_another_folder_still_needs_stays_in_the_key_store(locked_vault, store, tmp_path):
    """A copy lies there, or on a stick that is not plugged in."""
    one, stick = (folders(tmp_path / name, on_computer=True) for name in ("one", "media/stick/two"))
    one.data.mkdir()
    locked_vault(one, WORDS)
    vault = Vault.open(one, WORDS)
    Keys(vault).open_quickly(store)
    names = [quick.name_of(vault.key.vault, place.data) for place in (one, stick)]
    vault.close()
    shutil.copytree(one.data, stick.data)
    copy = Vault.open(stick, WORDS)
    with pytest.raises(QuickUnlockRefused):
        Keys(copy).renew(lambda: store)
    copy.close()
    store.put(names[1], store.found(names[0]))
    store.forget(names[0])
    shutil.rmtree(stick.data.parent)
    vault = Vault.open(one, WORDS)
    with pytest.raises(QuickUnlockRefused):
        Keys(vault).renew(lambda: store)
    vault.close()
    assert store.found(names[1]) is not None


def test_a_passphrase_typed_renews_what_this_computer_may_do(vault, store, place):
    Keys(vault).open_quickly(store)
    vault.close()
    again = opened(place, WORDS)
    Keys(again).renew(lambda: store)
    again.close()
    assert keys.key_of_this_computer(place, store)


def test_without_a_key_store_the_passphrase_opens_it(vault, place):
    with pytest.raises(QuickUnlockRefused, match="no key store that coachdesk trusts"):
        keys.key_of_this_computer(place, None)
    Keys(vault).renew(lambda: None)
    vault.close()
    opened(place, WORDS).close()


def test_where_the_key_file_cannot_take_it_the_key_store_keeps_nothing(vault, store, place):
    key_path(place).write_bytes(b"not a key file")
    with pytest.raises(DamagedKeyFile):
        Keys(vault).open_quickly(store)
    assert store.found(quick.name_of(vault.key.vault, place.data)) is None


def test_a_passphrase_can_be_made_to_cost_more(vault, place):
    before = vault.key.file
    Keys(vault).strengthen(WORDS, Cost(passes=4, mib=64))
    assert vault.key.file != before
    vault.close()
    opened(place, WORDS).close()


def test_a_slip_is_told_before_anything_is_opened():
    with pytest.raises(MistypedRecoveryKey):
        keys.typed("K7QF2")


def test_a_group_typed_back_may_be_written_as_it_comes():
    assert keys.is_group(" o1ab-c ", "01ABC")
    assert not keys.is_group("01ABD", "01ABC")
    assert not keys.is_group("", "01ABC")


def test_a_suggested_phrase_is_six_words_of_a_long_list():
    phrases = {keys.phrase() for _ in range(50)}
    assert len(phrases) == 50
    assert {len(phrase.split()) for phrase in phrases} == {keys.WORDS}
    assert len(set(keys._words())) == 7776
    assert all(word.replace("-", "").isalpha() and word.islower() for word in keys._words())


def test_what_is_done_to_one_copy_leaves_the_other_opening_quickly(vault, place, store, tmp_path):
    Keys(vault).open_quickly(store)
    vault.close()
    other = folders(tmp_path / "copy")
    shutil.copytree(place.data, other.data)
    with pytest.raises(QuickUnlockRefused, match="has no key for the notes in this folder. Type your pass"):
        keys.key_of_this_computer(other, store)
    copy = opened(other, WORDS)
    Keys(copy).open_quickly(store)
    Keys(copy).open_slowly(store)
    copy.close()
    opened(place, keys.key_of_this_computer(place, store)).close()


def test_after_a_new_key_this_computer_forgets_what_opens_the_old_backups(vault, place, store):
    Keys(vault).open_quickly(store)
    assert Rekeying(vault).rekey(WORDS, NEW, cost=FLOOR).opened_quickly
    Keys(vault).forget_here(lambda: store)
    with pytest.raises(QuickUnlockRefused, match="has no key for the notes"):
        quick.kept(store, quick.name_of(vault.key.vault, place.data), quick.now())
