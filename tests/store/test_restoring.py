"""A backup comes back: into the place of a vault that is sound, damaged, gone, or was never there."""

import errno
import os
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from coachdesk.errors import (
    Cancelled,
    CoachdeskError,
    DamagedVault,
    NewerVault,
    NotSaved,
    NoVault,
    OpenElsewhere,
    WrongPassphrase,
)
from coachdesk.model import School
from coachdesk.paths import folders
from coachdesk.services.keep import keep
from coachdesk.store import backup, found, held, recovery, restoring, shelf
from coachdesk.store.aside import ASIDE, can_be_read, moved, of_older_key, put_back
from coachdesk.store.connection import connect
from coachdesk.store.keys import FLOOR
from coachdesk.store.looking import is_one
from coachdesk.store.parts import journal, key_path
from coachdesk.store.seen import Memory
from coachdesk.store.shelf import Elsewhere
from coachdesk.store.vault import Vault
from coachdesk.store.ways import Sheet

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
WORDS, LATER = "a passphrase", "a later passphrase"
SHEET = Sheet(recovery.new(), datetime.now(UTC).date())


_keys = []


def save(name):
    return lambda session: keep(session, School, {"name": name})


def schools(vault):
    with vault.read() as session:
        return sorted(school.name for school in session.exec(select(School)))


def there(place, typed=WORDS):
    """What the vault in `place` holds."""
    vault = Vault.open(place, typed)
    try:
        return schools(vault)
    finally:
        vault.close()


@pytest.fixture(scope="module")
def _used(tmp_path_factory):
    """A closed vault with a recovery sheet, of which a backup was made before one thing more was written."""
    place = folders(tmp_path_factory.mktemp("used"))
    vault = Vault.create(place, WORDS, FLOOR, SHEET)
    vault.submit(save("Lincoln")).result()
    vault.backup_now()
    vault.submit(save("Adams")).result()
    _keys.append(vault.key)
    vault.close()
    return place


@pytest.fixture
def used(_used, place):
    shutil.copytree(_used.data, place.data)
    return place


@pytest.fixture
def made(used):
    [path] = shelf.listed(used.backups)
    return path


def opened(path, typed=""):
    """By what is typed; or, without waiting for a derivation, as the vault's passphrase would open it."""
    if typed:
        return restoring.opened(path, typed)
    about = backup.read(path)
    return restoring.Opened(about, replace(_keys[-1], file=about.key_file))


def damage(path, at=5000):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    return bytes(content)


def test_a_backup_takes_the_vaults_place_and_the_vault_is_kept_as_a_backup(used, made):
    aside = restoring.restore(used, opened(made))
    assert there(used) == ["Lincoln"]
    assert shelf.listed(used.backups) == [made, aside]
    restoring.restore(used, opened(aside))
    assert there(used) == ["Adams", "Lincoln"]


def test_the_recovery_key_opens_a_backup_too(used, made):
    assert opened(made, " ".join(SHEET.key.groups).lower()).backup.path == made


def test_another_passphrase_opens_no_backup(made):
    with pytest.raises(WrongPassphrase):
        opened(made, "another passphrase")


def test_one_backup_alone_is_enough_on_a_new_machine(made, tmp_path):
    new = folders(tmp_path / "new")
    assert restoring.restore(new, opened(made, WORDS)) is None
    assert there(new) == ["Lincoln"]


@pytest.mark.parametrize("damaged", ["vault", "page", "cut", "emptied", "another", "folder"])
def test_what_does_not_open_is_set_aside_as_it_lies(used, made, damaged, tmp_path):
    if damaged == "vault":
        damage(used.vault, 100)
    elif damaged == "page":  # it opens, and cannot be read to its end
        damage(used.vault, at=-5_000)
    elif damaged == "cut":
        used.vault.write_bytes(used.vault.read_bytes()[:6000])
    elif damaged == "emptied":
        used.vault.write_bytes(b"")
    elif damaged == "another":
        Vault.open_with_key(tmp_path / "other.vault", bytes(32), create=True).close()
        shutil.copy(tmp_path / "other.vault", used.vault)
    else:
        used.vault.unlink()
    before = used.vault.read_bytes() if used.vault.exists() else None
    aside = restoring.restore(used, opened(made))
    assert there(used) == ["Lincoln"]
    assert aside.parent.name == ASIDE
    assert (aside / key_path(used).name).read_bytes() == backup.read(made).key_file
    assert before is None or (aside / used.vault.name).read_bytes() == before


