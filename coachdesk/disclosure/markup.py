"""Everything readable in HTML and XML: text with and without tags, attributes, comments, embedded files."""

import base64
import binascii
import html
import re
from urllib.parse import unquote, unquote_to_bytes

from coachdesk.disclosure.parts import Inner, Kind, Opened, Part, Unreadable

_BEGINS = re.compile(r"<[!?/a-zA-Z]")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPOKEN = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNSHOWN = re.compile(r"<(style|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.-]*((?:;[\w=.+-]+)*),([^\"'\s)<>]*)", re.IGNORECASE)


def found_in(text: str) -> bool:
    return _BEGINS.search(text) is not None


def opened(where: str, text: str) -> Opened:
    shown = _TAG.sub(" ", _UNSHOWN.sub(" ", text))
    spoken = " ".join(one or other for one, other in _SPOKEN.findall(text))
    found = [Part(f"{where}, text", Kind.PAGE, html.unescape(each)) for each in (shown, spoken)]
    attributes = " ".join(one or other for one, other in _ATTRIBUTE.findall(text))
    for each in (_TAG.sub("", text), _TAG.sub(" ", text), *_COMMENT.findall(text), attributes):
        plain = html.unescape(each)
        found.extend(Part(f"{where}, text", Kind.WORDS, form) for form in (plain, unquote(plain)))
    source = html.unescape(text)
    found.extend(Part(f"{where}, source", Kind.TEXT, form) for form in (text, source, unquote(source)))
    return Opened(found, embedded(where, source))


def embedded(where: str, text: str) -> list[Inner]:
    found = []
    for number, (options, content) in enumerate(_DATA_URI.findall(text), start=1):
        data = unquote_to_bytes(content)
        if options.lower().endswith(";base64"):
            try:
                data = base64.b64decode(data + b"=" * (-len(data) % 4))
            except binascii.Error:
                raise Unreadable from None
        found.append(Inner(f"{where}, embedded file {number}", data))
    return found
