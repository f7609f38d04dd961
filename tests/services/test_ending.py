"""A vault is deleted with all that belongs to it, and nothing else goes."""

import pytest

from coachdesk import settings
from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders
from coachdesk.services import ending, hold, opening, roster
from coachdesk.settings import Settings


@pytest.fixture
def place(tmp_path):
    return Folders(tmp_path / "data", tmp_path / "settings", tmp_path / "state", tmp_path / "logs")


@pytest.fixture
def second(tmp_path):
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "letters.txt").write_text("mine")
    return tmp_path / "stick"


@pytest.fixture
def desk(place, second, locked_vault):
    locked_vault(place, "a passphrase")
    desk = opening.open_desk(place, "a passphrase")
    desk.do(roster.save_school, {"name": "Lincoln"})
    desk.backups.make()
    desk.backups.copy_to(second)
    desk._vault.drafts.seal(b"typed while the disk was full")
    place.logs.mkdir()
    (place.logs / "coachdesk.log").write_text("draft-unsealed")
    settings.save(place.settings, Settings(theme="dark"))
    yield desk
    desk.close()


def test_what_goes_is_named(desk, place, second):
    told = ending.look(desk, place, second)
    assert (told.backups, told.drafts, told.in_second, told.held) == (1, 1, 1, False)
    assert (told.data, told.second) == (place.data, second)


def test_the_vault_goes_with_its_backups_drafts_state_and_log(desk, place, second, tmp_path):
    ending.delete(desk, place)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in left if not path.startswith("stick/")] == []
    assert len(left) == 2
    assert not place.data.exists()
    assert opening.vault_state(place) == "missing"


def test_the_second_folder_goes_only_where_the_coach_says_so_and_only_what_is_ours(desk, place, second):
    ending.delete(desk, place, second)
    assert [path.name for path in second.iterdir()] == ["letters.txt"]


def test_what_is_not_ours_stays_even_in_our_folders(desk, place):
    for folder in (place.data, place.backups, place.state):
        (folder / "letters.txt").write_text("mine")
    ending.delete(desk, place)
    for folder in (place.data, place.backups, place.state):
        assert [path.name for path in folder.iterdir() if path.is_file()] == ["letters.txt"]


def test_while_hold_is_on_nothing_is_deleted(desk, place):
    desk.do(hold.switch, True)
    assert ending.look(desk, place, None).held
    with pytest.raises(CoachdeskError, match="Hold is on"):
        ending.delete(desk, place)
    desk.close()
    opening.open_desk(place, "a passphrase").close()


def test_another_vault_can_be_made_there_afterwards(desk, place):
    ending.delete(desk, place)
    opening.create_desk(place, "another passphrase", cost=opening.QUICK).close()


def test_what_a_restore_set_aside_goes_too(desk, place):
    aside = place.data / "set aside" / "2026-11-22T10-00-00-000000"
    aside.mkdir(parents=True)
    for name in ("coachdesk.vault", "coachdesk.key", "coachdesk.vault-journal"):
        (aside / name).write_bytes(b"of the vault that was damaged")
    ending.delete(desk, place)
    assert not place.data.exists()
