"""The first teachers, typed: a few lines, and always one more."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from coachdesk.model import Teacher
from coachdesk.model.kinds import new_key
from coachdesk.model.question import questions
from coachdesk.ui import labels, theme

COLUMNS = ("given_name", "family_name", "subjects", "room")
LINES = 4
WIDTHS = (3, 3, 3, 2)


class FirstTeachers(QWidget):
    """Emits `changed` at each edit, and `entered` on Enter in an empty line: that is all."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("first_teachers")
        self._lines: list[dict[str, QLineEdit]] = []
        self._ids: list[UUID] = []  # keeping a line twice makes no second teacher
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE["sm"])
        self._grid.setVerticalSpacing(theme.SPACE["sm"])
        asked = {question.key: question for question in questions(Teacher, COLUMNS)}
        self._titles = {key: labels.field(asked[key].label) for key in COLUMNS}
        self._longest = {key: asked[key].longest for key in COLUMNS}
        for column, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            self._grid.addWidget(QLabel(self._titles[key]), 0, column)
            self._grid.setColumnStretch(column, width)
        for _ in range(LINES):
            self._add_line()
        self.setFocusProxy(self._lines[0]["given_name"])

    def filled(self) -> list[Mapping[str, Any]]:
        """The lines in which something stands."""
        typed = [{key: edit.text().strip() for key, edit in line.items()} for line in self._lines]
        named = zip(self._ids, typed, strict=True)
        return [{"id": key, **values} for key, values in named if any(values.values())]

    def problem(self) -> str:
        """Why the lines cannot be kept; "" if they can."""
        for number, line in enumerate(self._lines, 1):
            typed = [edit.text().strip() for edit in line.values()]
            names = (line["given_name"].text() + line["family_name"].text()).strip()
            if any(typed) and not names:
                line["family_name"].setFocus()
                return self.tr("Line {number} needs a name.").format(number=number)
        return ""

    def _add_line(self) -> None:
        number = len(self._lines) + 1
        line = {key: QLineEdit() for key in COLUMNS}
        for column, (key, edit) in enumerate(line.items()):
            edit.setObjectName(f"{key}_{number}")
            name = QCoreApplication.translate("FirstTeachers", "{title}, line {number}")
            edit.setAccessibleName(name.format(title=self._titles[key], number=number))
            if self._longest[key]:
                edit.setMaxLength(self._longest[key])
            edit.textEdited.connect(self._on_edited)
            edit.returnPressed.connect(self._on_enter)
            self._grid.addWidget(edit, number, column)
        self._lines.append(line)
        self._ids.append(new_key())

    def _on_edited(self) -> None:
        if any(edit.text() for edit in self._lines[-1].values()):
            self._add_line()
        self.changed.emit()

    def _on_enter(self) -> None:
        """Enter goes to the next line; in an empty one it says: that is all."""
        for line, following in zip(self._lines, self._lines[1:], strict=False):
            if any(edit.hasFocus() for edit in line.values()):
                if any(edit.text() for edit in line.values()):
                    following["given_name"].setFocus()
                else:
                    self.entered.emit()
                return
        self.entered.emit()
