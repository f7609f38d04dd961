"""A whole name in one cell, taken apart: "Last, First" or "First Last", with what people put around it."""

import re
from dataclasses import dataclass

_TITLES = frozenset(re.findall(r"\w+", "mr mrs ms mx miss dr prof professor coach sr sra srta"))
_SUFFIXES = frozenset(re.findall(r"\w+", "jr sr ii iii iv md phd edd"))
# Words that belong to the family name after them.
_PARTICLES = frozenset(re.findall(r"\w+", "al bin da de del della der di dos du el la le van von st ter ten"))
_NICKNAME = re.compile(r"[\"“(']([^\"”()']{1,40})[\"”)'](?=\s|,|$)")


@dataclass(frozen=True)
class Name:
    given: str
    family: str
    preferred: str = ""


def full_name(text: str) -> Name:
    """`text` as given and family name; a single word is the family name."""
    nickname = _NICKNAME.search(text)
    preferred = nickname[1].strip() if nickname and nickname.start() > 0 else ""
    if preferred and nickname:
        text = text[: nickname.start()] + text[nickname.end() :]
    parts = [" ".join(part.split()) for part in text.split(",")]
    parts = [part for part in parts if part]
    suffixes = [part for part in parts[1:] if _bare(part) in _SUFFIXES]
    parts = [part for part in parts if part not in suffixes]
    given, family = _by_comma(parts) if len(parts) > 1 else _by_order(" ".join(parts).split())
    return Name(given, " ".join([family, *suffixes]).strip(), preferred)


def _by_comma(parts: list[str]) -> tuple[str, str]:
    given = _untitled(" ".join(parts[1:]).split())
    return " ".join(given), parts[0]


def _by_order(words: list[str]) -> tuple[str, str]:
    words = _untitled(words)
    start = max(len(words) - 1, 0)
    while start > 1 and _bare(words[start]) in _SUFFIXES:
        start -= 1
    while start > 1 and _bare(words[start - 1]) in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def is_address(text: str) -> bool:
    """Whether `text` is how somebody is addressed, "Ms." or "Dr.", and not a post."""
    return _bare(text) in _TITLES - {"coach", "professor"}


def _untitled(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and _bare(words[0]) in _TITLES else words


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").strip()
