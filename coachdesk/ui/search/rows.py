"""The lines of the list that drops from the search box, and how what was typed is marked in them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from coachdesk.model.caseload import folded
from coachdesk.model.quick import Quick
from coachdesk.model.schedule import EventKind
from coachdesk.services.search import CLOSE, OPEN

_WORD = re.compile(r"\w+")
_MARKED = re.compile(f"{OPEN}(.*?){CLOSE}", re.DOTALL)
Part = tuple[str, bool]  # words, and whether they were looked for


@dataclass(frozen=True)
class Contact:
    """A quick contact that one key records."""

    teacher_id: UUID
    name: str
    quick: Quick
    kind: EventKind


@dataclass(frozen=True)
class AllYears:
    """Have all years looked through for these words: a coach's about somebody, so no log shows them."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Row:
    """A line of the list; a heading where there is no `target`.

    `detail` stands behind the text, `below` under it, `keys` at the end. What was looked for lies between
    `OPEN` and `CLOSE`. `target` is a wish, a `Contact`, or what is to be called.
    """

    text: str
    detail: str = ""
    below: str = ""
    icon: str = ""
    tone: str = "text"
    keys: str = ""
    target: object = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        said = (self.text, self.detail, self.below, self.keys)
        return ", ".join(plain(words) for words in said if words)


@dataclass(frozen=True)
class Offer:
    """A command or a page."""

    title: str
    keys: str
    icon: str
    run: Callable[[], object]


@dataclass(frozen=True)
class Found:
    """What the list shows: a sentence where there is something to say, then the rows.

    `in_doubt`, none of them is current until the coach chooses one.
    """

    rows: Sequence[Row] = ()
    says: str = ""
    hint: str = ""
    in_doubt: bool = False

    @property
    def results(self) -> list[Row]:
        return [row for row in self.rows if row.target is not None]


def group(heading: str, rows: Sequence[Row]) -> list[Row]:
    """`rows` under their heading; nothing where there are none."""
    return [Row(heading), *rows] if rows else []


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, for comparing."""
    return tuple(_WORD.findall(folded(text)))


def index_of(*texts: str) -> str:
    """The words of some texts in one line, each behind a blank, for `fits`."""
    return "".join(f" {word}" for text in texts for word in words_of(text))


def sought(typed: Iterable[str]) -> list[str]:
    """The words typed as `fits` looks for them."""
    return [f" {beginning}" for beginning in typed]


def fits(beginnings: Sequence[str], index: str) -> bool:
    """Whether each of the beginnings that `sought` made begins a word of `index`, which `index_of` made."""
    return all(map(index.__contains__, beginnings))


def marked(text: str, typed: Sequence[str]) -> str:
    """`text` with the beginnings that were typed between `OPEN` and `CLOSE`."""

    def mark(match: re.Match[str]) -> str:
        word = match.group()
        plain_word = folded(word)
        length = max((len(part) for part in typed if plain_word.startswith(part)), default=0)
        if len(plain_word) != len(word) and length:
            length = len(word)  # folding made other letters of it, so the whole word is marked
        return f"{OPEN}{word[:length]}{CLOSE}{word[length:]}" if length else word

    return _WORD.sub(mark, text)


def parts(text: str) -> list[Part]:
    """A marked text in pieces, in order."""
    pieces = _MARKED.split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


def plain(text: str) -> str:
    """A marked text without its marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")
