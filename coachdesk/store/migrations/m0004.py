"""That a note was shared is stamped on it."""

from typing import Any

STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS sharedstamp (
    id CHAR(32) NOT NULL,
    created DATETIME NOT NULL,
    changed DATETIME NOT NULL,
    rev INTEGER NOT NULL,
    note_id CHAR(32) NOT NULL,
    day DATE NOT NULL,
    whom VARCHAR(40) NOT NULL,
    who VARCHAR NOT NULL,
    how VARCHAR(40) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(note_id) REFERENCES visitnote (id)
)""",
    """CREATE INDEX IF NOT EXISTS ix_sharedstamp_note_id ON sharedstamp (note_id)""",
)


def upgrade(op: Any) -> None:
    for statement in STATEMENTS:
        op.execute(statement)
