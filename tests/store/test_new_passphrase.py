"""A new passphrase: the key in a new wrapping; at every step the old one opens the vault, or the new one."""

import json
import multiprocessing
import random
import resource
import time

import pytest
from saver import replace_until_killed

from coachdesk.errors import CoachdeskError, DamagedKeyFile, NotSaved, WrongPassphrase
from coachdesk.store import backup, keys
from coachdesk.store.keys import FLOOR, HEAD, Cost
from coachdesk.store.vault import Vault, key_path

OLD, NEW = "five quiet herons over water", "nine loud geese on the ice"
KILLS = 6


@pytest.fixture
def own(place, locked_vault):
    """A vault with a key file."""
    locked_vault(place, OLD)
    vault = Vault.open(place, OLD)
    yield vault
    vault.close()


def opens(place, passphrase):
    try:
        Vault.open(place, passphrase).close()
    except WrongPassphrase:
        return False
    return True


def slot(file):
    """The only slot of a key file."""
    length = HEAD.unpack_from(file)[2]
    [found] = json.loads(file[HEAD.size : HEAD.size + length])["slots"]
    return found


def test_the_new_passphrase_opens_the_vault_and_the_old_no_longer(own, place):
    before, dek = place.vault.read_bytes(), keys.unlock(keys.read(key_path(place)), OLD).dek
    own.change_passphrase(OLD, NEW, FLOOR)
    own.close()
    assert opens(place, NEW)
    assert not opens(place, OLD)
    assert place.vault.read_bytes() == before
    assert keys.unlock(keys.read(key_path(place)), NEW).dek == dek


def test_the_new_wrapping_has_a_salt_and_a_cost_of_its_own():
    old = keys.create(OLD, FLOOR)
    new = keys.rewrapped(old.file, OLD, NEW, Cost(passes=4, mib=64))
    before, after = slot(old.file), slot(new.file)
    assert before["salt"] != after["salt"]
    assert before["nonce"] != after["nonce"]
    assert after["cost"] == {"passes": 4, "mib": 64}
    assert (new.dek, new.vault) == (old.dek, old.vault)


def test_without_a_cost_the_new_wrapping_is_tuned_to_this_computer():
    never_tuned = Cost(passes=4, mib=64)  # a slow computer takes 3 passes, a quick one 256 MiB
    new = keys.rewrapped(keys.create(OLD, never_tuned).file, OLD, NEW)
    assert slot(new.file)["cost"] != never_tuned.model_dump()


def test_a_wrong_old_passphrase_changes_nothing(own, place):
    before = keys.read(key_path(place))
    with pytest.raises(WrongPassphrase):
        own.change_passphrase("not this one", NEW, FLOOR)
    with pytest.raises(CoachdeskError, match="Type a passphrase"):
        own.change_passphrase(OLD, "", FLOOR)
    assert keys.read(key_path(place)) == before


def test_a_disk_that_will_not_take_it_leaves_the_old_passphrase(own, place):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        with pytest.raises(NotSaved):
            own.change_passphrase(OLD, NEW, FLOOR)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    own.close()
    assert opens(place, OLD)
    assert not key_path(place).with_name("coachdesk.key.new").exists()


def test_the_key_file_of_another_vault_is_not_rewrapped(own, place):
    stranger = keys.create(OLD, FLOOR).file
    key_path(place).write_bytes(stranger)
    with pytest.raises(DamagedKeyFile):
        own.change_passphrase(OLD, NEW, FLOOR)
    assert keys.read(key_path(place)) == stranger


def test_backups_open_with_the_passphrase_of_their_day(own, place):
    earlier = own.backup_now()
    assert own.backup_if_changed() is None
    own.change_passphrase(OLD, NEW, FLOOR)
    later = own.backup_if_changed()
    assert later is not None
    keys.unlock(backup.read(earlier.path).key_file, OLD)
    keys.unlock(backup.read(later.path).key_file, NEW)
    with pytest.raises(WrongPassphrase):
        keys.unlock(later.key_file, OLD)
    assert own.verify_backup(earlier.path).writes == own.verify_backup(later.path).writes


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_crash_before_the_new_file_has_its_name_leaves_the_old_passphrase(own, place, share):
    own.close()
    new = keys.rewrapped(keys.read(key_path(place)), OLD, NEW, FLOOR).file
    left = key_path(place).with_name("coachdesk.key.new")
    left.write_bytes(new[: int(len(new) * share)])
    again = Vault.open(place, OLD)
    again.change_passphrase(OLD, NEW, FLOOR)
    again.close()
    assert opens(place, NEW)
    assert not left.exists()


@pytest.mark.slow
def test_killed_at_any_moment_the_key_file_is_the_old_or_the_new(own, place):
    own.close()
    old = keys.read(key_path(place))
    new = keys.rewrapped(old, OLD, NEW, FLOOR).file
    context, chance, seen = multiprocessing.get_context("forkserver"), random.Random(7), set()
    for _kill in range(KILLS):
        ours, theirs = context.Pipe(duplex=False)
        writer = context.Process(target=replace_until_killed, args=(key_path(place), (old, new), theirs))
        writer.start()
        theirs.close()
        ours.recv()
        until = time.perf_counter() + chance.random() * 0.02
        while time.perf_counter() < until:
            pass
        writer.kill()
        writer.join()
        ours.close()
        seen.add(keys.read(key_path(place)))
    assert seen <= {old, new}
    assert opens(place, OLD) or opens(place, NEW)
