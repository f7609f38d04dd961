"""The ways into a vault: a passphrase, a sheet, this computer; added and taken away, never the last one."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from coachdesk.errors import (
    DamagedKeyFile,
    LastWayIn,
    NoSuchWayIn,
    QuickUnlockRefused,
    WrongPassphrase,
    WrongRecoveryKey,
)
from coachdesk.store import keys, recovery
from coachdesk.store.keys import FLOOR, HEAD, Passphrase, StoredKey
from coachdesk.store.vault import Vault, key_path
from coachdesk.store.ways import Sheet

WORDS, NEW = "five quiet herons over water", "nine loud geese on the ice"
SHEET = Sheet(recovery.RecoveryKey(bytes(range(20))), date(2026, 11, 22))
STORED = StoredKey(bytes(range(32)))


@pytest.fixture
def own(place, locked_vault):
    """A vault with a passphrase and a sheet."""
    locked_vault(place, WORDS, SHEET)
    vault = Vault.open(place, WORDS)
    yield vault
    vault.close()


@pytest.fixture(scope="module")
def three_ways():
    key = keys.create(WORDS, FLOOR, SHEET.key)
    return keys.with_way(key, STORED)


def on_disk(place):
    return keys.read(key_path(place))


def opens(place, secret) -> bool:
    try:
        Vault.open(place, secret).close()
    except (WrongPassphrase, WrongRecoveryKey, QuickUnlockRefused):
        return False
    return True


def test_each_secret_opens_the_same_key(three_ways):
    assert keys.kinds(three_ways.file) == ("passphrase", "recovery", "keyring")
    for secret in (WORDS, Passphrase(WORDS), SHEET.key, STORED):
        assert keys.unlock(three_ways.file, secret) == three_ways


@pytest.mark.parametrize(
    ("secret", "refused"),
    [
        (NEW, WrongPassphrase),
        (recovery.RecoveryKey(bytes(20)), WrongRecoveryKey),
        (StoredKey(bytes(32)), QuickUnlockRefused),
        (SHEET.key.bits.decode("latin-1"), WrongPassphrase),
        (recovery.RecoveryKey(WORDS.encode()), WrongRecoveryKey),
        (StoredKey(SHEET.key.bits), QuickUnlockRefused),
    ],
)
def test_another_secret_is_refused_by_its_own_name(three_ways, secret, refused):
    with pytest.raises(refused):
        keys.unlock(three_ways.file, secret)


def test_a_secret_without_a_slot_is_refused_as_a_wrong_one():
    alone = keys.create(WORDS, FLOOR).file
    with pytest.raises(WrongRecoveryKey):
        keys.unlock(alone, SHEET.key)
    with pytest.raises(QuickUnlockRefused):
        keys.unlock(alone, STORED)


def test_the_computers_slot_needs_no_derivation(three_ways):
    length = HEAD.unpack_from(three_ways.file)[2]
    slots = json.loads(three_ways.file[HEAD.size : HEAD.size + length])["slots"]
    assert ["cost" in slot for slot in slots] == [True, True, False]


def test_a_slot_is_no_other_kinds_slot(three_ways):
    """Bound to its kind: the keyring's slot, renamed, is not opened by the same bytes as a recovery key."""
    body = keys.key_file.unpacked(three_ways.file)
    keyring = body.slot("keyring")
    renamed = keyring.model_copy(update={"kind": "recovery", "cost": FLOOR})
    file = keys.key_file.packed(body.having(renamed), three_ways.derived("key file"))
    with pytest.raises(WrongRecoveryKey):
        keys.unlock(file, recovery.RecoveryKey(STORED.bits))


def test_the_computers_slot_alone_is_no_key_file(three_ways):
    body = keys.key_file.unpacked(three_ways.file)
    alone = body.model_copy(update={"slots": [body.slot("keyring")]})
    file = keys.key_file.packed(alone, three_ways.derived("key file"))
    with pytest.raises(DamagedKeyFile):
        keys.unlock(file, STORED)


def test_two_slots_of_a_kind_are_no_key_file(three_ways):
    body = keys.key_file.unpacked(three_ways.file)
    twice = body.model_copy(update={"slots": [body.slots[0], body.slots[0]]})
    with pytest.raises(DamagedKeyFile):
        keys.look_at(keys.key_file.packed(twice, three_ways.derived("key file")))


