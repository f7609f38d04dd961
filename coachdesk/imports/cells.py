"""A cell's text, cleaned; and what a column is called beside a spreadsheet's row numbers."""

import re
import unicodedata

Cells = tuple[str, ...]

# Zero-width and direction marks: they change how a name looks and sorts, and nobody typed them.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")


def clean(cell: str) -> str:
    """`cell` on one line, without marks that cannot be seen; accents composed. Leading zeros stay."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()  # nearly every cell, and there are many
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", cell)).split())


def fold(cell: str) -> str:
    """A heading as it is compared: lower case, words parted by single blanks, no signs."""
    return " ".join(re.findall(r"[a-z0-9]+", clean(cell).casefold()))


def letter(place: int) -> str:
    """The letter a spreadsheet shows above column `place`, counted from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
