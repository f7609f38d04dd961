"""The formats a page is written in. A new one is a module and an entry here."""

from collections.abc import Callable
from dataclasses import dataclass

from coachdesk.export import csv, html, pdf
from coachdesk.export.page import Page


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
