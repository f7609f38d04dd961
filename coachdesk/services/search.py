"""Finding notes by their words."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from coachdesk.store.search import TABLE

_WORD = re.compile(r"\w+")
SHORTEST = 2  # letters from which on a word may be unfinished: the index keeps beginnings of two and three
OPEN, CLOSE = "\x02", "\x03"  # around what was found in `Hit.snippet`; nobody can type them

_NEWEST_FIRST = f"""
    SELECT n.note_id, snippet({TABLE}, 0, char(2), char(3), '…', 16)
    FROM {TABLE} JOIN note_number n ON n.number = {TABLE}.rowid
    WHERE {TABLE} MATCH ? ORDER BY {TABLE}.rowid DESC LIMIT ?"""


@dataclass(frozen=True)
class Hit:
    """A note that was found, and the words around; what was found lies between `OPEN` and `CLOSE`."""

    note_id: UUID
    snippet: str


def notes(session: Session, text: str, limit: int = 20) -> list[Hit]:
    """The newest notes that hold every word of `text`; the last word may be unfinished."""
    asked = query(text)
    if not asked:
        return []
    rows = session.connection().exec_driver_sql(_NEWEST_FIRST, (asked, limit))
    return [Hit(UUID(note_id), snippet) for note_id, snippet in rows]


def query(text: str) -> str:
    """`text` in the words of the index, which knows no operators, quotes or stars of the coach's."""
    words = [f'"{word}"' for word in _WORD.findall(text)]
    if words and len(words[-1]) - 2 >= SHORTEST and _WORD.search(text[-1:]):
        words[-1] += "*"
    return " ".join(words)
