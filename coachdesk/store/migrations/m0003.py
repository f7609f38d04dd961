"""The vault has a seal over its rows, and counts in it how often it was written to."""

from typing import Any

STATEMENT = """CREATE TABLE IF NOT EXISTS seal (
    one INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    number INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (one)
)"""


def upgrade(op: Any) -> None:
    """What it says of the rows is written at the end of all steps."""
    connection = op.get_bind()
    counted = connection.exec_driver_sql("SELECT value FROM vault_about WHERE name = 'writes'").scalar()
    connection.exec_driver_sql(STATEMENT)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO seal (one, generation, number, digest) VALUES (1, ?, 0, x'')",
        (int.from_bytes(counted or b"", "big"),),
    )
    connection.exec_driver_sql("DELETE FROM vault_about WHERE name = 'writes'")
