"""The page as one side of paper: tagged PDF/UA-1, the same bytes on every run and on every machine.

The page is set by typst with our own fonts only. Its words go in as data, never into the markup; the file
carries a fixed title, no author and no date.
"""

import json
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
_WORDS = {"title": TITLE, "share": SHARE_HEADING, "axis": AXIS}


def write(page: Page) -> bytes:
    """The bytes of the paper; raises `NotShareable` for a letter that our fonts do not have."""
    import typst

    try:
        return typst.compile(
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


def _plain(page: Page) -> dict[str, object]:
    plain = asdict(page)
    for part in plain["sections"]:
        part["rows"] = [{"label": row["label"], **row["band"]} for row in part["rows"]]
    return plain
