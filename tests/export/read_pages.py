"""What a person reads in a written file, with its lines joined."""

import csv
import io
import re
from html import unescape

from pypdf import PdfReader


def text_of(name: str, data: bytes) -> str:
    return " ".join(_READ[name](data).split()).replace("- ", "-")


def _pdf(data: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(data)).pages)


def _html(data: bytes) -> str:
    body = re.sub(r"<style>.*?</style>", " ", data.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", body))


def _csv(data: bytes) -> str:
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return "\n".join(" ".join(cells) for cells in lines)


_READ = {"pdf": _pdf, "html": _html, "csv": _csv}
