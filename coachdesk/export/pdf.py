"""The page as one side of paper: tagged PDF/UA-1, the same bytes on every run and on every machine.

The page is set by typst with our own fonts only. Its words go in as data, never into the markup; the file
carries a fixed title, no author and no date.
"""

import json
import re
from dataclasses import asdict

from coachdesk.errors import NotShareable
from coachdesk.export.page import AXIS, SHARE_HEADING, TITLE, Page
from coachdesk.export.pdf_rows import read_back
from coachdesk.paths import resource

__all__ = ["read_back", "write"]

_UNPRINTABLE = (
    "The name of the school or one of its goals holds a sign that cannot be printed, for example a "
    "picture. Reword it, then try again."
)
_IDENTIFIER = re.compile(rb"<xmpMM:DocumentID>([^<]+)<")
_FIXED_IDENTIFIER = b"coachdesk-summary-page=="
_SUBSET_TAG = re.compile(rb"/([A-Z]{6})\+Inter")
_WORDS = {"title": TITLE, "share": SHARE_HEADING, "axis": AXIS}


def write(page: Page) -> bytes:
    """The bytes of the paper; raises `NotShareable` for a letter that our fonts do not have."""
    import typst

    try:
        made = typst.compile(
            resource("page", "summary.typ"),
            root=resource("page"),
            format="pdf",
            font_paths=[resource("fonts")],
            ignore_system_fonts=True,
            sys_inputs={"page": json.dumps(_plain(page)), "words": json.dumps(_WORDS)},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise NotShareable(_UNPRINTABLE) from None
        raise
    return _with_fixed_identifiers(made)


def _with_fixed_identifiers(made: bytes) -> bytes:
    """The same file with constants for the identifiers that typst derives from the content.

    Random letters would now and then spell a name on somebody's list. Every replacement is as long as what it
    replaces, so all offsets in the file stay right.
    """
    identifier = _IDENTIFIER.search(made)
    if identifier is None or len(identifier[1]) != len(_FIXED_IDENTIFIER):
        raise RuntimeError("the PDF carries another kind of identifier than expected")
    made = made.replace(identifier[1], _FIXED_IDENTIFIER)
    for number, tag in enumerate(sorted(set(_SUBSET_TAG.findall(made)))):
        made = made.replace(tag + b"+Inter", b"AAAAA%c+Inter" % (ord("A") + number))
    return made


def _plain(page: Page) -> dict[str, object]:
    plain = asdict(page)
    for part in plain["sections"]:
        part["rows"] = [{"label": row["label"], **row["band"]} for row in part["rows"]]
    return plain
