"""Bringing a vault's tables to the shape that the models declare: step by step, and all or nothing.

A step is a function that gets Alembic's operations. Foreign keys are off meanwhile, since a table that is
recreated would take its children with it; they are checked before the step is kept. The search index and
its triggers go with a recreated table, so they are made anew.

To add a step: `python packaging/migration.py "what changed"` writes it from the models.
"""

from collections.abc import Callable, Sequence
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from coachdesk.errors import DamagedVault, NewerVault
from coachdesk.store import schema, search
from coachdesk.store.migrations import m0001, m0002, m0003, m0004, m0005

Step = Callable[[Any], None]
Seal = Callable[[sqlcipher.Connection], None]
STEPS: tuple[Step, ...] = tuple(step.upgrade for step in (m0001, m0002, m0003, m0004, m0005))


def version_of(connection: sqlcipher.Connection) -> int:
    """The version of the vault's tables; 0 of a vault that has none yet. Raises NewerVault."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise NewerVault()
    return version


def _unsealed(_connection: sqlcipher.Connection) -> None:
    """A database that is thrown away needs no seal."""


def bring_up_to_date(
    engine: Engine, version: int, steps: Sequence[Step] = STEPS, seal: Seal = _unsealed
) -> None:
    """Take the steps after `version`, all in one transaction, and `seal` what they made.

    Raises DamagedVault if rows lost their kin.
    """
    with engine.connect() as connection:
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                search.drop_triggers(connection)
                _take(connection, steps[version:])
                search.build(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise DamagedVault(
                        "Some records in the vault point to others that are not there, so it was not "
                        "changed. Restore the latest backup."
                    )
                connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
                seal(_driver(connection))
        finally:
            _foreign_keys(connection, "ON")


def _take(connection: Connection, steps: Sequence[Step]) -> None:
    # Alembic takes half a second to import: only a vault that is behind pays for it.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for step in steps:
        step(operations)


def _foreign_keys(connection: Connection, state: str) -> None:
    """SQLite ignores this inside a transaction, so it goes to the driver, which has begun none."""
    _driver(connection).execute(f"PRAGMA foreign_keys = {state}")


def _driver(connection: Connection) -> sqlcipher.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlcipher.Connection)
    return driver