def test_the_last_way_that_a_coach_can_carry_stays(three_ways):
    without_sheet = keys.without_way(three_ways, "recovery")
    with pytest.raises(LastWayIn):
        keys.without_way(without_sheet, "passphrase")
    without_passphrase = keys.without_way(three_ways, "passphrase")
    with pytest.raises(LastWayIn):
        keys.without_way(without_passphrase, "recovery")
    with pytest.raises(NoSuchWayIn):
        keys.without_way(without_sheet, "recovery")
    assert keys.kinds(keys.without_way(without_sheet, "keyring").file) == ("passphrase",)


def test_a_sheet_opens_a_vault_and_a_new_passphrase_is_set_at_once(own, place):
    own.close()
    again = Vault.open(place, SHEET.key)
    assert again.key.by == "recovery"
    again.add_way(Passphrase(NEW), FLOOR)
    again.close()
    assert opens(place, NEW)
    assert opens(place, SHEET.key)
    assert not opens(place, WORDS)


def test_the_sheet_can_be_printed_again_while_the_vault_is_open(own):
    assert own.sheet() == SHEET


def test_a_vault_made_without_a_sheet_has_none_to_print(place):
    vault = Vault.create(place, WORDS, FLOOR)
    assert vault.sheet() is None
    vault.close()


def test_a_sheet_that_opens_nothing_any_more_is_not_printed(own):
    """As after a power cut between the vault and its key file."""
    own.keep_sheet(Sheet(recovery.new(), SHEET.made))
    assert own.sheet() is None


def test_a_new_sheet_takes_the_old_ones_place(own, place):
    new = Sheet(recovery.new(), date(2027, 1, 8))
    own.keep_sheet(new)
    own.add_way(new.key)
    assert own.sheet() == new
    own.close()
    assert opens(place, new.key)
    assert not opens(place, SHEET.key)


def test_a_revoked_sheet_opens_nothing(own, place):
    own.drop_way("recovery")
    own.keep_sheet(None)
    assert own.sheet() is None
    own.close()
    assert not opens(place, SHEET.key)
    assert opens(place, WORDS)


def test_the_computer_opens_it_until_it_is_told_not_to(own, place):
    own.add_way(STORED)
    own.close()
    again = Vault.open(place, STORED)
    again.drop_way("keyring")
    again.close()
    assert not opens(place, STORED)


def test_what_another_put_in_the_key_files_place_is_not_written_into(own, place):
    stranger = keys.create(NEW, FLOOR).file
    key_path(place).write_bytes(stranger)
    for change in (lambda: own.add_way(STORED), lambda: own.drop_way("recovery")):
        with pytest.raises(DamagedKeyFile):
            change()
    assert on_disk(place) == stranger


def test_a_backup_opens_by_each_way_of_its_day(own, place):
    own.add_way(STORED)
    made = own.backup_now()
    own.drop_way("recovery")
    for secret in (WORDS, SHEET.key, STORED):
        assert keys.unlock(made.key_file, secret).dek == own.key.dek
    later = own.backup_if_changed()
    assert keys.kinds(later.key_file) == ("passphrase", "keyring")


def test_a_passphrase_that_costs_too_little_to_guess_is_noticed(three_ways):
    passphrase = keys.unlock(three_ways.file, WORDS)
    assert keys.is_cheap(passphrase) == (passphrase.seconds < keys.TOO_QUICK)
    assert not keys.is_cheap(keys.Key(b"", "", b"", "passphrase", 0.6))
    assert keys.is_cheap(keys.Key(b"", "", b"", "passphrase", 0.1))
    assert not keys.is_cheap(keys.Key(b"", "", b"", "keyring", 0.0))


def test_secrets_are_never_shown():
    assert [repr(one) for one in (Passphrase(WORDS), STORED)] == ["Passphrase(…)", "StoredKey(…)"]
    assert repr(SHEET.key) == "RecoveryKey(…)"


def test_two_ways_that_change_at_once_are_both_kept(own, place):
    other = recovery.new()
    with ThreadPoolExecutor(2) as threads:
        both = threads.submit(own.change_passphrase, WORDS, NEW, FLOOR), threads.submit(own.add_way, other)
    assert [one.result() for one in both] == [None, None]
    own.close()
    assert opens(place, NEW) and opens(place, other)
