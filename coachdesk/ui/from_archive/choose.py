"""The first half: which file, and the passphrase it was sealed with."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.restoring.ask import Ask, ask_for_archive
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import CapsLock, PassphraseEdit
from coachdesk.ui.widgets.text import Text, heading, muted


class Choose(QWidget):
    """Emits `picked` with a path, `wanted` with what was typed, `stop_wanted` while it opens, or `left`."""

    picked = Signal(object)
    wanted = Signal(str)
    stop_wanted = Signal()
    left = Signal()

    def __init__(self, ask: Ask = ask_for_archive) -> None:
        super().__init__()
        self.setObjectName("choose_archive")
        self._ask = ask
        self.file_button = button(self.tr("Choose the file…"), "folder-open", name="choose_archive_file")
        self.name = Text("", bold=True)
        self.name.setObjectName("archive_file_name")
        self.plain = Notice("warning", name="archive_is_plain")
        self.key = PassphraseEdit(self.tr("Passphrase of the archive"), "passphrase_of_archive")
        self.key.settle()
        self.key_label = QLabel(self.key.accessibleName())
        self.key_label.setBuddy(self.key)
        self.caps = CapsLock(self.key)
        self.problem = Notice("danger", name="archive_problem")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("archive_status")
        self.progress = QProgressBar()
        self.progress.setObjectName("opening_archive")
        self.progress.setAccessibleName(self.tr("Opening the archive"))
        self.progress.setTextVisible(False)
        self.back_button = button(self.tr("Back"), "arrow-left", name="leave_archive")
        self.stop_button = button(self.tr("Stop"), "x", name="stop_opening_archive")
        self.look_button = primary(self.tr("Look inside"), "search", name="look_inside_archive")
        self._lay_out()
        self.ask_for_key(needed=False)
        self._connect()
        self.look_button.setEnabled(False)
        self.set_opening(False)
        self.setFocusProxy(self.file_button)

    def show_file(self, path: Path, *, sealed: bool) -> None:
        """This one was picked; `sealed`: it opens with a passphrase."""
        self.problem.clear()
        self.name.setText(path.name)
        self.name.setToolTip(str(path))
        self.key.clear()
        self.ask_for_key(needed=sealed)
        self.look_button.setEnabled(True)
        plain = self.tr(
            "This archive is not encrypted: it opens without a passphrase, for whoever has the file. Keep it "
            "in a safe place, or delete it once its records are in."
        )
        self.plain.say("" if sealed else plain)
        (self.key if sealed else self.look_button).setFocus()

    def refuse(self, says: str, *, key_is_wrong: bool = False) -> None:
        """It did not open: say why; what was typed stays, to be mended."""
        self.plain.clear()
        self.problem.say(says)
        if key_is_wrong:
            self.key.setFocus()
            self.key.selectAll()
        else:
            self.file_button.setFocus()

    def refuse_file(self, says: str) -> None:
        """What was picked is no archive that can be read."""
        self.name.setText("")
        self.ask_for_key(needed=False)
        self.look_button.setEnabled(False)
        self.refuse(says)

    def ask_for_key(self, *, needed: bool) -> None:
        """Whether something must be typed to open it."""
        for part in (self.key, self.key_label, self.caps):
            part.setVisible(needed)

    def set_opening(self, opening: bool) -> None:
        """While it opens it can be stopped, and nothing else begins."""
        if opening:
            self.problem.clear()
            self.progress.setRange(0, 0)
        doing = self.tr("Opening the archive, and looking at every record…") if opening else ""
        self.status.setText(doing)
        self.progress.setVisible(opening)
        self.stop_button.setVisible(opening)
        self.look_button.setVisible(not opening)
        for part in (self.file_button, self.key, self.back_button):
            part.setEnabled(not opening)
        if opening:
            self.stop_button.setFocus()
            announce(self.status, doing)

    def show_progress(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _connect(self) -> None:
        self.file_button.clicked.connect(self._choose)
        self.key.returnPressed.connect(self._go_on)
        self.look_button.clicked.connect(self._go_on)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.back_button.clicked.connect(self.left)

    def _choose(self) -> None:
        if path := self._ask(self):
            self.picked.emit(Path(path))

    def _go_on(self) -> None:
        if self.key.isVisible() and not self.key.text():
            self.problem.say(self.tr("Type the passphrase that was chosen when the archive was saved."))
            self.key.setFocus()
        elif self.look_button.isEnabled():
            self.wanted.emit(self.key.text() if self.key.isVisible() else "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addWidget(heading(self.tr("A new vault from an archive"), 2))
        promise = self.tr(
            "An archive is the one file with everything, saved in Settings under Your data. You see what is "
            "in it before anything is written, and the file stays as it is."
        )
        column.addWidget(muted(promise))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["md"])
        row.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.name, 1)
        column.addLayout(row)
        column.addWidget(self.plain)
        typed = QHBoxLayout()
        typed.addWidget(self.key_label, 1)
        typed.addWidget(self.caps)
        column.addLayout(typed)
        for part in (self.key, self.problem, self.progress):
            column.addWidget(part)
        column.addSpacing(theme.SPACE["sm"])
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.stop_button)
        foot.addWidget(self.look_button)
        column.addLayout(foot)
