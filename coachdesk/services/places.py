"""Which schools of the vault the schools of a file are; and who of the file works at one the coach names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, select

from coachdesk.errors import BadFile
from coachdesk.imports.people import RosterFile, SchoolRow
from coachdesk.model import School
from coachdesk.model.kinds import new_key
from coachdesk.services.incoming import Place
from coachdesk.services.matching import Arrival, plain_school

OTHER_SCHOOL = "other_school"

_WHICH_SCHOOL = (
    "The list does not say at which school these people work, and you have several. "
    "Choose the school it is about; on the command line with --school."
)

At = UUID | str | None
"""The one school a file is about: one of the vault, or by name; None takes all that the file names."""


@dataclass(frozen=True)
class Placed:
    """The people of a file with the schools they are brought to; `covered` are the schools it speaks for."""

    arrivals: tuple[Arrival, ...]
    places: tuple[Place, ...]
    elsewhere: int = 0

    @property
    def covered(self) -> frozenset[UUID]:
        return frozenset(place.id for place in self.places)

    def names(self) -> Mapping[UUID, str]:
        return {place.id: place.name for place in self.places}


def placed(session: Session, file: RosterFile, at: At) -> Placed:
    """Raises BadFile when nobody in the file works at the school that was asked for, or when nothing says at
    which of several they work."""
    schools = list(session.exec(select(School)))
    named = {row.key: _place(row, schools) for row in file.schools}
    if len(named) == len(schools) == 1 and not file.schools[0].name and not schools[0].source_id:
        # One school here, and one there of which the file says no more than an id.
        named = {key: Place(schools[0].id, schools[0].name, key) for key in named}
    wanted = _wanted(at, schools, named.values())
    if not named:
        return _all_at(file, wanted or _only(schools))
    if wanted is None:
        return _where_they_say(file, named)
    return _filtered(file, wanted, named)


def _place(row: SchoolRow, schools: Iterable[School]) -> Place:
    same = next(
        (school for school in schools if row.source_id and school.source_id == row.source_id), None
    ) or next((school for school in schools if row.name and _is_called(school, row.name)), None)
    if same:
        return Place(same.id, same.name, row.source_id)
    return Place(
        new_key(), row.name or f"School {row.source_id}", row.source_id, new=True, named=bool(row.name)
    )


def _is_called(school: School, name: str) -> bool:
    return plain_school(name) in {plain_school(school.name), plain_school(school.short_code) or None}


def _wanted(at: At, schools: Iterable[School], named: Iterable[Place]) -> Place | None:
    if at is None or at == "":
        return None
    for school in schools:
        if school.id == at or (isinstance(at, str) and _is_called(school, at)):
            return Place(school.id, school.name)
    if isinstance(at, str):
        known = (place for place in named if plain_school(place.name) == plain_school(at))
        return next(known, Place(new_key(), at.strip(), new=True))
    raise BadFile("That school is no longer in the vault. Choose another.")


def _only(schools: list[School]) -> Place | None:
    if len(schools) > 1:
        raise BadFile(_WHICH_SCHOOL)
    return Place(schools[0].id, schools[0].name) if schools else None


def _all_at(file: RosterFile, place: Place | None) -> Placed:
    places = (place,) if place else ()
    at = frozenset(place.id for place in places)
    return Placed(tuple(Arrival(person, at) for person in file.people), places)


def _where_they_say(file: RosterFile, named: Mapping[str, Place]) -> Placed:
    arrivals = tuple(
        Arrival(person, frozenset(named[key].id for key in person.schools)) for person in file.people
    )
    places = {place.id: place for place in named.values()}
    return Placed(arrivals, tuple(places.values()))


def _filtered(file: RosterFile, wanted: Place, named: Mapping[str, Place]) -> Placed:
    keys = [key for key, place in named.items() if place.id == wanted.id]
    place = named[keys[0]] if keys else wanted
    if not keys and len(named) == 1 and not file.schools[0].name:
        # One school, of which the file says no more than an id: it is the one the coach means.
        keys = list(named)
        place = replace(wanted, source_id=keys[0])
    if not keys:
        raise BadFile("Nobody in the file works at that school. Check its name, or bring in all schools.")
    here = [person for person in file.people if set(keys) & set(person.schools)]
    arrivals = tuple(Arrival(person, frozenset({place.id})) for person in here)
    return Placed(arrivals, (place,), len(file.people) - len(here))
