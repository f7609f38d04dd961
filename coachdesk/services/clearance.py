"""The last look at files before they are handed over: no word from outside the page, nobody recognisable.

The names of the goals, which the coach wrote, are held against everybody the vault knows. Then every word a
reader can see in a file must be a word of the page, and all bytes of the file are searched for everybody once
more. What the template holds whoever is on the list is told apart from a leak.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from coachdesk.disclosure.decode import page_text
from coachdesk.disclosure.needles import Identity, Needle, Needles, needles, tokens
from coachdesk.disclosure.scan import UNREADABLE, Finding, scan
from coachdesk.disclosure.vocabulary import words_outside
from coachdesk.errors import NotShareable
from coachdesk.export.formats import vocabulary
from coachdesk.export.page import Page
from coachdesk.model import Colleague, Teacher

INSIDE_A_WORD = 6  # letters from which a name counts inside a longer word of a goal: "across" holds "Ross"
# Words of two or three letters that are also names: without them no goal can be worded.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "all am an and any are art as at be but by can day do few for go had has her him his how if in is "
        "it its key law let lot low may me my new no not now of off on one or our out own per put see set "
        "so tan the to too top try two up us use via war way we who why win yes yet you",
    )
)
_KINDS = {
    "name": "a name",
    "nickname": "a short form of a name",
    "initials": "the initials",
    "e-mail": "an e-mail address",
    "room": "the room",
    "id": "a number or login",
}
_IN_A_GOAL = (
    "No page was made: one of the school's goals holds {what} of somebody on your lists, or a word like it. "
    "Reword the goal, then try again."
)
_IN_A_NAME = (
    "No page was made: its file name would hold {what} of somebody on your lists. "
    "Give the school another short code, then try again."
)
_IN_THIS_NAME = (
    "Nothing was saved: that file name holds {what} of somebody on your lists. Choose another name."
)
_IN_A_FILE = (
    "No page was made: the {format} file would hold {what} of somebody on your lists. "
    "Look at the names of the school and of its goals, then try again."
)
_UNREADABLE = "No page was made: the {format} file could not be opened again to check it. Try again."
_OTHER_WORDS = "No page was made: the {format} file holds words that do not stand on the page. Try again."
_EVERY_FILE_NAME = {"": b"coaching summary"}  # "summary" holds "Mary"


@dataclass(frozen=True)
class Cleared:
    """What was checked and found in order; `same_for_all` says whether a name on the lists is also a word of
    the page itself: of its sentences, the school's name or a goal fixed before."""

    files: int
    same_for_all: bool


def everybody(session: Session) -> Needles:
    """All by which anyone in the vault could be recognised, archived teachers and colleagues included."""
    teachers = (
        Identity(t.given_name, t.family_name, t.preferred_name, t.email, t.room, _known(t.source_id))
        for t in session.exec(select(Teacher))
    )
    return needles([*teachers, *map(_colleague, session.exec(select(Colleague)))])


def check_names(names: Iterable[str], people: Needles) -> None:
    """Hold the names of goals against everybody.

    A name of fewer than six letters counts where it is a word of its own; a short form ("Will"), or a name
    that is an everyday word ("Do"), where it is capitalised. One letter is no name. Everything else counts
    wherever it stands.

    Raises:
        NotShareable: one of them holds something that points to a person.
    """
    for name in names:
        capitals = " ".join(word for word in name.split() if word[:1].isupper())
        for text, sought in ((name, _own_words(people)), (capitals, _capitalised(people))):
            leaks = scan({"": text.encode()}, sought, {}).leaks
            if leaks:
                raise NotShareable(_IN_A_GOAL, what=_KINDS[leaks[0].kind])


def check_file_name(name: str, people: Needles) -> None:
    """Hold a name that the coach gives a file against everybody.

    Raises:
        NotShareable: it holds something that points to a person.
    """
    leaks = scan({name: b""}, people, _EVERY_FILE_NAME).leaks
    if leaks:
        raise NotShareable(_IN_THIS_NAME, what=_KINDS[leaks[0].kind])


def check_files(
    files: Mapping[str, bytes], page: Page, people: Needles, template: Mapping[str, bytes]
) -> Cleared:
    """Look at finished files, by name; `template` holds the same formats with every label filled in.

    Raises:
        NotShareable: a word from outside the page, or something that points to a person.
    """
    findings = scan(files, people, template)
    for leak in findings.leaks:
        raise _refusal(leak)
    approved = vocabulary(page)
    for name, data in files.items():
        if words_outside(page_text(data), approved):
            raise NotShareable(_OTHER_WORDS, format=name.rpartition(".")[2].upper())
    return Cleared(len(files), bool(findings.excused))


def _refusal(leak: Finding) -> NotShareable:
    form = leak.file.partition("(")[2].rstrip(")").upper()
    if leak.kind == UNREADABLE:
        return NotShareable(_UNREADABLE, format=form)
    if leak.part == "file name":
        return NotShareable(_IN_A_NAME, what=_KINDS[leak.kind])
    return NotShareable(_IN_A_FILE, format=form, what=_KINDS[leak.kind])


def _colleague(colleague: Colleague) -> Identity:
    given, _, family = colleague.name.strip().rpartition(" ")
    return Identity(given, family, email=colleague.email, ids=_known(colleague.source_id))


def _known(*keys: str) -> tuple[str, ...]:
    return tuple(key for key in keys if key)


def _own_words(people: Needles) -> Needles:
    long = tuple(needle for needle in people.anywhere if len(needle.text) >= INSIDE_A_WORD)
    short = (needle for needle in people.anywhere if len(needle.text) < INSIDE_A_WORD)
    words = [Needle(needle.kind, " ".join(tokens(needle.text))) for needle in short]
    words += [needle for needle in people.words if not _counts_capitalised(needle)]
    words = [needle for needle in words if needle.kind != "name" or len(needle.text) > 1]
    return Needles(long, (), tuple(words), people.patterns)


def _capitalised(people: Needles) -> Needles:
    return Needles((), (), tuple(filter(_counts_capitalised, people.words)), ())


def _counts_capitalised(needle: Needle) -> bool:
    everyday = needle.kind == "name" and needle.text in _EVERYDAY
    return len(needle.text) > 1 and (needle.kind == "nickname" or everyday)
