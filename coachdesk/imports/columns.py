"""The named columns of a table; no other cell of it is looked at."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from coachdesk.errors import BadFile
from coachdesk.imports import tabular
from coachdesk.imports.cells import clean, fold
from coachdesk.imports.tabular import Line, Table

_CUT_SHORT = (
    "Row {row}, column {column}: the line ends before it. "
    "Mend that row, or export the file again, then choose the new one."
)
LONGEST = 500  # characters of a value, as the vault keeps it
LONGEST_LIST = 20_000  # a district's administrator may stand in hundreds of schools


@dataclass(frozen=True)
class Row:
    """One line's wanted cells by heading; an absent column is empty."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.values.get(heading, "")


def headings(table: Table) -> frozenset[str]:
    """The first line's headings, without case and signs: `orgSourcedIds` is `orgsourcedids`."""
    return frozenset(_squashed(cell) for cell in table.lines[0].cells)


def rows(table: Table, wanted: Iterable[str], needed: Collection[str] = ()) -> Iterator[Row]:
    """Every line below the first, with the cells under the `wanted` headings only.

    Lines may leave out empty cells at their end, but none that is `needed`: such a line is cut short.

    Raises BadFile for a line wider than the heading: a separator in it was not quoted, so every cell after
    that one stands in the wrong column, and what is called a grade might be a password.
    """
    header = table.lines[0]
    known = {_squashed(heading): heading for heading in wanted}
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        if heading := known.get(_squashed(cell)):
            places.setdefault(heading, place)
    for line in table.lines[1:]:
        refuse_torn(table, line, len(header.cells))
        for heading in needed:
            if table.even and places.get(heading, 0) >= len(line.cells):
                raise BadFile(_CUT_SHORT, row=line.row, column=heading)
        yield Row(line.row, {heading: _value(line, place, heading) for heading, place in places.items()})


def rows_beside(beside: Mapping[str, bytes], name: str, wanted: Iterable[str]) -> list[Row]:
    """The rows of the file `name` that lies beside the roster; none where there is no such file.

    Raises BadFile that says which file it is about.
    """
    if not beside.get(name, b"").strip():
        return []
    try:
        return list(rows(tabular.read(beside[name]), wanted))
    except BadFile as bad:
        facts = {key: fact for key, fact in bad.facts.items() if key not in ("row", "column")}
        raise BadFile(f"In {name}: {bad.text}", row=bad.row, column=bad.column, **facts) from None


def key_of(row: Row, heading: str) -> str:
    """The id under `heading`. Raises BadFile when it is missing: without it nobody is found again next
    time."""
    if not row[heading]:
        raise BadFile(
            "Row {row}, column {column}: the id is missing. Ask for a fresh export, then choose that.",
            row=row.number,
            column=heading,
        )
    return row[heading]


def refuse_torn(table: Table, line: Line, width: int) -> None:
    if table.even and any(cell.strip() for cell in line.cells[width:]):
        raise BadFile(
            "Row {row} has {cells} cells, but there are {width} columns. "
            "Put quotation marks around the text with a comma in that row, then bring the file in again.",
            row=line.row,
            column=str(width + 1),
            cells=len(line.cells),
            width=width,
        )


def value_at(line: Line, place: int, heading: str, longest: int = LONGEST) -> str:
    """The cleaned cell at `place`. Raises BadFile, naming `heading`, when it is longer than any such value
    is."""
    cell = clean(line.cells[place]) if place < len(line.cells) else ""
    if len(cell) > longest:
        raise BadFile(
            "Row {row}, column {column}: the text is longer than {longest} characters. "
            "Shorten it and bring the file in again.",
            row=line.row,
            column=heading,
            longest=longest,
        )
    return cell


def _value(line: Line, place: int, heading: str) -> str:
    return value_at(line, place, heading, LONGEST_LIST if heading.endswith("Ids") else LONGEST)


def _squashed(heading: str) -> str:
    return fold(heading).replace(" ", "")
