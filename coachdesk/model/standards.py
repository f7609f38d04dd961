"""The 18 DLP Coach Success Standards, 1A–4B. They describe the coach, never a teacher."""

import tomllib
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from sqlmodel import Field

from coachdesk.model.kinds import CoachOnlyText, PlainLine, Record
from coachdesk.model.schedule import EventKind
from coachdesk.paths import resource


@dataclass(frozen=True)
class Standard:
    """One standard: its code and title from the source, its description in our own words."""

    code: str
    title: str
    description: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Domain:
    number: int
    title: str
    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Catalogue:
    domains: tuple[Domain, ...]
    principles: tuple[str, ...]

    @property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(standard for domain in self.domains for standard in domain.standards)


@cache
def catalogue() -> Catalogue:
    """The catalogue as it lies in resources/standards.toml."""
    kept = tomllib.loads(resource("standards.toml").read_text(encoding="utf-8"))
    return Catalogue(
        tuple(
            Domain(
                domain["number"],
                domain["title"],
                tuple(
                    Standard(s["code"], s["title"], s["description"], tuple(s.get("points", ())))
                    for s in domain["standards"]
                ),
            )
            for domain in kept["domains"]
        ),
        tuple(kept["principles"]),
    )


SUGGESTED: dict[EventKind, tuple[str, ...]] = {
    EventKind.PLANNING_MEETING: ("1B", "1C"),
    EventKind.VISIT: ("1D",),
    EventKind.DEBRIEF: ("1E",),
    EventKind.PRINCIPAL_MEETING: ("3A",),
    EventKind.GROUP: ("3C",),
    EventKind.OWN_GROWTH: ("4A",),
}


class StandardTag(Record, table=True):
    """Which standard the coach was practising in an event, its note or one of its lines.

    A suggested tag counts only once the coach has accepted it.
    """

    event_id: UUID = Field(foreign_key="event.id", index=True)
    note_id: UUID | None = Field(None, foreign_key="visitnote.id", index=True)
    line_id: UUID | None = Field(None, foreign_key="scriptline.id", index=True)
    code: PlainLine = Field(regex=r"^[1-4][A-F]$", index=True)
    accepted: bool = True
    own_words: CoachOnlyText = ""
