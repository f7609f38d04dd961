"""The first step: choose a file, drop one, or paste a list."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading, muted

Ask = Callable[[QWidget], str]


def ask_for_file(parent: QWidget) -> str:
    """The path of the file the coach picks; "" if they change their mind.

    The dialog begins among the coach's documents. On Linux it is Qt's own, as where a page is saved.
    """
    title = QCoreApplication.translate("bringing", "Choose a roster")
    kinds = QCoreApplication.translate("bringing", "Rosters (*.csv *.tsv *.txt *.xlsx *.zip);;All files (*)")
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    begin = documents if QDir(documents).exists() else QDir.homePath()
    options = QFileDialog.Option.DontUseNativeDialog if sys.platform == "linux" else QFileDialog.Option(0)
    return QFileDialog.getOpenFileName(parent, title, begin, kinds, options=options)[0]


class PasteEdit(QPlainTextEdit):
    """Takes pasted cells. Tab leaves it; Ctrl+Enter goes on."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAcceptDrops(False)  # a file dropped here is read, not written out as its path

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ChoosePage(QWidget):
    """Emits `file_chosen` with a path or `list_pasted` with text; `left` when the coach does not want to."""

    file_chosen = Signal(Path)
    list_pasted = Signal(str)
    left = Signal()

    def __init__(self, leave: str, ask: Ask) -> None:
        super().__init__()
        self.setObjectName("bring_choose")
        self.setAcceptDrops(True)
        self._ask = ask
        self.choose_button = primary(self.tr("Choose a file…"), "folder-open", name="choose_roster")
        self.choose_button.clicked.connect(self._choose)
        self.paste = PasteEdit()
        self.paste.setObjectName("paste_roster")
        self.paste.setAccessibleName(self.tr("Or paste a list"))
        self.paste.setPlaceholderText(
            self.tr("Name; Subject; Grade; Room\nRivera, Maya; Science; 7; 12\nOkafor, Tobe; Math; 8; 14")
        )
        self.paste.textChanged.connect(self._offer_reading)
        self.paste.entered.connect(self._read_pasted)
        self.read_button = button(self.tr("Read the pasted list"), "table", name="read_pasted")
        self.read_button.clicked.connect(self._read_pasted)
        self.leave_button = button(leave, "arrow-left", name="leave_import")
        self.leave_button.clicked.connect(self.left)
        self.problem = Notice("danger", name="choose_problem")
        self.status = Text("", "caption", "muted")
        self._lay_out()
        self._offer_reading()

    def set_busy(self, doing: str) -> None:
        """Say what is going on, and take nothing else meanwhile; "" when it is over."""
        for widget in (self.choose_button, self.paste):
            widget.setEnabled(not doing)
        self._offer_reading()
        self.status.setText(doing)
        if doing:
            self.problem.clear()
            announce(self.status, doing)

    def refuse(self, why: str) -> None:
        """The file or list could not be read."""
        self.set_busy("")
        self.problem.say(why)
        (self.paste if self.paste.toPlainText().strip() else self.choose_button).setFocus()

    def _choose(self) -> None:
        if path := self._ask(self):
            self.file_chosen.emit(Path(path))

    def _offer_reading(self) -> None:
        self.read_button.setEnabled(self.paste.isEnabled() and bool(self.paste.toPlainText().strip()))

    def _read_pasted(self) -> None:
        if self.read_button.isEnabled():
            self.list_pasted.emit(self.paste.toPlainText())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _one_file(event) and self.choose_button.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _one_file(event):
            event.acceptProposedAction()
            self.file_chosen.emit(Path(path))

    def _lay_out(self) -> None:
        label = Text(self.tr("&Or paste a list"), bold=True, wrap=False)
        label.setBuddy(self.paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addWidget(heading(self.tr("Bring in your teachers"), 2))
        column.addWidget(
            Text(
                self.tr(
                    "The list your school's system exports, a spreadsheet from the office, or your contacts: "
                    "CSV, Excel or ZIP. Nothing is written before you have seen what would change."
                )
            )
        )
        column.addSpacing(theme.SPACE["xs"])
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(label)
        column.addWidget(self.paste, 1)
        column.addWidget(self.problem)
        column.addLayout(self._promise())
        buttons = QHBoxLayout()
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.status, 1)
        buttons.addWidget(self.read_button)
        column.addLayout(buttons)

    def _promise(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Picture("shield-check", "success", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(
            muted(
                self.tr("Students and parents are left out. Passwords and phone numbers are never read."),
                "caption",
            ),
            1,
        )
        return row


def _one_file(event: QDropEvent) -> str:
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
