"""The seal is of every row, whoever wrote it; of no other."""

import pytest
import sqlalchemy
from sqlmodel import SQLModel, select

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import Change, Event, School, ScriptLine, VisitNote
from coachdesk.services import changes
from coachdesk.services.keep import keep, keep_many, remove
from coachdesk.store import migrations, seal
from coachdesk.store.connection import connect, engine
from coachdesk.store.recording import Recording
from coachdesk.store.writer import Writer

KEY = bytes(range(32))


def holds(vault):
    return vault.inspect(lambda connection: seal.holds(connection, KEY))


def do(vault, work, *words):
    return vault.submit(lambda session: work(session, *words)).result()[0]


def school(session, name="Lincoln"):
    return keep(session, School, {"name": name})


def note(session, text="twelve of twenty-four hands"):
    day = {"starts": "2026-10-05T09:00", "ends": "2026-10-05T09:40"}
    event = keep(session, Event, {"kind": "visit", **day})
    made = keep(session, VisitNote, {"event_id": event.id, "started": "2026-10-05T09:00"})
    return keep(session, ScriptLine, {"note_id": made.id, "text": text})


def many(session):
    school(session)
    keep_many(session, School, ({"name": f"{number}"} for number in range(60)), undoable=True)


def by_statement(session):
    session.connection().exec_driver_sql("UPDATE school SET name = name || ' School'")
    session.connection().exec_driver_sql("DELETE FROM school WHERE name LIKE '1%'")


def by_replacing(session):
    """A row that is replaced goes without being deleted."""
    session.connection().exec_driver_sql("INSERT OR REPLACE INTO vault_about VALUES ('draft', x'00')")


def all_at_once(session):
    session.connection().exec_driver_sql("DELETE FROM change")


def with_odd_signs(session):
    school(session, "caf\u00e9 \U0001f600 'quoted' \"twice\"")
    session.connection().exec_driver_sql("UPDATE school SET source_id = ?", ("before\0after\n",))


def taken_away(session):
    made = school(session)
    session.flush()
    remove(session, made)


WORKS = [school, note, many, by_statement, by_replacing, all_at_once, with_odd_signs, taken_away]


@pytest.mark.parametrize("work", WORKS)
def test_whatever_was_written_is_sealed(vault, work):
    do(vault, many)
    before = vault.writes()
    do(vault, work)
    assert holds(vault)
    assert vault.writes() == before + 1


def test_undo_and_redo_are_sealed(vault):
    do(vault, note)
    taken = do(vault, changes.undo)
    assert holds(vault)
    do(vault, changes.redo, taken.batch)
    assert holds(vault)


def test_a_vault_says_after_opening_what_it_said_before(vault, place):
    do(vault, school)
    vault.close()
    connection = connect(place.vault, KEY)
    assert seal.holds(connection, KEY)
    assert not seal.holds(connection, bytes(32))
    connection.close()


def test_work_that_fails_breaks_no_seal(vault):
    do(vault, school)

    def fail(session):
        school(session, "Jefferson")
        keep(session, School, {"name": ""})

    with pytest.raises(Invalid):
        do(vault, fail)
    do(vault, school, "Adams")
    assert holds(vault)


def test_a_statement_that_failed_undoes_the_whole_transaction_even_where_nobody_minded(vault):
    """What it wrote before it failed was counted: SQLite takes it back without telling."""
    do(vault, school)

    def never_mind(session):
        twice = "INSERT INTO vault_about VALUES ('new', x'00'), ('vault', x'00')"
        try:
            session.connection().exec_driver_sql(twice)
        except sqlalchemy.exc.IntegrityError:
            school(session, "Jefferson")

    with pytest.raises(CoachdeskError):
        do(vault, never_mind)
    with vault.read() as session:
        assert [one.name for one in session.exec(select(School))] == ["Lincoln"]
    do(vault, school, "Adams")
    assert holds(vault)


def test_every_table_is_sealed(vault):
    """Also one that a later step makes: the triggers are made from the tables that are there."""
    sealed = set(vault.inspect(seal.tables))
    assert sealed == {*SQLModel.metadata.tables} - {"seal"}
    assert Change.__tablename__ in sealed


@pytest.mark.parametrize("table", sorted({*SQLModel.metadata.tables} - {"seal"}))
def test_a_row_that_nobody_sealed_is_seen_in_every_table(vault, place, table):
    vault.close()
    connection = connect(place.vault, KEY)
    connection.execute("PRAGMA foreign_keys = OFF")
    told = connection.execute(f'SELECT name, type FROM pragma_table_info("{table}")').fetchall()
    values = [7 if kind in ("INTEGER", "FLOAT", "BOOLEAN") else b"x" for _name, kind in told]
    marks = ", ".join("?" * len(values))
    connection.execute(f'INSERT INTO "{table}" VALUES ({marks})', values)
    assert not seal.holds(connection, KEY)
    connection.close()
    writer = Writer(place.vault, KEY)
    writer.call(lambda c: c.execute("PRAGMA foreign_keys = OFF")).result()
    change = f'DELETE FROM "{table}" WHERE rowid = (SELECT max(rowid) FROM "{table}")'
    writer.submit(lambda s: s.connection().exec_driver_sql(change), Recording()).result()
    assert not writer.call(lambda c: seal.holds(c, KEY)).result()
    writer.close()


SPOILS = [
    "UPDATE school SET name = 'Jefferson'",
    "UPDATE school SET source_id = 'before' || char(0) || 'then'",
    "DELETE FROM school",
    "INSERT INTO note_number VALUES (7, 'x')",
    "UPDATE seal SET generation = generation - 1",
    "DELETE FROM seal",
]


@pytest.mark.parametrize("statement", SPOILS)
def test_a_row_that_was_changed_behind_the_seal_is_seen(vault, place, statement):
    do(vault, with_odd_signs)
    vault.close()
    connection = connect(place.vault, KEY)
    assert seal.holds(connection, KEY)
    connection.execute(statement)
    assert not seal.holds(connection, KEY)
    connection.close()


def test_a_seal_can_be_made_anew(vault):
    vault.inspect(lambda c: c.execute("INSERT INTO note_number VALUES (7, 'x')").fetchall())
    assert not holds(vault)
    vault.inspect(lambda c: seal.write_anew(c, KEY))
    assert holds(vault)


def add_a_table(op):
    op.execute("CREATE TABLE motto (words VARCHAR NOT NULL)")
    op.execute("INSERT INTO motto VALUES ('listen first')")
    op.execute("ALTER TABLE school ADD COLUMN motto VARCHAR NOT NULL DEFAULT ''")


def test_a_step_of_the_tables_is_sealed(vault, place):
    do(vault, many)
    vault.close()
    made = engine(lambda: connect(place.vault, KEY), sqlalchemy.pool.StaticPool, "BEGIN IMMEDIATE")
    number = len(migrations.STEPS)
    steps = (*migrations.STEPS, add_a_table)
    migrations.bring_up_to_date(made, number, steps, lambda connection: seal.write_anew(connection, KEY))
    made.dispose()
    writer = Writer(place.vault, KEY)
    change = "UPDATE motto SET words = 'ask before you tell'"
    assert writer.call(lambda c: seal.holds(c, KEY)).result()
    writer.submit(lambda s: s.connection().exec_driver_sql(change), Recording()).result()
    assert writer.call(lambda c: seal.holds(c, KEY)).result()
    writer.close()
