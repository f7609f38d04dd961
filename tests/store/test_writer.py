import resource
import shutil
import threading
from concurrent.futures import wait
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlcipher3.dbapi2 import OperationalError as Fault
from sqlmodel import select
from worlds import KEY

from coachdesk.errors import CoachdeskError, DamagedVault, Invalid, NotSaved, VaultError
from coachdesk.model import Placement, School
from coachdesk.services.keep import keep
from coachdesk.store.connection import Engines
from coachdesk.store.vault import Vault


def kept(vault):
    with vault.read() as session:
        return sorted(school.name for school in session.exec(select(School)))


def save(name, **more):
    return lambda session: keep(session, School, {"name": name, **more})


def test_the_answer_comes_when_the_vault_has_it(vault):
    school, touched = vault.submit(save("Lincoln")).result()
    assert (school.name, touched) == ("Lincoln", {School})
    assert kept(vault) == ["Lincoln"]


def test_all_writing_is_done_on_one_other_thread(vault):
    threads = {vault.submit(lambda _session: threading.current_thread()).result()[0] for _ in range(3)}
    assert len(threads) == 1
    assert threading.current_thread() not in threads


def test_work_that_fails_leaves_nothing_behind(vault):
    def half(session):
        save("Lincoln")(session)
        raise Invalid({"name": "no"})

    with pytest.raises(Invalid):
        vault.submit(half).result()
    assert kept(vault) == []
    assert vault.submit(save("Adams")).result()[0].name == "Adams"


def test_what_is_written_every_second_is_translated_once(vault):
    translated = []
    school = vault.submit(save("Lincoln")).result()[0]

    def look(connection):
        connection.set_authorizer(lambda *what: translated.append(what) or 0)
        for number in range(150):  # as many other questions as a driver remembers unless told otherwise
            connection.execute(f"SELECT {number}").fetchall()

    vault.inspect(look)
    for name in ("Adams", "Hoover"):
        vault.submit(save(name, id=school.id)).result()
    translated.clear()
    vault.submit(save("Taft", id=school.id)).result()
    assert {what for _kind, what, *_ in translated} == {"COMMIT"}  # of which the driver remembers nothing


def test_what_one_vault_was_told_need_not_be_translated_for_the_next(template, tmp_path):
    engines, known = Engines(), []

    def note(_connection, _cursor, _statement, _values, context, _many):
        if context.compiled:
            known.append(context.cache_hit.name)

    def told(school):
        (tmp_path / school).mkdir()
        path = Path(shutil.copy(template, tmp_path / school))
        vault = Vault.open_with_key(path, KEY, engines=engines)
        vault.submit(save(school)).result()
        return vault

    first = told("Lincoln")
    first.close()
    event.listen(engines.writing, "before_cursor_execute", note)
    second = told("Adams")
    assert set(known) == {"CACHE_HIT"}
    first._writer.close()  # as late as it may be, it does not take the next one's connection away
    second.submit(save("Hoover")).result()
    assert kept(second) == ["Adams", "Hoover"]
    second.close()


def test_a_future_that_was_cancelled_is_not_done(vault):
    gate = threading.Event()
    vault.submit(lambda _session: gate.wait(10))
    second = vault.submit(save("Lincoln"))
    assert second.cancel()
    gate.set()
    vault.idle().result()
    assert kept(vault) == []


def test_closing_finishes_what_is_queued(vault, place):
    waiting = [vault.submit(save(f"School {number}")) for number in range(5)]
    vault.close()
    assert all(future.done() for future in waiting)


def test_nothing_can_be_written_once_the_vault_is_closed(vault):
    vault.close()
    with pytest.raises(VaultError, match="nothing was saved"):
        vault.submit(save("Lincoln")).result()


def test_each_writing_is_counted_and_looking_is_not(vault):
    before = vault.writes()
    vault.submit(save("Lincoln")).result()
    vault.submit(lambda session: session.exec(select(School)).all()).result()
    assert vault.writes() == before + 1


def test_rows_that_belong_to_nothing_are_refused_in_words(vault):
    nobody = {"teacher_id": "0" * 32, "school_id": "0" * 32}
    with pytest.raises(CoachdeskError, match="does not fit with what is already kept"):
        vault.submit(lambda session: keep(session, Placement, nobody)).result()


