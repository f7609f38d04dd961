import hashlib
import json
import os
import random
import resource
from pathlib import Path

import pytest

from coachdesk.errors import CoachdeskError, DamagedKeyFile, NewerVault, VaultError, WrongPassphrase
from coachdesk.store import keys
from coachdesk.store.keys import FLOOR, HEAD, MAGIC, Cost

ACCENTED, COMPOSED = "cafe\u0301 au lait", "caf\u00e9 au lait"


@pytest.fixture(scope="module")
def key():
    return keys.create(COMPOSED, FLOOR)


def with_body(file, change, version=keys.VERSION):
    """The key file with its body changed and its checksum put right: by somebody who knows how."""
    length = HEAD.unpack_from(file)[2]
    body = json.loads(file[HEAD.size : HEAD.size + length])
    change(body)
    text = json.dumps(body).encode()
    whole = HEAD.pack(MAGIC, version, len(text)) + text + file[HEAD.size + length : -keys.CHECK]
    return whole + hashlib.blake2b(whole, digest_size=keys.CHECK).digest()


def test_the_passphrase_gives_the_key_back(key):
    assert keys.unlock(key.file, COMPOSED) == key


def test_a_passphrase_is_the_same_however_its_accents_were_typed(key):
    assert keys.unlock(key.file, ACCENTED).dek == key.dek


@pytest.mark.parametrize(
    "other", ["cafe au lait", " café au lait", "CAFÉ AU LAIT", "'; drop table", "☕" * 4000]
)
def test_another_passphrase_is_wrong(key, other):
    with pytest.raises(WrongPassphrase):
        keys.unlock(key.file, other)


@pytest.mark.parametrize(("typed", "words"), [("", "Type a passphrase"), ("x" * 1_000_000, "too long")])
def test_no_passphrase_and_an_endless_one_are_refused_before_anything_is_derived(key, typed, words):
    with pytest.raises(CoachdeskError, match=words):
        keys.unlock(key.file, typed)


def test_spaces_alone_are_a_passphrase():
    made = keys.create("   ", FLOOR)
    assert keys.unlock(made.file, "   ").dek == made.dek


def test_two_vaults_with_one_passphrase_share_nothing(key):
    other = keys.create(COMPOSED, FLOOR)
    assert other.dek != key.dek
    assert other.vault != key.vault


def test_a_key_is_never_shown(key):
    assert key.dek.hex() not in repr(key)
    assert repr(key) == "Key(…)"


def test_keys_for_different_purposes_differ(key):
    assert len({key.derived("backup"), key.derived("salt"), key.dek}) == 3


def test_any_damage_is_told_from_a_wrong_passphrase(key):
    chance = random.Random(3)
    for _ in range(2_000):
        damaged = bytearray(key.file)
        where = chance.randrange(len(damaged))
        damaged[where] ^= 1 << chance.randrange(8)
        damaged = damaged[: chance.choice([len(damaged), where])] + os.urandom(chance.choice([0, 0, 7]))
        with pytest.raises(DamagedKeyFile):
            keys.look_at(bytes(damaged))


@pytest.mark.parametrize("file", [b"", b"\0" * 381, MAGIC, b"x" * (keys.LARGEST + 2)])
def test_something_else_is_not_taken_for_a_key_file(file):
    with pytest.raises(DamagedKeyFile):
        keys.look_at(file)


def cost(**changed):
    return lambda body: body["slots"][0]["cost"].update(changed)


@pytest.mark.parametrize(
    "change",
    [
        cost(passes=0),
        cost(passes=1),
        cost(passes=10**9),
        cost(mib=63),
        cost(mib=10**6),
        cost(mib="64"),
        lambda body: body.update(slots=[]),
        lambda body: body.update(slots=body["slots"] * 9),
        lambda body: body.update(vault="no"),
        lambda body: body.update(more=1),
        lambda body: body["slots"][0].update(kind="keyring"),
        lambda body: body["slots"][0].update(salt="zz"),
        lambda body: body["slots"][0].pop("nonce"),
    ],
)
def test_nothing_is_derived_from_a_file_out_of_bounds(key, change):
    with pytest.raises(DamagedKeyFile):
        keys.look_at(with_body(key.file, change))


@pytest.mark.parametrize(
    "change",
    [
        cost(passes=4),
        lambda body: body.update(vault="00" * 16),
        lambda body: body["slots"][0].update(salt="11" * 16),
    ],
)
def test_what_a_slot_is_bound_to_cannot_be_swapped(key, change):
    with pytest.raises(WrongPassphrase):
        keys.unlock(with_body(key.file, change), COMPOSED)


def test_a_file_put_together_from_sound_parts_is_refused(key):
    stranger = keys.create("another", FLOOR)
    slots = json.loads(stranger.file[HEAD.size : HEAD.size + HEAD.unpack_from(stranger.file)[2]])["slots"]
    with pytest.raises(DamagedKeyFile):
        keys.unlock(with_body(key.file, lambda body: body["slots"].extend(slots)), COMPOSED)


def test_a_body_nested_without_end_is_only_damaged(key):
    text = b"[" * 100_000
    whole = HEAD.pack(MAGIC, keys.VERSION, len(text)) + text + b"\0" * keys.MAC
    with pytest.raises(DamagedKeyFile):
        keys.look_at(whole + hashlib.blake2b(whole, digest_size=keys.CHECK).digest())


def test_a_key_file_of_a_newer_version_says_so(key):
    with pytest.raises(NewerVault):
        keys.look_at(with_body(key.file, lambda body: None, version=2))


def test_a_key_file_of_version_0_never_was(key):
    with pytest.raises(DamagedKeyFile):
        keys.look_at(with_body(key.file, lambda body: None, version=0))


def test_a_missing_key_file_is_named(tmp_path):
    with pytest.raises(DamagedKeyFile, match=r"coachdesk\.key is missing"):
        keys.read(tmp_path / "coachdesk.key")


def test_a_pipe_in_place_of_the_key_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "coachdesk.key")
    with pytest.raises(DamagedKeyFile):
        keys.read(tmp_path / "coachdesk.key")


@pytest.mark.parametrize(
    ("seconds", "tuned"),
    [
        (1.0, Cost(passes=3, mib=256)),
        (3.0, Cost(passes=3, mib=128)),
        (60.0, FLOOR),
        (0.25, Cost(passes=6, mib=256)),
        (0.0, Cost(passes=20, mib=256)),
    ],
)
def test_the_derivation_is_tuned_to_the_computer(seconds, tuned):
    assert keys.tuned(Cost(passes=3, mib=256), seconds) == tuned


def test_too_little_memory_is_said_in_words(key):
    limits = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 40 * keys.MIB, limits[1]))
    try:
        with pytest.raises(VaultError, match="not enough free memory"):
            keys.unlock(key.file, "never derived before")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)


def test_a_new_key_is_calibrated_above_the_floor():
    cost = keys.calibrated()
    assert cost.passes >= 3
    assert cost.mib >= 64
