"""Everything readable in a PDF: the text of its pages, every string and stream of every object, also of old
ones.

A PDF that was edited keeps what it said before: streams are therefore also looked for in the bytes
themselves, whether or not anything refers to them.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

from coachdesk.disclosure import markup
from coachdesk.disclosure.parts import Inner, Kind, Opened, Part, Unreadable, bytes_as_text

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
# What pypdf raises besides its own errors, depending on which byte is damaged.
_ON_DAMAGE = (
    zlib.error,
    OSError,
    ArithmeticError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)
_SPOKEN = ("/Title", "/Alt", "/ActualText", "/Contents")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def opened(where: str, data: bytes) -> Opened:
    """The parts of a PDF.

    Raises:
        Unreadable: it is encrypted or damaged.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    result = Opened()
    for number, stream in enumerate(_loose_streams(data), start=1):
        result.parts.extend(_stream_parts(f"{where}, stream {number}", stream))
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Unreadable
        for number, page in enumerate(reader.pages, start=1):
            result.parts.append(Part(f"{where}, page {number}", Kind.PAGE, page.extract_text()))
        _walk_objects(where, reader, result)
    except _ON_DAMAGE + (PyPdfError, DependencyError):
        raise Unreadable from None
    return result


def _loose_streams(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        stream = zlib.decompressobj()
        try:
            yield stream.decompress(match.group(1), 1 << 26)
        except zlib.error:
            yield match.group(1)


def _walk_objects(where: str, reader: Any, result: Opened) -> None:
    from pypdf.generic import IndirectObject, StreamObject

    _walk(f"{where}, trailer", reader.trailer, result)
    for number in sorted(
        {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    ):
        item = reader.get_object(IndirectObject(number, 0, reader))
        place = f"{where}, object {number}"
        _walk(place, item, result)
        if not isinstance(item, StreamObject):
            continue
        content = item.get_data()
        result.parts.extend(_stream_parts(place, content))
        if item.get("/Type") == "/EmbeddedFile":
            result.inner.append(Inner(place, content))
        elif item.get("/Type") == "/Metadata":
            properties = markup.opened(place, content.decode("utf-8", "replace"))
            result.parts.extend(part for part in properties.parts if part.kind is not Kind.PAGE)


def _walk(place: str, item: Any, result: Opened, kind: Kind = Kind.WORDS) -> None:
    """Names and strings of an object, without following references: each object is walked once."""
    from pypdf.generic import ByteStringObject, NameObject, TextStringObject

    if isinstance(item, dict):
        for key, value in dict.items(item):
            _walk(place, key, result)
            spoken = isinstance(value, TextStringObject) and key in _SPOKEN
            _walk(place, value, result, Kind.PAGE if spoken else Kind.WORDS)
    elif isinstance(item, list):
        for value in list.__iter__(item):
            _walk(place, value, result)
    elif isinstance(item, NameObject):
        result.parts.append(Part(place, Kind.TEXT, str(item)))
    elif isinstance(item, TextStringObject):
        result.parts.append(Part(place, kind, str(item)))
    elif isinstance(item, ByteStringObject):
        result.parts.extend(bytes_as_text(place, bytes(item)))


def _stream_parts(place: str, content: bytes) -> list[Part]:
    """A stream as bytes, and the strings in it joined as drawn: kerning cuts words into many."""
    drawn = [_literal(string) for string in _STRING.findall(content)]
    joined = [glue.join(drawn) for glue in (b"", b" ")]
    texts = dict.fromkeys(
        text.decode(code, "replace") for text in joined for code in ("latin-1", "utf-8", "utf-16-be")
    )
    return [
        *bytes_as_text(place, content),
        *(Part(f"{place}, strings", Kind.TEXT, text) for text in texts if text),
    ]


def _literal(string: bytes) -> bytes:
    """The bytes of a PDF string object (ISO 32000-1, 7.3.4)."""
    if string.startswith(b"<"):
        digits = re.sub(rb"\s", b"", string[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescaped, string[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match.group(1)
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 0xFF])
    return b"" if code.endswith(b"\n") else _ESCAPED.get(code, code)
