"""What a decoder makes of a file: parts to be searched, and files within it to be decoded in turn."""

import re
import zlib
from dataclasses import dataclass, field
from enum import Enum

MOST_BYTES = 64 * 1024 * 1024


class Kind(Enum):
    """How a part is searched."""

    NAME = "name"  # the file's own name: as WORDS, and never excused by a template's name
    PAGE = "page"  # what a reader reads: as WORDS, and held to the closed vocabulary
    WORDS = "words"  # properties, attributes, names of entries: short names and initials count as whole words
    TEXT = "text"  # other decoded text: long names, accents folded
    BYTES = "bytes"  # undecoded bytes read as text: long names as they are spelt


@dataclass(frozen=True)
class Part:
    """`where` describes the part without quoting from it: names of entries are counted, not named."""

    where: str
    kind: Kind
    text: str = field(repr=False)


@dataclass(frozen=True)
class Inner:
    """A file inside a file: an entry of an archive, an attachment, an image in a page."""

    where: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    parts: list[Part] = field(default_factory=list)
    inner: list[Inner] = field(default_factory=list)


class Unreadable(Exception):
    """A part cannot be decoded. What the decoder said of it may quote it, so that is not kept."""


def inflated(data: bytes, *, bits: int = zlib.MAX_WBITS) -> tuple[bytes, bytes]:
    """The decompressed data, and what follows it.

    Raises:
        Unreadable: it is damaged, not complete, or grows beyond all measure.
    """
    stream = zlib.decompressobj(bits)
    try:
        plain = stream.decompress(data, MOST_BYTES)
    except zlib.error:
        raise Unreadable from None
    if not stream.eof:
        raise Unreadable
    return plain, stream.unused_data


_RUN = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]{8,}")
_ACCENTED = re.compile(r"[A-Za-z'-]*[À-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'-]*")


def bytes_as_text(where: str, data: bytes) -> list[Part]:
    """Undecoded bytes as UTF-8, Latin-1 and UTF-16 in both orders and alignments.

    Only runs of at least eight characters are kept of UTF-8, and accented words of Latin-1, so that the noise
    of a compressed stream does not spell short names; what decoders open is searched without that limit.
    """
    views = [" ".join(_RUN.findall(data.decode("utf-8", "replace")))]
    views.append(" ".join(_ACCENTED.findall(data.decode("latin-1"))))
    for order in ("utf-16-le", "utf-16-be"):
        views += [data[start:].decode(order, "replace") for start in (0, 1)]
    return [Part(f"{where}, bytes", Kind.BYTES, view) for view in views if view.strip()]
