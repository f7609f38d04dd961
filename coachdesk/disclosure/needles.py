"""What must not be found in a file that leaves: everything on the staff list that points to one person."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from anyascii import anyascii
from nicknames import NickNamer

SHORTEST_ANYWHERE = 4
SHORTEST_JOINED = 6
SHORTEST_NUMBER = 5

_APOSTROPHE = "'’‘ʼ`´"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHE}][sS]\b")
_DROPPED = re.compile(rf"[{_APOSTROPHE}\u00ad\u200b-\u200f\u2060\ufeff]")
_GAP = re.compile(r"[\s_\-‐‑]+")
_TOKEN = re.compile(r"[a-z0-9]+")
_BEFORE_A_ROOM = r"(?:\b[Rr]oom|\bROOM|\b[Rr]m|\bRM|#)"
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|[0-9]+")
_ROOM = re.compile(r"^\s*(?:room|rm\b|#)[\s.#]*", re.IGNORECASE)


@dataclass(frozen=True)
class Identity:
    """One person on the staff list. `ids` holds employee numbers, logins and keys of records."""

    given: str = field(repr=False)
    family: str = field(repr=False)
    preferred: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    room: str = field(default="", repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)


class Needle(NamedTuple):
    """`kind` says what it is, for a finding to name; `text` is folded, or a pattern."""

    kind: str
    text: str


@dataclass(frozen=True)
class Needles:
    """What to look for, by the manner of looking; each is sorted, so that a scan is the same every time."""

    anywhere: tuple[Needle, ...] = field(repr=False)  # folded text, also inside a word
    literal: tuple[Needle, ...] = field(repr=False)  # as it is spelt, in undecoded bytes
    words: tuple[Needle, ...] = field(repr=False)  # whole words of what a reader sees
    patterns: tuple[Needle, ...] = field(repr=False)  # initials and numbers of rooms, what a reader sees

    def __len__(self) -> int:
        return len(self.anywhere) + len(self.words) + len(self.patterns)


def plain(text: str) -> str:
    """Latin letters without accents, case kept; apostrophes gone, hyphens and underscores a space."""
    text = _DROPPED.sub("", _POSSESSIVE.sub(" ", unicodedata.normalize("NFC", text)))
    return _GAP.sub(" ", text if text.isascii() else anyascii(text)).strip()


def folded(text: str) -> str:
    return plain(text).casefold()


def tokens(text: str) -> list[str]:
    """The words of a text that is already folded."""
    return _TOKEN.findall(text)


def needles(people: Iterable[Identity]) -> Needles:
    """Everything to be looked for: names, their parts and nicknames, initials, e-mail, room and ids."""
    anywhere: set[Needle] = set()
    literal: set[Needle] = set()
    words: set[Needle] = set()
    patterns: set[Needle] = set()
    for person in people:
        for kind, text in _spellings(person):
            shape = folded(text)
            if tokens(shape) and len(shape) >= SHORTEST_ANYWHERE:
                anywhere.add(Needle(kind, shape))
                literal.add(Needle(kind, text.strip().casefold()))
            elif tokens(shape):
                words.add(Needle(kind, " ".join(tokens(shape))))
        words.update(_whole_words(person))
        patterns.update(_patterns(person))
    return Needles(*(tuple(sorted(group)) for group in (anywhere, literal, words, patterns)))


def _spellings(person: Identity) -> Iterator[tuple[str, str]]:
    for name in (person.given, person.preferred, person.family):
        yield from (("name", part) for part in _with_parts(name))
    for given in filter(None, (person.given, person.preferred)):
        yield from (("name", whole) for whole in _whole_names(given, person.family))
    local = person.email.partition("@")[0]
    yield "e-mail", person.email
    if not local.isdigit():
        yield "e-mail", local
    for key in person.ids:
        if not key.isdigit():
            yield "id", key


def _whole_names(given: str, family: str) -> Iterator[str]:
    yield from (f"{given} {family}", f"{family} {given}", f"{family}, {given}")
    joined = f"{given}{family}"
    if len(joined) >= SHORTEST_JOINED:
        yield joined


def _with_parts(name: str) -> set[str]:
    """A name, and each half of it where a hyphen or a space divides it."""
    return {name, *re.split(r"[\s\-‐‑]+", name)} - {""}


def _whole_words(person: Identity) -> Iterator[Needle]:
    for given in _with_parts(person.given) | _with_parts(person.preferred):
        yield from (Needle("nickname", name) for name in nicknames_of(folded(given)))
    room = tokens(folded(_ROOM.sub("", person.room)))
    if room and not "".join(room).isdigit():
        yield Needle("room", " ".join(room))
        yield Needle("room", "".join(room))
        yield Needle("room", " ".join(_LETTERS_OR_DIGITS.findall("".join(room))))
    for number in _numbers(person):
        if len(number) >= SHORTEST_NUMBER:
            yield Needle("id", number)


def _numbers(person: Identity) -> list[str]:
    return [key for key in (*person.ids, person.email.partition("@")[0]) if key.isdigit()]


def _patterns(person: Identity) -> Iterator[Needle]:
    for given in filter(None, (person.given, person.preferred)):
        for letters in sorted(_initials(given, person.family)):
            dotted = r"(?:\.\s?)?".join(letters)
            yield Needle("initials", rf"(?<![A-Za-z0-9]){dotted}(?![A-Za-z0-9])")
    room = "".join(tokens(folded(_ROOM.sub("", person.room))))
    for kind, number in [("room", room), *(("id", number) for number in _numbers(person))]:
        if number.isdigit():
            yield Needle(
                kind, rf"(?:\b[Rr]oom|\bROOM|\b[Rr]m|\bRM|#)[\s.#]*0*{number.lstrip('0') or 0}(?![0-9])"
            )


def _initials(given: str, family: str) -> set[str]:
    """First letters of given and family name, and of all their parts: MJ and MJB for Maria Jones-Baker."""
    first, last = ([word[0].upper() for word in tokens(folded(name))] for name in (given, family))
    return {letters for letters in ("".join(first[:1] + last[:1]), "".join(first + last)) if len(letters) > 1}


@cache
def nicknames_of(name: str) -> frozenset[str]:
    """Short forms of a folded given name, and the names it is a short form of."""
    known = _namer()
    return frozenset(known.nicknames_of(name) | known.canonicals_of(name)) - {name}


@cache
def _namer() -> NickNamer:
    return NickNamer()