def test_a_journal_of_the_vault_that_went_never_meets_the_restored_one(used, made):
    damage(used.vault, 100)
    journal(used.vault).write_bytes(b"of the vault that went")
    aside = restoring.restore(used, opened(made))
    assert not journal(used.vault).exists()
    assert (aside / journal(used.vault).name).read_bytes() == b"of the vault that went"


def test_a_vault_that_was_cut_off_while_saving_is_kept_as_a_backup_all_the_same(used, made):
    journal(used.vault).write_bytes(b"cut off before it meant anything")
    aside = restoring.restore(used, opened(made))
    assert shelf.listed(used.backups) == [made, aside]
    assert list((used.data / ASIDE).iterdir()) == []


def test_restored_from_within_it_opens_as_the_vault_did(used, made):
    vault = Vault.open(used, WORDS)
    vault.change_passphrase(WORDS, LATER, FLOOR)
    of = restoring.opened_by(made, vault.key)
    vault.close()
    aside = restoring.restore(used, of)
    assert there(used, LATER) == ["Lincoln"]
    assert restoring.opened(aside, LATER)


def test_restored_by_the_passphrase_of_its_day_it_opens_by_that_one(used, made):
    vault = Vault.open(used, WORDS)
    vault.change_passphrase(WORDS, LATER, FLOOR)
    vault.close()
    aside = restoring.restore(used, opened(made))
    assert there(used) == ["Lincoln"]
    assert restoring.opened(aside, LATER)


def test_a_backup_of_another_vault_asks_for_its_own_passphrase(used, made, tmp_path):
    other = folders(tmp_path / "other")
    vault = Vault.create(other, LATER, FLOOR)
    with pytest.raises(WrongPassphrase, match="another key"):
        restoring.opened_by(made, vault.key)
    vault.close()


