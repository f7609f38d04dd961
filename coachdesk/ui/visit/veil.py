"""What lies over the words while somebody looks over the coach's shoulder."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.notice import announce
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text


class Veil(QWidget):
    """Covers `over` whole; the keyboard stays where it is, so what is typed meanwhile is kept."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("veil")
        self.sentence = Text(self.tr("Hidden. F9 shows it again; you can go on typing."), "lead", "muted")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(Picture("eye-off", "muted", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addStretch(3)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._over.installEventFilter(self)  # now only: it would slow down every key that is typed there
        self._cover()
        announce(self, self.sentence.text(), urgent=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._over.removeEventFilter(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.token("window"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        self.setGeometry(self._over.rect().adjusted(2, 2, -2, -2))
        self.raise_()
