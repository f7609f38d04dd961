"""The words of the sample: data in resources/sample, chosen and filled in by a seeded generator."""

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, TypeVar

from coachdesk.model.schedule import VisitKind
from coachdesk.model.visits import LineKind
from coachdesk.paths import resource

Slots = dict[str, object]
T = TypeVar("T")

# How often each kind of line comes in the middle of a lesson.
_WORK = {
    LineKind.TEACHER: 25,
    LineKind.STUDENT: 28,
    LineKind.ACTION: 24,
    LineKind.QUESTION: 10,
    LineKind.TECH: 7,
    LineKind.STRENGTH: 2,
    LineKind.WONDER: 2,
    LineKind.MOMENT: 2,
}
_OPENING = (LineKind.ACTION, LineKind.TEACHER)
_CLOSING = (LineKind.TEACHER, LineKind.ACTION)
_LAST_WORD = (LineKind.ACTION, LineKind.STUDENT)
_EXTRA = {VisitKind.CO_TEACH: "co_teach", VisitKind.CO_TEACH_WITH_DATA: "co_teach", VisitKind.MODEL: "model"}


@cache
def data(name: str) -> dict[str, Any]:
    """One file of resources/sample."""
    return tomllib.loads(resource("sample", f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Lesson:
    """What stays the same through one visit: the subject, its topic and task, the tool, the class size."""

    subject: str
    slots: Slots


class Writer:
    """Writes what a coach might have written. Sentences come from shuffled decks: each before any twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._decks: dict[object, list[Any]] = {}

    def draw(self, key: object, cards: Sequence[T]) -> T:
        """The next of the deck that `key` names."""
        deck: list[T] = self._decks.setdefault(key, [])
        if not deck:
            deck += self._rng.sample(cards, len(cards))
        return deck.pop()

    def note(self, part: str, taught: Lesson) -> str:
        """One sentence of what the coach writes when the visit is over."""
        return self.filled(self.draw(part, data("notes")[part]), taught.slots)

    def lesson(self, subject: str, strategy: str = "") -> Lesson:
        lines, words, rng = data("lines"), data("lines")["subject"][subject], self._rng
        place, other = rng.sample(lines["places"], 2)
        return Lesson(
            subject,
            {
                "m": rng.randint(17, 31),
                "tool": rng.choice(lines["tools"]),
                "topic": self.draw((subject, "topic"), words["topics"]),
                "task": self.draw((subject, "task"), words["tasks"]),
                "place": place,
                "place2": other,
                "strategy": strategy,
            },
        )

    def filled(self, template: str, slots: Slots) -> str:
        """A sentence with its slots filled: students by code, counts that fit the class, a few minutes."""
        if "{" not in template:
            return template
        size, draw = int(str(slots["m"])), self._rng.random
        half = size // 2
        one = int(draw() * size)
        two = one + 1 + int(draw() * half)
        three = two + 1 + int(draw() * (half - 1))  # so that no two of them meet, once around the class
        said = template.format(
            **slots,
            s1=f"S{1 + one}",
            s2=f"S{1 + two % size}",
            s3=f"S{1 + three % size}",
            n=half + int(draw() * (size - half)),
            k=2 + int(draw() * 4),
            min=2 + int(draw() * 8),
        )
        first = said.startswith('"')
        return said[: first + 1].upper() + said[first + 1 :]

    def script(self, taught: Lesson, minutes: int, kind: VisitKind) -> Iterator[dict[str, Any]]:
        """The lines of one visit, as they were written: seconds from the start, kind, text; none twice."""
        count = self._rng.randint(10, 20)
        step = minutes * 60 // count
        offsets = (step * line + int(self._rng.random() * step) for line in range(count))
        used: set[str] = set()
        for offset, (stage, what) in zip(offsets, self._plan(count, kind), strict=True):
            template = self._unused(used, stage, what, taught.subject)
            yield {"offset": offset, "kind": what, "text": self.filled(template, taught.slots)}

    def _plan(self, count: int, kind: VisitKind) -> Iterator[tuple[str, LineKind]]:
        """Which part of a lesson each line comes from, and its kind."""
        yield from (("opening", what) for what in _OPENING)
        middle = count - 4
        if kind in _EXTRA:
            yield _EXTRA[kind], LineKind.ACTION
            middle -= 1
        kinds = self._rng.choices(list(_WORK), weights=list(_WORK.values()), k=middle)
        yield from (("work", what) for what in kinds)
        yield from (("closing", what) for what in self._rng.choice((_CLOSING, _CLOSING[::-1], _LAST_WORD)))

    def _unused(self, used: set[str], stage: str, what: LineKind, subject: str) -> str:
        key, sentences = (stage, what, subject), _sentences(stage, what, subject)
        fresh = (self.draw(key, sentences) for _ in sentences)
        template = next((one for one in fresh if one not in used), sentences[0])
        used.add(template)
        return template


@cache
def _sentences(stage: str, what: LineKind, subject: str) -> tuple[str, ...]:
    """All sentences for this place in a lesson; in its middle those of the subject too."""
    own = data("lines")["subject"][subject].get(what, ()) if stage == "work" else ()
    return (*data("lines")[stage][what], *own)


def ascii_name(name: str) -> str:
    """A name as it stands in an e-mail address."""
    plain = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁøØ", "lLoO"))).lower()
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c == "-"))