@pytest.mark.parametrize("where", [100, 5000, -100])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(used, made, where):
    of = opened(made)
    damage(made, where)
    before = {path.name: path.read_bytes() for path in used.data.iterdir() if path.is_file()}
    with pytest.raises(CoachdeskError):
        restoring.restore(used, of)
    assert {path.name: path.read_bytes() for path in used.data.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_restore_that_is_stopped_changes_nothing(used, made, step):
    heard = []

    def report(done, of):
        heard.append((done, of))
        if len(heard) > step:
            raise Cancelled

    with pytest.raises(Cancelled):
        restoring.restore(used, opened(made), report)
    assert there(used) == ["Adams", "Lincoln"]
    assert not list(used.data.glob("*.restored*"))


def test_a_vault_that_is_open_is_not_replaced(used, made):
    vault = Vault.open(used, WORDS)
    with pytest.raises(OpenElsewhere):
        restoring.restore(used, opened(made))
    assert schools(vault) == ["Adams", "Lincoln"]
    vault.close()


def test_what_the_disk_cannot_read_is_set_aside_and_stands_in_nobodys_way(used, made):
    """Reading this process's memory at 0 fails as a bad sector does."""
    used.vault.unlink()
    used.vault.symlink_to("/proc/self/mem")
    assert not can_be_read(used)
    assert restoring.revisions_now(used, _keys[-1]) is None
    aside = restoring.restore(used, opened(made))
    assert (aside / used.vault.name).readlink().name == "mem"
    assert there(used) == ["Lincoln"]


@pytest.fixture
def worn(used):
    """A vault that cannot be read, on a memory stick: no file there has two names."""
    used.vault.unlink()
    used.vault.symlink_to("/proc/self/mem")
    return used


def ready(used, made):
    """The backup as it lies beside the vault before it gets its name."""
    fresh = used.vault.with_name("coachdesk.vault.restored")
    restoring._copy(opened(made), fresh, restoring._Progress(lambda *_done: None, 1))
    return fresh


def test_a_restore_that_was_stopped_while_there_was_no_vault_is_finished(worn, made):
    fresh = ready(worn, made)
    aside = moved(worn, NOW)
    assert not worn.vault.is_symlink()
    assert (aside / worn.vault.name).readlink().name == "mem"
    assert (aside / key_path(worn).name).read_bytes() == key_path(worn).read_bytes()
    found.key_file(worn)
    assert there(worn) == ["Lincoln"]
    assert not fresh.exists()


def test_half_a_copy_does_not_become_the_vault(worn, made):
    fresh = ready(worn, made)
    fresh.write_bytes(fresh.read_bytes()[:-1])
    moved(worn, NOW)
    with pytest.raises(NoVault, match="is missing"):
        found.key_file(worn)
    assert fresh.exists()


def test_what_was_moved_is_put_back_where_the_restore_does_not_come_about(worn):
    put_back(worn, moved(worn, NOW))
    assert worn.vault.readlink().name == "mem"
    put_back(worn, None)


def test_what_was_moved_is_put_back_where_the_disk_does_not_take_its_new_name(worn, monkeypatch):
    flush = os.fsync

    def refuse(handle):
        if not os.path.lexists(worn.vault):
            raise OSError(errno.EIO, "")
        flush(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Errno 5"):
        moved(worn, NOW)
    assert worn.vault.readlink().name == "mem"


@pytest.mark.parametrize("left", [["coachdesk.key"], []])
def test_a_restore_that_is_stopped_leaves_no_vault_where_there_was_none(used, made, left):
    """Though one was set aside some other day."""
    moved(used, NOW)
    for path in {used.vault, key_path(used)}:
        if path.name not in left:
            path.unlink()

    def stop(done, of):
        if done == of:
            raise Cancelled

    with pytest.raises(Cancelled):
        restoring.restore(used, opened(made), stop)
    with pytest.raises(NoVault):
        found.key_file(used)


def test_what_can_be_read_is_not_moved(used):
    aside = moved(used, NOW)
    assert (aside / used.vault.name).read_bytes() == used.vault.read_bytes()


def test_a_copy_that_a_power_cut_left_goes_when_the_vault_is_opened(used):
    left = used.vault.with_name("coachdesk.vault.restored")
    left.write_bytes(b"half a backup")
    journal(left).write_bytes(b"half of it being put on Hold")
    there(used)
    assert not left.exists() and not journal(left).exists()


def test_a_copy_whose_hold_was_cut_off_does_not_get_into_the_next(used, made):
    of, left = opened(made), used.vault.with_name("coachdesk.vault.restored")
    shutil.copy(used.vault, left)
    with closing(connect(left, of.key.dek)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # pages, so that the journal counts before the commit
        connection.execute("BEGIN IMMEDIATE")
        rows = [(f"row {number}", bytes(900)) for number in range(400)]
        connection.executemany("INSERT INTO vault_about (name, value) VALUES (?, ?)", rows)
        cut_off = journal(left).read_bytes()
        connection.execute("ROLLBACK")
    journal(left).write_bytes(cut_off)
    restoring.restore(used, of, hold=b"2026-11-22T10:00:00+00:00")
    with closing(connect(used.vault, of.key.dek)) as connection:
        assert is_one(connection, of.key.dek)


def test_a_copy_that_cannot_be_put_on_hold_says_so_in_words(used):
    key = _keys[-1].dek
    with closing(connect(used.vault, key)) as connection:
        connection.execute(
            "CREATE TRIGGER no BEFORE INSERT ON vault_about BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(CoachdeskError):
        held.put_on(used.vault, key, b"2026-11-22T10:00:00+00:00")


def test_no_room_to_set_aside_changes_nothing(used, made):
    of = opened(made)
    shutil.move(used.backups, used.data / "moved")
    of = opened(used.data / "moved" / made.name)
    used.backups.write_bytes(b"a file where the folder should be")
    with pytest.raises(NotSaved):
        restoring.restore(used, of)
    assert there(used) == ["Adams", "Lincoln"]


def test_a_backup_of_a_newer_program_is_not_restored(used, made):
    content = made.read_bytes()
    newer = content.replace(b'"schema": ', b'"schema": 9')
    made.write_bytes(newer[: -backup._END.size] + _end(newer, len(newer) - len(content)))
    with pytest.raises(NewerVault, match="newer coachdesk"):
        opened(made, WORDS)


def _end(content, more):
    key, facts, mac, mark = backup._END.unpack(content[-backup._END.size :])
    return backup._END.pack(key, facts + more, mac, mark)


def test_a_backup_that_is_not_there_any_more_is_said(used, tmp_path):
    with pytest.raises(DamagedVault, match="cannot be read"):
        opened(tmp_path / "pulled out.vault-backup", WORDS)


def test_a_backup_that_was_damaged_since_it_was_opened_shows_no_difference(used, made):
    of = opened(made)
    content = bytearray(made.read_bytes())
    content[100] ^= 1
    made.write_bytes(content)
    with pytest.raises(DamagedVault):
        restoring.revisions(of)


def test_a_second_folder_that_cannot_be_written_is_said(used, tmp_path):
    vault = Vault.open(used, WORDS)
    made = vault.backup_now()
    (tmp_path / made.path.name).mkdir()
    assert vault.backups.copy_to(tmp_path) is Elsewhere.REFUSED
    vault.close()


def test_a_key_file_set_aside_that_is_no_key_file_is_not_counted(used):
    left = used.data / ASIDE / "2026-11-22"
    left.mkdir(parents=True)
    (left / key_path(used).name).write_bytes(b"no key file")
    assert of_older_key(used, _keys[-1]) == []


def test_the_difference_is_by_row(used, made):
    of = opened(made)
    then, now = restoring.revisions(of), restoring.revisions_now(used, of.key)
    assert set(then) == set(now) == set(restoring.COMPARED)
    assert restoring.revisions_now(folders(used.data / "nowhere"), of.key) is None
    damage(used.vault, 100)
    assert restoring.revisions_now(used, of.key) is None


def test_the_second_folder_gets_the_newest_whole_and_keeps_no_half(used, tmp_path):
    stick = tmp_path / "stick"
    vault = Vault.open(used, WORDS)
    assert vault.backups.copy_to(None) is Elsewhere.NOT_WANTED
    assert vault.backups.copy_to(stick) is Elsewhere.ABSENT
    assert not stick.exists()
    stick.mkdir()
    (stick / "2026.vault-backup.new").write_bytes(b"half")
    assert vault.backups.copy_to(stick) is Elsewhere.THERE
    made = vault.backup_now()
    assert vault.backups.copy_to(stick) is vault.backups.copy_to(stick) is Elsewhere.THERE
    assert {path.name for path in stick.iterdir()} == {path.name for path in shelf.listed(used.backups)}
    assert (stick / made.path.name).read_bytes() == made.path.read_bytes()
    vault.close()


def test_a_second_folder_that_may_not_be_written_is_told_from_one_that_is_away(used, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    vault = Vault.open(used, WORDS)
    (stick / f"{shelf.listed(used.backups)[0].name}").mkdir()
    assert vault.backups.copy_to(stick) is Elsewhere.REFUSED
    vault.close()


def test_a_backup_with_other_rows_than_it_says_is_refused(used, made):
    of = opened(made)
    told = backup.described(used.vault, of.key, of.backup.made)
    with made.open("r+b") as file:
        file.truncate(of.backup.length)
    backup.wrap(made, type(told)(**{**vars(told), "length": of.backup.length}), of.key)
    with pytest.raises(DamagedVault, match="changed or damaged"):
        backup.examine(made, of.key)


def test_looking_into_a_backup_leaves_a_restore_that_was_cut_off_as_it_was_meant(used, made):
    Memory(used, _keys[-1].vault).remember(1_000)
    shutil.copy(made, used.vault)  # the power went when it had just got the vault's place
    assert restoring.revisions_now(used, opened(made).key)["teacher"] == {}
    assert there(used) == ["Lincoln"]


def test_what_a_restore_could_not_finish_the_next_opening_does(used, made):
    key_path(used).unlink()
    key_path(used).mkdir()
    restoring.restore(used, opened(made))
    key_path(used).rmdir()
    assert there(used) == ["Lincoln"]
