import shutil
import subprocess
import sys

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

import coachdesk.model  # noqa: F401 - declares the tables
from coachdesk.errors import DamagedVault
from coachdesk.model import CoachingCycle, Event, School, ScriptLine, VisitNote
from coachdesk.services import search
from coachdesk.services.keep import keep
from coachdesk.store import migrations, schema
from coachdesk.store.connection import connect, engine

KEY = bytes(range(32))


def ours(name, kind, _parents):
    return kind != "table" or not name.startswith("note_search")


def test_migrations_make_the_tables_that_the_models_declare(vault):
    with vault.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"include_name": ours})
        difference = compare_metadata(context, SQLModel.metadata)
    assert difference == [], 'run: python packaging/migration.py "what changed"'


def test_the_steps_lead_to_the_version_that_the_program_knows():
    assert len(migrations.STEPS) == schema.VERSION


@pytest.fixture
def engine_over(vault, place):
    """The vault with a school, a cycle and a note; closed, and an engine over its file."""

    def fill(session):
        school = keep(session, School, {"name": "Lincoln"})
        keep(session, CoachingCycle, {"school_id": school.id})
        day = {"starts": "2026-10-05T09:00", "ends": "2026-10-05T09:40"}
        event = keep(session, Event, {"kind": "visit", "school_id": school.id, **day})
        note = keep(session, VisitNote, {"event_id": event.id, "started": "2026-10-05T09:00"})
        keep(session, ScriptLine, {"note_id": note.id, "text": "twelve of twenty-four hands"})

    vault.submit(fill).result()
    vault.close()
    made = engine(lambda: connect(place.vault, KEY), sqlalchemy.pool.StaticPool, "BEGIN IMMEDIATE")
    yield made
    made.dispose()


def count(engine, table):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()


def recreate_a_parent(op):
    with op.batch_alter_table("school", recreate="always") as school:
        school.add_column(sqlalchemy.Column("motto", sqlalchemy.String, nullable=False, server_default=""))
    with op.batch_alter_table("visitnote", recreate="always") as note:
        note.alter_column("strength", new_column_name="strongest")
        note.alter_column("strongest", new_column_name="strength")


def recreate_school(op):
    with op.batch_alter_table("school", recreate="always") as school:
        school.add_column(sqlalchemy.Column("motto", sqlalchemy.String, nullable=False, server_default=""))


def recreate_note(op):
    with op.batch_alter_table("visitnote", recreate="always") as note:
        note.add_column(sqlalchemy.Column("mood", sqlalchemy.String, nullable=False, server_default=""))


@pytest.mark.parametrize("step", [recreate_school, recreate_note])
def test_a_recreated_parent_keeps_its_children(engine_over, step):
    migrations.bring_up_to_date(engine_over, schema.VERSION, (*migrations.STEPS, step))
    tables = ["school", "coachingcycle", "event", "visitnote", "scriptline"]
    assert [count(engine_over, table) for table in tables] == [1] * 5
    assert count(engine_over, "pragma_foreign_key_check") == 0
    with engine_over.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == schema.VERSION + 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_search_goes_on_after_its_table_was_recreated(engine_over):
    migrations.bring_up_to_date(engine_over, schema.VERSION, (*migrations.STEPS, recreate_note))
    with sqlalchemy.orm.Session(engine_over) as session:
        [hit] = search.notes(session, "twenty")
        session.connection().exec_driver_sql("UPDATE scriptline SET text = 'nobody'")
        assert search.notes(session, "twenty") == []
        assert [again.note_id for again in search.notes(session, "nobody")] == [hit.note_id]


def orphan(op):
    op.execute("DELETE FROM school")


def stumble(op):
    op.execute("DROP TABLE tally")
    op.execute("CREATE nonsense")


@pytest.mark.parametrize(
    ("step", "error"), [(orphan, DamagedVault), (stumble, sqlalchemy.exc.OperationalError)]
)
def test_a_step_that_fails_leaves_the_vault_as_it_was(engine_over, step, error):
    with engine_over.connect() as connection:
        before = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY 1").all()
    with pytest.raises(error):
        migrations.bring_up_to_date(engine_over, schema.VERSION, (*migrations.STEPS, step))
    with engine_over.connect() as connection:
        assert connection.exec_driver_sql("SELECT name, sql FROM sqlite_master ORDER BY 1").all() == before
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == schema.VERSION
    assert count(engine_over, "school") == 1


OPEN = """
import sys
from pathlib import Path
from coachdesk.store.vault import Vault
Vault.open_with_key(Path(sys.argv[1]), bytes(range(32))).close()
print(sorted(name for name in sys.modules if name.startswith("alembic")))
"""


def test_opening_a_vault_that_is_up_to_date_does_not_import_alembic(template, tmp_path):
    shutil.copy(template, tmp_path / "coachdesk.vault")
    told = subprocess.check_output([sys.executable, "-c", OPEN, str(tmp_path / "coachdesk.vault")], text=True)
    assert told == "[]\n"
