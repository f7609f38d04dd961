"""The lines of a preview: each person of a file beside who they are in the vault, with what differs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from coachdesk.imports.people import TEACHER, PersonRow
from coachdesk.model import Colleague, Placement, School, Teacher
from coachdesk.model.roster import ColleagueRole, TeacherStatus
from coachdesk.services.incoming import Difference, Doubt, Kind, Line
from coachdesk.services.matching import Arrival, Known, Match, matches, plain
from coachdesk.services.places import Placed

ALREADY_GONE = "already_gone"  # deleted in the file, and never in the vault
SCHOOLS = "schools"
TEACHER_FIELDS = (
    "given_name",
    "family_name",
    "preferred_name",
    "pronouns",
    "email",
    "subjects",
    "grades",
    "room",
    "source_id",
)

_DEPUTY = re.compile(r"\b(assistant|asst|vice|deputy|associate|dean)\b", re.IGNORECASE)

Counted = tuple[list[Line], int]


@dataclass(frozen=True)
class _Vault:
    """One kind of people in the vault, and where they are."""

    records: Mapping[UUID, Teacher | Colleague]
    at: Mapping[UUID, frozenset[UUID]]
    school_names: Mapping[UUID, str]
    covered: frozenset[UUID]


def teachers(session: Session, where: Placed) -> Counted:
    """The lines about teachers; and how many of the file are gone and were never known."""
    records = {one.id: one for one in session.exec(select(Teacher))}
    at: dict[UUID, set[UUID]] = {}
    for placement in session.exec(select(Placement)):
        at.setdefault(placement.teacher_id, set()).add(placement.school_id)
    vault = _vault(session, where, records, {id: frozenset(schools) for id, schools in at.items()})
    coached = [arrival for arrival in where.arrivals if arrival.person.role == TEACHER]
    found = matches(coached, [_known(vault, record) for record in records.values()])
    lines, unknown = _lines(vault, coached, found)
    if coached:
        matched = {line.record_id for line in lines}
        lines += [_gone(vault, id) for id in records if id not in matched and _was_to_be_there(vault, id)]
    return lines, unknown


def colleagues(session: Session, where: Placed) -> Counted:
    """The lines about principals and other administrators. None is ever gone: the coach may know more than
    a file."""
    records = {one.id: one for one in session.exec(select(Colleague))}
    at = {id: frozenset({one.school_id} if one.school_id else ()) for id, one in records.items()}
    vault = _vault(session, where, records, at)
    leading = [arrival for arrival in where.arrivals if arrival.person.role != TEACHER]
    return _lines(vault, leading, matches(leading, [_known(vault, record) for record in records.values()]))


def values_of(line: Line) -> dict[str, Any]:
    """The values of the new record that the person of `line` would become."""
    person = line.person
    if person is None:
        return {}
    if line.coached:
        return {key: getattr(person, key) for key in TEACHER_FIELDS}
    return {
        "name": person.name,
        "email": person.email,
        "source_id": person.source_id,
        "role": _role_of(person, line.at),
        "school_id": line.at[0] if line.at else None,
    }


def _role_of(person: PersonRow, at: tuple[UUID, ...]) -> ColleagueRole:
    if _DEPUTY.search(person.title):
        return ColleagueRole.OTHER
    return ColleagueRole.PRINCIPAL if at else ColleagueRole.DISTRICT_LEADER


def _vault(
    session: Session,
    where: Placed,
    records: Mapping[UUID, Teacher | Colleague],
    at: Mapping[UUID, frozenset[UUID]],
) -> _Vault:
    names = {school.id: school.name for school in session.exec(select(School))}
    return _Vault(records, at, {**where.names(), **names}, where.covered)


def _known(vault: _Vault, record: Teacher | Colleague) -> Known:
    names = {plain(record.name)}
    if isinstance(record, Teacher):
        names.add(plain(f"{record.given_name} {record.family_name}"))
    room = record.room if isinstance(record, Teacher) else ""
    at = vault.at.get(record.id, frozenset())
    return Known(record.id, frozenset(names), record.email.casefold(), record.source_id, at, room)


def _lines(vault: _Vault, arrivals: Iterable[Arrival], found: Mapping[int, Match]) -> Counted:
    lines, unknown = [], 0
    earlier: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        match = found.get(arrival.person.row)
        if arrival.person.gone:
            if match and match.doubt in (None, Doubt.SAME_NAME):
                lines += [_gone(vault, match.known.id)] if _is_kept(vault, match.known.id) else []
            else:
                unknown += 1
            continue
        namesakes = earlier.setdefault(plain(arrival.person.name), [])
        lines.append(_matched(vault, arrival, match) if match else _fresh(vault, arrival, namesakes))
        namesakes.append(arrival)
    return lines, unknown


def _line(vault: _Vault, arrival: Arrival, kind: Kind, at: Iterable[UUID], **facts: Any) -> Line:
    person, record = arrival.person, facts.pop("record", None)
    coached = person.role == TEACHER
    if record is not None:
        facts |= {"record_id": record.id, "known_as": record.name}
    return Line(
        f"{'teacher' if coached else 'colleague'}-{person.row}",
        kind,
        person.name,
        coached,
        row=person.row,
        schools=_named(vault, arrival.schools),
        person=person,
        at=tuple(sorted(at, key=lambda school: vault.school_names[school])),
        **facts,
    )


def _fresh(vault: _Vault, arrival: Arrival, namesakes: Iterable[Arrival]) -> Line:
    twin = next((other.person.row for other in namesakes if _may_be_one(arrival, other)), None)
    kind, doubt = (Kind.NEW, None) if twin is None else (Kind.IN_DOUBT, Doubt.TWICE)
    return _line(vault, arrival, kind, arrival.schools, doubt=doubt, twin=twin)


def _may_be_one(one: Arrival, other: Arrival) -> bool:
    """Whether nothing in the file tells two people of one name apart."""
    apart = not (one.schools & other.schools) and bool(one.schools and other.schools)
    for key in ("source_id", "email"):
        first, second = getattr(one.person, key), getattr(other.person, key)
        apart = apart or bool(first and second and first.casefold() != second.casefold())
    return not apart


def _matched(vault: _Vault, arrival: Arrival, match: Match) -> Line:
    record = vault.records[match.known.id]
    here = vault.at.get(record.id, frozenset())
    at = (here - vault.covered) | arrival.schools if arrival.schools else here
    if isinstance(record, Colleague):
        at = here if here & arrival.schools else arrival.schools or here
    differences = _differences(vault, record, arrival.person, here, at)
    kind, doubt = Kind.CHANGED if differences else Kind.UNCHANGED, match.doubt
    if doubt and (differences or doubt is not Doubt.SAME_NAME):
        kind = Kind.IN_DOUBT
    else:
        # Nobody of the same name and school, of whom the file says nothing else, needs deciding about.
        doubt = None
    return _line(vault, arrival, kind, at, doubt=doubt, record=record, differences=differences)


def _differences(
    vault: _Vault,
    record: Teacher | Colleague,
    person: PersonRow,
    here: frozenset[UUID],
    at: frozenset[UUID],
) -> tuple[Difference, ...]:
    """What the file says otherwise. What it leaves empty is no difference: files know less than a coach."""
    said = {key: getattr(person, key) for key in TEACHER_FIELDS}
    if isinstance(record, Colleague):
        said = {"name": person.name, "email": person.email, "source_id": person.source_id}
    found = [
        Difference(key, getattr(record, key), value)
        for key, value in said.items()
        if value and value != getattr(record, key)
    ]
    if at != here:
        found.append(Difference(SCHOOLS, ", ".join(_named(vault, here)), ", ".join(_named(vault, at))))
    return tuple(found)


def _gone(vault: _Vault, id: UUID) -> Line:
    record = vault.records[id]
    schools = _named(vault, vault.at.get(id, frozenset()))
    return Line(
        f"gone-{id}", Kind.GONE, record.name, True, schools=schools, record_id=id, known_as=record.name
    )


def _was_to_be_there(vault: _Vault, id: UUID) -> bool:
    """At a school the file speaks for, and not put away already."""
    return _is_kept(vault, id) and bool(vault.at.get(id, frozenset()) & vault.covered)


def _is_kept(vault: _Vault, id: UUID) -> bool:
    record = vault.records[id]
    return isinstance(record, Teacher) and record.status != TeacherStatus.ARCHIVED


def _named(vault: _Vault, schools: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted(vault.school_names[school] for school in schools))
