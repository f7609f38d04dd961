"""Somebody knows the passphrase: what the coach does about it, on a real vault."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coachdesk import settings
from coachdesk.errors import CoachdeskError, VaultError, WrongPassphrase
from coachdesk.model import School
from coachdesk.services import hold, keys, opening, roster
from coachdesk.services.keep import keep
from coachdesk.services.rekeying import Rekeyed
from coachdesk.store import aside
from coachdesk.store.parts import key_path

OLD, NEW = "somebody looked over my shoulder", "six small words make one passphrase"
SHEET = keys.new_sheet(date(2026, 8, 17))


@pytest.fixture
def desk(place, locked_vault):
    locked_vault(place, OLD, SHEET)
    made = opening.open_desk(place, OLD)
    made.do(keep, School, {"name": "Lincoln"})
    yield made
    made.close()


def test_a_new_key_a_new_sheet_and_new_backups(desk, place):
    sheet = desk.keys.ways().sheet
    assert desk.rekeying.rekey(OLD, NEW, cost=opening.QUICK) == Rekeyed(has_new_sheet=True, old_backups=1)
    assert desk.keys.ways().sheet != sheet
    desk.do(keep, School, {"name": "Adams"})
    old = desk.rekeying.old_backups()
    assert desk.rekeying.replace_old_backups() == 1
    assert desk.rekeying.old_backups() == []
    assert len(list(place.backups.iterdir())) == 1 and not old[0].exists()
    desk.close()
    with pytest.raises(WrongPassphrase):
        opening.open_desk(place, OLD)
    again = opening.open_desk(place, NEW)
    assert sorted(school.name for school in again.ask(roster.schools)) == ["Adams", "Lincoln"]
    again.close()


def test_where_the_last_step_fails_what_is_typed_is_sealed_at_once(desk, place):
    """A folder where the new key file should go."""

    def stand_in_the_way(done, _of):
        if done == 9:
            key_path(place).unlink()
            key_path(place).mkdir()

    with pytest.raises(VaultError, match="would not take the last step"):
        desk.rekeying.rekey(OLD, NEW, stand_in_the_way, opening.QUICK)
    typed = desk.do_later("a school", roster.save_school, {"name": "Adams"})
    with pytest.raises(VaultError):
        typed.result()
    assert len(list(place.state.glob("*.sealed"))) == 1
    assert desk.flush() is False
    desk.close()
    key_path(place).rmdir()
    again = opening.open_desk(place, NEW)
    assert [draft.args[0] for draft in again.rescued()] == [{"name": "Adams"}]
    again.close()


def test_a_wrong_passphrase_changes_nothing(desk, place):
    with pytest.raises(WrongPassphrase):
        desk.rekeying.rekey("not it", NEW, cost=opening.QUICK)
    desk.close()
    opening.open_desk(place, OLD).close()


def test_while_hold_is_on_no_backup_is_deleted(desk):
    desk.do(hold.switch, True)
    desk.rekeying.rekey(OLD, NEW, cost=opening.QUICK)
    with pytest.raises(CoachdeskError, match="While Hold is on"):
        desk.rekeying.replace_old_backups()
    assert len(desk.rekeying.old_backups()) == 1


def test_what_was_set_aside_under_the_old_key_is_counted_and_goes_too(desk, place):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    before = aside.copied(place, now)
    desk.rekeying.rekey(OLD, NEW, cost=opening.QUICK)
    after = aside.copied(place, now.replace(hour=1))
    assert before in desk.rekeying.old_backups()
    assert after not in desk.rekeying.old_backups()
    assert desk.rekeying.replace_old_backups() == 2
    assert after.exists() and not before.exists()


def test_a_locked_vault_gets_no_new_key(desk):
    desk.close()
    with pytest.raises(VaultError):
        desk.rekeying.rekey(OLD, NEW, cost=opening.QUICK)


def test_the_second_folder_has_the_new_backup_before_it_loses_the_old_ones(desk, place, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(place.settings, replace(settings.load(place.settings), second_folder=str(stick)))
    desk.backups.make()
    desk.backups.copy_to(stick)
    desk.rekeying.rekey(OLD, NEW, cost=opening.QUICK)
    assert desk.rekeying.replace_old_backups() == 3
    assert [path.name for path in stick.iterdir()] == [desk.backups.newest().path.name]
