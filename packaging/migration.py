"""Write the next migration step from what the models declare and the vault does not have yet.

python packaging/migration.py "what changed"     a new step, to be read and listed in migrations/__init__.py
python packaging/migration.py --first            the very first step anew; only until it is released
"""

import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

import coachdesk.model  # noqa: F401 - declares the tables
from coachdesk.store import schema
from coachdesk.store.vault import Vault

FOLDER = Path(schema.__file__).parent / "migrations"

FIRST = '''"""The first tables, as they were when version 1 was made. Not to be changed once released."""

from typing import Any

STATEMENTS = (
{statements})


def upgrade(op: Any) -> None:
    for statement in STATEMENTS:
        op.execute(statement)
'''

NEXT = '''"""{what}."""

from typing import Any

import sqlalchemy as sa


def upgrade(op: Any) -> None:
    {code}
'''


def first() -> Path:
    """The statements that make every table that is declared."""
    dialect = create_engine("sqlite://").dialect
    made = []
    for table in SQLModel.metadata.sorted_tables:
        made.append(str(CreateTable(table, if_not_exists=True).compile(dialect=dialect)))
        made += [
            str(CreateIndex(i, if_not_exists=True).compile(dialect=dialect))
            for i in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    tidy = ("\n".join(map(str.rstrip, one.strip().replace("\t", "    ").splitlines())) for one in made)
    lines = "".join(f'    """{statement}""",\n' for statement in tidy)
    path = FOLDER / "m0001.py"
    path.write_text(FIRST.format(statements=lines), encoding="utf-8")
    return path


def following(what: str) -> Path:
    """The operations that lead from today's vault to the models."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault.open_with_key(Path(folder, "new.vault"), bytes(32), create=True)
        with vault.read() as session:
            options = {"include_name": ours, "render_as_batch": True}
            context = MigrationContext.configure(session.connection(), opts=options)
            operations = produce_migrations(context, SQLModel.metadata).upgrade_ops
        vault.close()
    assert operations is not None
    code = render_python_code(operations, render_as_batch=True)
    path = FOLDER / f"m{schema.VERSION + 1:04}.py"
    path.write_text(NEXT.format(what=what.rstrip("."), code=code), encoding="utf-8")
    return path


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """The search index's own tables are not in the models."""
    return kind != "table" or not (name or "").startswith("note_search")


if __name__ == "__main__":
    [wish] = sys.argv[1:] or ["--help"]
    if wish == "--help":
        raise SystemExit(__doc__)
    print(first() if wish == "--first" else following(wish))
