import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from coachdesk import VERSION
from coachdesk.errors import DamagedVault, NotSaved, VaultError
from coachdesk.model import School
from coachdesk.paths import folders
from coachdesk.services.keep import keep, keep_many
from coachdesk.store import backup, copying, schema, shelf
from coachdesk.store.copying import Source
from coachdesk.store.keys import FLOOR, Key
from coachdesk.store.vault import Vault, key_path
from coachdesk.store.verify import pages


def save(name):
    return lambda session: keep(session, School, {"name": name})


def schools(vault):
    with vault.read() as session:
        return sorted(school.name for school in session.exec(select(School)))


def test_a_backup_opens_as_it_lies(vault, place):
    vault.submit(save("Lincoln")).result()
    made = vault.backup_now()
    shutil.copy(made.path, place.data / "again.vault")
    again = Vault.open_with_key(place.data / "again.vault", bytes(range(32)))
    assert schools(again) == ["Lincoln"]
    again.close()


def test_one_backup_alone_is_enough(tmp_path):
    lost = folders(tmp_path / "lost")
    vault = Vault.create(lost, "a passphrase", FLOOR)
    vault.submit(save("Lincoln")).result()
    made = backup.read(vault.backup_now().path)
    vault.close()
    found = folders(tmp_path / "found")
    found.data.mkdir()
    found.vault.write_bytes(made.path.read_bytes()[: made.length])
    key_path(found).write_bytes(made.key_file)
    again = Vault.open(found, "a passphrase")
    assert schools(again) == ["Lincoln"]
    again.close()


def test_a_backup_is_private_and_has_no_half_made_neighbour(vault, place):
    made = vault.backup_now()
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert list(place.backups.iterdir()) == [made.path]


def test_no_backup_is_made_of_what_has_one(vault):
    assert vault.backup_if_changed() is not None
    assert vault.backup_if_changed() is None
    vault.submit(save("Lincoln")).result()
    assert vault.backup_if_changed() is not None


def test_all_of_two_days_are_kept(vault, place):
    made = [vault.backup_now().path for _ in range(12)]
    assert shelf.listed(place.backups) == made


def test_a_backup_says_when_it_was_made_and_its_rows_to_its_own_key_alone(vault):
    vault.submit(save("Lincoln")).result()
    before = datetime.now(UTC)
    made = backup.read(vault.backup_now().path)
    assert before <= made.made <= datetime.now(UTC)
    assert (made.vault, made.schema, made.program) == (vault.key.vault, schema.VERSION, VERSION)
    assert made.rows(vault.key)["school"] == 1
    with pytest.raises(DamagedVault):
        made.rows(Key(bytes(32), made.vault, b""))
    assert b"school" not in made.facts


def test_saving_goes_on_while_a_backup_is_made(vault):
    rows = ({"name": f"School {number}", "source_id": "x" * 400} for number in range(8_000))
    vault.submit(lambda session: keep_many(session, School, rows)).result()
    saved = 0
    with ThreadPoolExecutor() as aside:
        made = aside.submit(vault.backup_now)
        while not made.done():
            saved += bool(vault.submit(save(f"Later {saved}")).result())
    assert saved > 1
    assert vault.verify_backup(made.result().path).writes <= vault.writes()
    assert len(schools(vault)) == 8_000 + saved


def test_a_save_between_the_steps_is_in_the_backup_or_waits(vault, place):
    """What is queued runs between the steps, on the same connection, so the copy holds together."""
    rows = ({"name": f"School {number}", "source_id": "x" * 400} for number in range(4_000))
    vault.submit(lambda session: keep_many(session, School, rows)).result()
    done = []
    vault.inspect(
        lambda connection: copying.copy(
            connection,
            place.data / "copy",
            Source(
                lambda work: work(connection),
                vault.key,
                lambda: done.append(
                    connection.execute("UPDATE school SET short_code = ?", (f"{len(done)}",))
                ),
            ),
        )
    )
    assert len(done) > 1
    copied = Vault.open_with_key(place.data / "copy", bytes(range(32)))
    with copied.read() as session:
        assert set(session.exec(select(School.short_code))) == {f"{len(done) - 1}"}
    copied.close()


@pytest.mark.parametrize("where", [0, 100, 5_000, -1, -20, -60, -100])
def test_a_damaged_backup_is_refused(vault, where):
    made = vault.backup_now()
    content = bytearray(made.path.read_bytes())
    content[where] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(DamagedVault, match="cannot be used"):
        vault.verify_backup(made.path)


@pytest.mark.parametrize("keep_bytes", [0, 10, 4096, -1, -48])
def test_a_backup_cut_short_is_refused(vault, keep_bytes):
    made = vault.backup_now()
    made.path.write_bytes(made.path.read_bytes()[:keep_bytes])
    with pytest.raises(DamagedVault, match="not whole"):
        backup.read(made.path)


def test_lengths_that_lead_nowhere_are_refused(vault):
    made = vault.backup_now()
    content = made.path.read_bytes()
    end = backup._END.pack(2**32 - 1, 2**32 - 1, bytes(32), backup.MARK)
    made.path.write_bytes(content[: -len(end)] + end)
    with pytest.raises(DamagedVault, match="not whole"):
        backup.read(made.path)


