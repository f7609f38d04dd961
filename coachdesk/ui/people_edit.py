"""Whom something is with: chosen one by one from a list, each shown with a way to take them out again."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDeadlineTimer, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QPushButton, QVBoxLayout, QWidget

from coachdesk.model.question import Question
from coachdesk.services.events import Who
from coachdesk.ui import labels, theme
from coachdesk.ui.fields import EDITORS, Choice, Editor
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.flow import Flow

KIND = "people"
ROWS = 10  # of the list, before it scrolls
_STEPS = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)


class Names(QListView):
    """Letters find whoever has a name that begins with them, first or last; else one that holds them."""

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._goes_on = "", QDeadlineTimer(0)

    def keyboardSearch(self, search: str) -> None:
        again = self._goes_on.hasExpired()  # the same letter once more, after a pause, is the next name
        self._goes_on = QDeadlineTimer(QApplication.keyboardInputInterval())
        self._typed = search if again else self._typed + search
        found = self._found(self._typed.casefold())
        current = self.currentIndex()
        if again and current in found[:-1]:
            self.setCurrentIndex(found[found.index(current) + 1])
        elif found:
            self.setCurrentIndex(found[0])

    def _found(self, wanted: str) -> list[QModelIndex]:
        rows = [self.model().index(row, 0) for row in range(self.model().rowCount())]
        names = [(index, str(index.data()).casefold()) for index in rows]
        begins = [index for index, name in names if any(word.startswith(wanted) for word in name.split())]
        return begins or [index for index, name in names if wanted in name]


class OneMore(Choice):
    """Taking one from it does something at once: so keys open it and look through it, and Enter takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setView(Names())
        self.setMaxVisibleItems(ROWS)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")  # else the list is as long as the screen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().strip() if event.text().isprintable() else ""
        if not self.count() or not (letter or event.key() in _STEPS):
            super().keyPressEvent(event)
            return
        self.showPopup()
        self.view().selectionModel().clear()  # a list that opens looks at its first, without saying so
        if letter:
            self.view().keyboardSearch(letter)
        if not self.view().currentIndex().isValid():
            self.view().setCurrentIndex(self.model().index(0, 0))


class PeopleEdit(QWidget):
    """`offer` whom there is to choose from; `know` others who may already be among them."""

    edited = Signal()

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: dict[UUID, str] = {}
        self._offered: Sequence[Who] = ()
        self._chosen: tuple[UUID, ...] = ()
        self.choice = OneMore(self)
        self.choice.setObjectName("add_person")
        self.choice.setAccessibleName(label)
        self.choice.setPlaceholderText(self.tr("Choose a teacher"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.choice.activated.connect(self._on_picked)
        self._chips = QWidget()
        self._flow = Flow(theme.SPACE["xs"], self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(self._chips)
        column.addWidget(self.choice)
        self.setFocusProxy(self.choice)
        self._show()

    def offer(self, people: Sequence[Who]) -> None:
        """These can be chosen."""
        if list(people) != list(self._offered):
            self._offered = people
            self.know(people)
            self._show()

    def know(self, people: Iterable[Who]) -> None:
        """Have the names of these."""
        self._names.update((who.id, labels.person(who.name)) for who in people)

    def answer(self) -> tuple[UUID, ...]:
        return self._chosen

    def show_chosen(self, chosen: Sequence[UUID] | None) -> None:
        self._chosen = tuple(chosen or ())
        self._show()

    def _on_picked(self, number: int) -> None:
        self._chosen = (*self._chosen, self.choice.itemData(number))
        self._show()
        self.edited.emit()

    def _take_out(self, key: UUID, *_checked: object) -> None:
        self._chosen = tuple(one for one in self._chosen if one != key)
        self._show()
        self.choice.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        self.choice.clear()
        for who in self._offered:
            if who.id not in self._chosen:
                self.choice.addItem(labels.person(who.name), who.id)
        self.choice.setCurrentIndex(-1)
        self.choice.setPlaceholderText(
            self.tr("Add another teacher") if self._chosen else self.tr("Choose a teacher")
        )
        while self._flow.count():
            gone = self._flow.takeAt(0)
            widget = gone.widget() if gone else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for key in self._chosen:
            self._flow.addWidget(self._chip(key))
        self._chips.setVisible(bool(self._chosen))
        self._chips.updateGeometry()

    def _chip(self, key: UUID) -> QPushButton:
        name = self._names.get(key, labels.person(""))
        chip = button(name, "x", kind="chip", name="take_out_person")
        chip.setAccessibleName(self.tr("Take out {name}").format(name=name))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(partial(self._take_out, key))
        return chip


def _people(question: Question, parent: QWidget) -> Editor:
    edit = PeopleEdit(labels.field(question.label), parent)
    return Editor(edit, edit.answer, edit.show_chosen, edit.edited)


def register() -> None:
    """Let forms ask for people: whoever shows such a form calls this first."""
    EDITORS[KIND] = _people


def question(key: str, label: str, refusal: str) -> Question:
    """The question whom something is with; `refusal` is said where nobody is and somebody must be."""
    return _Whom(key, label, KIND, required=True, help="", choices=(refusal,))


class _Whom(Question):
    """Answered by nobody, it has words of its own."""

    def problem(self, answer: Any) -> str:
        return str(self.choices[0]) if self.required and not answer else ""
