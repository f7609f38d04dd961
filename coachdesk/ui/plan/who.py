"""Whom to plan with: type part of a name, take one of those that are left."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coachdesk.model.caseload import folded
from coachdesk.services.rounds import Person
from coachdesk.ui import labels, theme
from coachdesk.ui.widgets.buttons import is_enter
from coachdesk.ui.widgets.search_edit import SearchEdit
from coachdesk.ui.widgets.text import Text

SHOWN = 6  # names that are seen at a time; the others are scrolled to
ROW, EDGES = 32, 4
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Who(QWidget):
    """Emits `picked` with whom was taken, or None where the field was emptied."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.person: Person | None = None
        self._people: Sequence[Person] = ()
        self.edit = SearchEdit(self.tr("Teacher"), self.tr("Type part of a name"))
        self.edit.setObjectName("plan_teacher")
        self.edit.clear_button.setObjectName("clear_plan_teacher")
        self.edit.clear_button.setAccessibleName(self.tr("Choose somebody else"))
        self.edit.clear_button.setToolTip(self.tr("Choose somebody else"))
        self.edit.textEdited.connect(self._on_edited)
        self.edit.clear_button.clicked.connect(lambda: self._on_edited(""))
        self.edit.installEventFilter(self)
        label = QLabel(self.tr("Teacher"))
        label.setBuddy(self.edit)
        self.found = QListWidget()
        self.found.setObjectName("plan_teachers_found")
        self.found.setAccessibleName(self.tr("Teachers found"))
        self.found.installEventFilter(self)
        self.found.itemClicked.connect(self._take)
        self.found.itemActivated.connect(self._take)
        self._nobody = Text("", "caption", "muted")
        self._nobody.setObjectName("plan_nobody_found")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        for widget in (label, self.edit, self.found, self._nobody):
            column.addWidget(widget)

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody who could be taken."""
        return not self._people

    def offer(self, people: Sequence[Person]) -> None:
        """From now on these can be taken; whoever was taken and is gone is let go of."""
        self._people = people
        self.show_person(self.person.id if self.person else None)

    def show_person(self, teacher_id: UUID | None) -> None:
        """Have this one taken, or nobody, without telling."""
        self.person = next((one for one in self._people if one.id == teacher_id), None)
        self.edit.setText(labels.person(self.person.name) if self.person else "")
        self._narrow("", open_list=self.person is None)

    def close_list(self) -> bool:
        """Put away a list that lies open over somebody who is taken; False if there is none."""
        if self.person is None or self.found.isHidden():
            return False
        self.show_person(self.person.id)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_enter(event) or (watched is self.edit and self._on_move(event))
        return super().eventFilter(watched, event)

    def _on_move(self, event: QKeyEvent) -> bool:
        """The arrows walk through the names while the caret stays in the field."""
        if event.key() not in MOVES or not self.found.isVisible():
            return False
        step = 1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1
        many = SHOWN if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) else 1
        row = min(max(self.found.currentRow() + step * many, 0), self.found.count() - 1)
        self.found.setCurrentRow(row)
        self._tell_current()
        return True

    def _on_enter(self, event: QKeyEvent) -> bool:
        """Enter takes a name; where somebody is taken already and no other name is typed it is the page's."""
        if not is_enter(event) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self.person is not None and self.found.isHidden() and self._nobody.isHidden():
            return False
        self._take(self.found.currentItem())
        return True

    def _on_edited(self, text: str) -> None:
        if not text.strip() and self.person is not None:
            self.person = None
            self.picked.emit(None)
        self._narrow(text, open_list=True)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None or self.found.isHidden():
            return
        self.show_person(item.data(Qt.ItemDataRole.UserRole))
        self.picked.emit(self.person)

    def _narrow(self, text: str, *, open_list: bool) -> None:
        words = folded(text).split()
        left = [one for one in self._people if all(w in folded(f"{one.name} {one.about}") for w in words)]
        self.found.clear()
        for one in left:
            name = labels.person(one.name)
            item = QListWidgetItem(f"{name}  ·  {one.about}" if one.about else name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setSizeHint(QSize(0, ROW))
            self.found.addItem(item)
        self.found.setCurrentRow(0 if left else -1)
        self.found.setFixedHeight(ROW * min(max(len(left), 1), SHOWN) + EDGES)
        self.found.setVisible(open_list and bool(left))
        nobody = self.tr("Nobody on your list is called this.") if self._people and not left else ""
        self._nobody.setText(nobody)
        self._nobody.setVisible(bool(nobody))
        self._tell_current()

    def _tell_current(self) -> None:
        """What Enter would take, for those who do not see the list."""
        item = self.found.currentItem() if not self.found.isHidden() else None
        self.edit.setAccessibleDescription(
            self.tr("Enter takes {name}").format(name=item.text()) if item else ""
        )
