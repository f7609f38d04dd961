"""The first half: which backup, and what opens it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coachdesk.services.backups import Kept
from coachdesk.ui import theme
from coachdesk.ui.restoring import words
from coachdesk.ui.restoring.ask import Ask, ask_for_backup
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import CapsLock, PassphraseEdit
from coachdesk.ui.widgets.text import Text, heading, muted

LIST_HEIGHT, LINE_HEIGHT = 150, 34
PATH = Qt.ItemDataRole.UserRole


class Choose(QWidget):
    """Emits `chosen` with the path and what was typed, or `left`. `needs_key` is for before unlocking."""

    chosen = Signal(object, str)
    left = Signal()

    def __init__(self, *, needs_key: bool, ask: Ask = ask_for_backup) -> None:
        super().__init__()
        self.setObjectName("choose_backup")
        self._ask = ask
        self.list = QListWidget()
        self.list.setObjectName("backup_list")
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setFixedHeight(LIST_HEIGHT)
        self.none = muted(self.tr("There are no backups in the usual folder. Choose the file of one."))
        self.none.hide()
        self.file_button = button(self.tr("Choose another file…"), "folder-open", name="choose_backup_file")
        self.key = PassphraseEdit(self.tr("Passphrase or recovery key"), "backup_passphrase")
        self.key.settle()
        self.key_label = QLabel(self.tr("Passphrase or recovery key of that backup"))
        self.key_label.setBuddy(self.key)
        self.caps = CapsLock(self.key)
        self.problem = Notice("danger", name="backup_problem")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("backup_status")
        self.back_button = button(self.tr("Back"), "arrow-left", name="leave_restore")
        self.look_button = primary(self.tr("Look inside"), "search", name="look_inside")
        self._lay_out()
        self.ask_for_key(needed=needs_key)
        self.setFocusProxy(self.list)
        self._connect()
        self.set_busy(self.tr("Looking for backups…"))

    def show_backups(self, found: Sequence[Kept], today: date) -> None:
        """List them, the newest first."""
        for one in found:
            self._add(words.line(one, today), one.path)
        self.list.setCurrentRow(0)
        self.none.setVisible(not found)
        self.list.setVisible(bool(found))
        self.set_busy("")

    def ask_for_key(self, *, needed: bool) -> None:
        """Whether something must be typed to open it."""
        for part in (self.key, self.key_label, self.caps):
            part.setVisible(needed)

    def refuse(self, says: str, *, key_is_wrong: bool) -> None:
        """It did not open: say why; what was typed stays, to be mended."""
        self.set_busy("")
        self.problem.say(says)
        if key_is_wrong:
            self.ask_for_key(needed=True)
            self.key.setFocus()
            self.key.selectAll()

    def set_busy(self, doing: str) -> None:
        """While something is under way nothing can be asked for twice."""
        for part in (self.list, self.file_button, self.key, self.look_button):
            part.setEnabled(not doing)
        self.status.setText(doing)
        if doing:
            self.problem.clear()
            announce(self.status, doing)

    def _connect(self) -> None:
        self.list.itemActivated.connect(lambda _item: self._go_on())
        self.key.returnPressed.connect(self._go_on)
        self.look_button.clicked.connect(self._go_on)
        self.back_button.clicked.connect(self.left)
        self.file_button.clicked.connect(self._choose_file)

    def _go_on(self) -> None:
        item = self.list.currentItem()
        if item is None:
            self._choose_file()
        elif self.key.isVisible() and not self.key.text():
            self.problem.say(self.tr("Type the passphrase or the recovery key that opens this backup."))
            self.key.setFocus()
        elif self.look_button.isEnabled():
            self.set_busy(self.tr("Opening the backup…"))
            self.chosen.emit(item.data(PATH), self.key.text() if self.key.isVisible() else "")

    def _choose_file(self) -> None:
        if path := self._ask(self):
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Put a file that the coach chose at the head of the list."""
        self.none.hide()
        self.list.show()
        self._add(self.tr("The file {name}").format(name=path.name), path, first=True)
        self.list.setCurrentRow(0)
        (self.key if self.key.isVisible() else self.list).setFocus()

    def _add(self, says: str, path: Path, *, first: bool = False) -> None:
        item = QListWidgetItem(says)
        item.setData(PATH, path)
        item.setSizeHint(QSize(0, LINE_HEIGHT))
        self.list.insertItem(0 if first else self.list.count(), item)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addWidget(heading(self.tr("Restore a backup"), 2))
        promise = self.tr(
            "Looking into a backup changes nothing. Before it is restored, what is here now is set aside."
        )
        column.addWidget(muted(promise))
        column.addWidget(self.list)
        column.addWidget(self.none)
        column.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.SPACE["xs"])
        row = QHBoxLayout()
        row.addWidget(self.key_label, 1)
        row.addWidget(self.caps)
        column.addLayout(row)
        column.addWidget(self.key)
        column.addWidget(self.problem)
        column.addSpacing(theme.SPACE["sm"])
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.look_button)
        column.addLayout(foot)
