"""The second step, for a list of no known format: which column holds what, with the first rows as they will
be read."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk.errors import BadFile
from coachdesk.services import upload
from coachdesk.services.upload import ColumnMap, Meaning, PersonRow, Sheet
from coachdesk.ui import messages, theme
from coachdesk.ui.bringing import words
from coachdesk.ui.fields import Choice
from coachdesk.ui.tables import Column, Table
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading, muted

ACROSS = 3  # questions side by side
SAMPLE_HEIGHT = 220


class ColumnsPage(QWidget):
    """Emits `decided` with the ColumnMap, or `back`."""

    decided = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bring_columns")
        self._sheet = Sheet((), (), ColumnMap(0))
        self._columns = self._sheet.guess
        self.choices = {meaning: self._choice(meaning) for meaning in Meaning}
        self.sample = Table(self._shown(), lambda person: person.row)
        self.sample.setObjectName("columns_sample")
        self.sample.setAccessibleName(self.tr("The first rows, as they will be read"))
        self.sample.setSortingEnabled(False)
        self.sample.setMinimumHeight(SAMPLE_HEIGHT)
        self.guide = muted("")
        self.guide.setObjectName("columns_guide")
        self.problem = Notice("danger", name="columns_problem")
        self.back_button = button(self.tr("Back"), "arrow-left", name="columns_back")
        self.back_button.clicked.connect(self.back)
        self.next_button = primary(self.tr("See what would change"), "arrow-right", name="columns_next")
        self.next_button.clicked.connect(self._decide)
        self._lay_out()

    def show_sheet(self, sheet: Sheet, known: ColumnMap | None = None) -> None:
        """Ask about the columns of `sheet`, filled in as they are `known` from last time, or else guessed."""
        self._sheet, self._columns = sheet, known or sheet.guess
        self.guide.setText(
            self.tr("As you chose last time. Mend it where it is wrong.")
            if known
            else self.tr(
                "This is a guess from the headings and what stands below them. Mend it where it is wrong."
            )
        )
        for choice in self.choices.values():
            with QSignalBlocker(choice):
                choice.clear()
                choice.addItem(self.tr("not in this list"), None)
                for place, title in sheet.titles:
                    choice.addItem(title, place)
        self._show_columns()
        self.choices[Meaning.FULL_NAME].setFocus()

    def set_busy(self, busy: bool) -> None:
        self.next_button.setEnabled(not busy and self._columns.has_names)

    def refuse(self, why: str) -> None:
        self.set_busy(False)
        self.problem.say(why)

    def _decide(self) -> None:
        self.problem.clear()
        self.decided.emit(self._columns)

    def _on_chosen(self, meaning: Meaning, _index: int) -> None:
        self._columns = self._columns.with_column(meaning, self.choices[meaning].currentData())
        self._show_columns()

    def _show_columns(self) -> None:
        for meaning, choice in self.choices.items():
            place = self._columns.place(meaning)
            with QSignalBlocker(choice):
                choice.setCurrentIndex(max(choice.findData(place), 0) if place is not None else 0)
        self._show_sample()
        self.next_button.setEnabled(self._columns.has_names)

    def _show_sample(self) -> None:
        """The first rows, or why they cannot be read so."""
        try:
            people = upload.sample(self._sheet, self._columns)
        except BadFile as bad:
            self.problem.say(messages.words(bad))
            people = ()
        else:
            missing = self.tr("Say which column holds the names.")
            self.problem.say("" if self._columns.has_names else missing)
        self.sample.show_rows(people)

    def _shown(self) -> tuple[Column, ...]:
        return (
            Column(
                words.meaning(Meaning.FAMILY_NAME),
                lambda person: words.shown("family_name", person.family_name),
                width=130,
            ),
            Column(
                words.meaning(Meaning.GIVEN_NAME),
                lambda person: words.shown("given_name", person.given_name),
                width=120,
            ),
            Column(
                words.meaning(Meaning.EMAIL),
                lambda person: words.shown("email", person.email),
                width=200,
                needs=720,
            ),
            Column(words.meaning(Meaning.SCHOOL), _schools, width=180, needs=940),
            Column(words.meaning(Meaning.SUBJECTS), lambda person: person.subjects, stretch=True),
            Column(words.meaning(Meaning.GRADES), lambda person: person.grades, width=80),
            Column(words.meaning(Meaning.ROOM), lambda person: person.room, width=80),
        )

    def _choice(self, meaning: Meaning) -> Choice:
        choice = Choice()
        choice.setObjectName(f"column_{meaning.value}")
        choice.activated.connect(partial(self._on_chosen, meaning))
        return choice

    def _questions(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("page", True)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, theme.SPACE["sm"], 0)
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["xs"])
        for number, (meaning, choice) in enumerate(self.choices.items()):
            line, side = 2 * (number // ACROSS), number % ACROSS
            label = Text(words.meaning(meaning), "caption", bold=True, wrap=False)
            label.setBuddy(choice)
            grid.addWidget(label, line, side)
            grid.addWidget(choice, line + 1, side)
        for side in range(ACROSS):
            grid.setColumnStretch(side, 1)
        return holder

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._questions())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addWidget(heading(self.tr("Which column is what?"), 2))
        column.addWidget(self.guide)
        column.addWidget(scroll, 2)
        label = Text(self.tr("The first rows, as they will be read"), bold=True, wrap=False)
        label.setBuddy(self.sample)
        column.addWidget(label)
        column.addWidget(self.sample, 1)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        column.addLayout(buttons)


def _schools(person: PersonRow) -> str:
    return ", ".join(person.schools)
