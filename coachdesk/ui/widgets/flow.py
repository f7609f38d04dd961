"""A layout that breaks into lines as words do: for chips."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class Flow(QLayout):
    def __init__(self, gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
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

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint().width() for item in self._alive() if not item.isEmpty()]
        wide = sum(shown) + self._gap * max(0, len(shown) - 1)
        return QSize(wide, self.minimumSize().height())

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._alive() if not item.isEmpty()]
        return QSize(max((h.width() for h in hints), default=0), max((h.height() for h in hints), default=0))

    def _place(self, within: QRect, *, move: bool) -> int:
        """Lay the items out in lines; returns the height they need."""
        x, y, tall = within.x(), within.y(), 0
        for item in self._alive():
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > within.x() and x + size.width() > within.right() + 1:
                x, y, tall = within.x(), y + tall + self._gap, 0
            if move:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        return y + tall - within.y()
