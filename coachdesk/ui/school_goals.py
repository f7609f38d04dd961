"""The goals of one school: at most five, each written where it stands."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from coachdesk.errors import CoachdeskError
from coachdesk.model import SchoolGoal
from coachdesk.model.question import questions
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui import messages, theme
from coachdesk.ui.form import Form, Section
from coachdesk.ui.widgets.buttons import button, icon_button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading
from coachdesk.ui.written import Written


class SchoolGoals(Card):
    """`said` tells what happened, and whether it can be undone; `warned` what went wrong."""

    said = Signal(str, bool)
    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=theme.SPACE["lg"])
        self._desk = desk
        self._fixed: dict[str, Any] = {}
        self.lines: list[Written] = []
        self.add_button = button(self.tr("Add a goal"), "plus", name="add_goal")
        self.add_button.clicked.connect(self.add)
        head = QHBoxLayout()
        head.addWidget(heading(self.tr("Goals"), 3), 1)
        head.addWidget(self.add_button)
        says = self.tr("At most five. A summary for the principal says how widely your work served each.")
        self._none_yet = Text(self.tr("No goals are written down yet."), "body", "muted")
        self._room = QVBoxLayout()
        self._room.setSpacing(theme.SPACE["lg"])
        self.column.addLayout(head)
        self.column.addWidget(Text(says, "caption", "muted"))
        self.column.addWidget(self._none_yet)
        self.column.addLayout(self._room)

    def show_goals(self, school_id: UUID, school_year: str, goals: Sequence[SchoolGoal]) -> None:
        """Show these; what is being typed in one of them stays."""
        same_school = self._fixed.get("school_id") == school_id
        self._fixed = {"school_id": school_id, "school_year": school_year}
        begun = [line for line in self.lines if line.saving.is_new] if same_school else []
        shown = [line.saving.record_id for line in self.lines if line not in begun]
        if shown != [goal.id for goal in goals]:
            for line in self.lines:
                self._take_away(line)
            self.lines = []
            for number in range(1, len(goals) + 1):
                self._add_line(number)
        for line, goal in zip(self.lines, goals, strict=False):
            line.show_record(goal, {}, {})
        self._say_how_many()

    def add(self) -> None:
        """Begin another goal."""
        line = self._add_line(len(self.lines) + 1)
        line.show_record(None, self._fixed, {"title": "", "source": ""})
        self._say_how_many()
        line.form.focus("title")

    def _say_how_many(self) -> None:
        self.add_button.setEnabled(len(self.lines) < roster.ACTIVE_GOALS)
        self._none_yet.setVisible(not self.lines)

    def _add_line(self, number: int) -> Written:
        title = self.tr("Goal {number}").format(number=number)
        asked = questions(SchoolGoal, ("title", "source"))
        form = Form(Section([replace(asked[0], label=title), asked[1]]), name=f"goal_{number}")
        line = Written(self._desk, "", form, roster.save_goal, SchoolGoal)
        line.failed.connect(self.warned)
        says = self.tr("Retire {goal}").format(goal=title)
        retire = icon_button("archive", says, name=f"retire_goal_{number}")
        retire.clicked.connect(partial(self._retire, line))
        form.beside_label("title", retire)
        self.lines.append(line)
        self._room.addWidget(line)
        return line

    def _retire(self, line: Written) -> None:
        goal_id = line.saving.key
        self._take_away(line)
        self.lines.remove(line)
        self._say_how_many()
        self._desk.flush()
        try:
            if goal_id not in [goal.id for goal in self._desk.ask(roster.goals, self._fixed["school_id"])]:
                return  # a new one that was never kept
            self._desk.do(roster.retire_goal, goal_id)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
        else:
            self.said.emit(self.tr("Goal retired."), True)

    def _take_away(self, line: Written) -> None:
        line.saving.flush()
        line.setParent(None)
        line.deleteLater()
