"""A new passphrase, typed twice, for a file that leaves."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.widgets.passphrase import SHORTEST, CapsLock, PassphraseEdit, Strength
from coachdesk.ui.widgets.text import Text, polish

WIDTH = 420


class Passphrases(QWidget):
    """Two fields and how strong the first is; `entered` says that Enter was pressed in the second."""

    entered = Signal()

    def __init__(self, words: str, again: str, name: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE["xs"])
        self.new = self._field(words, name)
        self.strength = Strength(self.new, Background(self))
        self.strength.setMaximumWidth(WIDTH)
        self._column.addWidget(self.strength)
        self.again = self._field(again, f"repeat_{name}")
        self.problem = Text("", "caption", "danger")
        self.problem.setObjectName(f"{name}_problem")
        self.problem.hide()
        self._column.addWidget(self.problem)
        self.again.returnPressed.connect(self.entered)
        self.setFocusProxy(self.new)

    def answer(self) -> str:
        """The passphrase; "" where what was typed will not do, and then it says why."""
        wrong, problem = self._problem()
        self._mark(wrong, problem)
        if wrong:
            wrong.setFocus()
        return "" if problem else self.new.text()

    def forget(self) -> None:
        """No passphrase stands in a field that is not needed any more."""
        for field in (self.new, self.again):
            field.clear()
            field.eye.setChecked(False)
        self.strength.show_score(None)
        self._mark(None, "")

    def _mark(self, wrong: PassphraseEdit | None, problem: str) -> None:
        """Show which field will not do, and why; None is that nothing is wrong."""
        self._column.removeWidget(self.problem)
        under = self.strength if wrong is self.new else self.again
        self._column.insertWidget(self._column.indexOf(under) + 1, self.problem)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        for field in (self.new, self.again):
            field.setProperty("wrong", field is wrong)
            field.setAccessibleDescription(problem if field is wrong else "")
            polish(field)

    def _problem(self) -> tuple[PassphraseEdit | None, str]:
        if len(self.new.text()) < SHORTEST:
            short = self.tr("Use at least {count} characters; five or more words are best.")
            return self.new, short.format(count=SHORTEST)
        if self.new.text() != self.again.text():
            return self.again, self.tr("The two passphrases differ. Type the same one twice.")
        return None, ""

    def _field(self, words: str, name: str) -> PassphraseEdit:
        field = PassphraseEdit(words, name)
        field.settle()
        field.setMaximumWidth(WIDTH)
        label = QLabel(words)
        label.setBuddy(field)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addSpacing(theme.SPACE["md"])
        row.addWidget(CapsLock(field), 1)
        self._column.addLayout(row)
        self._column.addWidget(field)
        return field
