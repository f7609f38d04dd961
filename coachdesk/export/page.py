"""The page a principal gets, as plain data: every format writes these words and nothing else.

A page holds labels, never values: an exporter cannot publish what it has not been handed.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

TITLE = "Coaching summary"
SHARE_HEADING = "Share of teachers"
AXIS = ("0 %", "50 %", "100 %")


@dataclass(frozen=True)
class Band:
    """A share as it may be published: the words, and the interval in percent that they stand for."""

    words: str
    low: int
    high: int


@dataclass(frozen=True)
class Row:
    label: str
    band: Band


@dataclass(frozen=True)
class Section:
    """A part of the page; with no rows, its sentence is all that is said."""

    heading: str
    sentence: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Footnote:
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One quarter's page for one school.

    `window` is its name (`2026-27 Q1`); `span` its first and last day in words, the finest date on the page.
    """

    title: str
    school: str
    window: str
    span: str
    introduction: str
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Heading, label and words of every row, in the order of the page."""
        return tuple((part.heading, row.label, row.band.words) for part in self.sections for row in part.rows)

    def texts(self) -> Iterator[str]:
        """Every text of the page, in the order it is read."""
        yield from (self.title, self.school, self.window, self.span, self.introduction)
        for part in self.sections:
            yield from (part.heading, part.sentence)
            for row in part.rows:
                yield from (row.label, row.band.words)
        for note in self.footnotes:
            yield from (note.heading, *note.sentences)


def to_json(page: Page) -> bytes:
    """The page as the ledger keeps it."""
    return json.dumps(asdict(page), ensure_ascii=False).encode()


def from_json(data: bytes) -> Page:
    kept = json.loads(data)
    sections = tuple(
        Section(part["heading"], part["sentence"], tuple(_row(row) for row in part["rows"]))
        for part in kept.pop("sections")
    )
    notes = tuple(Footnote(note["heading"], tuple(note["sentences"])) for note in kept.pop("footnotes"))
    return Page(**kept, sections=sections, footnotes=notes)


def _row(kept: dict[str, Any]) -> Row:
    return Row(kept["label"], Band(**kept["band"]))
