"""Search finished files for the staff list, before they are handed over.

A baseline, the same template filled with every label it can carry, says what the files hold whoever is on the
list: its parts are skipped where they are identical, and a name that is also a word of the template ("Page",
"Half") is told apart from a leak. A finding names the kind of what was found and the place, never the text
itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from coachdesk.disclosure.decode import parts
from coachdesk.disclosure.needles import Identity, Needle, Needles, folded, needles, plain
from coachdesk.disclosure.parts import Kind, Part, Unreadable

__all__ = ["Finding", "Findings", "Identity", "Needles", "needles", "scan"]

FORMATS = ("pdf", "html", "csv", "xlsx", "png", "svg", "zip", "txt")
UNREADABLE = "unreadable"
_READ = (Kind.NAME, Kind.PAGE, Kind.WORDS)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, order=True)
class Finding:
    """`kind`: name, nickname, initials, e-mail, room, id, or unreadable; `file` and `part` say where."""

    kind: str
    file: str
    part: str


@dataclass(frozen=True)
class Findings:
    """`leaks` must keep the files from being handed over; `excused` are words of the template itself."""

    leaks: tuple[Finding, ...]
    excused: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        return not self.leaks


def scan(files: Mapping[str, bytes], looked_for: Needles, baseline: Mapping[str, bytes]) -> Findings:
    """Search `files`, by name, for what is `looked_for`; `baseline` holds the template's files, by any names.

    A file that cannot be decoded is a leak of kind "unreadable": nothing can be said about it.

    Raises:
        Unreadable: the baseline itself cannot be decoded.
    """
    template = _Template(chain.from_iterable(parts(name, data) for name, data in baseline.items()))
    leaks: set[Finding] = set()
    excused: set[Finding] = set()
    for number, (name, data) in enumerate(files.items(), start=1):
        place = _file(number, name)
        try:
            for part in dict.fromkeys(parts(name, data)):
                for kind, span in _hits(part, looked_for) if part not in template else ():
                    found = excused if template.says(span, part.kind) else leaks
                    found.add(Finding(kind, place, part.where))
        except Unreadable:
            leaks.add(Finding(UNREADABLE, place, "file"))
    return Findings(tuple(sorted(leaks)), tuple(sorted(excused)))


def _file(number: int, name: str) -> str:
    """A file by its number and a format we know: its name may be the leak."""
    suffix = name.rpartition(".")[2].lower()
    return f"file {number} ({suffix})" if suffix in FORMATS else f"file {number}"


class _Template:
    """What the baseline holds: its parts, and its words, apart for what is read and what is only stored."""

    def __init__(self, template_parts: Iterable[Part]) -> None:
        self._parts: set[tuple[Kind, str]] = set()
        read: list[str] = []
        stored: list[str] = []
        for part in template_parts:
            if part.kind is Kind.NAME or (part.kind, part.text) in self._parts:
                continue
            self._parts.add((part.kind, part.text))
            (read if part.kind in _READ else stored).append(_words(_shape(part)))
        self._read = "\n".join(read)
        self._all = "\n".join((self._read, *stored))

    def __contains__(self, part: Part) -> bool:
        return (part.kind, part.text) in self._parts

    def says(self, span: str, kind: Kind) -> bool:
        """Whether the words of `span` stand in the template: where they are read, if they are read here."""
        known = self._read if kind in _READ else self._all
        return _words(span) in known or _words(folded(span)) in known


def _shape(part: Part) -> str:
    """The text as it is searched: undecoded bytes as they are spelt, all else folded."""
    return part.text.casefold() if part.kind is Kind.BYTES else folded(part.text)


def _words(shape: str) -> str:
    return f" {' '.join(_WORD.findall(shape))} "


def _hits(part: Part, looked_for: Needles) -> Iterator[tuple[str, str]]:
    """Kind of each needle found, and the whole words it was found in."""
    shape = _shape(part)
    if part.kind is Kind.BYTES:
        yield from _inside(shape, looked_for.literal)
        return
    yield from _inside(shape, looked_for.anywhere)
    if part.kind is Kind.TEXT:
        return
    shown = _words(shape)
    yield from ((kind, text) for kind, text in looked_for.words if f" {text} " in shown)
    kept = plain(part.text)
    for kind, pattern in looked_for.patterns:
        yield from ((kind, match.group().casefold()) for match in re.finditer(pattern, kept))


def _inside(shape: str, wanted: tuple[Needle, ...]) -> Iterator[tuple[str, str]]:
    for kind, text in wanted:
        at = shape.find(text)
        while at >= 0:
            end = at + len(text)
            yield kind, _whole(shape, at, end)
            at = shape.find(text, end)


def _whole(shape: str, start: int, end: int) -> str:
    """The text from `start` to `end`, with the rest of the words it begins and ends in."""
    while start > 0 and shape[start - 1].isalnum():
        start -= 1
    while end < len(shape) and shape[end].isalnum():
        end += 1
    return shape[start:end]
