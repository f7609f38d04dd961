"""Bytes as text. A roster comes as UTF-8 or UTF-16, or as what Excel calls CSV: Windows-1252, on old Macs
MacRoman."""

import codecs
import re

from coachdesk.errors import BadFile

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"%PDF", "The file is a PDF, and its table cannot be read from it. Ask for a CSV or Excel file."),
    (
        b"\xd0\xcf\x11\xe0",
        "The file is an old Excel workbook or has a password. Save it as .xlsx or CSV, then choose that.",
    ),
    (b"PK\x03\x04", "The file is a ZIP archive. Unpack it first, then choose the roster inside."),
    (b"\x89PNG", "The file is a picture. Choose a CSV or Excel file."),
    (b"\xff\xd8\xff", "The file is a picture. Choose a CSV or Excel file."),
)
_NOT_TEXT = "The file is not a table of text. Choose a CSV or Excel file."
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
# Where names have accents: small letters after small ones, capitals before them, O’Brien, the teacher’s.
_PLAUSIBLE = re.compile(
    "(?<=[a-z])[áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿßšž]|\\b[ÁÄÅÇÉÍÑÓÖØÚÜŠŽ](?=[a-z])|(?<=[A-Z])’(?=[A-Z])|’s\\b"
)


def text_of(data: bytes) -> str:
    """The text in `data`. Raises BadFile when it is something else than text."""
    for start, sentence in _OTHER_KINDS:
        if data.startswith(start):
            raise BadFile(sentence)
    # Some exports end as DOS files did, with the sign for the end of a file.
    text = _decoded(data).rstrip("\x1a")
    if _CONTROLS.search(text):
        raise BadFile(_NOT_TEXT)
    return text


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if data[:4_000].count(0) > len(data[:4_000]) // 4:
        return _strictly(data, _unmarked_utf16(data[:4_000]))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte_a_sign(data)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise BadFile("The file is cut short or damaged. Export it again, then choose the new one.") from None


def _unmarked_utf16(start: bytes) -> str:
    """In Latin text every second byte is zero: the second of a pair if the small end comes first."""
    return "utf-16-le" if start[1::2].count(0) >= start[0::2].count(0) else "utf-16-be"


def _one_byte_a_sign(data: bytes) -> str:
    """Windows-1252, or MacRoman where that gives more letters a name may have."""
    mac = data.decode("mac_roman")
    try:
        windows = data.decode("cp1252")
    except UnicodeDecodeError:
        return mac
    return mac if len(_PLAUSIBLE.findall(mac)) > len(_PLAUSIBLE.findall(windows)) else windows
