"""What of a list was left out, by kind: counted, and not kept."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.bringing import words
from coachdesk.ui.widgets.text import Text, muted


class LeftOut(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bring_left_out_kinds")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE["lg"])
        self._grid.setVerticalSpacing(theme.SPACE["xs"])
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE["sm"], 0, 0)
        column.setSpacing(theme.SPACE["md"])
        column.addWidget(muted(self.tr("These rows were counted and forgotten; nothing of them is kept.")))
        column.addLayout(self._grid)
        column.addStretch(1)

    def show_counts(self, dropped: Mapping[str, int], mended: Mapping[str, int]) -> None:
        """Show how many of each kind; the cells left empty come last."""
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for line, (key, count) in enumerate([*dropped.items(), *mended.items()]):
            self._grid.addWidget(Text(str(count), bold=True, wrap=False), line, 0)
            self._grid.addWidget(Text(words.dropped(key), wrap=False), line, 1)
