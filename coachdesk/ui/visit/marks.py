"""What is typed into a line and stands for something else: `#1D` for a tag, a prefix for the line's kind."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtGui import QTextBlock, QTextCursor

from coachdesk.model.script import prefix, tagged
from coachdesk.model.visits import LineKind
from coachdesk.ui.visit.lines import Lines


class Marks:
    """Takes them out of the lines; `on_tag` hears of their tags, `on_kind` that a line has another kind."""

    def __init__(
        self,
        lines: Lines,
        codes: Sequence[str],
        on_tag: Callable[[UUID, str], object],
        on_kind: Callable[[], object],
    ) -> None:
        self._lines, self._codes = lines, codes
        self._on_tag, self._on_kind = on_tag, on_kind

    def tags(self, block: QTextBlock) -> list[str]:
        """The codes that stand in a line."""
        return [code for code, _begins, _ends in tagged(block.text(), self._codes)]

    def on_typed(self, cursor: QTextCursor) -> None:
        """A sign was typed before the cursor."""
        block, here = cursor.block(), cursor.positionInBlock()
        text = block.text()
        if here <= 3:
            self._find_prefix(block, text, here)
        elif text[here - 1] == " " and "#" in text[max(here - 4, 0) : here]:
            self.take_tags(block, here)

    def take_tags(self, block: QTextBlock, upto: int | None = None) -> None:
        """Take the tags out of a line, those before `upto` or all, and tell them."""
        text = block.text()
        if "#" not in text:
            return
        found = [tag for tag in tagged(text, self._codes) if upto is None or tag[2] <= upto]
        line_id = self._lines.at(block).id
        _cut(block, [(begins, ends) for _code, begins, ends in found])
        for code in dict.fromkeys(code for code, _begins, _ends in found):
            self._on_tag(line_id, code)

    def clean(self, cursor: QTextCursor) -> None:
        """Take a line's tags out of it, untold, and a prefix that stands alone."""
        block = cursor.block()
        _cut(block, [(begins, ends) for _code, begins, ends in tagged(block.text(), self._codes)])
        kind, rest = prefix(block.text())
        if kind is not None and not rest:
            self._take_prefix(block, kind, len(block.text()))

    def _find_prefix(self, block: QTextBlock, text: str, here: int) -> None:
        """A prefix counts as soon as something is typed after it: undo brings the bare letters back."""
        kind, rest = prefix(text)
        if kind is None:
            return
        taken = len(text) - len(rest)
        bare = len(text[:taken].rstrip())
        before_words = here == bare and bool(rest) and text[0] != ">"
        if here == bare + 1 or before_words:
            self._take_prefix(block, kind, taken)

    def _take_prefix(self, block: QTextBlock, kind: LineKind, taken: int) -> None:
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        cursor.setPosition(block.position() + taken, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._lines.change(block, kind=kind)
        cursor.endEditBlock()
        self._on_kind()


def _cut(block: QTextBlock, parts: Sequence[tuple[int, int]]) -> None:
    """Take parts out of a line, as one step of undo."""
    if not parts:
        return
    cursor = QTextCursor(block)
    cursor.beginEditBlock()
    for begins, ends in reversed(parts):
        cursor.setPosition(block.position() + begins)
        cursor.setPosition(block.position() + ends, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    cursor.endEditBlock()
