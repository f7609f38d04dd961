"""Older copies, mixed copies: what this laptop remembers, and what is looked at while nobody waits."""

import json
import shutil
import threading
from concurrent.futures import CancelledError

import pytest

from coachdesk.errors import DamagedPages, DamagedVault, OlderCopy, VaultError
from coachdesk.model import School
from coachdesk.services.keep import keep, keep_many
from coachdesk.store import recording, seal, search
from coachdesk.store.files import PAGE
from coachdesk.store.seen import Memory
from coachdesk.store.vault import Vault

KEY = bytes(range(32))


@pytest.fixture
def memory(vault, place):
    return Memory(place, vault.key.vault)


def school(session, name="Lincoln"):
    return keep(session, School, {"name": name})


def many(session):
    keep_many(session, School, ({"name": f"{number}"} for number in range(3 * seal.SLICE)))


def opened(place):
    return Vault.open_with_key(place.vault, KEY)


def flip_a_bit(place, page):
    content = bytearray(place.vault.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    place.vault.write_bytes(content)


def assert_seen(place):
    """The look after opening tells of a damaged page where no row lies."""
    damaged = opened(place)
    with pytest.raises(DamagedPages):
        damaged.look_over().result()
    damaged.close()


def seen(place):
    [path] = place.state.glob("seen-*.json")
    return path


@pytest.fixture
def older(vault, place):
    """The vault as it was before its last save; closed."""
    vault.submit(school).result()
    vault.close()
    older = place.vault.with_name("older")
    shutil.copy(place.vault, older)
    again = opened(place)
    again.submit(lambda session: school(session, "Jefferson")).result()
    again.close()
    return older


def test_an_older_copy_is_told_and_not_changed(older, place):
    older.replace(place.vault)
    before = place.vault.read_bytes()
    with pytest.raises(OlderCopy, match="older copy of the vault"):
        opened(place)
    assert place.vault.read_bytes() == before


def test_the_newer_copy_opens_when_it_is_back(older, place):
    newer = place.vault.rename(place.data / "newer")
    shutil.copy(older, place.vault)
    with pytest.raises(OlderCopy):
        opened(place)
    newer.replace(place.vault)
    opened(place).close()


def test_an_older_copy_that_is_used_all_the_same_is_the_newest_from_then_on(older, place, vault, memory):
    """And the copy that was newer is the older one, should it come back."""
    newer = place.vault.rename(place.data / "newer")
    shutil.copy(older, place.vault)
    last = memory.last().generation
    memory.allow_older()
    again = opened(place)
    again.idle().result()
    assert again.writes() == last + 1
    assert again.inspect(lambda connection: seal.holds(connection, KEY))
    again.close()
    assert (memory.last().generation, memory.last().older) == (last + 1, False)
    opened(place).close()
    newer.replace(place.vault)
    with pytest.raises(OlderCopy):
        opened(place)


def test_leave_to_use_an_older_copy_is_for_once(older, place, vault, memory):
    memory.allow_older()
    opened(place).close()
    older.replace(place.vault)
    with pytest.raises(OlderCopy):
        opened(place)


def test_it_is_remembered_when_the_typing_rests(vault, memory):
    vault.submit(school).result()
    vault.rest()
    vault.inspect(lambda _connection: None)
    vault.inspect(lambda _connection: None)
    assert memory.last().generation == vault.writes()


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"x": 1}', b"{" * 100_000])
def test_a_memory_that_cannot_be_read_says_nothing(older, place, content):
    older.replace(place.vault)
    seen(place).write_bytes(content)
    opened(place).close()
    assert json.loads(seen(place).read_bytes())


def test_a_memory_that_cannot_be_written_is_no_obstacle(vault, place, memory):
    path = seen(place)
    path.unlink()
    path.mkdir()
    memory.remember(7)
    assert memory.last() is None
    again = opened(place)
    again.submit(school).result()
    assert not [name for name in again._about() if name.startswith("turn")]
    again.close()


