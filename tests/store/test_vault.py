import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlmodel import select

from coachdesk.errors import (
    Cancelled,
    CoachdeskError,
    DamagedKeyFile,
    DamagedVault,
    NewerVault,
    NotAVault,
    NotSaved,
    NoVault,
    OpenElsewhere,
    VaultError,
    VaultExists,
    WrongPassphrase,
)
from coachdesk.model import School
from coachdesk.paths import folders
from coachdesk.services.keep import keep
from coachdesk.store import schema, snapshot
from coachdesk.store.connection import connect, demand, raw_key
from coachdesk.store.keys import FLOOR
from coachdesk.store.vault import Vault, key_path, present

PASSPHRASE = "six small words make one passphrase"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A profile with a vault that has a passphrase and one school; closed, and never changed: copy it."""
    place = folders(tmp_path_factory.mktemp("made"))
    vault = Vault.create(place, PASSPHRASE, FLOOR)
    vault.submit(lambda s: keep(s, School, {"name": "Lincoln"})).result()
    vault.backup_now()
    vault.close()
    return place


@pytest.fixture
def there(made, place):
    """A profile of its own with that vault."""
    shutil.copytree(made.data, place.data)
    return place


def schools(vault):
    with vault.read() as session:
        return [school.name for school in session.exec(select(School))]


def raw(path, key=bytes(range(32))):
    return connect(path, key)


def test_what_was_kept_is_there_after_opening_again(there):
    vault = Vault.open(there, PASSPHRASE)
    assert schools(vault) == ["Lincoln"]
    vault.close()


def test_every_file_is_for_this_user_alone(there):
    Vault.open(there, PASSPHRASE).close()
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in there.data.rglob("*")}
    assert {mode for name, mode in modes.items() if name not in ("backups", "state")} == {0o600}
    assert (modes["backups"], modes["state"]) == (0o700, 0o700)


def test_a_new_profile_is_for_this_user_alone(place):
    Vault.create(place, PASSPHRASE, FLOOR).close()
    assert stat.S_IMODE(place.data.stat().st_mode) == 0o700
    names = {path.name for path in place.data.iterdir()}
    assert names == {"coachdesk.key", "coachdesk.lock", "coachdesk.vault", "state"}


def test_the_file_does_not_look_like_a_database(there):
    assert not there.vault.read_bytes().startswith(b"SQLite format 3")


def nothing(place):
    shutil.rmtree(place.data)


def no_vault_file(place):
    place.vault.unlink()


def no_key_file(place):
    key_path(place).unlink()


def damaged_key_file(place):
    key_path(place).write_bytes(key_path(place).read_bytes()[:-1])


def damaged_page(place):
    content = bytearray(place.vault.read_bytes())
    content[200] ^= 1
    place.vault.write_bytes(content)


def other_vault(place):
    place.vault.write_bytes(os.urandom(8192))


def empty(place):
    place.vault.write_bytes(b"")


def newer(place):
    vault = Vault.open(place, PASSPHRASE)
    vault.inspect(lambda connection: connection.execute("PRAGMA user_version = 999"))
    vault.close()


CAUSES = [
    (nothing, NoVault, "no vault here yet"),
    (no_vault_file, NoVault, "is missing, but its key file is here"),
    (no_key_file, DamagedKeyFile, r"coachdesk\.key is missing"),
    (damaged_key_file, DamagedKeyFile, "key file beside the vault is damaged"),
    (damaged_page, DamagedVault, "vault file is damaged"),
    (other_vault, NotAVault, "does not belong to the key file"),
    (empty, DamagedVault, "empty or cut short"),
    (newer, NewerVault, "made by a newer coachdesk"),
]


@pytest.mark.parametrize(("spoil", "error", "words"), CAUSES)
def test_what_keeps_a_vault_from_opening_is_named_and_nothing_is_changed(there, spoil, error, words):
    spoil(there)
    before = contents(there)
    with pytest.raises(error, match=words):
        Vault.open(there, PASSPHRASE)
    assert contents(there) == before
    assert_free(there)


def contents(place):
    return {str(p): p.read_bytes() for p in place.data.rglob("*") if p.is_file() and p.suffix != ".lock"}


def assert_free(place):
    """The lock is not held on to by an opening that failed."""
    with pytest.raises(CoachdeskError) as error:
        Vault.open(place, "not it")
    assert not isinstance(error.value, OpenElsewhere)


def test_a_wrong_passphrase_is_said_in_words(there):
    with pytest.raises(WrongPassphrase, match="does not open this vault"):
        Vault.open(there, "not it")
    Vault.open(there, PASSPHRASE).close()


def test_five_causes_have_five_sentences():
    kinds = [WrongPassphrase, DamagedKeyFile, NoVault, NewerVault, OpenElsewhere, DamagedVault, NotAVault]
    assert len({str(kind()) for kind in kinds}) == len(kinds)


def test_an_open_vault_is_not_opened_twice(there):
    vault = Vault.open(there, PASSPHRASE)
    with pytest.raises(OpenElsewhere):
        Vault.open(there, PASSPHRASE)
    vault.close()
    Vault.open(there, PASSPHRASE).close()


def test_closing_twice_does_not_let_go_of_what_another_holds(there):
    first = Vault.open(there, PASSPHRASE)
    first.close()
    second = Vault.open(there, PASSPHRASE)
    first.close()
    with pytest.raises(OpenElsewhere):
        Vault.open(there, PASSPHRASE)
    second.close()


HOLD = """
import sys
from pathlib import Path
from coachdesk.paths import folders
from coachdesk.store.vault import Vault
vault = Vault.open(folders(Path(sys.argv[1])), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_vault_open_in_another_process_is_left_alone_until_that_ends(there):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(there.data), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout.readline() == b"open\n"
    with pytest.raises(OpenElsewhere):
        Vault.open(there, PASSPHRASE)
    other.kill()
    other.communicate()
    Vault.open(there, PASSPHRASE).close()


def test_no_vault_is_made_over_another(there):
    before = contents(there)
    with pytest.raises(VaultExists):
        Vault.create(there, "mine", FLOOR)
    assert contents(there) == before


@pytest.mark.parametrize("spoil", [no_vault_file, no_key_file])
def test_no_vault_is_made_over_half_of_one(there, spoil):
    spoil(there)
    with pytest.raises(VaultExists):
        Vault.create(there, "mine", FLOOR)


def test_a_vault_whose_making_was_interrupted_is_made_anew(there):
    there.vault.rename(there.data / "coachdesk.vault.new")
    assert not present(there)
    vault = Vault.create(there, "mine", FLOOR)
    assert schools(vault) == []
    vault.close()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(VaultError, match="cannot be made or written"):
        Vault.create(folders(tmp_path / "file" / "profile"), PASSPHRASE, FLOOR)


def test_a_vault_under_another_vaults_key_file_is_told(there, tmp_path):
    """The same key, but another vault's id: a key file put together by hand."""
    vault = Vault.open(there, PASSPHRASE)
    vault.inspect(lambda c: c.execute("UPDATE vault_about SET value = x'00' WHERE name = 'vault'").fetchall())
    vault.close()
    with pytest.raises(NotAVault, match="does not belong to this vault"):
        Vault.open(there, PASSPHRASE)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("fullfsync", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
        ("cipher_status", "1"),
        ("cipher_memory_security", "0"),
    ],
)
def test_a_connection_keeps_what_it_is_given(vault, pragma, value):
    assert vault.inspect(lambda c: c.execute(f"PRAGMA {pragma}").fetchone()) == (value,)


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_an_odd_key_is_never_taken_for_a_passphrase(key, tmp_path):
    with pytest.raises((VaultError, ValueError)):
        raw_key(key)


