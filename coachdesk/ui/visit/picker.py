"""Whom the coach visits now: type a few letters, Enter begins the note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from coachdesk.model.caseload import TeacherRow, Wanted, narrowed
from coachdesk.ui import labels, theme, tokens
from coachdesk.ui.roster_list import next_event
from coachdesk.ui.tables import Column, Table
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.search_edit import SearchEdit
from coachdesk.ui.widgets.text import Text, heading

WIDEST = 860


class Picker(QWidget):
    """The teachers who are not in the archive; `picked` tells the one."""

    picked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("visit_picker")
        self._everyone: Sequence[TeacherRow] = ()
        self.why = Text("", "body", "muted")
        self.filter = SearchEdit(self.tr("Filter teachers"), self.tr("Type a name, a subject or a room…"))
        self.filter.setObjectName("visit_picker_filter")
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.table = self._build_table()
        self._nobody = Empty("search", self.tr("No teacher matches what you are looking for."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        self.start = primary(self.tr("Start visit note"), name="start_with_picked")
        self.start.clicked.connect(self._start)
        cancel = button(self.tr("Cancel"), name="leave_picker")
        cancel.clicked.connect(self.left)
        card = Card(gap=theme.SPACE["md"])
        card.setMaximumWidth(WIDEST)
        card.column.addWidget(heading(self.tr("Whom do you visit?")))
        card.column.addWidget(self.why)
        card.column.addWidget(self.filter)
        card.column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.start)
        card.column.addLayout(foot)
        page = QHBoxLayout(self)
        page.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        page.addStretch(1)
        page.addWidget(card, 100)
        page.addStretch(1)

    def show_teachers(self, everyone: Sequence[TeacherRow], why: str) -> None:
        """Offer these; `why` says what brought the coach here."""
        self._everyone = everyone
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.filter.clear()
        self._narrow()
        self.filter.setFocus()

    def panes(self) -> Sequence[QWidget]:
        return (self.filter, self.table)

    def _narrow(self, *_text: object) -> None:
        rows = narrowed(self._everyone, Wanted(self.filter.text()))
        self._stack.setCurrentWidget(self.table if rows else self._nobody)
        self.table.show_rows(rows)
        self.start.setEnabled(bool(rows))

    def _start(self) -> None:
        row = self.table.current()
        if row is not None and self.start.isEnabled():
            self.picked.emit(row.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: arrows move in the table, Enter begins."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.filter.hasFocus():
                self._start()
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.table.rows.rowCount():
            self.table.setCurrentIndex(self.table.rows.index(row, 0))

    def _build_table(self) -> Table:
        columns = (
            Column(self.tr("Name"), labels.listed, lambda row: row.order, stretch=True),
            Column(self.tr("Subjects"), lambda row: row.subjects, width=160, needs=480),
            Column(self.tr("Room"), lambda row: row.room, width=80, needs=560),
            Column(self.tr("Next"), next_event, width=130, needs=640),
        )
        table = Table(columns, lambda row: row.id)
        table.setObjectName("visit_picker_table")
        table.setAccessibleName(self.tr("Teachers"))
        table.opened.connect(lambda row: self.picked.emit(row.id))
        table.typed.connect(self._type_on)
        return table

    def _type_on(self, text: str) -> None:
        self.filter.setFocus()
        self.filter.insert(text)
