"""A page that holds nothing, torn by a power cut."""

import struct
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from raw_pages import PAGE, decrypted
from sqlmodel import delete

from coachdesk.model import School
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep_many
from coachdesk.store import free_pages, verify
from coachdesk.store.connection import connect
from coachdesk.store.parts import journal
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
FIRST, REST = 4000, 4016  # bytes of a page that are decrypted
SCHOOLS = [{"name": f"School {number}", "short_code": f"{number}" * 9} for number in range(400)]


@pytest.fixture
def torn(vault):
    """A closed vault, one of whose free pages the power cut tore."""
    desk = Desk(vault)
    desk.do(keep_many, School, SCHOOLS)
    vault.submit(lambda session: session.connection().execute(delete(School))).result()
    vault.close()
    page = a_free_page(vault.path)
    content = bytearray(vault.path.read_bytes())
    content[(page - 1) * PAGE + 1024 : page * PAGE] = bytes(PAGE - 1024)
    vault.path.write_bytes(content)
    return vault.path


def a_free_page(path):
    """The number of one that holds not even other pages' numbers: SQLite's file format, 1.5."""
    plain = decrypted(path, KEY)
    trunk = struct.unpack_from(">I", plain, 32 - 16)[0]
    at = FIRST + (trunk - 2) * REST
    _next, count, leaf = struct.unpack_from(">III", plain, at)
    assert count > 0
    return leaf


def test_it_is_taken_for_damage_as_long_as_nobody_knows_of_the_cut(torn):
    vault = Vault.open_with_key(torn, KEY)
    assert not vault.inspect(verify.pages)
    assert vault.inspect(verify.structure)
    vault.close()


def test_after_a_save_that_was_cut_off_it_is_written_anew(torn):
    journal(torn).write_bytes(b"what a cut left")
    vault = Vault.open_with_key(torn, KEY)
    assert vault.inspect(verify.pages)
    assert vault.inspect(verify.tables)
    vault.close()


def test_it_is_written_anew_too_when_all_is_looked_at(torn):
    vault = Vault.open_with_key(torn, KEY)
    assert vault.look_over().result()  # nobody reads it
    assert vault.inspect(verify.pages_in_use)
    assert vault.inspect(verify.pages)
    vault.close()


def test_without_free_pages_nothing_is_done(vault):
    vault.close()
    journal(vault.path).write_bytes(b"what a cut left")
    before = vault.path.stat().st_size
    Vault.open_with_key(vault.path, KEY).close()
    assert vault.path.stat().st_size == before


def test_where_the_disk_takes_nothing_they_stay_as_they_are(torn):
    with closing(connect(torn, KEY)) as connection:
        connection.execute("PRAGMA query_only = ON")
        with pytest.raises(sqlcipher.DatabaseError):
            free_pages.write_anew(connection)
        assert not connection.in_transaction
