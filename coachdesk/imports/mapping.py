"""A table nobody knows: which column means what, guessed from headings and content.

The guess is a plain value. The coach sees it with the first rows and may change any part of it; `listing`
reads as the value says and guesses nothing more. Columns of passwords, phones and the like are not offered
and never read.
"""

import re
from dataclasses import dataclass, replace

from coachdesk.imports.cells import clean, letter
from coachdesk.imports.meanings import Meaning, is_secret, meaning_of, said_by
from coachdesk.imports.tabular import Line, Table

SAMPLE = 5  # rows shown beside the guess
_LOOKED_AT = 200  # rows whose content is judged
_HEADINGS_WITHIN = 15  # lines from the top in which the heading is looked for
_LONGEST_HEADING = 80  # characters by which a heading is known again
_NAMES = frozenset({Meaning.FULL_NAME, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME})


@dataclass(frozen=True)
class ColumnMap:
    """Which column holds what. `header` is the last heading line's spreadsheet row, 0 if there is none."""

    header: int
    columns: tuple[tuple[Meaning, int], ...] = ()

    def place(self, meaning: Meaning) -> int | None:
        """The column, counted from 0, that holds `meaning`."""
        return dict(self.columns).get(meaning)

    def with_column(self, meaning: Meaning, place: int | None) -> "ColumnMap":
        """The same, with `meaning` read from `place` (None: not read). A column has one meaning."""
        rest = [(other, where) for other, where in self.columns if other != meaning and where != place]
        return replace(self, columns=tuple(rest if place is None else [*rest, (meaning, place)]))

    @property
    def has_names(self) -> bool:
        return any(self.place(name) is not None for name in (Meaning.FULL_NAME, Meaning.FAMILY_NAME))


@dataclass(frozen=True)
class Sheet:
    """What the coach is shown while deciding: the columns that may be read, the first rows, and the guess.

    `headings` are those of all columns in their order, as they are compared.
    """

    titles: tuple[tuple[int, str], ...]
    sample: tuple[tuple[str, ...], ...]
    guess: ColumnMap
    headings: tuple[str, ...] = ()


def sheet_of(table: Table) -> Sheet:
    guess = guessed(table)
    titles = titles_of(table, guess.header)
    secret = secrets_of(table, guess.header)
    offered = [place for place in titles if place not in secret]
    return Sheet(
        tuple((place, titles[place] or letter(place)) for place in offered),
        tuple(tuple(_at(line, place) for place in offered) for line in _body(table, guess.header)[:SAMPLE]),
        guess,
        headings_of(table, guess.header),
    )


def guessed(table: Table) -> ColumnMap:
    """The likeliest reading of `table`, from its headings and from what stands under them."""
    header = _header_of(table)
    secret = secrets_of(table, header)
    body = _body(table, header)
    found: dict[Meaning, int] = {}
    for place, title in titles_of(table, header).items():
        column = _column(body, place)
        meaning = None if place in secret else meaning_of(title, column)
        # Of two that say the same the first is read; but an empty one says nothing.
        if meaning and (meaning not in found or (column and not _column(body, found[meaning]))):
            found[meaning] = place
    if Meaning.GIVEN_NAME in found and Meaning.FAMILY_NAME in found:
        found.pop(Meaning.FULL_NAME, None)
    return ColumnMap(header, tuple(found.items()))


def headings_of(table: Table, header: int) -> tuple[str, ...]:
    """The headings of all columns without case and signs, as a list is known by them; "" where there is
    none."""
    titles = titles_of(table, header).values()
    return tuple(" ".join(re.findall(r"\w+", title.casefold()))[:_LONGEST_HEADING] for title in titles)


def secrets_of(table: Table, header: int) -> frozenset[int]:
    """The columns that are not to be read, whatever a map says."""
    body = _body(table, header)
    titles = titles_of(table, header).items()
    return frozenset(place for place, title in titles if is_secret(title, _column(body, place)))


def titles_of(table: Table, header: int) -> dict[int, str]:
    """The columns with their headings, "" where there is none. A heading over several columns in the line
    above
    completes those below it: "Teacher" over "Last" and "First"."""
    at = next((i for i, line in enumerate(table.lines) if line.row == header), None)
    if at is None:
        return dict.fromkeys(range(max(len(line.cells) for line in table.lines[:_LOOKED_AT])), "")
    below = [clean(cell) for cell in table.lines[at].cells]
    above = _spread(table.lines[at - 1]) if at and _names_columns(table.lines[at - 1]) else []
    above += [""] * (len(below) - len(above))
    return {place: _title(above[place], below[place]) for place in range(len(below))}


def _header_of(table: Table) -> int:
    """The row of the (last) heading line: the one that names most columns, one of them a name; else 0."""
    lines = table.lines[:_HEADINGS_WITHIN]
    best = most = 0
    for at, line in enumerate(lines):
        titles = titles_of(table, line.row)
        said = {said_by(titles[place]) for place, cell in enumerate(line.cells) if cell.strip()} - {None}
        if said & _NAMES and len(said) > most:
            best, most = at, len(said)
    if not most:
        return 0
    below = lines[best + 1] if best + 1 < len(lines) else None
    # Headings may be broken over two lines: "Last" above "Name".
    if below and all(said_by(cell) for cell in below.cells if cell.strip()):
        return below.row
    return lines[best].row


def _names_columns(line: Line) -> bool:
    """A title stands alone in its line; headings are several."""
    return sum(1 for cell in line.cells if cell.strip()) > 1


def _spread(line: Line) -> list[str]:
    """Merged cells keep their text in the first of them."""
    spread, last = [], ""
    for cell in line.cells:
        last = clean(cell) or last
        spread.append(last)
    return spread


def _title(above: str, below: str) -> str:
    both = f"{above} {below}".strip()
    return next((title for title in (both, below) if said_by(title)), both)


def _body(table: Table, header: int) -> list[Line]:
    return [line for line in table.lines if line.row > header][:_LOOKED_AT]


def _column(body: list[Line], place: int) -> list[str]:
    return [cell for line in body if (cell := _at(line, place))]


def _at(line: Line, place: int) -> str:
    return clean(line.cells[place]) if place < len(line.cells) else ""
