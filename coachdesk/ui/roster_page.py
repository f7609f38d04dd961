"""The page of teachers: its head, the list with room for a file beside it, and what an empty roster says."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.ui import theme, tokens
from coachdesk.ui.roster_list import RosterList, filter_edit
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.text import Text, heading

FILE_WIDTH = 364
SEEN_MS = 20  # after it was painted: until then it is on its way to the display


class Place(Card):
    """An empty card where a file will be. Once it was `seen`, what is dear to build may follow."""

    seen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._soon = QTimer(self, singleShot=True, interval=SEEN_MS)
        self._soon.timeout.connect(self._tell)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._soon.start()

    def _tell(self) -> None:
        if self.isVisible():  # else the desk may be closing behind what is
            self.seen.emit()


class RosterPage(QWidget):
    """Tells which button was pressed. A file may sit in the `room` `beside` the list, in place of `place`."""

    add = Signal()
    bring = Signal()
    schools = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = filter_edit()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        column.setSpacing(theme.SPACE["md"])
        column.addLayout(self._build_head())
        self._body = QStackedWidget(self)
        column.addWidget(self._body, 1)
        self._build_roster()
        self._nothing_yet = self._build_empty()
        self._body.addWidget(self._nothing_yet)

    def show_count(self, number: int) -> None:
        self.count.setText(str(number) if number else "")
        self._fit_head()

    def show_beside(self, shown: bool) -> None:
        """Give room beside the list, or none."""
        self.beside.setVisible(shown)

    def show_begun(self, begun: bool) -> None:
        """Show the roster, or, where there is none, how to begin one."""
        inside = self.window().focusWidget()
        lost = begun and inside is not None and self._nothing_yet.isAncestorOf(inside)
        for widget in self._head:
            widget.setVisible(begun)
        self._fit_head()
        self._body.setCurrentIndex(0 if begun else 1)
        if lost:
            self.main_pane().setFocus()

    def main_pane(self) -> QWidget:
        """Where the keyboard belongs on this page."""
        if self._nothing_yet.isVisible():
            return self._add_first
        return self.list.table if self.list.table.isVisible() else self.list.filter

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where the head has no room for every button's words, some buttons show their icons alone."""
        for told, said in self._wordy.items():
            told.setText(said)
        self._line.invalidate()  # it still knows the texts before
        if self._line.minimumSize().width() > self.width() - 2 * tokens.PAGE_MARGIN:
            for told in self._wordy:
                told.setText("")

    def _build_head(self) -> QHBoxLayout:
        self.count = Text("", "h2", "muted", wrap=False)
        self.count.setObjectName("teachers_count")
        add = primary(self.tr("Add a teacher"), "plus", name="add_teacher")
        add.clicked.connect(self.add)
        bring = button(self.tr("Import a roster…"), "file-up", name="import_roster")
        bring.clicked.connect(self.bring)
        schools = button(self.tr("Schools and goals…"), "building-2", name="schools_and_goals")
        schools.clicked.connect(self.schools)
        self._line = line = QHBoxLayout()
        line.setSpacing(theme.SPACE["sm"])
        line.addWidget(heading(self.tr("Teachers")))
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self._filter, 3)
        for widget in (schools, bring, add):
            line.addWidget(widget)
        self._head = (self._filter, bring, add)
        self._wordy = {told: told.text() for told in (schools, bring)}
        for told, said in self._wordy.items():
            told.setToolTip(said)
        return line

    def _build_roster(self) -> None:
        holder = QWidget(self._body)
        self._body.addWidget(holder)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["lg"])
        self.list = RosterList(self._filter, holder)
        row.addWidget(self.list, 1)
        self.beside = QWidget(holder)
        self.beside.setFixedWidth(FILE_WIDTH)
        row.addWidget(self.beside)
        self.room = QVBoxLayout(self.beside)
        self.room.setContentsMargins(0, 0, 0, 0)
        self.place = Place(self.beside)
        self.room.addWidget(self.place)

    def _build_empty(self) -> Empty:
        self._add_first = add = primary(self.tr("Add a teacher"), "plus", name="add_first_teacher")
        add.clicked.connect(self.add)
        bring = button(self.tr("Import a roster…"), "file-up", name="import_first_roster")
        bring.clicked.connect(self.bring)
        sentence = self.tr(
            "Nobody is on your roster yet. Add a teacher by hand, or import the school's list."
        )
        return Empty("users", sentence, add, bring)
