"""A form: questions in, answers out, and what is wrong said under the field it is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coachdesk.model.kinds import Privacy
from coachdesk.model.question import Question
from coachdesk.ui import labels, theme
from coachdesk.ui.fields import EDITORS, Editor, Unreadable
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading, polish

OWN_LINE = ("text", "several", "yes_no")  # kinds that take the whole width
ROOM = 68  # height of a row as it is guessed before it is there


@dataclass(frozen=True)
class Section:
    """Questions that belong together, two side by side where `pairs`.

    What stands far down may come `later`: it is built once the rest is painted, or when it is first wanted.
    """

    questions: Sequence[Question]
    title: str = ""
    pairs: bool = False
    later: bool = False


class Form(QWidget):
    """Fields by the key of their question, which, after `name`, is also their object name."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, *sections: Section, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._rows: dict[str, Row | Later] = {}
        self._filling = False
        self._waiting = [section for section in sections if section.later]
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._add_next)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        for section in sections:
            if section.later:
                self._rows |= {question.key: Later(question) for question in section.questions}
            else:
                self._add(section)
        self._keep_room()

    def answer(self, key: str) -> Any:
        """What stands in this field; None where it cannot be read."""
        try:
            return self._rows[key].answer()
        except Unreadable:
            return None

    def answers(self) -> dict[str, Any]:
        """What can be kept: the fields that read and have no problem."""
        self._complete()
        return {key: row.answer() for key, row in self._rows.items() if row.offered and not row.problem()}

    def problems(self) -> dict[str, str]:
        """Why the other fields cannot be kept."""
        self._complete()
        offered = {key: row for key, row in self._rows.items() if row.offered}
        return {key: problem for key, row in offered.items() if (problem := row.problem())}

    def lacks(self) -> bool:
        """Whether something is missing or unreadable without which a new record cannot be kept."""
        return any(self._rows[key].question.required for key in self.problems())

    def offer(self, key: str, wanted: bool) -> None:
        """Ask this question, or leave it out of the form and its answers."""
        self._rows[key].offered = wanted
        self._rows[key].setVisible(wanted)

    def require(self, key: str, needed: bool) -> None:
        """Whether a new record can do without this answer."""
        row = self._row(key)
        row.question = replace(row.question, required=needed)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show `values` without calling it an edit."""
        self._filling = True
        for key, row in self._rows.items():
            row.fill(values.get(key))
        self._filling = False

    def say(self, problems: Mapping[str, str]) -> None:
        """Show these problems under their fields, and none under the others."""
        if problems:
            self._complete()
        for key, row in self._rows.items():
            row.say(labels.field(problems.get(key, "")))

    def beside_label(self, key: str, widget: QWidget) -> None:
        """Put `widget` at the end of a field's label line."""
        self._row(key).head.addWidget(widget)

    def focus(self, key: str) -> None:
        self._row(key).editor.widget.setFocus()

    def keys(self) -> list[str]:
        """The keys of the questions, in order."""
        return list(self._rows)

    def field(self, key: str) -> QWidget:
        return self._row(key).editor.widget

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waiting:  # what is in sight is there now: the rest may follow
            self._soon.start()

    def _row(self, key: str) -> "Row":
        """A row that is there, built now if need be."""
        row = self._rows[key]
        if isinstance(row, Row):
            return row
        self._complete()
        return self._row(key)

    def _complete(self) -> None:
        """Build what is left to build."""
        while self._waiting:
            self._add_next()

    def _add_next(self) -> None:
        section = self._waiting.pop(0)
        told = {question.key: self._rows[question.key] for question in section.questions}
        before, self._filling = self._filling, True
        self._add(section)
        for key, stood_in in told.items():
            if isinstance(stood_in, Later):
                stood_in.hand_over(self._row(key))
        self._filling = before
        self._keep_room()
        if not self._waiting:
            self._soon.stop()

    def _keep_room(self) -> None:
        """Leave room for what is yet to come, so that the page does not jump when it does."""
        rows = sum(len(section.questions) + 1 for section in self._waiting)
        self._column.setContentsMargins(0, 0, 0, rows * ROOM)

    def _add(self, section: Section) -> None:
        if section.title:
            self._column.addSpacing(theme.SPACE["sm"])
            self._column.addWidget(heading(section.title, 3))
        grid = QGridLayout()
        self._column.addLayout(grid)
        self._fill_grid(grid, section)

    def _fill_grid(self, grid: QGridLayout, section: Section) -> None:
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["md"])
        line, side = 0, 0
        halves = [section.pairs and question.kind not in OWN_LINE for question in section.questions]
        for number, question in enumerate(section.questions):
            paired = halves[number] and (side or any(halves[number + 1 : number + 2]))
            grid.addWidget(self._new_row(question), line, side, 1, 1 if paired else 2)
            side = 1 - side if paired else 0
            line += 0 if side else 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _new_row(self, question: Question) -> "Row":
        name = self.objectName()
        row = Row(question, f"{name}_{question.key}" if name else question.key, self)
        row.editor.edited.connect(partial(self._on_edited, question.key))
        row.left.connect(partial(self._on_left, question.key))
        self._rows[question.key] = row
        return row

    def _on_edited(self, key: str, *_what: object) -> None:
        if not self._filling:
            row = self._row(key)
            if row.says_problem() and not row.problem():
                row.say("")
            self.edited.emit(key)

    def _on_left(self, key: str) -> None:
        row = self._row(key)
        row.say(row.problem())
        self.left.emit(key)