def test_an_odd_key_opens_nothing(vault, place):
    with pytest.raises(VaultError, match="wrong length"):
        raw(place.vault, b"short")


def test_a_library_without_encryption_is_noticed():
    """A plain SQLite says nothing to a pragma it does not know, and would write in plain."""
    plain = sqlite3.connect(":memory:")
    with pytest.raises(VaultError, match="does not encrypt"):
        demand(plain, "cipher_status", "1")
    plain.close()


def test_a_vault_of_an_older_version_is_backed_up_then_brought_up_to_date(there):
    vault = Vault.open(there, PASSPHRASE)
    vault.inspect(lambda connection: connection.execute("PRAGMA user_version = 0"))
    vault.close()
    before = len(list(there.backups.iterdir()))
    vault = Vault.open(there, PASSPHRASE)
    assert schools(vault) == ["Lincoln"]
    assert vault.inspect(lambda c: c.execute("PRAGMA user_version").fetchone()) == (schema.VERSION,)
    assert len(list(there.backups.iterdir())) == before + 1
    vault.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(VaultError, match="could not be read"):
        raw(tmp_path / "coachdesk.vault")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_is_told_when_it_is_read(vault, place):
    vault.submit(lambda s: keep(s, School, {"name": "Lincoln"})).result()
    vault.close()
    content = bytearray(place.vault.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 2000] ^= 1
    place.vault.write_bytes(content)
    with pytest.raises(DamagedVault):
        Vault.open_with_key(place.vault, bytes(range(32)))


