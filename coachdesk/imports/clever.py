"""Clever's `teachers.csv`, one row per teacher and school, with `schools.csv` beside it.

`Teacher_number`, `Username` and `Password` are never read.
"""

from collections.abc import Iterator, Mapping

from coachdesk.imports.columns import Row, key_of, rows, rows_beside
from coachdesk.imports.names import full_name
from coachdesk.imports.people import ADMINISTRATOR, Gathering, PersonRow, RosterFile, SchoolRow
from coachdesk.imports.tabular import Table

FORMAT = "Clever"
TEACHERS = ("School_id", "Teacher_id", "Last_name", "Middle_name", "First_name", "Teacher_email", "Title")
NEEDED = ("Teacher_id", "Last_name", "First_name")
SCHOOLS = ("School_id", "School_name", "Principal", "Principal_email")


def knows(columns: frozenset[str]) -> bool:
    return {"teacherid", "lastname", "firstname"} <= columns


def read(table: Table, beside: Mapping[str, bytes]) -> RosterFile:
    """Teachers, and the principals that `schools.csv` names for the schools they teach at."""
    schools = rows_beside(beside, "schools.csv", SCHOOLS)
    names = {school["School_id"]: school["School_name"] for school in schools}
    found = Gathering()
    for row in rows(table, TEACHERS, NEEDED):
        found.add(_teacher(row), id_column="Teacher_id")
    keys = dict.fromkeys(key for person in found.people() for key in person.schools)
    for principal in _principals(schools, keys):
        found.add(principal, id_column="Principal")
    named = tuple(SchoolRow(key, names.get(key, "")) for key in keys)
    return RosterFile(FORMAT, found.people(), named, dict(found.dropped), dict(found.mended))


def _teacher(row: Row) -> PersonRow:
    return PersonRow(
        row=row.number,
        source_id=key_of(row, "Teacher_id"),
        given_name=row["First_name"],
        family_name=row["Last_name"],
        middle_name=row["Middle_name"],
        email=row["Teacher_email"],
        schools=(row["School_id"],) if row["School_id"] else (),
        title=row["Title"],
    )


def _principals(schools: list[Row], wanted: Mapping[str, None]) -> Iterator[PersonRow]:
    for school in schools:
        if school["Principal"] and school["School_id"] in wanted:
            name = full_name(school["Principal"])
            yield PersonRow(
                row=school.number,
                given_name=name.given,
                family_name=name.family,
                email=school["Principal_email"],
                schools=(school["School_id"],),
                role=ADMINISTRATOR,
            )
