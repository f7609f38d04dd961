"""The second step of the first run: the recovery key, on paper before the vault is made, or declined."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coachdesk.services import keys
from coachdesk.services.keys import Sheet
from coachdesk.ui import messages, theme
from coachdesk.ui.gate.page import NAME, GatePage, Steps
from coachdesk.ui.gate.steps import archive_step_names, step_names
from coachdesk.ui.sheet_view import SheetView
from coachdesk.ui.widgets.buttons import button, link, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.text import Text, muted, polish

WIDTH = 640
FIELD = 180


class SheetStep(GatePage):
    """Emits `wanted` with True once two groups were typed back, or with False where the sheet was declined.

    `back` goes to the passphrase; nothing is written before the vault is made.
    """

    wanted = Signal(bool)
    back = Signal()

    def __init__(self, sheet: Sheet, view: SheetView | None = None, *, of_archive: bool = False) -> None:
        super().__init__(WIDTH)
        if of_archive:
            self.set_title(NAME, Steps(archive_step_names(), 2))
        else:
            self.set_title(self.tr("Welcome to Coachdesk"), Steps(step_names(), 1))
        self.settle()
        self.setObjectName("sheet_page")
        self.view = view or SheetView()
        self.view.show_sheet(sheet)
        first, second = sorted(secrets.SystemRandom().sample(range(8), 2))
        self.typing = TypeBack(sheet, (first, second))
        self.declining = Decline()
        self.showing = self._build_showing()
        self.problem = Notice("danger", name="sheet_problem")
        for part in (self.showing, self.typing, self.declining, self.problem):
            self.card.column.addWidget(part)
        self.typing.right.connect(lambda: self._make(True))
        self.declining.right.connect(lambda: self._make(False))
        for part in (self.typing, self.declining):
            part.back_button.clicked.connect(lambda: self._show(self.showing))
        self._show(self.showing)

    def refuse(self, error: BaseException) -> None:
        """The vault could not be made: say why; the sheet stays the same."""
        self._set_busy(False)
        self.problem.say(messages.words(error))

    def _make(self, has_sheet: bool) -> None:
        self.problem.clear()
        self._set_busy(True)
        self.wanted.emit(has_sheet)

    def _show(self, part: QWidget) -> None:
        self.problem.clear()
        for one in (self.showing, self.typing, self.declining):
            one.setVisible(one is part)
        first = part.focusProxy()
        if first:
            self.setFocusProxy(first)
            first.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.typing, self.declining):
            part.set_busy(busy)

    def _build_showing(self) -> QWidget:
        part, column = _part()
        column.addWidget(Text(self.tr("Your recovery key"), "h3", bold=True))
        why = self.tr(
            "If you forget your passphrase, this key opens your notes. Print it or save it now, and keep it "
            "away from this laptop."
        )
        column.addWidget(muted(why))
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(self.view)
        warning = Notice("warning", name="sheet_promise")
        column.addWidget(warning)
        warning.say(
            self.tr("If you lose both the passphrase and this key, nobody can open this vault — not even us.")
        )
        self.back_button = button(self.tr("Back"), "arrow-left", name="sheet_back")
        self.back_button.clicked.connect(self.back)
        self.decline_button = link(self.tr("Go on without a sheet"), name="decline_sheet")
        self.decline_button.clicked.connect(lambda: self._show(self.declining))
        self.next_button = primary(self.tr("I have it on paper"), "arrow-right", name="sheet_next")
        self.next_button.clicked.connect(lambda: self._show(self.typing))
        _foot(column, self.back_button, None, self.decline_button, self.next_button)
        part.setFocusProxy(self.view.print_button)
        return part


class Question(QWidget):
    """What must be typed before the vault is made; `right` says that it was.

    `is_right` judges a field; `complaint` is said of the first that is not, its name in place of {field}.
    """

    right = Signal()

    def __init__(self, is_right: Callable[[QLineEdit], bool]) -> None:
        super().__init__()
        self._is_right, self.complaint = is_right, ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.SPACE["sm"])
        self.fields: list[QLineEdit] = []
        self.problem = Notice("danger")
        self.status = Text("", "caption", "muted")
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def ask(self, label: str, name: str, width: int = 0) -> QVBoxLayout:
        """A labelled field to type into."""
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(label)
        if width:
            field.setFixedWidth(width)
        field.returnPressed.connect(self.check)
        self.fields.append(field)
        words = Text(label, bold=True)
        words.setBuddy(field)
        holder = QVBoxLayout()
        holder.setSpacing(theme.SPACE["xs"])
        holder.addWidget(words)
        holder.addWidget(field)
        return holder

    def finish(self, back: tuple[str, str], go: tuple[str, str]) -> None:
        """The foot: a way back and the button that makes the vault, each by its words and name."""
        self.column.addWidget(self.problem)
        self.back_button = button(back[0], "arrow-left", name=back[1])
        self.go_button = primary(go[0], "shield-check", name=go[1])
        self.go_button.clicked.connect(self.check)
        self.column.addSpacing(theme.SPACE["sm"])
        self.column.addWidget(line())
        self.column.addSpacing(theme.SPACE["sm"])
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addWidget(self.status, 1)
        row.addWidget(self.go_button)
        self.column.addLayout(row)
        self.setFocusProxy(self.fields[0])

    def check(self) -> None:
        """Say what is wrong, or that it is right."""
        if not self.go_button.isEnabled():
            return
        wrong = [field for field in self.fields if not self._is_right(field)]
        for field in self.fields:
            field.setProperty("wrong", field in wrong)
            polish(field)
        self.problem.say(self.complaint.format(field=wrong[0].accessibleName()) if wrong else "")
        if wrong:
            wrong[0].setFocus()
        else:
            self.right.emit()

    def set_busy(self, busy: bool) -> None:
        for widget in (*self.fields, self.back_button, self.go_button):
            widget.setEnabled(not busy)
        self.status.setText(self.tr("Making your vault…") if busy else "")
        if busy:
            announce(self.status, self.status.text())


class TypeBack(Question):
    """Two groups, from the sheet: the key is hidden meanwhile."""

    def __init__(self, sheet: Sheet, asked: tuple[int, int]) -> None:
        super().__init__(self._is_typed_back)
        self.complaint = self.tr(
            "{field} is different on your sheet. Compare letter by letter, or show the key again."
        )
        self.setObjectName("type_back")
        self.problem.setObjectName("type_back_problem")
        self._sheet, self.asked = sheet, asked
        self.column.addWidget(Text(self.tr("Type two groups back"), "h3", bold=True))
        self.column.addWidget(muted(self.tr("The key is hidden now: read these two from your sheet.")))
        self.column.addSpacing(theme.SPACE["sm"])
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["lg"])
        for number in asked:
            row.addLayout(
                self.ask(
                    self.tr("Group {number}").format(number=number + 1), f"group_typed_{number + 1}", FIELD
                )
            )
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish(
            (self.tr("Show the key again"), "show_sheet_again"), (self.tr("Create vault"), "create_vault")
        )

    def _is_typed_back(self, field: QLineEdit) -> bool:
        at = self.asked[self.fields.index(field)]
        return keys.is_group(field.text(), self._sheet.key.groups[at])


class Decline(Question):
    """A sentence to be typed by whoever wants no sheet."""

    def __init__(self) -> None:
        super().__init__(self._is_sentence)
        self.complaint = self.tr("That is not the sentence. Type it as it stands above.")
        self.setObjectName("decline")
        self.problem.setObjectName("decline_problem")
        self.sentence_wanted = self.tr("If I forget my passphrase, my notes are lost.")
        self.column.addWidget(Text(self.tr("Without a recovery sheet"), "h3", bold=True))
        truth = self.tr(
            "There is no back door: if you forget your passphrase, nobody can bring your notes back. You can "
            "make a sheet later, in Settings under Passphrase."
        )
        self.column.addWidget(muted(truth))
        self.column.addSpacing(theme.SPACE["sm"])
        label = self.tr("To go on, type this sentence: {sentence}").format(sentence=self.sentence_wanted)
        self.column.addLayout(self.ask(label, "decline_sentence"))
        self.finish(
            (self.tr("Back to the key"), "decline_back"),
            (self.tr("Create vault without a sheet"), "create_without_sheet"),
        )

    def _is_sentence(self, field: QLineEdit) -> bool:
        return _letters(field.text()) == _letters(self.sentence_wanted)


def _letters(text: str) -> list[str]:
    """The words, whatever stands between them and however large they are."""
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE["sm"])
    return part, column


def _foot(column: QVBoxLayout, *widgets: QWidget | None) -> None:
    column.addSpacing(theme.SPACE["sm"])
    column.addWidget(line())
    column.addSpacing(theme.SPACE["sm"])
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE["sm"])
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    column.addLayout(row)
