"""A text that comes into a script at once: as many lines as it has, nothing of it lost."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from PySide6.QtGui import QTextCursor

from coachdesk.model.script import Line, pasted, typed
from coachdesk.model.visits import LineKind
from coachdesk.ui.visit.lines import SHOWN, Lines

MOST = 16_000_000  # characters; a line of the vault holds twenty million
Tagged = list[tuple[UUID, str]]


def paste(lines: Lines, cursor: QTextCursor, text: str, offset: int, codes: Sequence[str]) -> Tagged:
    """Put `text` where the cursor is, one step of undo; answers the lines that were tagged, with what.

    What was selected goes, and what stood after the cursor comes after the last line.
    """
    pieces = pasted(text)
    tags: Tagged = []
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if len(pieces) < 2 and len(text) <= SHOWN and (cursor.block().text() or not pieces):
        cursor.insertText(pieces[0] if pieces else text.strip("\r\n"))
        pieces = []
    for number, piece in enumerate(pieces):
        said = typed(piece, codes)
        line = Line(uuid4(), offset, said.kind or LineKind.ACTION, said.text)
        if number == 0 and not cursor.block().text():
            line = Line(lines.at(cursor.block()).id, offset, line.kind, line.text)
        else:
            _begin(lines, cursor, offset)
        lines.put(cursor, line)
        tags += [(line.id, code) for code in said.codes]
    if pieces and not cursor.atBlockEnd():
        lines.new(cursor, offset)
    cursor.endEditBlock()
    return tags


def _begin(lines: Lines, cursor: QTextCursor, offset: int) -> None:
    """An empty line at the cursor; what stood after it is left for the end."""
    rest_begins = not cursor.atBlockEnd()
    lines.new(cursor, offset)
    if rest_begins:
        lines.new(cursor, offset)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
