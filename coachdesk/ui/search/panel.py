"""What drops from the search box: a child of the window, so that locking covers it with the rest."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui import theme, tokens
from coachdesk.ui.search.result_list import ResultList
from coachdesk.ui.search.rows import Found
from coachdesk.ui.widgets.text import Text, muted

WIDTH = 620
EDGE = 8  # between it and the sides of the window


class Panel(QWidget):
    """A sentence, the list, and what the keys do; as high as they need."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("search_results")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or each key paints the page beneath too
        self.says = Text()
        self.says.setObjectName("search_says")
        self.hint = muted(role="caption")
        self.hint.setObjectName("search_hint")
        self.list = ResultList()
        for words in (self.says, self.hint):
            words.setContentsMargins(
                theme.SPACE["md"], theme.SPACE["xs"], theme.SPACE["md"], theme.SPACE["xs"]
            )
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE["xs"]] * 4)
        column.setSpacing(theme.SPACE["xxs"])
        column.addWidget(self.says)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        self.hide()

    def show_found(self, found: Found) -> None:
        self.list.show_rows(found.rows, in_doubt=found.in_doubt)
        self.list.setVisible(bool(found.rows))
        for label, words in ((self.says, found.says), (self.hint, found.hint)):
            label.setText(words)
            label.setVisible(bool(words))

    def drop_from(self, box: QWidget) -> None:
        """Lie under `box`, at its right end, inside the window."""
        right = box.mapTo(self._window, QPoint(box.width(), 0)).x()
        top = box.mapTo(self._window, QPoint(0, box.height())).y() + theme.SPACE["xs"]
        width = min(max(WIDTH, box.width()), self._window.width() - 2 * EDGE)
        left = max(EDGE, right - width)
        self.setGeometry(left, top, width, min(self._natural(width), self._window.height() - top - EDGE))

    def _natural(self, width: int) -> int:
        """How high it is where there is room."""
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        shown = [label for label in (self.says, self.hint) if not label.isHidden()]
        used = sum(label.heightForWidth(inner) for label in shown)
        used += len(shown) * self._column.spacing()
        if not self.list.isHidden():
            used += self.list.height_of_all() + 2
        return used + margins.top() + margins.bottom() + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.token("window"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.token("border_strong"))
            painter.setBrush(theme.token("surface"))
            round_ = tokens.RADIUS["card"]
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # beside a row: the list stays
