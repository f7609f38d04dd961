"""Two copies of one vault on one computer: each is told of the other, and nothing is put together."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from coachdesk import settings
from coachdesk.errors import OlderCopy, OtherCopy, PartedCopy
from coachdesk.model import School
from coachdesk.paths import folders
from coachdesk.services import ending, standing
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.services.rekeying import Rekeying
from coachdesk.store import seal
from coachdesk.store.keys import FLOOR, StoredKey, create, with_way
from coachdesk.store.making import bear
from coachdesk.store.seen import Memory, line_of
from coachdesk.store.vault import Vault

HERE = StoredKey(bytes(32))


@pytest.fixture(scope="module")
def born(tmp_path_factory):
    """A vault that nobody has opened yet; never changed: copy it."""
    place = folders(tmp_path_factory.mktemp("born"), on_computer=True)
    bear(place, with_way(create("a passphrase", FLOOR), HERE))
    return place


@pytest.fixture
def one(born, tmp_path):
    """The first of two copies, as the program names its folders; it opens without a derivation."""
    place = folders(tmp_path / "one", on_computer=True)
    shutil.copytree(born.data, place.data)
    opened(place).close()
    return place


@pytest.fixture
def other(one, tmp_path):
    """The whole folder, copied."""
    shutil.copytree(one.data, tmp_path / "other")
    return folders(tmp_path / "other", on_computer=True)


def opened(place):
    return Vault.open(place, HERE)


def saved(place, *names):
    """Open the vault, save something each, close it."""
    vault = opened(place)
    for name in names:
        vault.submit(lambda session, name=name: keep(session, School, {"name": name})).result()
    vault.close()


def schools(place):
    vault = opened(place)
    with vault.read() as session:
        names = sorted(session.exec(select(School.name)))
    vault.close()
    return names


def test_a_copy_that_nobody_wrote_to_needs_no_word(one, other):
    for place in (one, other, one):
        opened(place).close()


def test_what_is_remembered_lies_outside_of_the_folder_that_is_copied(one):
    assert not one.state.exists()
    assert one.memory.is_dir()


def test_each_copy_is_told_that_the_other_was_saved_since(one, other):
    saved(one, "Adams")
    with pytest.raises(OtherCopy, match="saved on this computer since") as told:
        opened(other)
    assert told.value.facts["folder"] == str(one.data)
    standing.use_older(other)
    saved(other, "Lincoln")
    with pytest.raises(OtherCopy) as told:
        opened(one)
    assert told.value.facts["folder"] == str(other.data)
    standing.use_older(one)
    assert schools(one) == ["Adams"]  # nothing was put together


def test_it_is_told_too_where_more_was_saved_to_the_copy_that_is_opened(one, other):
    saved(other, "Adams")
    standing.use_older(one)
    saved(one, "Lincoln", "Roosevelt", "Washington")
    with pytest.raises(OtherCopy):
        opened(other)


def test_a_copy_that_is_used_all_the_same_holds_together(one, other):
    saved(one, "Adams")
    standing.use_older(other)
    vault = opened(other)
    assert vault.inspect(lambda connection: seal.holds(connection, vault.key.dek))
    vault.close()
    opened(other).close()


def test_a_folder_that_was_moved_is_no_copy(one, tmp_path):
    saved(one, "Adams")
    one.data.rename(tmp_path / "moved")
    moved = folders(tmp_path / "moved", on_computer=True)
    saved(moved, "Lincoln")
    assert schools(moved) == ["Adams", "Lincoln"]


def test_a_folder_that_has_two_names_is_no_copy(one, tmp_path):
    """As one that is mounted twice has; a link stands for it in what is remembered."""
    saved(one, "Adams")
    (tmp_path / "mounted").symlink_to(one.data)
    [path] = one.memory.glob("seen-*.json")
    path.write_text(path.read_text().replace(str(one.data), str(tmp_path / "mounted")))
    assert schools(one) == ["Adams"]


def test_two_at_once_are_told(one, other):
    first = opened(one)
    with pytest.raises(OtherCopy, match="open in another window") as told:
        opened(other)
    assert told.value.facts["folder"] == str(one.data)
    standing.use_older(other)  # in spite of it
    second = opened(other)
    for vault in (first, second):
        vault.submit(lambda session: keep(session, School, {"name": "Adams"})).result()
        vault.close()
    with pytest.raises(OtherCopy, match="since"):
        opened(one)


def test_another_vault_that_is_open_in_a_folder_it_once_lay_in_is_no_copy(one, tmp_path):
    one.data.rename(tmp_path / "moved")
    bear(one, with_way(create("another", FLOOR), HERE))
    stranger = opened(one)
    opened(folders(tmp_path / "moved", on_computer=True)).close()
    stranger.close()


def test_copies_that_are_kept_apart_are_not_told_of_each_other_again(one, other):
    saved(one, "Adams")
    standing.keep_apart(other)
    saved(other, "Lincoln")
    saved(one, "Roosevelt")
    first = opened(one)
    assert schools(other) == ["Lincoln"]
    first.close()
    assert schools(one) == ["Adams", "Roosevelt"]


def backed_up(vault, second, day):
    """Make a backup on that day, and have it in the second folder too; what it is called."""
    vault.backups.now = lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(day)
    made = vault.backups.make()
    vault.backups.copy_to(second)
    return made.path.name


def test_copies_that_are_kept_apart_take_away_their_own_backups_alone(one, other, tmp_path):
    """Both keep theirs in one second folder: of 15 days one each is kept of 12, and those of three weeks."""
    (second := tmp_path / "stick").mkdir()
    standing.keep_apart(other)
    copy, original = opened(other), opened(one)
    theirs = {backed_up(original, second, day / 10) for day in range(3)}
    ours = [backed_up(copy, second, 40 + day / 10) for day in range(30)]
    left = {path.name for path in second.iterdir()}
    assert theirs <= left
    assert ours[-1] in left
    assert not set(ours) <= left
    theirs.add(backed_up(original, second, 90))
    assert {name for name in ours if name in left} <= {path.name for path in second.iterdir()}
    standing_line = copy.inspect(line_of)
    copy.close()
    again = opened(other)
    assert standing_line == again.inspect(line_of) != original.inspect(line_of) == ""
    again.close()
    original.close()


def test_a_backup_of_before_comes_back_to_a_copy_that_is_kept_apart_as_one_of_its_line(one, other):
    standing.keep_apart(other)
    vault = opened(other)
    line = vault.inspect(line_of)
    vault.close()
    shutil.copy(one.vault, other.vault)
    standing.use_older(other)
    again = opened(other)
    assert again.inspect(line_of) == line
    again.close()


def test_what_a_copy_kept_apart_has_in_the_second_folder_is_not_taken_by_the_other(one, other, tmp_path):
    (second := tmp_path / "stick").mkdir()
    for place in (one, other):
        settings.save(place.settings, replace(settings.load(place.settings), second_folder=str(second)))
    standing.keep_apart(other)
    copy, original = opened(other), opened(one)
    kept = backed_up(copy, second, 0)
    old = backed_up(original, second, 1)
    original.rekey(with_way(create("another", FLOOR, None, original.key.vault), HERE))
    Rekeying(original).replace_old_backups()
    left = {path.name for path in second.iterdir()}
    assert kept in left and old not in left
    assert [path.name for path in ending._of_this_vault(Desk(copy), second)] == [kept]
    copy.close()
    original.close()


def test_a_copy_that_is_kept_apart_is_still_told_from_an_older_one(one, other):
    standing.keep_apart(other)
    saved(other, "Adams")
    older = other.vault.read_bytes()
    saved(other, "Lincoln")
    other.vault.write_bytes(older)
    with pytest.raises(OlderCopy):
        opened(other)


@pytest.mark.parametrize("goes", ["other", "one"])
def test_when_one_of_them_is_deleted_the_other_is_still_told_from_an_older_one(one, other, goes):
    standing.keep_apart(other)
    for place in (one, other):
        saved(place, "Adams")
    gone, stays = (other, one) if goes == "other" else (one, other)
    older = stays.vault.read_bytes()
    saved(stays, "Lincoln")
    ending.delete(Desk(opened(gone)), gone)
    newer = stays.vault.read_bytes()
    stays.vault.write_bytes(older)
    with pytest.raises(OlderCopy):
        opened(stays)
    stays.vault.write_bytes(newer)
    ending.delete(Desk(opened(stays)), stays)
    assert not list(one.memory.glob("seen*"))


def test_what_was_changed_on_another_computer_from_an_older_copy_is_told(one, tmp_path, monkeypatch):
    """It has more saves than this laptop saw, and yet lacks what was saved here last."""
    away = tmp_path / "away"
    shutil.copy(one.vault, away)
    saved(one, "Adams")
    ours = one.vault.read_bytes()
    shutil.copy(away, one.vault)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    saved(one, "Lincoln", "Roosevelt", "Washington")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg_state_home"))
    with pytest.raises(PartedCopy, match="beginning from an older copy"):
        opened(one)
    one.vault.write_bytes(ours)
    assert schools(one) == ["Adams"]


def test_what_was_carried_to_another_computer_and_back_is_no_copy(one, tmp_path, monkeypatch):
    saved(one, "Adams")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    saved(one, "Lincoln")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg_state_home"))
    saved(one, "Roosevelt")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    assert schools(one) == ["Adams", "Lincoln", "Roosevelt"]


def test_where_a_save_was_not_remembered_nothing_wrong_is_said(one):
    vault = opened(one)
    vault.submit(lambda session: keep(session, School, {"name": "Adams"})).result()
    vault._close_files()  # as a crash: nothing of it is remembered
    vault._lock.release()
    assert schools(one) == ["Adams"]


def test_only_the_last_folders_are_remembered(one, tmp_path):
    at = one.data
    for number in range(10):
        at = at.rename(tmp_path / f"moved {number}")
        opened(folders(at, on_computer=True)).close()
    vault = opened(folders(at, on_computer=True))
    seen = Memory(vault.place, vault.key.vault)._seen()
    vault.close()
    assert seen.folders == [str(tmp_path / f"moved {number}") for number in range(2, 10)]


def test_a_memory_that_cannot_be_read_for_a_moment_accuses_no_vault(place):
    """What would be written then is a turn of nobody's: the vault was told to have parted."""
    memory = Memory(place, "vault")
    memory.turn({})
    [kept] = place.memory.glob("seen-*.json")
    kept.write_bytes(b"unreadable")
    memory.remember(5, turn=3)
    again = Memory(place, "vault")
    assert again.behind(5, again.turn({}).number) == 0
