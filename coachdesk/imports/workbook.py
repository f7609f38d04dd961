"""The first sheet of an Excel workbook that holds anything, as rows of text.

A workbook is a ZIP archive of XML, so a small file may hide a huge one: what it unpacks to is bounded before
a parser sees it, and entities (which multiply) are refused.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from coachdesk.errors import BadFile
from coachdesk.imports.cells import Cells

MAX_UNPACKED = 40_000_000  # bytes
MAX_PARTS = 1_000
MAX_CELLS = 600_000  # a roster of 3,000 people with 200 columns
MAX_ROWS = 50_000

_DAMAGED = (
    "The Excel file is damaged, or made by a program that writes it differently. "
    "Save it as CSV, then choose that."
)
_TOO_LARGE = (
    "The Excel file unpacks to more than a roster can be. Save the one sheet as CSV, then choose that."
)


_FIRST_PARTS = re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL)  # the head of a part that only workbooks have


def is_workbook(data: bytes) -> bool:
    """Whether `data` is a workbook, or the beginning of one whose list of parts is lost."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # the last: an unknown packing
        return _FIRST_PARTS.search(data) is not None


def rows(data: bytes) -> Iterator[Cells]:
    """Every row from the first, blank ones too, without the empty cells at its end. Raises BadFile."""
    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            # What openpyxl warns of is formatting it leaves out; the text is all there.
            warnings.simplefilter("ignore")
            found = _first_rows(data)
    except BadFile:
        raise
    except (
        Exception
    ) as error:  # a parser of somebody else's format stumbles in as many ways as there are writers
        raise BadFile(_DAMAGED) from error
    return iter(found)


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise BadFile(_TOO_LARGE)
            for part in parts:
                # Only the length in the directory is ever unpacked, so its sum above is binding.
                text = archive.read(part)
                if part.filename.endswith((".xml", ".rels")) and _declares_entities(text):
                    raise BadFile(_DAMAGED)
    except BadFile:
        raise
    except Exception as error:  # bad checksums, unknown packing, passwords: zipfile has an exception for each
        raise BadFile(_DAMAGED) from error


def _declares_entities(text: bytes) -> bool:
    return any("<!DOCTYPE".encode(name) in text for name in ("ascii", "utf-16-le", "utf-16-be"))


def _first_rows(data: bytes) -> list[Cells]:
    import openpyxl  # half the time it takes to start, and few rosters are workbooks

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            found = _rows_of(sheet)
            if any(found):
                return found
    finally:
        book.close()
    return []


def _rows_of(sheet: Any) -> list[Cells]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    found: list[Cells] = []
    waiting = count = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(values)
        if count > MAX_CELLS:
            raise BadFile(_TOO_LARGE)
        cells = _trimmed(tuple(_text(value) for value in values))
        if not cells:
            waiting += 1  # sheets are often formatted down to their last row
            continue
        if number > MAX_ROWS:
            raise BadFile(_TOO_LARGE)
        found.extend([()] * waiting)
        found.append(cells)
        waiting = 0
    return found


def _trimmed(cells: Cells) -> Cells:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
