"""What every page before the desk looks like: the mark, one card in the middle, room around it."""

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coachdesk import paths
from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

NAME = "Coachdesk"
LOW = 620  # height of a window in which the steps head the page alone: its buttons come first


class Mark(QWidget):
    """The program's mark."""

    def __init__(self, size: int = 44) -> None:
        super().__init__()
        self.setFixedSize(QSize(size, size))
        self._drawing = QSvgRenderer(str(paths.resource("icons", "coachdesk.svg")))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._drawing.render(painter, QRectF(self.rect()))


class GatePage(QScrollArea):
    """Add to `card.column`. Scrolls where the window is too low for it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._spared: QWidget | None = None  # what goes where the window is low
        self.card = Card(padding=theme.SPACE["xl"], gap=theme.SPACE["sm"])
        self.card.setMaximumWidth(width)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        page = QWidget()
        page.setProperty("page", True)
        self._column = column = QVBoxLayout(page)
        column.setSpacing(theme.SPACE["lg"])
        column.addStretch(2)
        column.addLayout(_in_the_middle(self.card))
        column.addStretch(3)
        self.setWidget(page)

    def settle(self) -> None:
        """Do what can wait until after the first paint: it would have to wait 20 ms for Qt's own names."""
        first = self.focusProxy()
        kept = first.focusPolicy() if first else QtCore.Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        if first:  # Qt took the focus from the field that stands for the page, too
            first.setFocusPolicy(kept)

    def warm_up(self) -> None:
        """While the coach types: have PySide6 make the classes that the desk needs, else made at first use.

        A widget it has not met before makes it look through all of them.
        """
        self.viewport()
        theme.icon("lock")

    def set_title(self, title: str, steps: "Steps | None" = None) -> None:
        """Head the page with the mark and `title`, and beneath it where the coach is on the way."""
        head = _title(title)
        if steps:
            self._column.insertLayout(1, _in_the_middle(steps))
            self._spared = head
        self._column.insertLayout(1, _in_the_middle(head))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._spared:
            self._spared.setVisible(self.height() >= LOW)


class Steps(QWidget):
    """Where the coach is on the way: the step's number and name, the one they are at in bold."""

    def __init__(self, names: tuple[str, ...], current: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xl"])
        for number, name in enumerate(names):
            here = number == current
            step = Text(f"{number + 1}  {name}", "body", "accent" if here else "muted", bold=here, wrap=False)
            said = self.tr("Step {number} of {count}: {name}")
            step.setAccessibleName(said.format(number=number + 1, count=len(names), name=name))
            row.addWidget(step)


def _in_the_middle(widget: QWidget) -> QHBoxLayout:
    """As wide as it may be. Not by alignment: then a sentence that wraps would be given the height it has in
    the whole width."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 1000 if isinstance(widget, Card) else 0)
    row.addStretch(1)
    return row


def _title(text: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE["md"])
    row.addWidget(Mark())
    row.addWidget(heading(text, 1))
    return holder
