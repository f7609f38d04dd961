"""The second half: what is in the backup, against what is here now."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from coachdesk.services.restoring import Look, Row
from coachdesk.ui import dates, theme
from coachdesk.ui.restoring import words
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class Inside(QWidget):
    """Emits `restore_wanted`, `test_wanted`, `stop_wanted` while it is tested, or `left`."""

    restore_wanted = Signal()
    test_wanted = Signal()
    stop_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inside_backup")
        self.title = heading("", 2)
        self._table = QWidget()
        self._table.setObjectName("backup_table")
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE["xl"])
        self._grid.setVerticalSpacing(theme.SPACE["xs"])
        self._grid.setColumnStretch(0, 1)
        self.means = Text("")
        self.means.setObjectName("backup_means")
        self.after = Text("", "body", "muted")
        self.outcome = Notice("success", name="backup_outcome")
        self.progress = QProgressBar()
        self.progress.setObjectName("backup_progress")
        self.progress.setAccessibleName(self.tr("Testing the backup"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.back_button = button(self.tr("Back"), "arrow-left", name="another_backup")
        self.test_button = button(self.tr("Test this backup"), "shield-check", name="test_backup")
        self.stop_button = button(self.tr("Stop testing"), "x", name="stop_testing")
        self.stop_button.hide()
        self.restore_button = primary(
            self.tr("Restore this backup"), "archive-restore", name="restore_backup"
        )
        self.setFocusProxy(self.test_button)
        self._lay_out()
        self.restore_button.clicked.connect(self.restore_wanted)
        self.test_button.clicked.connect(self.test_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.back_button.clicked.connect(self.left)

    def show_look(self, look: Look, today: date, *, by_todays_key: bool) -> None:
        """Tell what is in it. `by_todays_key`: it will open as the vault does now."""
        self.title.setText(self.tr("Backup: {when}").format(when=words.when(look.made, today)))
        self._fill(look)
        self.means.setText(self._meaning(look))
        opens = (
            self.tr("It opens with the passphrase you use now.")
            if by_todays_key
            else self.tr("It opens with what you typed here.")
        )
        then = self.tr("Once it is restored, Coachdesk starts again, locked. {opens}").format(opens=opens)
        self.after.setText(then)
        self.outcome.clear()

    def set_testing(self, testing: bool) -> None:
        """While it is tested the test can be stopped, and nothing else begins."""
        if testing:
            self.outcome.clear()
            self.progress.setRange(0, 0)
        self.progress.setVisible(testing)
        self.stop_button.setVisible(testing)
        self.test_button.setVisible(not testing)
        for part in (self.back_button, self.restore_button):
            part.setEnabled(not testing)
        (self.stop_button if testing else self.test_button).setFocus()

    def show_progress(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _meaning(self, look: Look) -> str:
        if not look.compared:
            return self.tr(
                "There is nothing here now to compare it with, or it does not open. What lies here is kept "
                "as it is, in a folder of its own."
            )
        if look.is_the_same:
            return self.tr("It holds the same as your notes now.")
        return self.tr(
            "Before anything is replaced, your notes as they are now are kept as a backup of this moment: "
            "you can come back to them the same way."
        )

    def _fill(self, look: Look) -> None:
        while item := self._grid.takeAt(0):
            if gone := item.widget():
                gone.hide()
                gone.deleteLater()
        self._titles(look.compared)
        for number, row in enumerate(look.rows, 2):
            self._row(number, row)

    def _titles(self, compared: bool) -> None:
        titles = ["", self.tr("In the backup")]
        if compared:
            titles += [
                self.tr("Now"),
                self.tr("Would come back"),
                self.tr("Would go"),
                self.tr("Would change"),
            ]
        for column, title in enumerate(titles):
            self._put(0, column, Text(title, "caption", "muted", wrap=False))
        self._grid.addWidget(line(), 1, 0, 1, len(titles))

    def _row(self, number: int, row: Row) -> None:
        noun = words.noun(row.noun)
        self._put(number, 0, Text(noun, bold=True, wrap=False))
        counts: list[tuple[int, str]] = [(row.then, "")]
        if row.now is not None:
            counts += [(row.now, ""), (row.back, "success"), (row.gone, "warning"), (row.other, "")]
        for column, (count, tone) in enumerate(counts, 1):
            said = dates.locale().toString(count)
            self._put(number, column, Text(said, "body", tone if count else "muted", wrap=False))

    def _put(self, row: int, column: int, text: Text) -> None:
        at = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(text, row, column, at)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        for part in (self.title, self._table, self.means, self.after, self.outcome, self.progress):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE["sm"])
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.test_button)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.restore_button)
        column.addLayout(foot)
