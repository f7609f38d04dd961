"""A layout that breaks into lines as words do: for chips."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class Flow(QLayout):
    def __init__(self, gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._sizes: list[tuple[QLayoutItem, QSize]] | None = (
            None  # of what is shown, until something changes
        )
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._alive())

    def itemAt(self, index: int) -> QLayoutItem | None:
        alive = self._alive()
        return alive[index] if 0 <= index < len(alive) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._items = self._alive()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def _alive(self) -> list[QLayoutItem]:
        """Qt deletes an item with its widget, and may ask once more after that."""
        return [item for item in self._items if isValid(item)]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def invalidate(self) -> None:
        """A part changed, came or went. Until then sizes are kept: Qt asks for them many times over."""
        self._sizes = None
        self._heights.clear()
        super().invalidate()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        wide = [size.width() + self._gap for _item, size in self._shown()]
        return QSize(max(0, sum(wide) - self._gap), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._alive() if not item.isEmpty()]
        return QSize(max((h.width() for h in hints), default=0), max((h.height() for h in hints), default=0))

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """What is shown, each with the size it would like."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._alive() if not item.isEmpty()]
        return self._sizes

    def _place(self, within: QRect, *, move: bool) -> int:
        """Lay the items out in lines; returns the height they need."""
        x, y, tall = within.x(), within.y(), 0
        for item, size in self._shown():
            if not isValid(item):
                continue
            if x > within.x() and x + size.width() > within.right() + 1:
                x, y, tall = within.x(), y + tall + self._gap, 0
            if move:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        return y + tall - within.y()
