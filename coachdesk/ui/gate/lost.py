"""The passphrase is lost: the recovery key opens the vault, and a new passphrase is set at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from coachdesk.errors import CoachdeskError, MistypedRecoveryKey, WrongRecoveryKey
from coachdesk.services import keys
from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background
from coachdesk.ui.gate.page import NAME, GatePage
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import SHORTEST, CapsLock, PassphraseEdit, Strength
from coachdesk.ui.widgets.text import Text, muted, polish

WIDTH = 600


class Lost(GatePage):
    """Emits `given` with the recovery key as it was typed and the new passphrase, or `back`."""

    given = Signal(str, str)
    back = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__(WIDTH)
        self.set_title(NAME)
        self.setObjectName("lost_page")
        self.key = QLineEdit()
        self.key.setObjectName("recovery_key")
        self.key.setAccessibleName(self.tr("Recovery key"))
        self.new = PassphraseEdit(self.tr("New passphrase"), "new_passphrase")
        self.again = PassphraseEdit(self.tr("Repeat new passphrase"), "repeat_new_passphrase")
        self.strength = Strength(self.new, background)
        self.problem = Notice("danger", name="lost_problem")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("lost_status")
        self.back_button = button(self.tr("Back"), "arrow-left", name="lost_back")
        self.open_button = primary(self.tr("Open my notes"), name="open_by_recovery")
        self._lay_out()
        self.setTabOrder(self.new, self.again)  # a phrase typed on would press the eye between
        self.settle()
        for field in (self.new, self.again):
            field.settle()
        self.setFocusProxy(self.key)
        self._connect()

    def refuse(self, error: BaseException) -> None:
        """Say why the vault did not open; what was typed stays."""
        self._set_busy(False)
        self.problem.say(messages.words(error))
        if isinstance(error, MistypedRecoveryKey | WrongRecoveryKey):
            self._mark(self.key)

    def _connect(self) -> None:
        self.key.editingFinished.connect(self._look_at_key)
        self.key.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._give)
        self.open_button.clicked.connect(self._give)
        self.back_button.clicked.connect(self.back)

    def _look_at_key(self) -> None:
        """A slip is said on leaving the field; a good key is written as on the sheet."""
        if not self.key.text().strip():
            return
        try:
            self.key.setText("-".join(keys.typed(self.key.text()).groups))
        except CoachdeskError as error:
            self._mark(self.key, focus=False)
            self.problem.say(messages.words(error))
        else:
            self._mark(None)

    def _give(self) -> None:
        if not self.open_button.isEnabled():
            return
        for field, problem in self._problems():
            if problem:
                self._mark(field)
                self.problem.say(problem)
                return
        self._mark(None)
        self._set_busy(True)
        self.given.emit(self.key.text(), self.new.text())

    def _problems(self) -> tuple[tuple[QLineEdit, str], ...]:
        short = self.tr("Use at least {count} characters; five or more words are best.")
        differ = self.tr("The two passphrases differ. Type the same one twice.")
        return (
            (self.key, self._slip()),
            (self.new, "" if len(self.new.text()) >= SHORTEST else short.format(count=SHORTEST)),
            (self.again, "" if self.again.text() == self.new.text() else differ),
        )

    def _slip(self) -> str:
        try:
            keys.typed(self.key.text())
        except CoachdeskError as error:
            return messages.words(error)
        return ""

    def _mark(self, wrong: QWidget | None, focus: bool = True) -> None:
        """Show which field is wrong; None is that all are right."""
        for field in (self.key, self.new, self.again):
            field.setProperty("wrong", field is wrong)
            polish(field)
        if wrong is None:
            self.problem.clear()
        elif focus:
            wrong.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.key, self.new, self.again, self.back_button, self.open_button):
            widget.setEnabled(not busy)
        self.status.setText(self.tr("Opening your vault… This takes a few seconds.") if busy else "")
        if busy:
            announce(self.status, self.status.text())

    def _lay_out(self) -> None:
        column = self.card.column
        column.addWidget(Text(self.tr("I lost my passphrase"), "h3", bold=True))
        column.addWidget(
            muted(self.tr("The recovery key on your sheet opens your notes. Then you need a new passphrase."))
        )
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(_named(self.tr("Recovery &key"), self.key))
        column.addWidget(self.key)
        column.addWidget(
            Text(
                self.tr("Eight groups of five. Large or small letters, spaces and dashes do not matter."),
                "caption",
                "muted",
            )
        )
        for words, field in (
            (self.tr("&New passphrase"), self.new),
            (self.tr("&Repeat new passphrase"), self.again),
        ):
            column.addSpacing(theme.SPACE["xs"])
            row = QHBoxLayout()
            row.addWidget(_named(words, field), 1)
            row.addWidget(CapsLock(field))
            column.addLayout(row)
            column.addWidget(field)
            if field is self.new:
                column.addWidget(self.strength)
        column.addWidget(self.problem)
        column.addWidget(
            Text(
                self.tr(
                    "No sheet, no passphrase? Then nobody can open these notes: there is no back door. Keep "
                    "looking for the sheet. A backup opens with the passphrase and the sheet of its day."
                ),
                "caption",
                "muted",
            )
        )
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.open_button)
        column.addLayout(foot)


def _named(words: str, field: QWidget) -> Text:
    label = Text(words, bold=True, wrap=False)
    label.setBuddy(field)
    return label
