"""Everything readable in a file, however it is wrapped.

Plain text and CSV, HTML and XML, archives and office files (zip), gzip, PNG and PDF, and files inside these,
each also as undecoded bytes. What cannot be opened is said to be unreadable rather than passed over.
"""

import codecs
import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from urllib.parse import unquote

from coachdesk.disclosure import decode_pdf, markup
from coachdesk.disclosure.parts import (
    MOST_BYTES,
    Inner,
    Kind,
    Opened,
    Part,
    Unreadable,
    bytes_as_text,
    inflated,
)

DEEPEST = 6
_GZIP = b"\x1f\x8b"


def parts(name: str, data: bytes) -> Iterator[Part]:
    """Every part of a file named `name`, its name first: its ending is the same for everybody.

    Raises:
        Unreadable: something in it cannot be decoded.
    """
    yield Part("file name", Kind.NAME, f"{name} {unquote(name)} {PurePath(name).stem.upper()}")
    yield from _opened("file", data, 0, [MOST_BYTES])


def _opened(where: str, data: bytes, depth: int, budget: list[int]) -> Iterator[Part]:
    budget[0] -= len(data)
    if depth > DEEPEST or budget[0] < 0:
        raise Unreadable
    yield from bytes_as_text(where, data)
    opened = _opener(data)(where, data)
    yield from opened.parts
    for inner in opened.inner:
        yield from _opened(inner.where, inner.data, depth + 1, budget)


def _opener(data: bytes) -> Callable[[str, bytes], Opened]:
    if b"%PDF-" in data[:1024]:
        return decode_pdf.opened
    for magic, opener in _MAGIC.items():
        if data.startswith(magic):
            return opener
    return _text


def page_text(data: bytes) -> str:
    """The text a reader of this file reads, for the closed vocabulary; alternative texts are part of it.

    Raises:
        Unreadable: something in it cannot be decoded.
    """
    return "\n".join(part.text for part in parts("", data) if part.kind is Kind.PAGE)


def _text(where: str, data: bytes) -> Opened:
    text = _decoded(data)
    if markup.found_in(text):
        return markup.opened(where, text)
    found = [Part(f"{where}, text", Kind.PAGE, each) for each in (text, *_cells(text))]
    found.append(Part(f"{where}, text", Kind.WORDS, unquote(text)))
    return Opened(found, markup.embedded(where, text))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _cells(text: str) -> list[str]:
    try:
        return [" ".join(cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line)]
    except csv.Error:
        return []


def _archive(where: str, data: bytes) -> Opened:
    opened = Opened()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            opened.parts.append(Part(f"{where}, comment", Kind.WORDS, _decoded(archive.comment)))
            for number, entry in enumerate(archive.infolist(), start=1):
                place = f"{where}, entry {number}"
                if entry.file_size > MOST_BYTES:
                    raise Unreadable
                opened.parts.append(Part(f"{place}, name", Kind.WORDS, entry.filename))
                opened.parts.append(Part(f"{place}, comment", Kind.WORDS, _decoded(entry.comment)))
                opened.parts.extend(bytes_as_text(f"{place}, extra field", entry.extra))
                opened.inner.append(Inner(place, archive.read(entry)))
    except (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, ValueError, EOFError):
        raise Unreadable from None
    return opened


def _gzip(where: str, data: bytes) -> Opened:
    opened = Opened()
    while data.startswith(_GZIP):
        plain, data = inflated(data, bits=zlib.MAX_WBITS | 16)
        opened.inner.append(Inner(f"{where}, unpacked", plain))
    return opened


def _png(where: str, data: bytes) -> Opened:
    opened = Opened()
    for number, (label, content) in enumerate(_chunks(data), start=1):
        place = f"{where}, chunk {number}"
        if label in (b"tEXt", b"zTXt", b"iTXt"):
            text = _png_text(label, content)
            forms = [text.decode(code, "replace") for code in ("utf-8", "latin-1")]
            opened.parts.extend(Part(place, Kind.WORDS, form) for form in forms)
        elif label != b"IDAT":
            opened.parts.extend(bytes_as_text(place, content))
    return opened


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        length, label = struct.unpack_from(">I4s", data, at)
        yield label, data[at + 8 : at + 8 + length]
        at += length + 12


def _png_text(label: bytes, content: bytes) -> bytes:
    """Keyword and text of a PNG text chunk (PNG specification, 11.3.3)."""
    keyword, _, rest = content.partition(b"\0")
    if label == b"zTXt":
        rest, _ = inflated(rest[1:])
    elif label == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        language, _, rest = rest.partition(b"\0")
        translated, _, rest = rest.partition(b"\0")
        rest = b" ".join((language, translated, inflated(rest)[0] if packed else rest))
    return keyword + b" " + rest


_MAGIC: dict[bytes, Callable[[str, bytes], Opened]] = {
    b"PK\x03\x04": _archive,
    b"PK\x05\x06": _archive,
    _GZIP: _gzip,
    b"\x89PNG\r\n\x1a\n": _png,
}
