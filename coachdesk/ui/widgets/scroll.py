"""A page that scrolls where it is higher than its room."""

from PySide6.QtCore import Qt
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
        self.page = QWidget()
        self.page.setProperty("page", True)
        self.setWidget(self.page)
