"""A page that scrolls where it is higher than its room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Without a frame, and without a stop of Tab of its own. Put it into its place, then fill `page`.

    Qt asks the page how large it would like to be, for which all in it is dressed; and what moves house is
    dressed anew, with all in it.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.page = _Page()
        self.page.setProperty("page", True)
        self.setWidget(self.page)


class _Page(QWidget):
    """As high as it must be in the width it has.

    A layout asks for the height of its texts wrapped as narrow as they go: the page would scroll to nothing.
    """

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(0)
        return least
