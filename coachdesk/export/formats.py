"""The formats a page is written in. A new one is a module and an entry here."""

from collections.abc import Callable
from dataclasses import dataclass

from coachdesk.export import csv, html, pdf
from coachdesk.export.page import AXIS, SHARE_HEADING, TITLE, Page


@dataclass(frozen=True)
class Format:
    """`write` gives the same bytes for the same page; `read_back` its rows as `Page.rows` gives them."""

    suffix: str
    write: Callable[[Page], bytes]
    read_back: Callable[[bytes], tuple[tuple[str, str, str], ...]]


FORMATS: dict[str, Format] = {
    "pdf": Format(".pdf", pdf.write, pdf.read_back),
    "html": Format(".html", html.write, html.read_back),
    "csv": Format(".csv", csv.write, csv.read_back),
}


def vocabulary(page: Page) -> list[str]:
    """Every text a file of this page may hold: the page's own, and the few that the formats add."""
    edges = [f"{row.band.low} % {row.band.high} %" for part in page.sections for row in part.rows]
    return [*page.texts(), *edges, TITLE, SHARE_HEADING, *AXIS, *csv.HEADINGS, csv.ABOUT]