class Later:
    """Stands in for a row that is not built yet, and remembers what it is told."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.offered = True
        self._told: list[Any] = []  # the value, once there is one

    def answer(self) -> Any:
        return self._told[0] if self._told else None

    def fill(self, value: Any) -> None:
        self._told = [value]

    def problem(self) -> str:
        return ""  # of what came from the vault; who may have typed something has the whole form built

    def say(self, problem: str) -> None:
        """There is nothing to say it under: `Form.say` builds the form for a problem."""

    def setVisible(self, wanted: bool) -> None:
        """It is told to the row by `hand_over`."""

    def hand_over(self, row: "Row") -> None:
        """Tell the row that is there now."""
        row.offered = self.offered
        row.setVisible(self.offered)
        for value in self._told:
            row.fill(value)


class Row(QWidget):
    """One field under its label, with its help, who can read it, and what is wrong with it."""

    left = Signal()

    def __init__(self, question: Question, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.editor: Editor = EDITORS[question.kind](question, self)
        self.offered = True
        self._name = labels.field(question.label)
        only_you = self.tr("Only you can read this")
        help_text = labels.field(question.help)
        help_text = "" if help_text == only_you else help_text
        private = question.privacy is Privacy.COACH_ONLY
        self._wrong = Text("", "caption", "danger")
        self._wrong.setObjectName(f"{name}_problem")
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        self.head = self._head("" if question.kind == "yes_no" else self._name, only_you if private else "")
        column.addLayout(self.head)
        column.addWidget(self.editor.widget)
        if help_text:
            column.addWidget(Text(help_text, "caption", "muted"))
        column.addWidget(self._wrong)
        column.addStretch(1)
        self._described = ". ".join(filter(None, (help_text, only_you if private else "")))
        widget = self.editor.widget
        widget.setObjectName(name)
        widget.setAccessibleName(self._name)
        widget.setAccessibleDescription(self._described)
        widget.installEventFilter(self)

    def answer(self) -> Any:
        return self.editor.answer()

    def fill(self, value: Any) -> None:
        """Show `value`, unless that is what stands here already: then the caret stays where it is."""
        self.say("")
        try:
            same = self.editor.answer() == value
        except Unreadable:
            same = False
        if not same:
            self.editor.show(value)

    def problem(self) -> str:
        """Why what stands here cannot be kept, in the coach's language; "" if it can."""
        try:
            answer = self.editor.answer()
        except Unreadable as unreadable:
            return str(unreadable)
        text = labels.field(self.question.problem(answer))
        return text.format(field=self._name, longest=self.question.longest)

    def says_problem(self) -> bool:
        return not self._wrong.isHidden()

    def say(self, problem: str) -> None:
        """Show `problem` under the field; what was typed stays."""
        widget = self.editor.widget
        self._wrong.setText(problem)
        self._wrong.setVisible(bool(problem))
        widget.setAccessibleDescription(problem or self._described)
        if bool(widget.property("wrong")) != bool(problem):
            widget.setProperty("wrong", bool(problem))
            polish(widget)

    def _head(self, name: str, only_you: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE["xs"])
        if name:
            label = QLabel(name)
            label.setBuddy(self.editor.widget)
            label.setWordWrap(True)
            line.addWidget(label, 1)
        if only_you:
            line.addWidget(Picture("lock", "muted", 14))
            line.addWidget(Text(only_you, "caption", "muted", wrap=False))
        return line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