def test_the_memories_of_two_vaults_are_kept_apart(place):
    one, other = Memory(place, "one"), Memory(place, "other")
    one.remember(7)
    other.remember(3)
    assert (one.last().generation, other.last().generation) == (7, 3)


def test_the_seal_is_looked_at_while_saving_goes_on(vault):
    """Rows come, change and go behind the place it has come to, and before it."""
    vault.submit(many).result()
    begun, looking = threading.Event(), vault.look_over()

    def change(session):
        begun.set()
        for name in ("name = name || ' School'", "source_id = name"):
            session.connection().exec_driver_sql(f"UPDATE school SET {name} WHERE rowid % 7 = 0")
        session.connection().exec_driver_sql("DELETE FROM school WHERE rowid % 5 = 0")
        many(session)

    for _ in range(3):
        vault.submit(change).result()
    assert looking.result()
    assert begun.is_set()


def test_work_that_fails_while_the_seal_is_looked_at_is_not_counted(vault):
    vault.submit(many).result()
    looking = vault.look_over()

    def fail(session):
        session.connection().exec_driver_sql("DELETE FROM school")
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            vault.submit(fail).result()
    assert looking.result()


def test_a_row_of_another_version_is_seen(vault):
    vault.submit(many).result()
    vault.inspect(lambda c: c.execute("UPDATE school SET source_id = 'x' WHERE name = '77'").fetchall())
    assert vault.look_over().result() is False


def test_a_damaged_page_is_seen(vault, place):
    vault.submit(many).result()
    vault.close()
    content = bytearray(place.vault.read_bytes())
    content[-3000] ^= 1  # of the rows that came last
    place.vault.write_bytes(content)
    damaged = opened(place)
    with pytest.raises(DamagedVault):
        damaged.look_over().result()
    damaged.close()


def test_what_keeps_the_look_at_the_seal_from_beginning_is_told(vault, place):
    """The writer opens the file when it is first needed; here it is gone by then."""
    vault.close()
    unseen = opened(place)
    gone = place.vault.rename(place.vault.with_name("gone"))
    with pytest.raises(VaultError):
        unseen.look_over().result()
    gone.rename(place.vault)
    unseen.close()


def test_closed_once_more_nothing_is_remembered_again(vault, place, memory):
    vault.close()
    seen(place).unlink()
    vault.close()
    assert memory.last() is None


def test_a_field_that_is_left_after_the_vault_was_deleted_leaves_no_memory_of_it(vault, place, memory):
    vault.close()
    seen(place).unlink()
    vault.rest()
    assert memory.last() is None


def test_what_was_typed_is_found_before_all_has_been_looked_at(vault):
    looking = vault.look_over()
    vault.submit(put_off).result()
    vault.rest()
    while vault._writer._spare.put_off:
        vault.inspect(lambda _connection: None)
    assert not looking.done()


def put_off(session):
    recording.of(session).put_off = True
    search.put_off(session.connection(), 32 * "a")


def test_closing_does_not_wait_for_the_seal(vault):
    vault.submit(many).result()
    looking = vault.look_over()
    vault.close()
    with pytest.raises(CancelledError):
        looking.result()


def test_a_damaged_page_is_seen_where_there_is_no_row_yet(vault, place):
    """The index of an empty table: the first row put into it would be refused."""
    page = vault.inspect(root_of_an_empty_index)
    vault.close()
    flip_a_bit(place, page)
    assert_seen(place)


@pytest.mark.parametrize("table", ["note_search_content", "note_search_data", "note_search_idx"])
def test_a_damaged_page_of_the_search_index_is_seen(vault, place, table):
    """The next note could not be saved."""
    asked = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    page = vault.inspect(lambda connection: connection.execute(asked, (table,)).fetchone()[0])
    vault.close()
    flip_a_bit(place, page)
    assert_seen(place)


def root_of_an_empty_index(connection):
    asked = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'teacher'"
    return connection.execute(asked).fetchone()[0]
