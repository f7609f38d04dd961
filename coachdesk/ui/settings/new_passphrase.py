"""Another passphrase: the one there is, the new one twice, and what happens to the backups."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout
from shiboken6 import isValid

from coachdesk.errors import WrongPassphrase
from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.passphrase import SHORTEST, CapsLock, PassphraseEdit, Strength
from coachdesk.ui.widgets.text import Text, heading, polish

WIDTH = 420


@dataclass(frozen=True)
class Words:
    """What the card says: its title, what comes of it, the button, while it is under way, and after it."""

    title: str
    about: str
    button: str
    doing: str
    done: str


class NewPassphrase(Card):
    """`change` is called with the old and the new one, off the screen's thread; it takes seconds.

    `words` are other than these where more than the passphrase is changed, and `prefix` is in its names then.
    """

    changed = Signal()

    def __init__(
        self, change: Callable[[str, str], None], words: Words | None = None, prefix: str = ""
    ) -> None:
        super().__init__(gap=theme.SPACE["xs"])
        self._change, self._prefix = change, prefix
        self._said = words or self._own_words()
        self._background = Background(self)
        self.column.addWidget(heading(self._said.title, 3))
        self.column.addWidget(Text(self._said.about, "body", "muted"))
        self.old = self._field(self.tr("Passphrase now"), "passphrase_now")
        self.new = self._field(self.tr("New passphrase"), "new_passphrase")
        self.strength = Strength(self.new, self._background)
        self.column.addWidget(self.strength)
        self.strength.setMaximumWidth(WIDTH)
        self.again = self._field(self.tr("Repeat new passphrase"), "repeat_new_passphrase")
        self.outcome = Notice("success", name=f"{self._prefix}passphrase_outcome")
        self.column.addWidget(self.outcome)
        self._build_foot()
        self.again.returnPressed.connect(self.start)
        self.again.editingFinished.connect(self._check_again)

    @property
    def is_busy(self) -> bool:
        return not self.change_button.isEnabled()

    def start(self) -> None:
        """Change it, if what was typed will do."""
        if self.is_busy or not self._is_fit():
            return
        self.outcome.clear()
        self._set_busy(True)
        old, new = self.old.text(), self.new.text()
        self.run(old, new)

    def run(self, old: str, new: str) -> None:
        """Do it on a thread."""
        self._background.run(lambda: self._change(old, new), self._done, self._failed)

    def forget(self) -> None:
        """No passphrase stands in a field that is not looked at."""
        for field in (self.old, self.new, self.again):
            field.clear()
            field.eye.setChecked(False)
            self._say(field, "")
        self.strength.show_score(None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.forget()
        self.outcome.clear()

    def _is_fit(self) -> bool:
        short = self.tr("Use at least {count} characters; five or more words are best.")
        problems = (
            (self.old, "" if self.old.text() else self.tr("Type the passphrase that opens your notes now.")),
            (self.new, "" if len(self.new.text()) >= SHORTEST else short.format(count=SHORTEST)),
            (self.again, self._differ() if self.again.text() != self.new.text() else ""),
        )
        for field, problem in problems:
            self._say(field, problem)
        wrong = [field for field, problem in problems if problem]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _differ(self) -> str:
        return self.tr("The two passphrases differ. Type the same one twice.")

    def _check_again(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.new.text()
        self._say(self.again, self._differ() if differs else "")

    def _done(self, _nothing: None) -> None:
        if not isValid(self):
            return
        self._set_busy(False)
        self.forget()
        self.outcome.say(self._said.done, "success")
        into_view.bring(self.outcome)
        self.old.setFocus()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        """A wrong passphrase is said under its field; what was typed stays."""
        if not isValid(self):
            return
        self._set_busy(False)
        if isinstance(error, WrongPassphrase):
            self._say(self.old, self.tr("That is not the passphrase you have now. Check Caps Lock."))
            self.old.setFocus()
            self.old.selectAll()
            into_view.bring(self.old)
        else:
            messages.note(error)
            self.outcome.say(messages.words(error), "danger")
            into_view.bring(self.outcome)

    def _set_busy(self, busy: bool) -> None:
        if busy:
            self.old.setFocus()  # before the button is disabled: Qt would give the keyboard to another field
        for field in (self.old, self.new, self.again):
            field.setReadOnly(busy)
        self.change_button.setEnabled(not busy)
        self.waiting.setVisible(busy)
        self.doing.setText(self._said.doing if busy else "")
        if busy:
            announce(self.doing, self.doing.text())
            into_view.bring(self.change_button)

    def _say(self, field: PassphraseEdit, problem: str) -> None:
        label = self._problems[field.objectName()]
        label.setText(problem)
        label.setVisible(bool(problem))
        field.setAccessibleDescription(problem)
        if bool(field.property("wrong")) != bool(problem):
            field.setProperty("wrong", bool(problem))
            polish(field)

    def _own_words(self) -> Words:
        return Words(
            self.tr("Change passphrase"),
            self.tr(
                "Your notes stay as they are. The old passphrase opens them no longer, but backups made "
                "before still need it: keep it until they are gone."
            ),
            self.tr("Change passphrase"),
            self.tr("Changing… This takes a few seconds."),
            self.tr(
                "From now on the new passphrase opens your notes. Backups made before today's change still "
                "need the old one."
            ),
        )

    def _field(self, words: str, name: str) -> PassphraseEdit:
        name = self._prefix + name
        field = PassphraseEdit(words, name)
        field.settle()
        field.setMaximumWidth(WIDTH)
        label = QLabel(words)
        label.setBuddy(field)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addSpacing(theme.SPACE["md"])
        row.addWidget(CapsLock(field), 1)
        problem = Text("", "caption", "danger")
        problem.setObjectName(f"{name}_problem")
        problem.hide()
        self._problems = {**getattr(self, "_problems", {}), name: problem}
        self.column.addSpacing(theme.SPACE["xs"])
        self.column.addLayout(row)
        self.column.addWidget(field)
        self.column.addWidget(problem)
        return field

    def _build_foot(self) -> None:
        self.change_button = button(
            self._said.button, "shield-check", name=f"{self._prefix}change_passphrase"
        )
        self.change_button.clicked.connect(self.start)
        self.doing = Text("", "caption", "muted")
        self.doing.setObjectName(f"{self._prefix}changing_passphrase")
        self.waiting = QProgressBar()
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.waiting.setAccessibleName(self._said.title)
        self.waiting.setMaximumWidth(WIDTH)
        self.waiting.hide()
        row = QHBoxLayout()
        row.addWidget(self.change_button)
        row.addWidget(self.doing, 1)
        foot = QVBoxLayout()
        foot.setSpacing(theme.SPACE["sm"])
        foot.addWidget(self.waiting)
        foot.addLayout(row)
        self.column.addSpacing(theme.SPACE["sm"])
        self.column.addLayout(foot)