def test_a_vault_is_opened_with_its_raw_key_only(vault, place):
    with pytest.raises(NotAVault):
        Vault.open_with_key(place.vault, bytes(32))


def test_a_raw_key_makes_no_vault_over_a_file(vault, place):
    with pytest.raises(FileExistsError):
        Vault.open_with_key(place.vault, bytes(32), create=True)


def test_a_journal_left_by_another_vault_is_not_rolled_into_a_new_one(place):
    place.data.mkdir(parents=True)
    journal = place.data / "coachdesk.vault-journal"
    journal.write_bytes(b"half of a change")
    with pytest.raises(VaultError, match="coachdesk.vault-journal belongs to a vault"):
        Vault.create(place, PASSPHRASE, FLOOR)
    assert journal.read_bytes() == b"half of a change"
    assert not present(place)


def test_an_empty_journal_is_no_obstacle(place):
    place.data.mkdir(parents=True)
    (place.data / "coachdesk.vault-journal").write_bytes(b"")
    Vault.create(place, PASSPHRASE, FLOOR).close()


def test_a_vault_that_cannot_be_finished_leaves_nothing_of_itself(place):
    (place.data / "coachdesk.key.new").mkdir(parents=True)
    with pytest.raises(NotSaved):
        Vault.create(place, PASSPHRASE, FLOOR)
    assert {path.name for path in place.data.iterdir()} == {"coachdesk.key.new", "coachdesk.lock"}


def test_a_disk_without_room_for_a_new_vault_is_said_and_leaves_nothing(place):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard[1]))
    try:
        with pytest.raises(NotSaved):
            Vault.create(place, PASSPHRASE, FLOOR)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, hard)
    assert [path.name for path in place.data.iterdir()] == ["coachdesk.lock"]


def test_of_a_vault_that_could_not_be_filled_nothing_is_remembered(place):
    def stop(_vault):
        raise Cancelled

    with pytest.raises(Cancelled):
        Vault.create(place, PASSPHRASE, FLOOR, fill=stop)
    assert not list(place.memory.glob("seen*"))


def test_nothing_can_be_read_once_the_vault_is_closed(vault):
    vault.close()
    with pytest.raises(VaultError, match="locked"):
        schools(vault)


def test_who_was_about_to_read_when_it_was_locked_does_not_open_it_again(vault):
    with pytest.raises(VaultError, match="locked"), vault.read() as session:
        vault.close()
        session.exec(select(School)).all()


def test_two_long_questions_at_once_are_asked_of_a_copy_each(vault):
    def count():
        with vault.snapshot() as session:
            return len(session.exec(select(School)).all())

    vault.submit(lambda s: keep(s, School, {"name": "Lincoln"})).result()
    with ThreadPoolExecutor(1) as another, vault.snapshot() as session:
        second = another.submit(count)
        wait([second], timeout=0.05)  # it does not come before the first has its answer
        assert not second.done()
        assert len(session.exec(select(School)).all()) == 1
    assert second.result() == 1


def test_what_a_crash_left_of_a_copy_goes_at_the_next_unlocking(place):
    Vault.create(place, "a passphrase", FLOOR).close()
    snapshot.path_of(place).write_bytes(b"a copy of what may be deleted by now")
    Vault.open(place, "a passphrase").close()
    assert not snapshot.path_of(place).exists()
