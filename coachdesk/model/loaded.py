"""Loaded words: those that say what the coach thinks of a moment instead of what was seen or heard."""

import re
from collections.abc import Iterable

from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind

_SAID = (
    "should shouldn't must ought great good bad better best worse worst nice excellent amazing awesome "
    "wonderful fantastic perfect poor terrible awful weak lazy boring bored chaotic messy unfortunately "
    "failed fails clearly obviously"
)
WORDS = frozenset(_SAID.split())
HEARD = (LineKind.TEACHER, LineKind.STUDENT, LineKind.QUESTION)  # what somebody said, word for word
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_WORD = re.compile(r"[a-z']+")


def loaded(text: str) -> tuple[str, ...]:
    """The loaded words of a text, each once, in order; what stands in quotation marks was heard."""
    plain = _QUOTED.sub(" ", text).replace("\u2019", "'").casefold()
    return tuple(dict.fromkeys(word for word in _WORD.findall(plain) if word in WORDS))


def loaded_lines(lines: Iterable[Line]) -> list[tuple[Line, str]]:
    """The lines of a script that judge, each with the first word that does.

    What somebody said in the room is no judgement of the coach's.
    """
    seen = ((line, loaded(line.text)) for line in lines if line.kind not in HEARD)
    return [(line, words[0]) for line, words in seen if words]
