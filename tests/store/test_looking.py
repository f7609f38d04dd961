"""A file of which one page is older than the rest: the rows may be right, and a list too short even so."""

import shutil

import pytest

from coachdesk.model import Placement, School, Teacher
from coachdesk.services.keep import keep
from coachdesk.store import looking, verify
from coachdesk.store.files import PAGE
from coachdesk.store.seal import Seal
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
LONG, SHORT = (f"UPDATE school SET source_id = {value}" for value in ("hex(zeroblob(20000))", "''"))


@pytest.fixture
def older(vault, place, tmp_path):
    """Twenty teachers at one school, as they were last week; today three more came, and all moved."""

    def begin(session):
        one, other = (keep(session, School, {"name": name}).id for name in ("Adams", "Lincoln"))
        for number in range(20):
            teacher = keep(session, Teacher, {"given_name": f"Teacher {number}"})
            keep(session, Placement, {"teacher_id": teacher.id, "school_id": one})
        session.connection().exec_driver_sql(LONG)
        session.connection().exec_driver_sql(SHORT)  # some pages are free
        return other

    def move(session, other):
        for number in range(3):
            keep(session, Teacher, {"given_name": f"New {number}"})
        session.connection().exec_driver_sql("UPDATE placement SET school_id = ?", (other.hex,))
        session.connection().exec_driver_sql(LONG)

    other, _touched = vault.submit(begin).result()
    vault.close()
    kept = shutil.copy(place.vault, tmp_path / "last week")
    again = opened(place)
    again.submit(lambda session: move(session, other)).result()
    again.close()
    return kept.read_bytes()


def opened(place):
    return Vault.open_with_key(place.vault, KEY)


def mixed(place, older, page):
    """The vault, with one page as it was last week."""
    content = bytearray(place.vault.read_bytes())
    at = slice((page - 1) * PAGE, page * PAGE)
    assert content[at] != older[at]
    content[at] = older[at]
    place.vault.write_bytes(content)
    return opened(place)


def root(place, name):
    vault = opened(place)
    asked = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    page = vault.inspect(lambda connection: connection.execute(asked, (name,)).fetchone()[0])
    vault.close()
    return page


@pytest.mark.parametrize(
    "index",
    [
        "sqlite_autoindex_teacher_1",  # three are not found by their key
        "ix_placement_school_id",  # as many entries of the same rows, under what they were before
    ],
)
def test_an_index_that_is_older_than_its_table_is_seen(place, older, index):
    vault = mixed(place, older, root(place, index))
    assert vault.look_over().result() is False
    assert vault.inspect(lambda connection: looking.is_one(connection, KEY)) is False
    vault.close()


def test_a_first_page_that_is_older_is_seen(place, older):
    """It says which pages are free: the next save would write over what a note is on."""
    vault = mixed(place, older, 1)
    assert vault.look_over().result() is False
    vault.close()


def test_a_vault_of_one_version_is_whole(place, older):
    vault = opened(place)
    assert vault.look_over(hurry=True).result()
    assert vault.inspect(lambda connection: looking.is_one(connection, KEY))
    vault.close()


def test_who_asks_while_the_look_is_underway_hears_of_the_same(place, older):
    vault = opened(place)
    assert all(look.result() for look in [vault.look_over(), vault.look_over(hurry=True)])
    vault.close()


def test_a_mixed_copy_that_is_to_be_used_finds_everybody_again(place, older):
    vault = mixed(place, older, root(place, "sqlite_autoindex_teacher_1"))
    vault.seal_anew()
    assert vault.look_over().result()
    assert vault.inspect(verify.structure)
    vault.close()


def test_the_look_at_the_structure_gives_way_to_what_is_to_be_saved(vault):
    """It begins again as soon as nothing is queued."""
    waiting = [True, True, False]
    part = looking._Structure(lambda: waiting.pop(0) if waiting else False)
    looked = vault.inspect(lambda connection: with_many_rows(connection, part))
    assert looked == [part, None]


def with_many_rows(connection, part):
    connection.execute("CREATE TABLE much (one)")
    connection.execute("""INSERT INTO much WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n
        LIMIT 20000) SELECT x FROM n""")
    return [part.look(connection), part.look(connection)]


def test_every_index_is_one_that_rows_can_be_looked_for_in(vault):
    """None is of some of its table's rows, or of what is computed from them, or has an order of its own."""
    asked = """SELECT t.name, i.name FROM pragma_table_list AS t JOIN pragma_index_list(t.name) AS i
        JOIN pragma_index_xinfo(i.name) AS c WHERE t.schema = 'main' AND t.type = 'table'
        AND (t.wr OR i.partial OR c.key AND (c.name IS NULL OR c.desc OR c.coll <> 'BINARY'))"""
    assert vault.inspect(lambda connection: connection.execute(asked).fetchall()) == []


def test_a_look_that_gave_way_waits_until_the_typing_rests(vault):
    """Begun again at once after each save it would never end, and keep the laptop busy."""
    waiting = [False]
    look = looking.Look(Seal(KEY), KEY, lambda: waiting[0])

    def all_but_the_structure(connection):
        with_many_rows(connection, looking._Structure(lambda: False))
        look._left = [looking._Structure(lambda: waiting[0])]
        waiting[0] = True
        seen = [look.step(connection), look.gave_way]
        waiting[0] = False
        whole = look.step(connection) or look.step(connection)  # the second, where the first took its time
        return [*seen, whole, look.gave_way]

    assert vault.inspect(all_but_the_structure) == [None, True, True, False]
