"""What the vault itself remembers beside the coach's records, by name."""

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from coachdesk.store import schema

HOLD = "hold"


def recall(session: Session, name: str) -> bytes | None:
    """What is remembered under `name`; None where nothing is."""
    asked = select(schema.about.c.value).where(schema.about.c.name == name)
    found = session.connection().execute(asked).first()
    return bytes(found[0]) if found else None


def remember(session: Session, name: str, value: bytes | None) -> None:
    """Remember `value` under `name` in place of what was; None forgets it. Undo leaves it as it is."""
    connection = session.connection()
    connection.execute(delete(schema.about).where(schema.about.c.name == name))
    if value is not None:
        connection.execute(insert(schema.about).values(name=name, value=value))
