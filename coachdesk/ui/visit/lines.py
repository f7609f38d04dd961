"""The lines of a script as a text document holds them: each block is one, with its stamp and its kind.

A block's format carries the line's id, offset and kind, so the document's own undo brings them back. What is
read from the blocks is kept as a list, of which each key changes one entry.
"""

import re
from collections.abc import Sequence
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

from coachdesk.model.script import Line, untagged
from coachdesk.model.visits import LineKind

BREAK = "\u2028"  # within a line, what Shift+Enter types
SHOWN = 5_000  # characters of a line that came in at once; the rest is kept beside it
_ID, _OFFSET, _KIND = (QTextFormat.Property.UserProperty.value + number for number in (1, 2, 3))
_HALF = re.compile(r"[\ud800-\udfff]")  # half a character, which no vault can keep


class Lines(QObject):
    """Follows a document; `codes` are the standards whose tags never stay in a line."""

    changed = Signal()
    marked = Signal()  # what stands beside the lines is not what it was

    def __init__(self, document: QTextDocument, codes: Sequence[str]) -> None:
        super().__init__(document)
        self._document, self._codes = document, codes
        self._tails: dict[UUID, str] = {}
        self._unsound = False  # two blocks may claim to be the same line
        self._lines: list[Line] = []
        document.contentsChange.connect(self._on_change)
        self.load(())

    def written(self) -> list[Line]:
        """The lines in which there is something; a moment that was marked without a word is one."""
        self.mend()
        return [line for line in self._lines if line.text.strip() or line.kind is not LineKind.ACTION]

    def at(self, block: QTextBlock) -> Line:
        number = block.blockNumber()
        return self._lines[number] if number < len(self._lines) else self._read(block)

    def block_of(self, line_id: UUID) -> QTextBlock | None:
        """The block of that line, if it is still there."""
        for number, line in enumerate(self._lines):
            if line.id == line_id:
                return self._document.findBlockByNumber(number)
        return None

    @property
    def cut(self) -> int:
        """How many lines are so long that only their beginning is shown."""
        return len(self._tails)

    def hidden(self, block: QTextBlock) -> int:
        """How many characters of a line are kept beside it, too many to be shown."""
        return len(self._tails.get(self.at(block).id, ""))

    def load(self, lines: Sequence[Line], offset: int = 0) -> None:
        """Show these lines and an empty one after them, stamped `offset`; nothing of it can be undone."""
        self._tails.clear()
        self.blockSignals(True)
        self._document.setUndoRedoEnabled(False)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for number, line in enumerate((*lines, Line(uuid4(), offset, LineKind.ACTION, ""))):
            if number:
                cursor.insertBlock()
            self.put(cursor, line)
        cursor.endEditBlock()  # all of it is read now, as one change
        self._document.setUndoRedoEnabled(True)
        self.blockSignals(False)

    def put(self, cursor: QTextCursor, line: Line) -> None:
        """Have the cursor's empty block be this line."""
        shown, tail = line.text[:SHOWN], line.text[SHOWN:]
        if tail:
            self._tails[line.id] = tail
        cursor.setBlockFormat(_format(line.id, line.offset, line.kind))
        cursor.insertText(shown.replace("\r\n", "\n").replace("\n", BREAK))

    def new(self, cursor: QTextCursor, offset: int, kind: LineKind = LineKind.ACTION) -> None:
        """Begin a new line at the cursor; what stood after it goes along."""
        cursor.insertBlock(_format(uuid4(), offset, kind))

    def change(self, block: QTextBlock, *, offset: int | None = None, kind: LineKind | None = None) -> None:
        """Give a line another stamp or kind; the document's undo takes it back."""
        line = self.at(block)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(
            _format(line.id, line.offset if offset is None else offset, line.kind if kind is None else kind)
        )

    def swap(self, cursor: QTextCursor) -> None:
        """Let the cursor's block be the line that the one before it was, and that one the new one."""
        here, before = cursor.block(), cursor.block().previous()
        mine, other = here.blockFormat(), before.blockFormat()
        QTextCursor(here).setBlockFormat(other)
        QTextCursor(before).setBlockFormat(mine)

    def mend(self) -> None:
        """Give every block that came without an id of its own one."""
        if not self._unsound:
            return
        self._unsound = False
        known: set[UUID] = set()
        block = self._document.begin()
        while block.isValid():
            line = self.at(block)
            if line.id in known or block.blockFormat().property(_ID) is None:
                QTextCursor(block).setBlockFormat(_format(uuid4(), line.offset, line.kind))
            known.add(self.at(block).id)
            block = block.next()
        self._unsound = False

    def _on_change(self, at: int, _removed: int, added: int) -> None:
        first, last = self._document.findBlock(at), self._document.findBlock(at + added)
        last = last if last.isValid() else self._document.lastBlock()
        now = last.blockNumber() - first.blockNumber() + 1
        before = now - (self._document.blockCount() - len(self._lines))
        self._read_from(first.blockNumber(), last, before)
        if self._unsound:
            QTimer.singleShot(0, self, self.mend)
        self.changed.emit()

    def _read_from(self, number: int, last: QTextBlock, before: int) -> None:
        """Read the blocks from `number` to `last` in place of `before` lines."""
        fresh: list[Line] = []
        block = self._document.findBlockByNumber(number)
        while True:
            fresh.append(self._read(block))
            if block == last:
                break
            block = block.next()
        old = self._lines[number : number + before]
        self._lines[number : number + before] = fresh
        if [*map(_beside, old)] != [*map(_beside, fresh)]:
            self.marked.emit()

    def _read(self, block: QTextBlock) -> Line:
        kept = block.blockFormat()
        key = kept.property(_ID)
        twin = block.previous().blockFormat().property(_ID) if block.previous().isValid() else None
        self._unsound |= key is None or key == twin
        line_id = UUID(key) if key else uuid4()
        text = whole(block.text())
        if "#" in text:
            text = untagged(text, self._codes)[0]
        tail = self._tails.get(line_id)
        kind = LineKind(kept.property(_KIND) or LineKind.ACTION)
        return Line(line_id, kept.property(_OFFSET) or 0, kind, text + tail if tail else text)


def _beside(line: Line) -> tuple[UUID, int, LineKind, bool]:
    """What of a line is seen beside it: a key within it changes none of that."""
    return line.id, line.offset, line.kind, bool(line.text)


def whole(text: str) -> str:
    """What a block holds, as it is kept."""
    if text.isascii():
        return text
    return _HALF.sub("\ufffd", text.replace(BREAK, "\n"))


def _format(line_id: UUID, offset: int, kind: LineKind) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setProperty(_ID, line_id.hex)
    made.setProperty(_OFFSET, offset)
    made.setProperty(_KIND, kind.value)
    return made
