"""Deleting the vault: what goes is named, and a word is typed, before anything does."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit

from coachdesk.services import ending, hold
from coachdesk.services.desk import Desk
from coachdesk.services.ending import Ending
from coachdesk.ui.backing_up import second_folder
from coachdesk.ui.leaving.question import Question
from coachdesk.ui.leaving.working import Working
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.widgets.buttons import button, quiet
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading
from coachdesk.ui.wishes import DeleteVault

WIDTH = 240


class DeleteCard(Working):
    """`wished` asks the program to delete the vault."""

    wished = Signal(object)

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__("delete_vault")
        self._desk, self._preferences = desk, preferences
        self._word = self.tr("delete")
        self.column.addWidget(heading(self.tr("Delete this vault"), 3))
        what = self.tr(
            "For good, with everything in it: nobody can bring it back. You are shown first what goes. To "
            "keep your records elsewhere, save an archive before."
        )
        self.column.addWidget(Text(what))
        self.look_button = button(
            self.tr("Delete the vault…"), "x", name="look_before_deleting", kind="danger"
        )
        self.look_button.clicked.connect(self.look)
        row = QHBoxLayout()
        row.addWidget(self.look_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self._build_question()
        self.add_foot()

    def look(self) -> None:
        """Find out what would go, and ask."""
        desk, second = self._desk, second_folder(self._preferences)
        place = desk.place
        self.begin(
            self.tr("Looking at what would go…"),
            lambda _report: ending.look(desk, place, second),
            self._ask,
            stops=False,
        )

    def offer(self, possible: bool) -> None:
        self.look_button.setEnabled(possible)

    def _ask(self, found: Ending) -> None:
        if found.held:
            self.outcome.say(hold.HELD, "warning")
            return
        self.what.say(self._named(found), "danger")
        self.second.setVisible(found.in_second > 0)
        said = self.tr("Also the backups of this vault in {folder} ({count}); else they stay there")
        self.second.setText(said.format(count=found.in_second, folder=found.second))
        self.second.setAccessibleName(self.second.text())
        self.second.setChecked(False)
        self.typed.clear()
        self.look_button.hide()
        self.question.ask(self.typed)

    def _named(self, found: Ending) -> str:
        said = [
            self.tr("These go: the vault and its key file in {folder}, settings and the log."),
            self.tr("With it goes 1 backup there.") if found.backups == 1 else "",
            self.tr("With it go {count} backups there.") if found.backups > 1 else "",
            self.tr("What could not be saved yet goes too.") if found.drafts else "",
            self.tr("Archives, saved pages and sheets that left stay where they are."),
        ]
        return " ".join(filter(None, said)).format(folder=found.data, count=found.backups)

    def put_away(self) -> None:
        """Nothing is deleted."""
        self.question.hide()
        self.what.clear()
        self.look_button.show()
        self.look_button.setFocus()

    def _on_typed(self, text: str) -> None:
        self.delete_button.setEnabled(text.strip().casefold() == self._word.casefold())

    def _delete(self) -> None:
        if self.delete_button.isEnabled():
            self.wished.emit(DeleteVault(self.second.isChecked()))

    def _build_question(self) -> None:
        self.what = Notice("danger", name="what_goes")
        self.second = QCheckBox()
        self.second.setObjectName("delete_second")
        words = self.tr("Type “{word}” to go on").format(word=self._word)
        label = QLabel(words)
        self.typed = QLineEdit()
        self.typed.setObjectName("delete_word")
        self.typed.setAccessibleName(words)
        self.typed.setMaximumWidth(WIDTH)
        self.typed.textChanged.connect(self._on_typed)
        self.typed.returnPressed.connect(self._delete)
        label.setBuddy(self.typed)
        self.delete_button = button(
            self.tr("Delete everything named"), "x", name="delete_for_good", kind="danger"
        )
        self.delete_button.setEnabled(False)
        self.delete_button.clicked.connect(self._delete)
        self.keep_button = quiet(self.tr("Keep it"), name="keep_vault")
        self.keep_button.clicked.connect(self.put_away)
        parts = (self.what, self.second, label, self.typed)
        self.question = Question(parts, (self.delete_button, self.keep_button))
        self.column.addWidget(self.question)
