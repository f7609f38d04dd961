"""Who in a file is who in the vault.

First by the id of the system the file comes from, then by e-mail, then by name and school. Only an id, or an
e-mail with the same name, is believed; all else is in doubt, for two teachers may share a name and a married
couple an e-mail. Ids are matched for the whole file before e-mails, and those before names, so that nobody
is taken for another whose own entry stands further down.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from coachdesk.imports.people import PersonRow
from coachdesk.services.incoming import Doubt


@dataclass(frozen=True)
class Known:
    """Somebody in the vault, as far as matching needs them."""

    id: UUID
    names: frozenset[str]  # folded; with a preferred name there are two
    email: str
    source_id: str
    schools: frozenset[UUID]
    room: str = ""


@dataclass(frozen=True)
class Match:
    known: Known
    doubt: Doubt | None


@dataclass(frozen=True)
class Arrival:
    """Somebody in the file, with the schools' keys in the vault."""

    person: PersonRow
    schools: frozenset[UUID]


def matches(arrivals: Iterable[Arrival], known: Iterable[Known]) -> dict[int, Match]:
    """The match of each arrival that has one, by its row. Nobody in the vault is matched twice."""
    waiting, left = list(arrivals), {one.id: one for one in known}
    found: dict[int, Match] = {}
    for sign in (_by_id, _by_email, _by_name):
        index: dict[object, list[Known]] = {}
        for one in left.values():
            for key in sign.of_known(one):
                index.setdefault(key, []).append(one)
        for arrival in waiting:
            row = arrival.person.row
            likely = [one for key in sign.of_arrival(arrival) for one in index.get(key, []) if one.id in left]
            if likely and row not in found:
                # Of two people of one name it is the one in the same room.
                one = max(likely, key=lambda one: bool(one.room) and one.room == arrival.person.room)
                found[row] = Match(one, sign.doubt(arrival, one))
                del left[one.id]
    return found


def _same_name(arrival: Arrival, known: Known) -> bool:
    person = arrival.person
    names = {plain(person.name), plain(f"{person.preferred_name} {person.family_name}")}
    return bool(names & known.names)


def _id_doubt(arrival: Arrival, known: Known) -> Doubt | None:
    """A name may change, but not all of it and the e-mail too: such an id is another system's."""
    email = arrival.person.email.casefold()
    if _same_name(arrival, known) or (email and email == known.email):
        return None
    words = {word for name in known.names for word in name.split()}
    shared = words & set(plain(f"{arrival.person.name} {arrival.person.preferred_name}").split())
    return None if shared else Doubt.SAME_ID


def _email_doubt(arrival: Arrival, known: Known) -> Doubt | None:
    return None if _same_name(arrival, known) else Doubt.SAME_EMAIL


@dataclass(frozen=True)
class _Sign:
    """What both sides may have in common, and what is doubtful about it then."""

    of_known: Callable[[Known], Iterable[object]]
    of_arrival: Callable[[Arrival], Iterable[object]]
    doubt: Callable[[Arrival, Known], Doubt | None]


_ANYWHERE = "anywhere"  # of a file that says no school
_NOWHERE = "nowhere"  # of somebody in the vault who is at no school


def _names_of_known(known: Known) -> Iterable[object]:
    return [(name, at) for name in known.names for at in (_ANYWHERE, *(known.schools or {_NOWHERE}))]


def _names_of_arrival(arrival: Arrival) -> Iterable[object]:
    places = (*arrival.schools, _NOWHERE) if arrival.schools else (_ANYWHERE,)
    return [(plain(arrival.person.name), at) for at in places]


_by_id = _Sign(
    lambda known: filter(None, [known.source_id]),
    lambda arrival: filter(None, [arrival.person.source_id]),
    _id_doubt,
)
_by_email = _Sign(
    lambda known: filter(None, [known.email]),
    lambda arrival: filter(None, [arrival.person.email.casefold()]),
    _email_doubt,
)
_by_name = _Sign(_names_of_known, _names_of_arrival, lambda _arrival, _known: Doubt.SAME_NAME)


def plain(name: str) -> str:
    """A name as it is compared: without accents, case, signs and the initials of middle names."""
    words = _words(name)
    return " ".join([*words[:1], *(word for word in words[1:-1] if len(word) > 1), *words[1:][-1:]])


def _words(name: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.findall(r"\w+", re.sub("['’`]", "", bare).casefold())


_SCHOOL_WORDS = {
    "ms": "middle",
    "es": "elementary",
    "hs": "high",
    "elem": "elementary",
    "jr": "junior",
    "sr": "senior",
    "st": "saint",
    "the": "",
    "school": "",
    "sch": "",
}


def plain_school(name: str) -> str:
    """A school's name as it is compared: "Lincoln MS" is "Lincoln Middle School"."""
    return " ".join(filter(None, (_SCHOOL_WORDS.get(word, word) for word in _words(name))))
