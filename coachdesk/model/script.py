"""What a coach types in a visit: what kind of line it is, and which standards it tags."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coachdesk.model.caseload import folded
from coachdesk.model.visits import LineKind

PREFIXES = {
    "t:": LineKind.TEACHER,
    "s:": LineKind.STUDENT,
    "a:": LineKind.ACTION,
    "x:": LineKind.TECH,
    "?": LineKind.QUESTION,
    "!": LineKind.STRENGTH,
    ">": LineKind.WONDER,
    "*": LineKind.MOMENT,
}
MOST_LINES = 2_000  # a paste of more stays together in its last line
_TAG = re.compile(r"(?:^|(?<=\s))#([1-4])([A-Fa-f])(?![\w-])[ \t]?")
_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"(?:[tsaxTSAX]:|[?!*]|>(?!>))[ \t]?")


@dataclass(frozen=True)
class Typed:
    """What was meant by a typed line: `kind` is None where it does not begin with a prefix."""

    kind: LineKind | None
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line as the script shows it; `offset` in seconds since the note was started."""

    id: UUID
    offset: int
    kind: LineKind
    text: str


def typed(text: str, codes: Sequence[str]) -> Typed:
    """`text` without its prefix and without the tags among `codes`, the codes of the standards.

    A tag names one standard the coach was practising: it never stays in the line, which is the teacher's.
    """
    kind, rest = prefix(text)
    plain, known = untagged(rest, codes)
    return Typed(kind, plain, known)


def untagged(text: str, codes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """`text` without the tags among `codes`, and those it had."""
    found = tagged(text, codes)
    for _code, begins, ends in reversed(found):
        text = text[:begins] + text[ends:]
    return text.rstrip() if found else text, tuple(dict.fromkeys(code for code, _begins, _ends in found))


def tagged(text: str, codes: Sequence[str]) -> list[tuple[str, int, int]]:
    """The tags among `codes` in `text`: each with where it begins and ends, the space after it included."""
    if "#" not in text:  # the rule, and a paste may be long
        return []
    found = [(m.group(1) + m.group(2).upper(), m.start(), m.end()) for m in _TAG.finditer(text)]
    return [tag for tag in found if tag[0] in codes]


def prefix(text: str) -> tuple[LineKind | None, str]:
    """The kind that a line's beginning names, and the rest of it."""
    match = _PREFIX.match(text)
    if match is None:
        return None, text
    return PREFIXES[match.group().rstrip().lower()], text[match.end() :]


def pasted(text: str) -> list[str]:
    """A pasted text as lines of a script: empty ones left out, and at most `MOST_LINES`."""
    for ends in ("\r\n", "\r", "\u2028", "\u2029"):  # ten megabytes: quicker than one pattern
        text = text.replace(ends, "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], "\n".join(lines[MOST_LINES - 1 :])]


def positions(kept: Mapping[UUID, int], order: Sequence[UUID]) -> dict[UUID, int]:
    """A place for each line in this order, so that as few as possible of those `kept` get another.

    Places lie far apart: a line written between two others changes neither.
    """
    places: dict[UUID, int] = {}
    waiting: list[UUID] = []
    last = -1
    for key in order:
        at = kept.get(key)
        if at is None or at - last <= len(waiting):
            waiting.append(key)
            continue
        places |= _between(waiting, last, at)
        waiting, last = [], at
        places[key] = at
    return places | _between(waiting, last, None)


STEP = 2**32
_BESIDE = 2**20


def _between(keys: Sequence[UUID], after: int, before: int | None) -> dict[UUID, int]:
    if before is None:
        return {key: after + STEP * number for number, key in enumerate(keys, start=1)}
    step = min((before - after) // (len(keys) + 1), _BESIDE)
    return {key: after + step * number for number, key in enumerate(keys, start=1)}


def line_with(lines: Sequence[Line], text: str) -> Line | None:
    """The first line in which words begin as all those of `text` do, else the first with most of them."""
    wanted = _WORD.findall(folded(text))
    best, most = None, 0
    for line in lines:
        words = _WORD.findall(folded(line.text))
        held = sum(any(word.startswith(one) for word in words) for one in wanted)
        if held > most:
            best, most = line, held
    return best


def clock(seconds: int) -> str:
    """Elapsed time as the script stamps it: 08:12, or 1:08:12 after an hour."""
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
