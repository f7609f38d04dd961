"""The counters that were agreed: at most four are on, and none that nobody asked for."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from coachdesk.model import AgreedCounter
from coachdesk.services.counters import MOST
from coachdesk.services.usual import PROPOSED
from coachdesk.ui import theme
from coachdesk.ui.ready_counters import Said, said
from coachdesk.ui.widgets.buttons import button, icon_button, link
from coachdesk.ui.widgets.text import Text


class Counters(QWidget):
    """Shows those that are on and offers to add or take away; `agreed` has all that are on from now on."""

    agreed = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("agreed_counters")
        self._now: tuple[Said, ...] = ()
        self._offered: tuple[Said, ...] = ()
        self._rows: list[_On] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE["xs"])
        self.none = Text(self.tr("No counter is on: agree on one when you plan together."), "body", "muted")
        self.add_button = link(self.tr("Add a counter…"), name="add_counter")
        self.add_button.clicked.connect(self._offer)
        self.usual_button = link("", name="agree_usual_counters")
        self.usual_button.clicked.connect(self._agree_usual)
        self._own = self._build_own()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(Text(title, "body", bold=True))
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addWidget(self._own)
        column.addWidget(self.usual_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_counters(self, counters: Sequence[AgreedCounter], offered: Sequence[Said] = ()) -> None:
        """Show that these are on; `offered` are those to choose from, the first two as what is usual."""
        self._offered = tuple(offered)
        self._now = tuple(said(each.name, each.definition, each.unit) for each in counters)
        while len(self._rows) < len(self._now):
            row = _On(partial(self._take_away, len(self._rows)))
            self._rows.append(row)
            self._list.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(self._now))
            if number < len(self._now):
                row.show_counter(self._now[number])
        self.none.setVisible(not self._now)
        self._show_usual()
        self.add_button.setVisible(len(self._now) < MOST and self._own.isHidden())

    def _show_usual(self) -> None:
        names = [each["name"] for each in self._offered[:PROPOSED]]
        says = self.tr("Agree on “{first}” and “{second}”") if names[1:] else self.tr("Agree on “{first}”")
        words = says.format(first=names[0] if names else "", second=names[-1] if names else "")
        self.usual_button.setText(words.replace("&", "&&"))
        self.usual_button.setAccessibleName(words)
        self.usual_button.setVisible(bool(names) and not self._now and self._own.isHidden())

    def _agree_usual(self) -> None:
        self.agreed.emit(self._offered[:PROPOSED])

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("counters_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on = {each["name"] for each in self._now}
        for each in self._offered:
            if each["name"] not in on:
                menu.addAction(each["name"].replace("&", "&&"), partial(self._add, each))
        menu.addAction(self.tr("One of our own…"), self._ask_own)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _add(self, counter: Said) -> None:
        self.agreed.emit((*self._now, counter))

    def _take_away(self, number: int, *_checked: object) -> None:
        self.agreed.emit(tuple(each for at, each in enumerate(self._now) if at != number))

    def _ask_own(self) -> None:
        self._own.show()
        self.add_button.hide()
        self.usual_button.hide()
        self._name.setFocus()

    def _add_own(self) -> None:
        name = self._name.text().strip()
        self._leave_own()
        if name:
            self._add(said(name, self._definition.text().strip()))
        self._name.clear()
        self._definition.clear()

    def _leave_own(self) -> None:
        self._own.hide()
        self.add_button.setVisible(len(self._now) < MOST)
        self._show_usual()
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

    def show_counter(self, counter: Said) -> None:
        self._name.setText(counter["name"])
        self._definition.setText(counter["definition"])
        words = self.tr("Take away: {counter}").format(counter=counter["name"])
        self._away.setAccessibleName(words)
        self._away.setToolTip(words)
