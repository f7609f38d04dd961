"""A vault of which a page is older than the rest, met by whatever would leave it: a backup, an archive."""

import pytest

from coachdesk.errors import Cancelled, MixedCopy, NotSaved
from coachdesk.model import Teacher
from coachdesk.services import archive, backups
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.store.files import PAGE
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
INDEX = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_teacher_1'"


@pytest.fixture
def mixed(vault, place):
    """A desk over it: the newest teacher is not found by key."""
    desk = Desk(vault)
    page = vault.inspect(lambda connection: connection.execute(INDEX).fetchone()[0])
    at = slice((page - 1) * PAGE, page * PAGE)
    desk.do(keep, Teacher, {"given_name": "Zuzanna"})
    older = place.vault.read_bytes()[at]
    desk.do(keep, Teacher, {"given_name": "Obadiah"})
    vault.close()
    content = bytearray(place.vault.read_bytes())
    content[at] = older
    place.vault.write_bytes(content)
    desk = Desk(Vault.open_with_key(place.vault, KEY))
    yield desk
    desk.close()


def test_an_archive_of_it_is_not_written(mixed, tmp_path):
    with pytest.raises(MixedCopy):
        archive.save(mixed, tmp_path / "all.zip", None)
    assert not (tmp_path / "all.zip").exists()


def test_a_backup_of_it_is_not_made_and_the_vault_is_named_as_what_is_wrong(mixed, place):
    told = []
    mixed.look_over(told.append)
    with pytest.raises(MixedCopy):
        backups.back_up(mixed)
    assert [type(error) for error in told] == [MixedCopy, MixedCopy]  # by the look that was underway, and its
    assert backups.kept(place) == []


def test_once_all_was_looked_at_nothing_waits_for_that_again(vault):
    desk = Desk(vault)
    desk.make_sure()
    assert desk.is_sure
    vault.inspect(lambda connection: connection.execute("UPDATE seal SET number = number + 1").fetchall())
    desk.make_sure()
    with pytest.raises(MixedCopy):
        desk.make_sure(again=True)


def test_a_coach_who_knows_what_is_wrong_can_carry_out_what_there_is(mixed, tmp_path):
    mixed.use_as_it_is()
    archive.save(mixed, tmp_path / "all.zip", None)
    assert (tmp_path / "all.zip").exists()


def test_a_disk_that_spoils_each_backup_is_not_taken_for_a_mixed_vault(vault):
    def spoiled(_report):
        raise MixedCopy()

    with pytest.raises(NotSaved, match="the disk it lies on"):
        backups._made(Desk(vault), spoiled, backups.nobody)


def test_a_vault_that_is_locked_meanwhile_is_not_waited_for(vault):
    desk = Desk(vault)
    desk.close()
    with pytest.raises(Cancelled):
        desk.make_sure()
