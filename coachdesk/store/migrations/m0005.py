"""What is usual is kept: the length of a visit, and the counters that are offered."""

from typing import Any

STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS usual (
    id CHAR(32) NOT NULL,
    created DATETIME NOT NULL,
    changed DATETIME NOT NULL,
    rev INTEGER NOT NULL,
    visit_minutes INTEGER NOT NULL,
    own_counters BOOLEAN NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE IF NOT EXISTS usualcounter (
    id CHAR(32) NOT NULL,
    created DATETIME NOT NULL,
    changed DATETIME NOT NULL,
    rev INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    PRIMARY KEY (id)
)""",
)


def upgrade(op: Any) -> None:
    for statement in STATEMENTS:
        op.execute(statement)
