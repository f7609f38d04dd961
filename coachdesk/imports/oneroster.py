"""OneRoster's bulk files: `users.csv` with the roles in it (1.1), or in `roles.csv` beside it (1.2,
Microsoft SDS).

Read are the columns named here and nothing else: passwords, phones and text-message numbers stay in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from coachdesk.errors import BadFile
from coachdesk.imports.columns import Row, headings, key_of, rows, rows_beside
from coachdesk.imports.people import (
    ADMINISTRATOR,
    TEACHER,
    Gathering,
    PersonRow,
    RosterFile,
    SchoolRow,
    grades_of,
    role_of,
)
from coachdesk.imports.tabular import Table

FORMAT = "OneRoster"
USERS = (
    "sourcedId",
    "status",
    "enabledUser",
    "orgSourcedIds",
    "role",
    "givenName",
    "familyName",
    "middleName",
    "email",
    "grades",
    "preferredGivenName",
    "pronouns",
)
NEEDED = ("sourcedId", "role", "givenName", "familyName")
ORGS = ("sourcedId", "status", "name", "type")
ROLES = ("userSourcedId", "status", "role", "orgSourcedId")
_GONE = ("tobedeleted", "inactive")
_NO = ("false", "0", "no")


@dataclass(frozen=True)
class _Part:
    """What somebody is, and where."""

    role: str
    school: str
    gone: bool = False


Roles = dict[str, list[_Part]]


def knows(columns: frozenset[str]) -> bool:
    return {"sourcedid", "givenname", "familyname"} <= columns


def read(table: Table, beside: Mapping[str, bytes]) -> RosterFile:
    """Teachers and administrators. Raises BadFile when the roles are not to be found anywhere."""
    roles = _roles(table, beside)
    orgs = {org["sourcedId"]: org for org in rows_beside(beside, "orgs.csv", ORGS)}
    found = Gathering()
    for user in rows(table, USERS, NEEDED):
        role, schools, gone = _part_of(user, roles)
        if role in (TEACHER, ADMINISTRATOR):
            at = tuple(school for school in schools if _is_school(orgs.get(school)))
            person = _person(user, role, at)
            found.add(replace(person, gone=gone or person.gone), id_column="sourcedId")
        else:
            found.dropped[role] += 1
    people = _without_unknown_districts(found.people(), orgs)
    keys = dict.fromkeys(chain.from_iterable(person.schools for person in people))
    named = tuple(SchoolRow(key, orgs[key]["name"] if key in orgs else "") for key in keys)
    return RosterFile(FORMAT, people, named, dict(found.dropped), dict(found.mended))


def _without_unknown_districts(
    people: tuple[PersonRow, ...], orgs: Mapping[str, Row]
) -> tuple[PersonRow, ...]:
    """Where nobody teaches, and which nobody described, is rather a district than a school."""
    taught = {key for person in people if person.role == TEACHER for key in person.schools}
    return tuple(
        replace(person, schools=tuple(key for key in person.schools if key in taught or key in orgs))
        for person in people
    )


def _roles(table: Table, beside: Mapping[str, bytes]) -> Roles | None:
    """Who is what and where, from `roles.csv`; None where `users.csv` says it itself."""
    if "role" in headings(table):
        return None
    held = rows_beside(beside, "roles.csv", ROLES)
    if not held:
        raise BadFile(
            "This users.csv does not say who is a teacher. "
            "Put the roles.csv it came with into the same folder."
        )
    roles: Roles = {}
    for row in held:
        part = _Part(role_of(row["role"]), row["orgSourcedId"], _is_gone(row))
        roles.setdefault(row["userSourcedId"], []).append(part)
    return roles


def _part_of(user: Row, roles: Roles | None) -> tuple[str, list[str], bool]:
    """The role that counts for the roster, where it is held, and whether it is over.

    Whoever teaches anywhere is a teacher. What the file calls deleted counts only where nothing else is left.
    """
    if roles is None:
        schools = [org.strip() for org in user["orgSourcedIds"].split(",") if org.strip()]
        return role_of(user["role"]), schools, False
    said = roles.get(user["sourcedId"], [])
    held = [part for part in said if not part.gone] or said
    kinds = [part.role for part in held]
    role = next(
        (kind for kind in (TEACHER, ADMINISTRATOR) if kind in kinds), kinds[0] if kinds else role_of("")
    )
    schools = [part.school for part in held if part.role == role and part.school]
    return role, list(dict.fromkeys(schools)), all(part.gone for part in held) and bool(held)


def _is_school(org: Row | None) -> bool:
    """An organisation nobody described is taken for a school; a district is none, nor is one that closed."""
    return org is None or (org["type"].casefold() in ("", "school") and not _is_gone(org))


def _is_gone(row: Row) -> bool:
    return row["status"].casefold() in _GONE


def _person(user: Row, role: str, schools: tuple[str, ...]) -> PersonRow:
    preferred = user["preferredGivenName"]
    return PersonRow(
        row=user.number,
        source_id=key_of(user, "sourcedId"),
        given_name=user["givenName"],
        family_name=user["familyName"],
        middle_name=user["middleName"],
        preferred_name="" if preferred == user["givenName"] else preferred,
        pronouns=user["pronouns"],
        email=user["email"],
        schools=schools,
        grades=grades_of(user["grades"]),
        role=role,
        gone=user["enabledUser"].casefold() in _NO or _is_gone(user),
    )
