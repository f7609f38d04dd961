"""The counters that are offered when counters are agreed, each in the coach's words."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.services import usual
from coachdesk.services.desk import Desk
from coachdesk.services.usual import MOST
from coachdesk.ui import messages, ready_counters, theme
from coachdesk.ui.ready_counters import Said, said
from coachdesk.ui.widgets.buttons import icon_button, link
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

LONGEST = 120  # characters of a name or of what counts


class UsualCounters(Card):
    """What is typed is kept when its field is left; `warned` says what could not be kept.

    A line without a name is offered to nobody and is gone when the page is shown again.
    """

    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept: tuple[Said, ...] | None = None
        self.rows: list[Row] = []
        what = self.tr(
            "These are offered when you agree on counters with a teacher, the first two together. No counter "
            "is on until you agreed it, on the teacher's page under Cycles: at most four, for the visits of "
            "one cycle or for all visits with them. In the visit Alt+6 to Alt+9 count."
        )
        self._room = QVBoxLayout()
        self._room.setSpacing(theme.SPACE["xs"])
        self.add_button = link(self.tr("Add a counter"), name="add_usual_counter")
        self.add_button.clicked.connect(self._add)
        self.ready_button = link(self.tr("Offer the ready-made ones again"), name="ready_made_counters")
        self.ready_button.clicked.connect(self._take_ready_made)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE["lg"])
        foot.addWidget(self.add_button)
        foot.addWidget(self.ready_button)
        foot.addStretch(1)
        self.column.addWidget(heading(self.tr("Counters"), 3))
        self.column.addWidget(Text(what))
        self.column.addLayout(self._room)
        self.column.addLayout(foot)

    def refresh(self) -> None:
        """Show what the vault says; what is being typed stays where that is the same."""
        self.ready_button.setVisible(self._desk.ask(usual.own_counters) is not None)
        kept = ready_counters.offered(self._desk)
        if kept == self._kept:
            return
        self._kept = kept
        if kept != self._written():
            self._show(kept)
        self._number()

    def keep(self) -> None:
        """Have what stands here be offered from now on, where it is something else than before."""
        written = self._written()
        if written != self._kept:
            self._do(usual.offer_counters, written)

    def _written(self) -> tuple[Said, ...]:
        return tuple(row.said() for row in self.rows if row.said()["name"])

    def _show(self, counters: Sequence[Said]) -> None:
        for old in self.rows:
            self._drop(old)
        self.rows = []
        for each in counters:
            self._append().show_counter(each)

    def _drop(self, row: "Row") -> None:
        """What is left with the line is not kept: it is gone by the coach's will, or by undo."""
        row.blockSignals(True)
        self._room.removeWidget(row)
        row.setParent(None)
        row.deleteLater()

    def _append(self) -> "Row":
        row = Row()
        row.left.connect(self.keep)
        row.up.clicked.connect(partial(self._move_up, row))
        row.away.clicked.connect(partial(self._take_away, row))
        self.rows.append(row)
        self._room.addWidget(row)
        return row

    def _add(self) -> None:
        row = self._append()
        self._number()
        row.name.setFocus()

    def _take_away(self, row: "Row", *_checked: object) -> None:
        row.blockSignals(True)
        beside = self.rows.index(row)
        rest = [each for each in self.rows if each is not row]
        (rest[min(beside, len(rest) - 1)].name if rest else self.add_button).setFocus()
        self.rows = rest
        self._drop(row)
        self._number()
        self.keep()

    def _move_up(self, row: "Row", *_checked: object) -> None:
        place = self.rows.index(row)
        self.rows.insert(place - 1, self.rows.pop(place))
        self._room.removeWidget(row)
        self._room.insertWidget(place - 1, row)
        self._number()
        (row.up if row.up.isEnabled() else row.name).setFocus()
        self.keep()

    def _take_ready_made(self) -> None:
        self.add_button.setFocus()
        self._do(usual.offer_ready_made)

    def _do(self, command: Callable[..., Any], *given: object) -> None:
        try:
            self._desk.do(command, *given)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
        self.refresh()

    def _number(self) -> None:
        """What each line is called, for who hears the page; the first cannot go up."""
        for number, row in enumerate(self.rows, 1):
            row.name.setAccessibleName(self.tr("Counter {number}").format(number=number))
            row.counts.setAccessibleName(self.tr("What counts, of counter {number}").format(number=number))
            for made, says in (
                (row.up, self.tr("Move counter {number} up")),
                (row.away, self.tr("Take away counter {number}")),
            ):
                made.setAccessibleName(says.format(number=number))
                made.setToolTip(made.accessibleName())
            row.up.setEnabled(number > 1)
        self.add_button.setVisible(len(self.rows) < MOST)
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes down the lines as they stand, then to what is below: Qt goes by what was built first."""
        lines = [stop for row in self.rows for stop in (row.name, row.counts, row.up, row.away)]
        for before, after in pairwise((self.add_button, *lines, self.add_button, self.ready_button)):
            self.setTabOrder(before, after)


class Row(QWidget):
    """A counter's name and what counts; `left` says that somebody typed in it and went on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.counts = QLineEdit(), QLineEdit()
        self.up = icon_button("chevron-up", "", name="usual_counter_up")
        self.away = icon_button("x", "", name="usual_counter_away")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xs"])
        for edit, hint, name, wide in (
            (self.name, self.tr("Counter"), "usual_counter", 2),
            (self.counts, self.tr("What counts"), "usual_counter_counts", 3),
        ):
            edit.setObjectName(name)
            edit.setPlaceholderText(hint)
            edit.setMaxLength(LONGEST)
            edit.editingFinished.connect(self.left)
            row.addWidget(edit, wide)
        row.addWidget(self.up, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_counter(self, counter: Said) -> None:
        for edit, words in ((self.name, counter["name"]), (self.counts, counter["definition"])):
            edit.setText(words)
            edit.setCursorPosition(0)

    def said(self) -> Said:
        return said(self.name.text().strip(), self.counts.text().strip())
