"""Beside the lines of a script: the standards that were tagged in each, small and at the end of its row."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coachdesk.model.script import Line
from coachdesk.ui import theme

Rows = Callable[[int, int], Iterable[tuple[Line, int, int]]]
CodesOf = Callable[[UUID], Sequence[str]]
SHOWN = 2  # codes of one line; of more, how many more there are
GAP = 8


class LineCodes(QWidget):
    """Takes no room until `show_codes` was told where to look: only the coach's own page does that."""

    def __init__(self, pane: QWidget, rows: Rows) -> None:
        super().__init__(pane)
        self.setObjectName("line_codes")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rows = rows
        self._of: CodesOf | None = None
        self._most = SHOWN + 1
        self._font = theme.font("caption")
        self.hide()

    def show_codes(self, of: CodesOf, most: int = SHOWN + 1) -> None:
        """From now on show what `of` says of each line, `most` codes beside one."""
        self._of, self._most = of, most
        self.show()

    def of(self, line_id: UUID) -> Sequence[str]:
        """What is shown beside a line."""
        return self._of(line_id) if self._of else ()

    def needs(self) -> int:
        """The width it takes."""
        widest = QFontMetrics(self._font).horizontalAdvance(_short(("4A",) * min(self._most, SHOWN + 1)))
        return widest + 2 * GAP if self._of else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(self._font)
            painter.setPen(theme.token("muted"))
            where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            for line, top, height in self._rows(event.rect().top(), event.rect().bottom()):
                painter.drawText(QRect(GAP, top, self.width() - GAP, height), where, _short(self.of(line.id)))


def _short(codes: Sequence[str]) -> str:
    """ "1D 2A", or "1D 2A +1"."""
    more = len(codes) - SHOWN
    return " ".join((*codes[:SHOWN], *((f"+{more}",) if more > 0 else ())))
