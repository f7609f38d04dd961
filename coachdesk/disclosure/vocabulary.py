"""The closed vocabulary: every word of a page is its template's, a label's or an approved text's."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import combinations

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_])")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u2011][ \t]*\r?\n\s*(?=[^\W\d_])")


def words(text: str) -> list[str]:
    """The words of a text in order: ligatures spelt out, broken lines joined, case and apostrophe made one.

    A hyphen joins two words; digits are words.
    """
    plain = _BROKEN.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    return [word.casefold().replace("’", "'") for word in _WORD.findall(plain)]


def words_outside(text: str, allowed: Iterable[str]) -> list[str]:
    """The words of `text` that occur in none of the `allowed` texts, in order, each once.

    A word that line breaks cut at its own hyphens ("co-teaching", "college-and-career-ready") is allowed if
    its letters are, joined where it was cut.
    """
    known: set[str] = set()
    for approved in allowed:
        known.update(words(approved))
        for compound in approved.split():
            known.update(words(" ".join(_joined(_HYPHEN.split(compound)))))
    return [word for word in dict.fromkeys(words(text)) if word not in known]


def _joined(parts: list[str]) -> Iterator[str]:
    """Every run of two or more neighbouring parts, written as one."""
    for start, end in combinations(range(len(parts) + 1), 2):
        if end - start > 1:
            yield "".join(parts[start:end])