def test_a_full_disk_is_said_and_the_next_save_works(vault):
    pages = vault.inspect(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    vault.inspect(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    with pytest.raises(NotSaved):
        vault.submit(save("x" * 400, source_id="y" * 400, time_zone="z" * 400)).result()
        for number in range(100):
            vault.submit(save(f"{number}" + "x" * 400, source_id="y" * 400)).result()
    room = vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
    assert room == (100_000,)
    vault.submit(save("Room again")).result()
    assert "Room again" in kept(vault)


def test_a_disk_that_takes_no_more_at_commit_is_said_and_nothing_is_lost(vault, place):
    """Beyond this size the operating system refuses every write, so COMMIT itself fails."""
    vault.submit(save("Lincoln")).result()
    size, hard = place.vault.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard[1]))
    try:
        with pytest.raises(NotSaved):
            vault.submit(save("Adams")).result()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, hard)
    assert size > 8192
    assert kept(vault) == ["Lincoln"]
    vault.submit(save("Adams")).result()
    assert kept(vault) == ["Adams", "Lincoln"]


def a_fault():
    return OperationalError("COMMIT", None, Fault("disk I/O error"))


def fail_after_commit(session):
    def fail(_session):
        error = a_fault()
        error.orig.sqlite_errorcode = 10
        raise error

    event.listen(session, "after_commit", fail)
    return save("Lincoln")(session)


def test_a_commit_that_failed_and_was_kept_all_the_same_is_a_save(vault):
    school, touched = vault.submit(fail_after_commit).result()
    assert (school.name, touched) == ("Lincoln", {School})
    assert kept(vault) == ["Lincoln"]


def test_a_commit_that_failed_is_not_a_save_when_the_vault_cannot_be_asked(vault, place):
    def lose_the_file(session):
        school = fail_after_commit(session)
        event.listen(
            session, "after_commit", lambda _session: place.vault.rename(place.data / "away"), insert=True
        )
        return school

    with pytest.raises(NotSaved):
        vault.submit(lose_the_file).result()
    (place.data / "away").rename(place.vault)


def test_damage_met_while_writing_is_not_called_a_full_disk(vault):
    def damaged(_session):
        error = a_fault()
        error.orig.sqlite_errorcode = 11
        raise error

    with pytest.raises(DamagedVault):
        vault.submit(damaged).result()


def test_a_mistake_of_ours_is_not_dressed_up(vault):
    with pytest.raises(OperationalError):
        vault.submit(lambda session: session.connection().execute(text("SELECT nonsense"))).result()
    with pytest.raises(OperationalError), vault.read() as session:
        session.connection().execute(text("SELECT nonsense"))


def test_a_query_cannot_write(vault):
    with pytest.raises(OperationalError), vault.read() as session:
        session.connection().execute(text("DELETE FROM school"))


@pytest.mark.parametrize(("code", "error"), [(11, DamagedVault), (10, VaultError)])
def test_a_vault_that_cannot_be_read_is_said_in_words(vault, code, error):
    with pytest.raises(error) as raised, vault.read():
        fault = a_fault()
        fault.orig.sqlite_errorcode = code
        raise fault
    assert type(raised.value) is error


def test_no_name_reaches_an_error_of_the_database(vault):
    def twice(session):
        session.connection().execute(text("INSERT INTO school (id) VALUES (:name)"), {"name": "Ana Reyes"})

    with pytest.raises(CoachdeskError) as error:
        vault.submit(twice).result()
    assert "Ana Reyes" not in str(error.value) + repr(error.value.__cause__)


def test_whatever_is_handed_in_while_the_vault_closes_gets_an_answer(vault):
    futures, started = [], threading.Barrier(5)

    def hand_in():
        started.wait()
        while True:
            futures.append(vault.submit(lambda _session: None))
            if futures[-1].done() and futures[-1].exception():
                return

    threads = [threading.Thread(target=hand_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait()
    vault.close()
    for thread in threads:
        thread.join(30)
    assert wait(futures, timeout=30).not_done == set()
    assert any(future.exception() for future in futures)
