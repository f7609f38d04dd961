"""The page as a table for a spreadsheet.

The bytes begin with the UTF-8 mark: without it Excel reads the file as Windows-1252 and breaks every accent;
the other readers (LibreOffice, Numbers, Google Sheets, Python's `utf-8-sig`) skip it. Lines end in CRLF
(RFC 4180). A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break;
OWASP, "CSV injection") is given a leading apostrophe.
"""

import csv
import io
from collections.abc import Iterator

from coachdesk.export.page import SHARE_HEADING, Page

HEADINGS = ("Part", "Line", SHARE_HEADING, "From", "To")
ABOUT = "About this page"
# The apostrophe itself is among them, so that taking one away again always gives the cell as it was.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write(page: Page) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    lines.writerows([harmless(cell) for cell in line] for line in _lines(page))
    return text.getvalue().encode("utf-8-sig")


def read_back(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Heading, label and words of every row, as `Page.rows` gives them."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    next(lines)
    return tuple((original(part), original(line), words) for part, line, words, *_ in lines if words)


def _lines(page: Page) -> Iterator[tuple[str, ...]]:
    for text in (page.title, page.school, page.window, page.span, page.introduction):
        yield ABOUT, text, "", "", ""
    for part in page.sections:
        yield part.heading, part.sentence, "", "", ""
        for row in part.rows:
            yield part.heading, row.label, row.band.words, f"{row.band.low} %", f"{row.band.high} %"
    for note in page.footnotes:
        for sentence in note.sentences:
            yield note.heading, sentence, "", "", ""


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def original(cell: str) -> str:
    return cell.removeprefix("'")
