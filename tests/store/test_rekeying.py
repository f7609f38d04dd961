"""A vault gets a new key: the old one opens nothing any more, and at no moment does neither."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from coachdesk.errors import Cancelled, MixedCopy, NotSaved, VaultError, WrongPassphrase, WrongRecoveryKey
from coachdesk.model import School
from coachdesk.paths import folders
from coachdesk.services.keep import keep
from coachdesk.store import keys, recovery, rekeying, seal
from coachdesk.store.keys import FLOOR
from coachdesk.store.parts import journal
from coachdesk.store.vault import Vault, key_path
from coachdesk.store.ways import Sheet

OLD, NEW = "somebody looked over my shoulder", "six small words make one passphrase"
SHEETS = Sheet(recovery.new(), date(2026, 8, 17)), Sheet(recovery.new(), date(2026, 11, 22))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = folders(tmp_path_factory.mktemp("made"))
    vault = Vault.create(place, OLD, FLOOR, SHEETS[0])
    vault.submit(lambda session: keep(session, School, {"name": "Lincoln"})).result()
    vault.close()
    return place


@pytest.fixture(scope="module")
def fresh(made):
    """The new key; derived once."""
    vault = keys.unlock(key_path(made).read_bytes(), OLD).vault
    return keys.create(NEW, FLOOR, SHEETS[1].key, vault)


@pytest.fixture
def there(made, place):
    shutil.copytree(made.data, place.data)
    return place


@pytest.fixture
def opened(there):
    vault = Vault.open(there, OLD)
    yield vault
    vault.close()


def schools(vault):
    with vault.read() as session:
        return [school.name for school in session.exec(select(School))]


def names(place):
    return {path.name for path in place.data.iterdir()} - {"state", "backups"}


def test_the_new_passphrase_and_the_new_sheet_open_it_and_the_old_ones_do_not(opened, there, fresh):
    opened.rekey(fresh, SHEETS[1])
    opened.close()
    assert names(there) == {"coachdesk.vault", "coachdesk.key", "coachdesk.lock"}
    for secret in (NEW, SHEETS[1].key):
        vault = Vault.open(there, secret)
        assert schools(vault) == ["Lincoln"]
        assert vault.sheet() == SHEETS[1]
        vault.close()
    with pytest.raises(WrongPassphrase):
        Vault.open(there, OLD)
    with pytest.raises(WrongRecoveryKey):
        Vault.open(there, SHEETS[0].key)


def test_the_old_key_opens_the_file_no_longer(opened, there, fresh):
    old = opened.key
    opened.rekey(fresh)
    opened.close()
    assert old.dek != fresh.dek
    with pytest.raises(VaultError):
        Vault.open_with_key(there.vault, old.dek)


def test_work_goes_on_under_the_new_key(opened, fresh):
    before = opened.writes()
    opened.rekey(fresh)
    assert opened.writes() == before + 1
    opened.submit(lambda session: keep(session, School, {"name": "Adams"})).result()
    assert schools(opened) == ["Lincoln", "Adams"]
    assert opened.inspect(lambda connection: seal.holds(connection, fresh.dek))
    assert opened.look_over().result()
    opened.verify_backup(opened.backup_now().path)


def test_a_look_at_the_seal_ends_when_a_new_key_comes(opened, fresh):
    looking = opened.look_over()
    opened.rekey(fresh)
    assert looking.cancelled() or looking.result()
    assert opened.look_over().result()


def test_a_save_that_was_cut_off_keeps_a_new_vault_from_its_place(there):
    before = there.vault.read_bytes()
    rekeying.fresh_path(there).write_bytes(b"the vault under its new key")
    journal(there.vault).write_bytes(b"of a save that the old key alone can finish")
    with pytest.raises(NotSaved):
        rekeying.swap(there)
    assert there.vault.read_bytes() == before


def test_where_the_new_vault_is_gone_the_old_one_keeps_its_place(there):
    before = there.vault.read_bytes()
    with pytest.raises(NotSaved):
        rekeying.swap(there)
    assert there.vault.read_bytes() == before


def test_what_is_saved_meanwhile_waits_and_is_kept(opened, fresh):
    waiting = []

    def save(done, _of):
        if done == 9 and not waiting:
            waiting.append(opened.submit(lambda session: keep(session, School, {"name": "Adams"})))

    opened.rekey(fresh, report=save)
    waiting[0].result()
    assert schools(opened) == ["Lincoln", "Adams"]


def test_what_was_sealed_before_can_still_be_read_and_what_comes_has_another_key(opened, fresh):
    opened.drafts.seal(b"before")
    before = opened.drafts
    opened.rekey(fresh)
    path = opened.drafts.seal(b"after")
    assert [content for _path, content in opened.drafts.found()] == [b"before", b"after"]
    assert path not in dict(before.found())


def test_what_was_sealed_before_two_new_keys_can_still_be_read(opened, fresh):
    path = opened.drafts.seal(b"before")
    opened.rekey(fresh)
    opened.rekey(keys.create(NEW, FLOOR, None, fresh.vault))
    assert opened.drafts.found() == [(path, b"before")]


def test_it_can_be_stopped_and_nothing_changed(opened, there, fresh):
    before = there.vault.read_bytes(), key_path(there).read_bytes()

    def stop(_done, _of):
        raise Cancelled

    with pytest.raises(Cancelled):
        opened.rekey(fresh, report=stop)
    assert (there.vault.read_bytes(), key_path(there).read_bytes()) == before
    assert "coachdesk.vault.rekeyed" not in names(there)
    assert schools(opened) == ["Lincoln"]


def test_a_vault_that_is_mixed_gets_no_new_key(opened, there, fresh):
    opened.inspect(lambda c: c.execute("UPDATE school SET name = 'Jefferson'").fetchall())
    with pytest.raises(MixedCopy):
        opened.rekey(fresh)
    assert schools(opened) == ["Jefferson"]


def test_where_the_copy_cannot_be_made_nothing_is_changed(opened, there, fresh):
    rekeying.fresh_path(there).mkdir()
    with pytest.raises(NotSaved):
        opened.rekey(fresh)
    rekeying.fresh_path(there).rmdir()
    assert schools(opened) == ["Lincoln"]


def test_cut_off_behind_the_rename_the_next_opening_does_the_rest(opened, there, fresh):
    """The vault lies there as a backup, with its new key file in it; beside it the old one."""
    copy = rekeying.fresh_path(there)
    about = {"draft": opened.inspect(lambda c: c.execute("SELECT randomblob(32)").fetchone()[0])}
    opened.inspect(lambda c: rekeying.copy(c, copy, (opened.key, fresh), about))
    opened.close()
    rekeying.swap(there)
    vault = Vault.open(there, NEW)
    assert schools(vault) == ["Lincoln"]
    vault.close()
    assert key_path(there).read_bytes() == fresh.file


def test_a_backup_that_was_asked_for_meanwhile_is_made_under_the_new_key(opened, fresh):
    asked = []
    with ThreadPoolExecutor(1) as threads:
        opened.rekey(
            fresh, SHEETS[1], lambda *_far: asked or asked.append(threads.submit(opened.backups.make))
        )
    opened.verify_backup(asked[0].result().path)
