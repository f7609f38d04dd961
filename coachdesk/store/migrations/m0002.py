"""What left this laptop is written down."""

from typing import Any

STATEMENT = """CREATE TABLE IF NOT EXISTS departure (
    id CHAR(32) NOT NULL,
    created DATETIME NOT NULL,
    changed DATETIME NOT NULL,
    rev INTEGER NOT NULL,
    what VARCHAR(40) NOT NULL,
    name VARCHAR NOT NULL,
    folder VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (id)
)"""


def upgrade(op: Any) -> None:
    op.execute(STATEMENT)
