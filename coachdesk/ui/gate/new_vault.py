"""The first step: a passphrase. Nothing is written before the next step, the recovery key, is done."""

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background
from coachdesk.ui.gate.page import NAME, GatePage, Steps
from coachdesk.ui.gate.steps import archive_step_names, step_names
from coachdesk.ui.widgets.buttons import button, link, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import SHORTEST, CapsLock, PassphraseEdit, Strength
from coachdesk.ui.widgets.text import Text, muted, polish

WIDTH = 560


class NewVault(GatePage):
    """Emits `wanted` with a passphrase that was typed twice alike, or which other beginning is wanted.

    With `came` the vault is made from an archive, of which that says something; then `left` is the way back.
    """

    wanted = Signal(str)
    phrase_wanted = Signal()
    backup_wanted = Signal()
    archive_wanted = Signal()
    sample_wanted = Signal()
    left = Signal()

    def __init__(self, background: Background, came: str = "") -> None:
        super().__init__(WIDTH)
        self.of_archive, self._came = bool(came), came
        if came:
            self.set_title(NAME, Steps(archive_step_names(), 1))
        else:
            self.set_title(self.tr("Welcome to Coachdesk"), Steps(step_names(), 0))
        self.setObjectName("new_vault_page")
        self._differ = self.tr("The two passphrases differ. Type the same one twice.")
        self.edit = PassphraseEdit(self.tr("Passphrase"), "passphrase")
        self.repeat = PassphraseEdit(self.tr("Repeat passphrase"), "repeat_passphrase")
        self.strength = Strength(self.edit, background)
        self.problem = Notice("danger", name="new_vault_problem")
        self.status = Text("", "caption", "muted", wrap=False)
        self.status.setAlignment(QtCore.Qt.AlignmentFlag.AlignRight | QtCore.Qt.AlignmentFlag.AlignVCenter)
        self.status.setObjectName("new_vault_status")
        self.backup_button = link(self.tr("I have a backup"), name="have_backup")
        self.archive_button = link(self.tr("From an archive…"), name="from_archive")
        self.back_button = button(self.tr("Back"), "arrow-left", name="passphrase_back")
        if came:
            self.back_button.setShortcut("Esc")
        self.phrase_news = Notice("info", name="phrase_news")
        self.phrase_button = link(self.tr("Suggest six words"), name="suggest_phrase")
        self.quick = QCheckBox(self.tr("Open quickly on this computer"))
        self.quick.setObjectName("open_quickly")
        self.quick.setEnabled(False)
        self.quick_says = Text("", "caption", "muted")
        self.quick_says.setObjectName("open_quickly_says")
        self.next_button = primary(self.tr("Next"), "arrow-right", name="passphrase_next")
        self.sample_button = button(
            self.tr("Explore with sample data first"), "sparkles", name="explore_sample"
        )
        self._lay_out()
        self.setTabOrder(self.edit, self.repeat)  # a phrase typed on would press what lies between
        self.setFocusProxy(self.edit)
        self._connect()

    def settle(self) -> None:
        super().settle()
        self.edit.settle()
        self.repeat.settle()

    def ready_again(self) -> None:
        """What was under way was stopped by the coach."""
        self._set_busy("")
        self.sample_button.setFocus()

    def refuse(self, error: BaseException) -> None:
        """The vault could not be made: say why; what was typed stays."""
        self._set_busy("")
        self.problem.say(messages.words(error))
        self.edit.setFocus()

    def fill(self, passphrase: str, quickly: bool) -> None:
        """Show what was chosen before: the coach came back from the next step."""
        self.edit.setText(passphrase)
        self.repeat.setText(passphrase)
        self.quick.setChecked(quickly)
        self.strength.weigh()

    def suggest(self, phrase: str) -> None:
        """Offer a phrase: to be read, written down, and typed below."""
        self._right()
        self.edit.setText(phrase)
        self.edit.eye.setChecked(True)
        self.repeat.clear()
        self.repeat.setFocus()
        self.phrase_news.say(self.tr("Write the six words down, then type them below."))
        self.strength.weigh()

    def offer_quick(self, called: str) -> None:
        """Offer what the key store of that name can do; "" where this computer has none."""
        self.quick.setEnabled(bool(called))
        says = self.tr(
            "Then one key opens your notes here, for seven days or until the computer is started again. "
            "Whoever is logged in as you can open them too. (Kept by this computer's {store}.)"
        )
        none = self.tr("This computer has no key store that coachdesk trusts.")
        self.quick_says.setText(says.format(store=called) if called else none)
        if not called:
            self.quick.setChecked(False)

    def _connect(self) -> None:
        self.edit.textEdited.connect(self.phrase_news.clear)
        self.edit.returnPressed.connect(self.repeat.setFocus)
        self.repeat.returnPressed.connect(self._create)
        self.repeat.editingFinished.connect(self._check_repeat)
        self.next_button.clicked.connect(self._create)
        self.phrase_button.clicked.connect(self.phrase_wanted)
        self.sample_button.clicked.connect(self._explore)
        self.backup_button.clicked.connect(self.backup_wanted)
        self.archive_button.clicked.connect(self.archive_wanted)
        self.back_button.clicked.connect(self.left)

    def _check_repeat(self) -> None:
        """On leaving the second field, say at once if it differs."""
        if self.repeat.text() and self.repeat.text() != self.edit.text():
            self._wrong(self.repeat, self._differ)
        elif self.problem.text() == self._differ:
            self._right()

    def _create(self) -> None:
        if not self.next_button.isEnabled():
            return
        self._right()
        if len(self.edit.text()) < SHORTEST:
            short = self.tr("Use at least {count} characters; five or more words are best.")
            self._wrong(self.edit, short.format(count=SHORTEST))
            self.edit.setFocus()
        elif self.repeat.text() != self.edit.text():
            self._wrong(self.repeat, self._differ)
            self.repeat.setFocus()
        else:
            self._set_busy(self.tr("One moment…"))
            self.wanted.emit(self.edit.text())

    def _explore(self) -> None:
        self._right()
        self._set_busy(self.tr("Making up a school year…"))
        self.sample_wanted.emit()

    def _set_busy(self, doing: str) -> None:
        ways = (self.sample_button, self.backup_button, self.archive_button, self.back_button)
        for widget in (self.edit, self.repeat, self.next_button, self.phrase_button, *ways):
            widget.setEnabled(not doing)
        self.status.setText(doing)
        if doing:
            announce(self.status, doing)

    def _wrong(self, field: QWidget, text: str) -> None:
        field.setProperty("wrong", True)
        polish(field)
        self.problem.say(text)

    def _right(self) -> None:
        self.problem.clear()
        for field in (self.edit, self.repeat):
            field.setProperty("wrong", False)
            polish(field)

    def _lay_out(self) -> None:
        column = self.card.column
        first = self.tr("Your notes stay on this laptop, encrypted.")
        column.addWidget(
            Text(self.tr("A passphrase for the new vault") if self._came else first, "h3", bold=True)
        )
        column.addWidget(muted(self._came or self.tr("Choose the passphrase that opens them.")))
        column.addSpacing(theme.SPACE["sm"])
        column.addLayout(_label(self.tr("&Passphrase"), self.edit))
        column.addWidget(self.edit)
        beneath = QHBoxLayout()
        beneath.setSpacing(theme.SPACE["lg"])
        beneath.addWidget(self.strength, 1)
        beneath.addWidget(self.phrase_button)
        column.addLayout(beneath)
        column.addWidget(self.phrase_news)
        column.addSpacing(theme.SPACE["xs"])
        column.addLayout(_label(self.tr("&Repeat passphrase"), self.repeat))
        column.addWidget(self.repeat)
        column.addWidget(self.problem)
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(self.quick)
        column.addWidget(self.quick_says)
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(line())
        column.addSpacing(theme.SPACE["sm"])
        column.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        others = (self.back_button,) if self._came else (self.sample_button,)
        buttons = QHBoxLayout()
        for widget in others:
            buttons.addWidget(widget)
        buttons.addWidget(self.status, 1)
        buttons.addWidget(self.next_button)
        foot = QVBoxLayout()
        foot.addLayout(buttons)
        if not self._came:
            foot.addLayout(self._earlier())
        return foot

    def _earlier(self) -> QHBoxLayout:
        """For whoever has used coachdesk before."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["lg"])
        row.addWidget(Text(self.tr("Used Coachdesk before?"), "body", "muted", wrap=False))
        row.addWidget(self.backup_button)
        row.addWidget(self.archive_button)
        row.addStretch(1)
        return row


def _label(text: str, field: PassphraseEdit) -> QHBoxLayout:
    label = Text(text, bold=True, wrap=False)
    label.setBuddy(field)
    row = QHBoxLayout()
    row.addWidget(label, 1)
    row.addWidget(CapsLock(field))
    return row