def test_a_backup_of_another_vault_is_refused(vault, tmp_path):
    made = vault.backup_now()
    other = Vault.open_with_key(tmp_path / "other.vault", bytes(32), create=True)
    with pytest.raises(DamagedVault, match="cannot be used"):
        other.verify_backup(made.path)
    other.close()


def test_a_damaged_newest_backup_does_not_stand_for_the_vault(vault):
    made = vault.backup_now()
    made.path.write_bytes(made.path.read_bytes()[:-1])
    assert vault.backup_if_changed() is not None


def test_a_vault_that_does_not_hold_together_is_not_backed_up(vault, place):
    rows = ({"name": "x" * 400, "source_id": "y" * 400} for _ in range(100))
    vault.submit(lambda session: keep_many(session, School, rows)).result()
    vault.close()
    content = bytearray(place.vault.read_bytes())
    content[-3000] ^= 1  # the last page: one of schools, which opening does not read
    place.vault.write_bytes(content)
    again = Vault.open_with_key(place.vault, bytes(range(32)))
    with pytest.raises(VaultError):
        again.backup_now()
    assert list(place.backups.iterdir()) == []
    again.close()


def test_a_copy_with_fewer_rows_than_expected_is_refused(vault, place):
    vault.submit(save("Lincoln")).result()
    key, fresh = Key(bytes(range(32)), "0" * 32, b""), place.data / "copy.new"
    copied = vault.inspect(
        lambda connection: copying.copy(connection, fresh, Source(lambda work: work(connection), key))
    )
    assert copied["school"] == 1
    with pytest.raises(DamagedVault):
        copying.finish(fresh, key, {**copied, "school": 2}, datetime.now(UTC))


def test_a_backup_that_finds_no_room_is_said_and_leaves_nothing(vault, place):
    place.backups.write_bytes(b"a file where the folder should be")
    with pytest.raises(NotSaved, match="backup could not be written"):
        vault.backup_now()


def test_what_a_crash_left_of_a_backup_goes_with_the_next_one(vault, place):
    place.backups.mkdir()
    for name in ("2026-11-20.vault-backup.new", "2026-11-20.vault-backup.new-journal"):
        (place.backups / name).write_bytes(b"half")
    made = vault.backup_now()
    assert list(place.backups.iterdir()) == [made.path]


def test_what_cannot_be_cleared_away_hinders_no_backup(vault, place):
    (place.backups / "2026-11-20.vault-backup.new").mkdir(parents=True)
    made = vault.backup_now()
    vault.verify_backup(made.path)


def test_a_pipe_among_the_backups_is_not_waited_for(vault, place):
    place.backups.mkdir()
    os.mkfifo(place.backups / "9999.vault-backup")
    assert vault.backup_if_changed() is not None
    assert vault.backup_if_changed() is None


@pytest.fixture(scope="module")
def _lost(tmp_path_factory):
    """A closed vault of which a backup was made, then one thing more was written; never changed: copy it."""
    place = folders(tmp_path_factory.mktemp("lost"))
    vault = Vault.create(place, "a passphrase", FLOOR)
    vault.submit(save("Lincoln")).result()
    vault.backup_now()
    vault.submit(save("Adams")).result()
    vault.close()
    return place


@pytest.fixture
def lost(_lost, place):
    shutil.copytree(_lost.data, place.data)
    return place


@pytest.mark.parametrize("gone", [[], ["coachdesk.key"]])
def test_a_backup_put_in_the_vaults_place_by_hand_is_the_vault(lost, gone):
    [made] = shelf.listed(lost.backups)
    for name in gone:
        (lost.data / name).unlink()
    (lost.data / "coachdesk.vault-journal").write_bytes(b"of the vault that went")
    shutil.copy(made, lost.vault)
    vault = Vault.open(lost, "a passphrase")
    assert schools(vault) == ["Lincoln"]
    vault.submit(save("Jefferson")).result()
    assert vault.inspect(pages)
    vault.close()
    assert lost.vault.stat().st_size % 4096 == 0
    assert key_path(lost).read_bytes() == backup.read(made).key_file


def test_a_damaged_backup_put_in_the_vaults_place_is_refused_as_it_lies(lost):
    [made] = shelf.listed(lost.backups)
    content = bytearray(made.read_bytes())
    content[5000] ^= 1
    lost.vault.write_bytes(content)
    with pytest.raises(DamagedVault, match="backup was changed or damaged"):
        Vault.open(lost, "a passphrase")
    assert lost.vault.read_bytes() == content


def test_a_backup_that_cannot_be_made_a_vault_is_said(lost):
    shutil.copy(shelf.listed(lost.backups)[0], lost.vault)
    journal = lost.data / "coachdesk.vault-journal"
    journal.unlink(missing_ok=True)
    journal.mkdir()
    with pytest.raises(NotSaved):
        Vault.open(lost, "a passphrase")
