"""The rows of a written PDF, read back through its tags, as a screen reader walks them."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any


def read_back(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Heading, label and words of every row, as `Page.rows` gives them."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    texts: dict[int, str] = {}
    for sheet in reader.pages:
        texts |= _texts_by_mark(sheet)
    rows = []
    heading = ""
    for kind, text in _elements(reader.root_object["/StructTreeRoot"], texts):
        if kind == "/H2":
            heading = text[0]
        elif kind == "/TR":
            rows.append((heading, *text))
    return tuple((heading, label, words) for heading, label, words in rows)


def _texts_by_mark(sheet: Any) -> dict[int, str]:
    """What is printed under each mark of one sheet; drawings and other artefacts carry none."""
    open_marks: list[int | None] = []
    texts: dict[int, str] = {}

    def mark(operator: bytes, operands: list[Any], *_: object) -> None:
        if operator == b"BDC":
            open_marks.append(operands[1].get("/MCID"))
        elif operator == b"BMC":
            open_marks.append(None)
        elif operator == b"EMC":
            open_marks.pop()

    def keep(text: str, *_: object) -> None:
        if open_marks and open_marks[-1] is not None:
            texts[open_marks[-1]] = texts.get(open_marks[-1], "") + text

    sheet.extract_text(visitor_operand_before=mark, visitor_text=keep)
    return texts


def _elements(node: Any, texts: dict[int, str]) -> Iterator[tuple[str, list[str]]]:
    """Headings with their text, and table rows with the text of their cells, in reading order."""
    kind = node.get("/S")
    if kind == "/H2":
        yield kind, [_text_of(node, texts)]
    elif kind == "/TR":
        cells = [child for child in _children(node) if child.get("/S") == "/TD"]
        if cells:
            yield kind, [_text_of(cell, texts) for cell in cells]
    else:
        for child in _children(node):
            if hasattr(child, "get"):
                yield from _elements(child, texts)


def _text_of(node: Any, texts: dict[int, str]) -> str:
    """The text under one element, its lines joined; a line that ends in a hyphen goes on without a space."""
    lines = " ".join(_lines(node, texts)).split()
    return " ".join(lines).replace("- ", "-")


def _lines(node: Any, texts: dict[int, str]) -> Iterator[str]:
    for child in _children(node):
        if hasattr(child, "get"):
            yield from _lines(child, texts)
        else:
            yield texts.get(int(child), "")


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    found = kids if isinstance(kids, list) else [kids]
    return [kid.get_object() if hasattr(kid, "get_object") else kid for kid in found]
