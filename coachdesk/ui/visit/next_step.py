"""What was agreed in a visit: the next step, whose it is, by when, and when to check back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from coachdesk.model import ActionStep
from coachdesk.model.question import Question, questions
from coachdesk.services import steps
from coachdesk.services.notes import StepRow
from coachdesk.ui import theme
from coachdesk.ui.form import Form, Section
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading, muted

STEP = QT_TRANSLATE_NOOP("fields", "What we agreed")


class NextStep(Card):
    """One step, written as it is typed; what else was agreed in the visit stands below."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("next_step")
        self.form = Form(
            Section([_optional(q) for q in questions(ActionStep, steps.FIELDS)], pairs=True), name="step"
        )
        self._lacks_words = False
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self._on_left)
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.SPACE["xs"])
        self._shown: tuple[str, ...] = ()
        self._none = muted(self.tr("No step was agreed in this visit."))
        self._none.hide()
        self.column.addWidget(heading(self.tr("Next step"), 3))
        self.column.addWidget(self._none)
        self.column.addWidget(self.form)
        self.column.addLayout(self._others)

    def show_step(self, values: Mapping[str, Any]) -> None:
        self.form.fill(values)
        self._lacks_words = False

    def lacks(self) -> str:
        """What is missing before all of it can be kept: a day alone is no step."""
        answers = self.form.answers()
        alone = bool(answers.get("due_on")) and not str(answers.get("text", "")).strip()
        return self.tr("The day waits for what you agreed.") if alone else ""

    def _on_left(self, _key: str) -> None:
        """A day alone is no step, and is not kept: say what is missing."""
        self._lacks_words = bool(self.lacks())
        if self._lacks_words:
            self.form.say({**self.form.problems(), "text": self.tr("Say what, or the day is not kept.")})

    def _on_edited(self, _key: str) -> None:
        if self._lacks_words:
            self._lacks_words = False
            self.form.say(self.form.problems())

    def ask_for_it(self, asked: bool) -> None:
        """Show the fields, or, where nothing can be written any more, that there is none."""
        self.form.setVisible(asked)
        self._none.setVisible(not asked)

    def show_others(self, others: Sequence[StepRow]) -> None:
        """Say what was agreed besides."""
        lines = tuple(self.tr("Also agreed: {step}").format(step=other.text) for other in others)
        if lines == self._shown:
            return
        self._shown = lines
        while item := self._others.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for line in lines:
            self._others.addWidget(Text(line, "caption", "muted"))


def _optional(question: Question) -> Question:
    """Nothing is required once the bell has rung."""
    if question.key == "text":
        return replace(question, label=STEP, required=False)
    return question
