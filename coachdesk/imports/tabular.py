"""Bytes of a table as lines of cells: whatever wrote them, and however it wrote them.

A line's `row` is the number a spreadsheet shows beside it: blank lines count, and a cell with a line break
in it does not make two rows of one.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coachdesk.errors import BadFile
from coachdesk.imports import encoding, workbook
from coachdesk.imports.cells import Cells, letter

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_CELLS = 3_000_000  # keeps a file of nothing but separators within 300 MB
MAX_CELL = 32_767  # characters; the limit of the spreadsheets themselves
MAX_LINE = 1_000_000  # characters; keeps a file without line breaks from being parted into millions of cells
SEPARATORS = ",;\t|"
SAMPLE = 64_000  # characters looked at to tell the separator
NO_SEPARATOR = "\x1f"

_LONG_CELL = (
    "Row {row}, column {column}: the text is longer than any spreadsheet cell. "
    "Mend that row and bring the file in again."
)
_TOO_LONG = "The file is too long at row {row}: 50,000 rows are the most. Choose a shorter one."
_LONG_ROW = "Row {row} is longer than any row of a roster. Choose another file, or export it again."
_EMPTY = "The file is empty. Choose another file, or export it again."


@dataclass(frozen=True)
class Line:
    row: int
    cells: Cells


@dataclass(frozen=True)
class Table:
    """The lines of a file that hold anything.

    `even` says that every line is as wide as the file wrote it, so that a line wider than its heading was
    torn by a separator somebody forgot to quote; lines of a workbook end where their last cell is.
    """

    lines: tuple[Line, ...]
    even: bool = True


def read(data: bytes) -> Table:
    """The table in `data`: CSV with any usual separator and encoding, cells copied from a spreadsheet, or
    XLSX.

    Raises BadFile with row and column where they are known.
    """
    if len(data) > MAX_BYTES:
        raise BadFile("The file is larger than 20 MB. A roster is not; choose another file.")
    if workbook.is_workbook(data):
        return _table(workbook.rows(data), even=False)
    return _table(_records(encoding.text_of(data)), even=True)


def _table(rows: Iterator[Cells], *, even: bool) -> Table:
    lines = []
    count = 0
    for row, cells in enumerate(rows, 1):
        count += len(cells)
        _within_limits(row, cells, count)
        if any(cell and not cell.isspace() for cell in cells):
            lines.append(Line(row, cells))
    if not lines:
        raise BadFile(_EMPTY)
    return Table(tuple(lines), even)


def _within_limits(row: int, cells: Cells, count: int) -> None:
    if row > MAX_ROWS or count > MAX_CELLS:
        raise BadFile(_TOO_LONG, row=row)
    if cells and len(max(cells, key=len)) > MAX_CELL:
        place = next(i for i, cell in enumerate(cells) if len(cell) > MAX_CELL)
        raise BadFile(_LONG_CELL, row=row, column=letter(place))


def _records(text: str) -> Iterator[Cells]:
    named = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    separator = named[1] if named else separator_of(text[:SAMPLE])
    since: list[str] = []
    row = 0

    def fed() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            if len(line) > MAX_LINE:
                raise BadFile(_LONG_ROW, row=row)
            since.append(line)
            yield line

    reader = csv.reader(fed(), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        since.clear()
        row += 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise _torn(row, "".join(since), separator) from None
        yield () if named and row == 1 else cells


def _torn(row: int, record: str, separator: str) -> BadFile:
    """Where in `record` a quotation mark went wrong, in words."""
    if '"' not in record:
        return BadFile(_LONG_CELL, row=row, column=letter(_longest(record, separator)))
    column, opened = 0, False
    for before, sign, after in zip(separator + record, record, record[1:] + "\n", strict=False):
        if sign == '"' and opened and after not in f'{separator}"\r\n' and before != '"':
            break
        if sign == '"' and (opened or before in f"{separator} "):
            opened = not opened
        if sign == separator and not opened:
            column += 1
    return BadFile(
        "Row {row}, column {column}: a quotation mark is opened there and not closed as it should be. "
        "Mend that row and bring the file in again.",
        row=row,
        column=letter(column),
    )


def _longest(record: str, separator: str) -> int:
    lengths = [len(cell) for cell in record.split(separator)]
    return lengths.index(max(lengths))


def separator_of(sample: str) -> str:
    """The sign that parts the cells: the one that gives most lines the same number of them."""
    if _is_a_list_of_names(sample):
        return NO_SEPARATOR
    # Names and lists hold commas, so where two signs fit equally well it is the other one.
    return max(SEPARATORS, key=lambda sign: (*_evenness(sample, sign), sign != ",", -SEPARATORS.index(sign)))


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    widths = [
        len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if cells
    ]
    widths = widths[:60]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    return round(wide.count(usual) / len(widths), 1), usual


def _is_a_list_of_names(sample: str) -> bool:
    """One name a line, "Last, First": the comma belongs to the name, for a CSV writer puts no space after
    its own."""
    lines = [line for line in sample.splitlines() if line.strip()]
    signs = {line.count(sign) for line in lines for sign in ';\t|"'}
    named = [line for line in lines if line.count(",") == 1 and ", " in line]
    bare = [line for line in lines if "," not in line]
    return signs == {0} and len(named) + len(bare) == len(lines) and len(named) > len(bare)
