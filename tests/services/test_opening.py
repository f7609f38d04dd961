import resource
import shutil

import pytest
from sqlalchemy.exc import OperationalError

from coachdesk.errors import CoachdeskError, NoVault, VaultExists, WrongPassphrase
from coachdesk.model import School
from coachdesk.services import changes, opening
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault, key_path

LONG_AGO = "UPDATE change SET at = '2020-01-01 00:00:00.000000'"


@pytest.fixture
def made(place, locked_vault):
    locked_vault(place, "a passphrase")
    desk = opening.open_desk(place, "a passphrase")
    desk.do(keep, School, {"name": "Lincoln"})
    desk.close()
    return place


def test_a_desk_opens_with_the_passphrase_it_was_made_with(made):
    told = []
    desk = opening.open_desk(made, "a passphrase", told.append)
    desk.do(keep, School, {"name": "Adams"})
    assert len(told) == 1
    desk.close()


def test_a_wrong_passphrase_is_said_in_words(made):
    with pytest.raises(WrongPassphrase):
        opening.open_desk(made, "another")


def test_a_desk_made_ahead_waits_through_a_wrong_passphrase_for_the_right_one(made):
    ahead = opening.closed_desk()
    with pytest.raises(WrongPassphrase):
        opening.open_desk(made, "another", closed=ahead)
    desk = opening.open_desk(made, "a passphrase", closed=ahead)
    assert desk is ahead
    assert desk.undo() is None  # what was done before this sitting is not taken back
    assert desk.ask(changes.newest) > 0
    desk.close()


def test_rehearsing_writes_no_file(made):
    before = {path: path.stat().st_mtime_ns for path in made.data.rglob("*")}
    opening.rehearse()
    assert {path: path.stat().st_mtime_ns for path in made.data.rglob("*")} == before


def test_the_state_of_a_folder_is_known_without_a_passphrase(place):
    assert opening.vault_state(place) == "missing"
    opening.create_desk(place, "a passphrase", cost=opening.QUICK).close()
    assert opening.vault_state(place) == "locked"
    place.vault.unlink()
    assert opening.vault_state(place) == "locked"
    key_path(place).unlink()
    assert opening.vault_state(place) == "missing"


def test_looking_at_a_folder_makes_nothing(place):
    opening.vault_state(place)
    with pytest.raises(NoVault):
        opening.open_desk(place, "a passphrase")
    assert not place.data.exists()


def test_no_second_vault_is_made(made):
    with pytest.raises(VaultExists):
        opening.create_desk(made, "another", cost=opening.QUICK)


def test_an_empty_passphrase_makes_no_vault(place):
    with pytest.raises(CoachdeskError, match="Type a passphrase"):
        opening.create_desk(place, "")
    assert opening.vault_state(place) == "missing"


def test_opening_forgets_what_is_older_than_thirty_days(made):
    vault = Vault.open(made, "a passphrase")
    vault.submit(lambda s: s.connection().exec_driver_sql(LONG_AGO)).result()
    vault.close()
    desk = opening.open_desk(made, "a passphrase")
    assert desk.ask(changes.newest) == 0
    desk.do(keep, School, {"name": "Adams"})
    assert desk.undo() is not None
    desk.leave()


def test_a_vault_may_be_moved_with_its_key_file(made, tmp_path):
    elsewhere = type(made)(tmp_path / "usb", made.settings, made.state, made.logs)
    shutil.copytree(made.data, elsewhere.data)
    opening.open_desk(elsewhere, "a passphrase").close()


def test_who_only_reads_forgets_nothing(made):
    vault = Vault.open(made, "a passphrase")
    vault.submit(lambda session: session.connection().exec_driver_sql(LONG_AGO)).result()
    vault.close()
    before = made.vault.read_bytes()
    desk = opening.open_to_read(made, "a passphrase")
    assert desk.ask(changes.has_old)
    desk.close()
    assert made.vault.read_bytes() == before


def test_a_vault_on_a_full_disk_opens_with_its_old_changes(made, caplog):
    vault = Vault.open(made, "a passphrase")
    vault.submit(lambda s: s.connection().exec_driver_sql(LONG_AGO)).result()
    vault.close()
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard[1]))
    try:
        desk = opening.open_desk(made, "a passphrase")
        assert desk.ask(changes.newest) > 0
        desk.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, hard)
    assert "old-changes-kept" in caplog.messages


def test_a_desk_that_does_not_open_lets_go_of_the_vault(made):
    vault = Vault.open(made, "a passphrase")
    vault.inspect(lambda c: c.execute("ALTER TABLE change RENAME TO changed").fetchall())
    vault.close()
    for _ in range(2):
        with pytest.raises(OperationalError):
            opening.open_desk(made, "a passphrase")
