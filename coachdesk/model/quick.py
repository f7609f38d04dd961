"""A quick contact in one line: "rivera sign-in 5m" says who, what and how long."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coachdesk.model.caseload import folded

USUAL_MINUTES = 5
MOST_MINUTES = 480
_COMMAND = "quick"
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,3})(?:m|min|mins|minutes)?)?", re.IGNORECASE)
_UNIT = ("m", "min", "mins", "minutes")


@dataclass(frozen=True)
class Person:
    """A teacher as names are looked up by; `names` are what people call them."""

    id: UUID
    name: str
    names: tuple[str, ...]

    def called(self, word: str) -> bool:
        return any(part.startswith(word) for part in _parts(self.names))

    def exactly(self, word: str) -> bool:
        return word in _parts(self.names)


@dataclass(frozen=True)
class Quick:
    """What was understood: `people` are all who may be meant, and it can be kept when it is one."""

    people: tuple[Person, ...]
    what: str
    minutes: int
    codes: tuple[str, ...] = ()
    problem: str = ""


NOBODY = "No teacher of this name is on your list."
WHO = "Begin with the teacher's name, for example: rivera sign-in 5m"
SEVERAL = "More than one teacher may be meant. Write more of the name."
TOO_LONG = "A contact takes 1 minute to 8 hours."


def quick(text: str, people: Iterable[Person], codes: Sequence[str] = ()) -> Quick:
    """Read a line: a name or its beginning, more of the name where it is needed, words, minutes.

    `codes` are the standards that `#1D` may name. Five minutes where nothing else is said.
    """
    words = text.split()
    if words and words[0].lower() == _COMMAND:
        words = words[1:]
    words, tags = _tags(words, codes)
    words, minutes = _minutes(words)
    if not words:
        return Quick((), "", minutes or USUAL_MINUTES, tags, WHO)
    found, rest = _who(words, list(people))
    problem = "" if found else NOBODY
    if len(found) > 1:
        problem = SEVERAL
    elif minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        problem = TOO_LONG
    return Quick(found, " ".join(rest), USUAL_MINUTES if minutes is None else minutes, tags, problem)


def _who(words: Sequence[str], people: list[Person]) -> tuple[tuple[Person, ...], Sequence[str]]:
    """Who is meant by the first words, as many of them as narrow it, and the words after those."""
    found, used = people, 0
    for word in words:
        fewer = _named(folded(word), found)
        if not fewer or (len(found) == 1 and not found[0].exactly(folded(word))):
            break
        found, used = fewer, used + 1
    return (tuple(found), words[used:]) if used else ((), words)


def _named(word: str, people: Sequence[Person]) -> list[Person]:
    """Those called exactly so; where nobody is, those whose name begins so."""
    exact = [person for person in people if person.exactly(word)]
    return exact or [person for person in people if person.called(word)]


def _parts(names: Sequence[str]) -> set[str]:
    whole = [folded(name) for name in names if name]
    return {part for name in whole for part in (name, *re.split(r"[\s\-]+", name)) if part}


def _tags(words: Sequence[str], codes: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    tags = tuple(dict.fromkeys(w[1:].upper() for w in words if w.startswith("#") and w[1:].upper() in codes))
    return [w for w in words if not (w.startswith("#") and w[1:].upper() in tags)], tags


def _minutes(words: list[str]) -> tuple[list[str], int | None]:
    """The minutes that the last word names ("5m", "1h30", "90 min"), and the words without them."""
    if len(words) > 2 and words[-1].lower() in _UNIT and words[-2].isdecimal():
        words = [*words[:-2], words[-2] + "m"]
    match = _TIME.fullmatch(words[-1]) if len(words) > 1 else None
    if match is None or not any(match.groups()) or words[-1].isdecimal():
        return words, None
    return words[:-1], int(match.group(1) or 0) * 60 + int(match.group(2) or 0)
