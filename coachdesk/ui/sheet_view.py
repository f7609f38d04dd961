"""The recovery key on the screen: eight groups, and how to get them on paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.services import saving
from coachdesk.services.keys import Sheet
from coachdesk.ui import messages, save_dialog, sheet_paper, theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text

Where = Callable[[QWidget, str], str]
Print = Callable[[QWidget, QTextDocument], bool | None]


class SheetView(QWidget):
    """Shows one sheet. `on_paper` says that it was saved, at which path with what content, or printed: None.

    `ask_where` asks for the place of a file, `print_page` for a printer; tests hand in their own.
    """

    on_paper = Signal(object, bytes)

    def __init__(
        self, ask_where: Where = save_dialog.ask_where, print_page: Print = sheet_paper.ask_printer
    ) -> None:
        super().__init__()
        self._ask_where, self._print_page = ask_where, print_page
        self._sheet: Sheet | None = None
        self._groups = [Text("", "lead", wrap=False) for _ in range(8)]
        self.print_button = button(self.tr("Print…"), "printer", name="print_sheet")
        self.pdf_button = button(self.tr("Save as PDF…"), "file-text", name="save_sheet_pdf")
        self.text_button = button(self.tr("Save as text…"), "save", name="save_sheet_text")
        self.print_button.clicked.connect(self._print)
        self.pdf_button.clicked.connect(lambda: self._save(".pdf"))
        self.text_button.clicked.connect(lambda: self._save(".txt"))
        self.outcome = Notice("success", name="sheet_outcome")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        column.addLayout(self._grid())
        buttons = Flow()
        for made in (self.print_button, self.pdf_button, self.text_button):
            buttons.addWidget(made)
        column.addLayout(buttons)
        column.addWidget(self.outcome)

    def ask_with(self, ask_where: Where, print_page: Print) -> None:
        """Ask for the place and the printer in another way."""
        self._ask_where, self._print_page = ask_where, print_page

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show this one; None takes the groups off the screen."""
        self._sheet = sheet
        self.outcome.clear()
        groups = sheet.key.groups if sheet else ("",) * 8
        for number, (label, group) in enumerate(zip(self._groups, groups, strict=True), start=1):
            label.setText(group)
            said = self.tr("Group {number}: {letters}").format(number=number, letters=" ".join(group))
            label.setAccessibleName(said if group else "")

    def groups(self) -> tuple[str, ...]:
        """What is on the screen."""
        return tuple(label.text() for label in self._groups)

    def _print(self) -> None:
        printed = self._print_page(self, sheet_paper.document(self._sheet)) if self._sheet else False
        if printed is None:
            none = self.tr("This computer knows no printer. Save the sheet as PDF and print it elsewhere.")
            self.outcome.say(none, "danger")
        elif printed:
            self.outcome.say(
                self.tr("Sent to the printer. Check that all eight groups can be read."), "success"
            )
            self.on_paper.emit(None, b"")

    def _save(self, suffix: str) -> None:
        where = self._ask_where(self, sheet_paper.NAME + suffix) if self._sheet else ""
        if not where or not self._sheet:
            return
        as_text = suffix == ".txt"
        content = sheet_paper.text(self._sheet).encode() if as_text else sheet_paper.pdf(self._sheet)
        try:
            saving.save({Path(where).name: content}, Path(where).parent)
        except CoachdeskError as error:
            self.outcome.say(messages.words(error), "danger")
            return
        saved = self.tr(
            "Saved, for your eyes only. Move the file to a USB stick or print it, then delete it here: "
            "beside the laptop's notes it is as good as a key under the mat."
        )
        self.outcome.say(saved, "success")
        self.on_paper.emit(Path(where), content)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE["lg"])
        grid.setVerticalSpacing(theme.SPACE["sm"])
        for place, label in enumerate(self._groups):
            label.setObjectName(f"group_{place + 1}")
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            font.setPointSizeF(theme.font("lead").pointSizeF())
            font.setWeight(theme.font("lead", True).weight())
            label.setFont(font)
            row, column = divmod(place, sheet_paper.ACROSS)
            number = Text(str(place + 1), "caption", "muted", wrap=False)
            grid.addWidget(number, row, 2 * column)
            grid.addWidget(label, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        return grid
