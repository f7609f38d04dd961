"""A roster file, whatever made it: recognised by its headings, read by what knows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from coachdesk.errors import BadFile
from coachdesk.imports import clever, columns, listing, oneroster, package, tabular, workbook
from coachdesk.imports.layout import layout_of
from coachdesk.imports.mapping import ColumnMap, Sheet, guessed, sheet_of
from coachdesk.imports.meanings import Meaning
from coachdesk.imports.people import PersonRow, RosterFile, SchoolRow
from coachdesk.imports.tabular import Table

__all__ = ["ColumnMap", "FORMATS", "Meaning", "PersonRow", "RosterFile", "SchoolRow", "Sheet", "look", "read"]

BESIDE = package.BESIDE


@dataclass(frozen=True)
class Format:
    """A file with headings fixed by whoever wrote its standard; `knows` is asked with them, folded."""

    knows: Callable[[frozenset[str]], bool]
    read: Callable[[Table, Mapping[str, bytes]], RosterFile]


FORMATS = {
    oneroster.FORMAT: Format(oneroster.knows, oneroster.read),
    clever.FORMAT: Format(clever.knows, clever.read),
}

_STUDENTS = "This is a list of students, and coachdesk keeps none. Choose the file with the teachers."
_NO_ROSTER = "This file belongs to a roster but holds no people. Choose {wanted} instead."
# Files that lie beside the right one and are picked by mistake, by headings that only they have.
_MISTAKEN = (
    (frozenset({"studentid", "lastname"}), _STUDENTS, ""),
    (frozenset({"studentsourcedid"}), _STUDENTS, ""),
    (frozenset({"sourcedid", "parentsourcedid"}), _NO_ROSTER, "users.csv"),
    (frozenset({"usersourcedid", "role"}), _NO_ROSTER, "users.csv"),
    (frozenset({"schoolid", "schoolname", "principal"}), _NO_ROSTER, "teachers.csv"),
)


def read(
    data: bytes, *, beside: Mapping[str, bytes] | None = None, mapping: ColumnMap | None = None
) -> RosterFile:
    """Everything a roster file says of teachers and administrators.

    `beside` are the files that lie with it, by name. `mapping` says what the columns of a file of no known
    format hold; without it that is guessed. Raises BadFile, with row and column where they are known.
    """
    data, beside = _out_of_its_package(data, beside or {})
    table = tabular.read(data)
    known = None if mapping else _format_of(table)
    if known is None:
        found = listing.read(table, mapping or guessed(table))
    else:
        found = FORMATS[known].read(table, {place.casefold(): held for place, held in beside.items()})
    if not found.people and not found.dropped:
        raise BadFile("There is a heading, but nobody below it. Choose another file, or export it again.")
    return replace(found, layout=layout_of(table, mapping)) if mapping else found


def look(data: bytes) -> Sheet | None:
    """What to ask the coach about a file before it is read; None when its format is known and there is
    nothing to ask."""
    data, _ = _out_of_its_package(data, {})
    table = tabular.read(data)
    return None if _format_of(table) else sheet_of(table)


def _out_of_its_package(data: bytes, beside: Mapping[str, bytes]) -> tuple[bytes, Mapping[str, bytes]]:
    if not data.startswith(b"PK\x03\x04") or workbook.is_workbook(data):
        return data, beside
    files = package.unpacked(data)
    roster = next((files[name] for name in package.ROSTERS if name in files), data)
    return roster, {**beside, **files}


def _format_of(table: Table) -> str | None:
    headings = columns.headings(table)
    for signs, sentence, wanted in _MISTAKEN:
        if signs <= headings:
            raise BadFile(sentence, wanted=wanted)
    return next((name for name, known in FORMATS.items() if known.knows(headings)), None)
