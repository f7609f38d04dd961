"""The counters that were agreed: at most four are on, and none that nobody asked for."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from coachdesk.model import AgreedCounter
from coachdesk.services.counters import MOST
from coachdesk.ui import theme
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.widgets.buttons import button, icon_button, link
from coachdesk.ui.widgets.text import Text

READY = (
    (
        QT_TRANSLATE_NOOP("counters", "Student handles the device"),
        QT_TRANSLATE_NOOP("counters", "A student, not the teacher, works the device"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Creating"),
        QT_TRANSLATE_NOOP("counters", "Students make something with the device rather than look at it"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Tech trouble"),
        QT_TRANSLATE_NOOP("counters", "Work stops because something does not work"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Student to student"),
        QT_TRANSLATE_NOOP("counters", "A student answers another student"),
    ),
)
"""The ready-made ones of product.md: what each is called, and what counts."""

Said = Mapping[str, str]


class Counters(QWidget):
    """Shows those that are on and offers to add or take away; `agreed` has all that are on from now on."""

    agreed = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("agreed_counters")
        self._now: tuple[Said, ...] = ()
        self._rows: list[_On] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE["xs"])
        self.none = Text(self.tr("No counter is on: agree on one when you plan together."), "body", "muted")
        self.add_button = link(self.tr("Add a counter…"), name="add_counter")
        self.add_button.clicked.connect(self._offer)
        self._own = self._build_own()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(Text(title, "body", bold=True))
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addWidget(self._own)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_counters(self, counters: Sequence[AgreedCounter]) -> None:
        """Show that these are on."""
        self._now = tuple(_said(each.name, each.definition, each.unit) for each in counters)
        while len(self._rows) < len(self._now):
            row = _On(partial(self._take_away, len(self._rows)))
            self._rows.append(row)
            self._list.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(self._now))
            if number < len(self._now):
                row.show_counter(self._now[number])
        self.none.setVisible(not self._now)
        self.add_button.setVisible(len(self._now) < MOST and self._own.isHidden())

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("counters_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on = {each["name"] for each in self._now}
        for name, definition in READY:
            words = QCoreApplication.translate("counters", name)
            if words not in on:
                said = _said(words, QCoreApplication.translate("counters", definition))
                menu.addAction(words, partial(self._add, said))
        menu.addAction(self.tr("One of our own…"), self._ask_own)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _add(self, said: Said) -> None:
        self.agreed.emit((*self._now, said))

    def _take_away(self, number: int, *_checked: object) -> None:
        self.agreed.emit(tuple(each for at, each in enumerate(self._now) if at != number))

    def _ask_own(self) -> None:
        self._own.show()
        self.add_button.hide()
        self._name.setFocus()

    def _add_own(self) -> None:
        name = self._name.text().strip()
        self._leave_own()
        if name:
            self._add(_said(name, self._definition.text().strip()))
        self._name.clear()
        self._definition.clear()

    def _leave_own(self) -> None:
        self._own.hide()
        self.add_button.setVisible(len(self._now) < MOST)
        self.add_button.setFocus()

    def _build_own(self) -> QWidget:
        self._name, self._definition = QLineEdit(), QLineEdit()
        own = QWidget()
        column = QVBoxLayout(own)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        for edit, words, name in (
            (self._name, self.tr("Counter"), "counter_name"),
            (self._definition, self.tr("What counts"), "counter_definition"),
        ):
            label = QLabel(words)
            label.setBuddy(edit)
            edit.setObjectName(name)
            edit.setAccessibleName(words)
            edit.setMaxLength(120)
            edit.returnPressed.connect(self._add_own)
            column.addWidget(label)
            column.addWidget(edit)
        row = QHBoxLayout()
        add = button(self.tr("Add"), name="add_own_counter")
        add.clicked.connect(self._add_own)
        no = button(self.tr("Cancel"), name="cancel_own_counter")
        no.clicked.connect(self._leave_own)
        row.addWidget(add)
        row.addWidget(no)
        row.addStretch(1)
        column.addLayout(row)
        own.hide()
        return own


class _On(QWidget):
    """A counter that is on, with a way to take it away."""

    def __init__(self, take_away: Callable[..., object]) -> None:
        super().__init__()
        self._name = Text("", wrap=False)
        self._definition = Text("", "body", "muted")
        self._away = icon_button("x", "", name="remove_counter")
        self._away.clicked.connect(take_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["md"])
        row.addWidget(self._name)
        row.addWidget(self._definition, 1)
        row.addWidget(self._away)

    def show_counter(self, said: Said) -> None:
        self._name.setText(said["name"])
        self._definition.setText(said["definition"])
        words = self.tr("Take away: {counter}").format(counter=said["name"])
        self._away.setAccessibleName(words)
        self._away.setToolTip(words)


def _said(name: str, definition: str = "", unit: str = "") -> Said:
    return {"name": name, "definition": definition, "unit": unit}
