"""Rows of a query, as a table that keyboard and screen reader can walk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from coachdesk.ui import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
ROW_HEIGHT = 40
ICON = 18


def _nothing(_row: Any) -> str:
    return ""


@dataclass(frozen=True)
class Column:
    """How a row fills one cell.

    `order` sorts, or the text does; `icon` and `tone` are names of the look; `spoken` is what a screen reader
    says where the text is too short for it; `needs` is the width of the table, in logical pixels, below which
    the column is left out.
    """

    title: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    icon: Callable[[Any], str] = _nothing
    tone: Callable[[Any], str] = _nothing
    spoken: Callable[[Any], str] | None = None
    width: int = 120
    stretch: bool = False
    needs: int = 0


class Rows(QAbstractTableModel):
    """The rows as they were shown, sorted by a column in Python."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns
        self._rows: list[Any] = []
        self._sorted: tuple[int, bool] | None = None

    def show(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._put_in_order()
        self.endResetModel()

    def add(self, rows: Sequence[Any]) -> None:
        """Show these too, below: the coach stays where they are."""
        self.beginInsertRows(ROOT, len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def all(self) -> Sequence[Any]:
        return self._rows

    def row(self, index: Index) -> Any:
        return self._rows[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = [(index, self._rows[index.row()]) for index in self.persistentIndexList()]
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self._put_in_order()
        place = {id(row): number for number, row in enumerate(self._rows)}
        for index, row in before:
            self.changePersistentIndex(index, self.index(place[id(row)], index.column()))
        self.layoutChanged.emit()

    def _put_in_order(self) -> None:
        """Equal rows keep the order they came in."""
        if self._sorted and self._sorted[0] >= 0:
            column, backwards = self._columns[self._sorted[0]], self._sorted[1]
            self._rows.sort(key=column.order or (lambda row: column.text(row).casefold()), reverse=backwards)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.AccessibleTextRole:
            return (column.spoken or column.text)(row)
        if role == Role.DecorationRole and column.icon(row):
            return theme.icon(column.icon(row), column.tone(row) or "text", ICON)
        if role == Role.ForegroundRole and not column.icon(row) and column.tone(row):
            return theme.token(column.tone(row))
        return column.text(row) if role == Role.ToolTipRole and column.stretch else None

    def headerData(self, section: int, side: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if side != Qt.Orientation.Horizontal:
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._columns[section].title
        return int(Qt.AlignmentFlag.AlignVCenter) if role == Role.TextAlignmentRole else None


class Table(QTableView):
    """Whole rows, one at a time. Arrows move, Enter or a double click opens, letters go to the filter."""

    chosen = Signal(object)  # the row the coach is on, or None
    opened = Signal(object)
    typed = Signal(str)

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = Rows(columns)
        self._columns, self._key = columns, key
        self._showing = False
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setIconSize(QSize(ICON, ICON))
        self._set_headers()

    def _set_headers(self) -> None:
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW_HEIGHT)
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(56)
        for number, column in enumerate(self._columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            across.setSectionResizeMode(number, stretch)
            if not column.stretch:
                self.setColumnWidth(number, column.width)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these; the coach stays on the row they were on, if it is among them, else on the first."""
        on = self.current()
        line = max(self.currentIndex().row(), 0)
        self._showing = True
        self.rows.show(rows)
        if not (on is not None and self.go_to(self._key(on))) and rows:
            self.setCurrentIndex(self.rows.index(min(line, len(rows) - 1), 0))
        self._showing = False
        now = self.current()
        if on is None or now is None or self._key(on) != self._key(now):
            self.chosen.emit(now)

    def current(self) -> Any:
        """The row the coach is on, or None."""
        index = self.currentIndex()
        return self.rows.row(index) if index.isValid() else None

    def go_to(self, key: object) -> bool:
        """Move to the row with this key; False where it is not shown."""
        for number, row in enumerate(self.rows.all()):
            if self._key(row) == key:
                self.setCurrentIndex(self.rows.index(number, max(self.currentIndex().column(), 0)))
                return True
        return False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._showing and current.row() != previous.row():
            self.chosen.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.current() is not None:
            self.opened.emit(self.current())
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for number, column in enumerate(self._columns):
            self.setColumnHidden(number, self.viewport().width() < column.needs)
