"""The script of a visit: what is seen and heard, line by line, each stamped with the time since the start."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit

from coachdesk.model.script import Line, clock, line_with
from coachdesk.model.standards import catalogue
from coachdesk.model.visits import LineKind
from coachdesk.ui import labels, theme
from coachdesk.ui.visit import pasting
from coachdesk.ui.visit.line_codes import SHOWN, CodesOf, LineCodes
from coachdesk.ui.visit.lines import Lines
from coachdesk.ui.visit.marks import Marks
from coachdesk.ui.visit.stamps import StampEdit, Stamps

WIDEST = 90  # characters in a row: look.md
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
NO_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


@cache
def codes() -> tuple[str, ...]:
    """The codes of the standards a coach may tag."""
    return tuple(standard.code for standard in catalogue().standards)


class ScriptPane(QPlainTextEdit):
    """Enter begins a line stamped with `elapsed()`, in seconds; a prefix says what kind a line is.

    `#1D` never stays in a line: `tagged` tells the line and the code.
    """

    edited = Signal()
    tagged = Signal(object, str)
    on_line = Signal()  # the caret is on another line, or that line is another kind now
    left = Signal()
    said = Signal(str)

    def __init__(self, elapsed: Callable[[], int], scale: float = 1.0) -> None:
        super().__init__()
        self.setObjectName("script")
        self.setAccessibleName(self.tr("Script"))
        self.setTabChangesFocus(True)
        font = theme.font("lead")
        font.setPointSizeF(font.pointSizeF() * scale)
        self.setFont(font)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._elapsed = elapsed
        self._line_before = 0
        self._laid = (0, 0)  # where the lines lay when their sides were painted
        self.lines = Lines(self.document(), codes())
        self.stamps = Stamps(self, self._rows, scale)
        self.line_codes = LineCodes(self, self._rows)
        self._marks = Marks(self.lines, codes(), self.tagged.emit, self._on_marked)
        self.lines.changed.connect(self.edited)
        self.lines.marked.connect(self._repaint_sides)
        self.stamps.asks.connect(self._on_stamp)
        self.updateRequest.connect(self._on_update)
        self.cursorPositionChanged.connect(self._on_moved)

    def show_lines(self, lines: Sequence[Line], *, at_end: bool = True) -> None:
        """Show these, with the caret in an empty line after them or on the row it was on."""
        row = self.textCursor().blockNumber()
        self.lines.load(lines, self._elapsed())
        if self.isReadOnly() and lines:
            self._drop_last()
        block = self.document().findBlockByNumber(row)
        cursor = QTextCursor(self.document().lastBlock() if at_end or not block.isValid() else block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self._repaint_sides()

    def show_codes(self, of: CodesOf, most: int = SHOWN + 1) -> None:
        """Show beside each line what `of` says was tagged in it, with room for `most` codes; said again, it
        is looked at again."""
        self.line_codes.show_codes(of, most)
        self.line_codes.update()
        self._fit_sides()
        self._describe()

    def current(self) -> Line:
        """The line the caret is on."""
        return self.lines.at(self.textCursor().block())

    def go_to_words(self, text: str) -> None:
        """Go to the line in which words were found; where none holds them, stay."""
        line = line_with(self.lines.written(), text)
        block = self.lines.block_of(line.id) if line else None
        if block is not None:
            cursor = QTextCursor(block)
            if self.isReadOnly():  # no caret shows where that is
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.centerCursor()

    def finish_line(self) -> None:
        """Take the tags out of the current line: the coach is leaving it."""
        self._take_tags(self.textCursor().block())

    def edit_stamp(self) -> None:
        """Ask for another time for the current line."""
        self._ask_stamp(self.textCursor().block())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in ENTER and event.modifiers() in NO_KEYS:
            self._new_line()
        elif event.key() == Qt.Key.Key_Space and self._at_beginning():
            event.accept()  # the space after a prefix, which has gone already
        elif not (event.key() == Qt.Key.Key_Backspace and self._take_kind_away()):
            super().keyPressEvent(event)
            if not event.modifiers() & HELD and event.text().isprintable() and event.text():
                self._marks.on_typed(self.textCursor())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString():
            self._marks.on_typed(self.textCursor())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.paste_text(source.text())

    def paste_text(self, text: str) -> None:
        """Put a text in at the caret: each of its lines is one of the script's."""
        if len(text) > pasting.MOST:
            self.said.emit(self.tr("That is more than one note can hold, so nothing was pasted."))
            return
        cursor, cut = self.textCursor(), self.lines.cut
        tags = pasting.paste(self.lines, cursor, text, self._elapsed(), codes())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.stamps.update()
        for line_id, code in tags:
            self.tagged.emit(line_id, code)
        if self.lines.cut > cut:
            self.said.emit(
                self.tr("That was a lot of text. All of it is kept; a very long line shows its beginning.")
            )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.stamps.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.stamps.update()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish_line()
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._be_opaque()
        # the room beside the stamps is made while Qt still counts the text as hidden: it would not hear of it
        self.resizeEvent(QResizeEvent(self.viewport().size(), QSize()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._be_opaque()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sides()

    def _be_opaque(self) -> None:
        """A style sheet has Qt take the lines for transparent: each key would paint all that lies behind."""
        self.viewport().setAutoFillBackground(True)

    def _fit_sides(self) -> None:
        """Make room for what stands left and right of the lines."""
        inside, wide, codes = self.contentsRect(), self.stamps.needs(), self.line_codes.needs()
        row = QFontMetrics(self.font()).averageCharWidth() * WIDEST
        spare = max(codes, inside.width() - wide - row - self.verticalScrollBar().sizeHint().width())
        self.setViewportMargins(wide, 0, spare, 0)
        self.stamps.setGeometry(inside.left(), inside.top(), wide, inside.height())
        right = self.viewport().geometry().right() + 1
        self.line_codes.setGeometry(right, inside.top(), codes, inside.height())

    def _new_line(self) -> None:
        cursor = self.textCursor()
        line, block = self.lines.at(cursor.block()), cursor.block()
        tags = self._marks.tags(block)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._marks.clean(cursor)
        self._begin_line(cursor, line)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        for code in dict.fromkeys(tags):
            self.tagged.emit(line.id, code)

    def _begin_line(self, cursor: QTextCursor, line: Line) -> None:
        """A new line has the time it is now; the second half of an old one keeps the time it was."""
        block = cursor.block()
        if cursor.atBlockEnd():
            if line.text or line.kind is not LineKind.ACTION or block.next().isValid():
                self.lines.new(cursor, self._elapsed())
            else:
                self.lines.change(block, offset=self._elapsed())
        elif cursor.atBlockStart():
            self.lines.new(cursor, line.offset)
            self.lines.swap(cursor)
        else:
            self.lines.new(cursor, line.offset, line.kind)

    def _take_kind_away(self) -> bool:
        """Backspace at the beginning of a line that has a kind takes only that."""
        if not self._at_beginning() or self.current().kind is LineKind.ACTION:
            return False
        self.lines.change(self.textCursor().block(), kind=LineKind.ACTION)
        self._on_marked()
        return True

    def _at_beginning(self) -> bool:
        cursor = self.textCursor()
        return cursor.atBlockStart() and not cursor.hasSelection()

    def _take_tags(self, block: QTextBlock) -> None:
        if not self.isReadOnly():
            self._marks.take_tags(block)

    def _on_moved(self) -> None:
        cursor = self.textCursor()
        row = cursor.blockNumber()
        if row == self._line_before:
            return
        before, self._line_before = self._line_before, row
        block = self.document().findBlockByNumber(before)
        if block.isValid():
            self._take_tags(block)
        self._on_marked()

    def _on_marked(self) -> None:
        self._describe()
        self._repaint_sides()
        self.on_line.emit()

    def _describe(self) -> None:
        line = self.current()
        facts = (clock(line.offset), labels.label(line.kind), *self.line_codes.of(line.id))
        self.setAccessibleDescription(", ".join(facts))

    def _repaint_sides(self) -> None:
        self.stamps.update()
        self.line_codes.update()

    def _drop_last(self) -> None:
        """Where nothing can be typed no empty line waits for it."""
        cursor = QTextCursor(self.document().lastBlock())
        cursor.deletePreviousChar()

    def _on_update(self, _rect: QRect, scrolled: int) -> None:
        """Most keys move no line, so the sides, which take longer than the line, are not painted with it."""
        laid = (self.verticalScrollBar().value(), self.document().lineCount())
        if scrolled or laid != self._laid:
            self._laid = laid
            self._repaint_sides()

    def _rows(self, top: int, bottom: int) -> Iterator[tuple[Line, int, int]]:
        block = self.firstVisibleBlock()
        height = self.fontMetrics().height()
        while block.isValid():
            room = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if room.top() > bottom:
                break
            if room.bottom() >= top:
                yield self.lines.at(block), round(room.top()), height
            block = block.next()

    def _on_stamp(self, y: int) -> None:
        for line, top, height in self._rows(y, y):
            block = self.lines.block_of(line.id)
            if block is not None and top <= y <= top + height:
                self._ask_stamp(block)

    def _ask_stamp(self, block: QTextBlock) -> None:
        if self.isReadOnly():
            return
        line = self.lines.at(block)
        top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
        room = self.stamps.room_for_stamp(top, self.fontMetrics().height())
        edit = StampEdit(self.stamps, room, line.offset)
        edit.wrong.connect(self.said)
        edit.taken.connect(lambda seconds: self._restamp(line.id, seconds))
        edit.left.connect(self.setFocus)

    def _restamp(self, line_id: UUID, seconds: int) -> None:
        block = self.lines.block_of(line_id)
        if block is not None:
            self.lines.change(block, offset=seconds)
            self._on_marked()
