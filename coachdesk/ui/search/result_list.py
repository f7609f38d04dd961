"""The list under the search box: headings, and lines with what was looked for underlined."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coachdesk.ui import theme
from coachdesk.ui.search.rows import Part, Row, parts, plain

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
HEADING, LINE, TWO_LINES = 28, 36, 54
ICON = 18
LEFT = 42  # where the words begin, behind the icon
EDGE = 12
LEAD = 24  # characters left before what was found, where a line is too long for both


class Rows(QAbstractListModel):
    """The rows as they were found. Headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> Row:
        return self._rows[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Role.DisplayRole:
            return plain(row.text)
        return row.spoken if role in (Role.AccessibleTextRole, Role.ToolTipRole) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].target is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ResultList(QListView):
    """Arrows move, Enter or a click opens; letters go back to the box, and so does Up from the first line."""

    opened = Signal(object)
    typed = Signal(QKeyEvent)
    left_at_top = Signal()
    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search_list")
        self.setAccessibleName(self.tr("Results"))
        self.rows = Rows()
        self.setModel(self.rows)
        self.setItemDelegate(Line(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[Row], *, in_doubt: bool = False) -> None:
        """Show these; the first that can be chosen is the current one, except `in_doubt`."""
        self.rows.show(rows)
        if not in_doubt:
            self.step(1)
        self.scrollToTop()

    def current(self) -> Row | None:
        """The row the coach is on."""
        index = self.currentIndex()
        return self.rows.row(index) if index.isValid() else None

    def height_of_all(self) -> int:
        """How high it would have to be to show every row."""
        last = self.rows.rowCount()
        return sum(height(self.rows.row(self.rows.index(number))) for number in range(last))

    def step(self, by: int) -> bool:
        """Move to the next row that can be chosen; False at the end."""
        at = self.currentIndex().row() + by
        while 0 <= at < self.rows.rowCount():
            if self.rows.row(self.rows.index(at)).target is not None:
                self.setCurrentIndex(self.rows.index(at))
                return True
            at += by
        return False

    def open_current(self) -> None:
        row = self.current()
        if row is not None and row.target is not None:
            self.opened.emit(row)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self.current()
        if self.hasFocus() and row is not None:
            self.moved.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self.step(1 if key == Qt.Key.Key_Down else -1) and key == Qt.Key.Key_Up:
                self.left_at_top.emit()
        elif _is_typing(event):
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.open_current()


def height(row: Row) -> int:
    """How high a row is painted, in logical pixels."""
    if row.target is None:
        return HEADING
    return TWO_LINES if row.below else LINE


def _is_typing(event: QKeyEvent) -> bool:
    if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
        return False
    known = (Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right)
    return event.key() in known or bool(event.text() and event.text().isprintable())


class Line(QStyledItemDelegate):
    """An icon, the words, what is known besides, and the keys at the end."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, height(_row(index)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, room = _row(index), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.target is None:
            _write(painter, room.adjusted(EDGE, 4, -EDGE, 0), [(row.text, False)], "muted", bold=True)
        else:
            self._paint_background(painter, room.adjusted(4, 1, -4, -1), option.state)
            self._paint_row(painter, room, row)
        painter.restore()

    def _paint_background(self, painter: QPainter, room: QRectF, state: QStyle.StateFlag) -> None:
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.token("accent_soft" if current else "hover"))
            painter.drawRoundedRect(room, 6, 6)
        if current and self._view.hasFocus():
            theme.ring(painter, room, 6)
        elif current:  # not by its tint alone
            painter.setBrush(theme.token("accent"))
            painter.drawRoundedRect(QRectF(room.x(), room.y() + 7, 3, room.height() - 14), 1.5, 1.5)

    def _paint_row(self, painter: QPainter, room: QRectF, row: Row) -> None:
        first = QRectF(room.x() + LEFT, room.y(), room.width() - LEFT - EDGE, LINE)
        if row.below:
            first.setHeight(TWO_LINES / 2 + 2)
            below = QRectF(first.x(), first.bottom() - 4, first.width(), TWO_LINES / 2 - 2)
            _write(painter, below, parts(row.below), "text")
        icon = theme.icon(row.icon, row.tone, ICON)
        icon.paint(painter, round(room.x()) + EDGE + 2, round(first.center().y()) - ICON // 2, ICON, ICON)
        if row.keys:
            width = QFontMetricsF(theme.font("caption")).horizontalAdvance(row.keys)
            end = QRectF(first.right() - width, first.y(), width + 1, first.height())
            _write(painter, end, [(row.keys, False)], "muted", "caption")
            first.setRight(end.left() - EDGE)
        used = _write(painter, first, parts(row.text), "text", medium=True)
        if row.detail and first.width() - used > 3 * EDGE:
            _write(painter, first.adjusted(used + EDGE, 0, 0, 0), parts(row.detail), "muted")


def _row(index: Index) -> Row:
    row: Row = index.model().row(index)  # type: ignore[attr-defined]
    return row


def _write(
    painter: QPainter,
    room: QRectF,
    words: list[Part],
    tone: str,
    role: str = "body",
    **weight: bool,
) -> float:
    """Write in one line what fits, what was looked for bold and underlined; the width that was used."""
    usual, found = _fonts(role, **weight)
    painter.setPen(theme.token(tone))
    at = room.x()
    for text, was_found in _with_found(words, room.width(), usual, found):
        font = found if was_found else usual
        metrics = QFontMetricsF(font)
        left, width, shown = room.right() + 1 - at, metrics.horizontalAdvance(text), text
        if width > left:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, left)
        painter.setFont(font)
        painter.drawText(QPointF(at, room.center().y() + (metrics.ascent() - metrics.descent()) / 2), shown)
        at += width
        if shown != text:
            return room.width()
    return at - room.x()


def _fonts(role: str, *, bold: bool = False, medium: bool = False) -> tuple[QFont, QFont]:
    usual, found = theme.font(role, bold), theme.font(role, True)
    if medium:
        usual.setWeight(QFont.Weight.Medium)
    found.setWeight(QFont.Weight.Bold)
    found.setUnderline(True)
    return usual, found


def _with_found(words: list[Part], room: float, usual: QFont, found: QFont) -> list[Part]:
    """`words`, the beginning left out where it would push what was found off the line."""
    if len(words) < 2 or words[0][1]:
        return words
    (lead, _), (hit, _) = words[:2]
    wanted = QFontMetricsF(usual).horizontalAdvance(lead) + QFontMetricsF(found).horizontalAdvance(hit)
    if wanted <= room or len(lead) <= LEAD:
        return words
    cut = lead[-LEAD:]
    return [("…" + cut[cut.find(" ") :], False), *words[1:]]
