"""Anybody's list of teachers, read as its column map says: a secretary's spreadsheet, contacts, cells
pasted in."""

import re
from collections.abc import Iterator
from dataclasses import replace

from coachdesk.errors import BadFile
from coachdesk.imports.cells import letter
from coachdesk.imports.columns import refuse_torn, value_at
from coachdesk.imports.mapping import ColumnMap, Sheet, secrets_of
from coachdesk.imports.meanings import Meaning
from coachdesk.imports.names import full_name
from coachdesk.imports.nobody import is_nobody
from coachdesk.imports.people import (
    ADMINISTRATOR,
    NOT_A_PERSON,
    OTHER_ROLE,
    TEACHER,
    Gathering,
    PersonRow,
    RosterFile,
    SchoolRow,
    role_of,
)
from coachdesk.imports.tabular import Line, Table
from coachdesk.imports.totals import is_total

FORMAT = "Table"


def read(table: Table, columns: ColumnMap) -> RosterFile:
    """The people in `table` as `columns` says. Raises BadFile when no column holds names."""
    if not columns.has_names:
        raise BadFile(
            "No column with names was found. Say which column holds the name, or give it a heading."
        )
    secret = secrets_of(table, columns.header)
    columns = replace(columns, columns=tuple(pair for pair in columns.columns if pair[1] not in secret))
    found = Gathering()
    id_column = letter(columns.place(Meaning.SOURCE_ID) or 0)
    for person in people(table, columns):
        kind = _kind(person)
        if kind in (TEACHER, ADMINISTRATOR):
            found.add(replace(person, role=kind), id_column=id_column)
        else:
            found.dropped[kind] += 1
    kept = found.people()
    names = dict.fromkeys(school for person in kept for school in person.schools)
    schools = tuple(SchoolRow("", name) for name in names)
    return RosterFile(FORMAT, kept, schools, dict(found.dropped), dict(found.mended))


def people(table: Table, columns: ColumnMap) -> Iterator[PersonRow]:
    """Everybody in `table`, whatever their role."""
    headings = {line.cells for line in table.lines if line.row <= columns.header}
    width = max((len(line.cells) for line in table.lines if line.row == columns.header), default=0)
    for line in table.lines:
        # A long list repeats its headings on every printed page.
        if line.row > columns.header and line.cells not in headings:
            if width:
                refuse_torn(table, line, width)
            yield _person(line, columns)


def shown(sheet: Sheet, columns: ColumnMap) -> tuple[PersonRow, ...]:
    """The first rows of `sheet` as `columns` would have them read. Raises BadFile."""
    width = 1 + max((place for place, _ in sheet.titles), default=0)
    lines = []
    for number, sample in enumerate(sheet.sample, 1):
        cells = [""] * width
        for (place, _), cell in zip(sheet.titles, sample, strict=True):
            cells[place] = cell
        lines.append(Line(number, tuple(cells)))
    found = people(Table(tuple(lines), even=False), replace(columns, header=0))
    return tuple(
        person
        for person in found
        if not is_total(person.given_name, person.family_name)
        and not is_nobody(person.given_name, person.family_name)
    )


def _person(line: Line, columns: ColumnMap) -> PersonRow:
    held = {meaning: value_at(line, place, letter(place)) for meaning, place in columns.columns}
    whole = full_name(held.get(Meaning.FULL_NAME, ""))
    return PersonRow(
        row=line.row,
        source_id=held.get(Meaning.SOURCE_ID, ""),
        given_name=held.get(Meaning.GIVEN_NAME) or whole.given,
        family_name=held.get(Meaning.FAMILY_NAME) or whole.family,
        middle_name=held.get(Meaning.MIDDLE_NAME, ""),
        preferred_name=held.get(Meaning.PREFERRED_NAME) or whole.preferred,
        pronouns=held.get(Meaning.PRONOUNS, ""),
        email=held.get(Meaning.EMAIL, "").split(" ::: ")[0].removeprefix("mailto:"),  # contacts hold several
        schools=tuple(part.strip() for part in held.get(Meaning.SCHOOL, "").split(";") if part.strip()),
        subjects=_listed(held.get(Meaning.SUBJECTS, "")),
        grades=_listed(held.get(Meaning.GRADES, "")),
        room=held.get(Meaning.ROOM, ""),
        title=held.get(Meaning.TITLE, ""),
        role=held.get(Meaning.ROLE, ""),
    )


def _listed(cell: str) -> str:
    return ", ".join(part.strip() for part in re.split(r"[,;|]", cell) if part.strip())


def _kind(person: PersonRow) -> str:
    """The role column decides; without one a title can only say that somebody leads, or is no member of
    staff."""
    if is_total(person.given_name, person.family_name):
        return NOT_A_PERSON
    if person.role:
        return role_of(person.role)
    by_title = role_of(person.title)
    return TEACHER if by_title == OTHER_ROLE else by_title
