"""The second half: what is in the archive, before anything is made of it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.services.archive import Contents
from coachdesk.ui import dates, theme
from coachdesk.ui.from_archive import words
from coachdesk.ui.restoring.words import noun
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class Inside(QWidget):
    """Emits `wanted`, or `left`."""

    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inside_archive")
        self.title = heading("", 2)
        self._table = QWidget()
        self._table.setObjectName("archive_table")
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.SPACE["xs"])
        self._grid.setColumnStretch(0, 1)
        self.hold = Notice("info", name="archive_hold")
        self.means = Text("")
        self.means.setObjectName("archive_means")
        self.back_button = button(self.tr("Back"), "arrow-left", name="another_archive")
        self.go_button = primary(self.tr("Choose its passphrase"), "arrow-right", name="take_archive")
        self.back_button.clicked.connect(self.left)
        self.go_button.clicked.connect(self.wanted)
        self.setFocusProxy(self.go_button)
        self._lay_out()

    def show_contents(self, of: Contents, today: date, means: str) -> None:
        """Tell what is in it, and what becomes of it."""
        self.title.setText(words.title(of, today))
        self._fill(of)
        held = self.tr("Hold was on since {day}: it stays on in the new vault.")
        self.hold.say(held.format(day=dates.with_year(of.held.astimezone().date())) if of.held else "")
        self.means.setText(means)

    def _fill(self, of: Contents) -> None:
        while item := self._grid.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        for number, (name, count) in enumerate(of.counts):
            self._row(number, noun(name), count)
        self._grid.addWidget(line(), len(of.counts), 0, 1, 2)
        self._row(len(of.counts) + 1, self.tr("All records"), of.rows)

    def _row(self, number: int, words: str, count: int) -> None:
        self._grid.addWidget(Text(words, bold=True, wrap=False), number, 0)
        said = dates.locale().toString(count)
        tone = "" if count else "muted"
        self._grid.addWidget(Text(said, "body", tone, wrap=False), number, 1, Qt.AlignmentFlag.AlignRight)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        for part in (self.title, self._table, self.hold, self.means):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.go_button)
        column.addLayout(foot)
