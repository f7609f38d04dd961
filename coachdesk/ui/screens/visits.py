"""Visits: the notes to finish, then all others, newest first; and those in which something is found."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.model import Event, EventTeacher, ScriptLine, SharedStamp, StandardTag, Teacher, VisitNote
from coachdesk.model.visits import NoteState
from coachdesk.services import notebook
from coachdesk.services.desk import Desk
from coachdesk.services.notebook import PAGE, NoteRow
from coachdesk.ui import theme, tokens
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.screen import Screen
from coachdesk.ui.visit_list import VisitTable
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.search_edit import SearchEdit
from coachdesk.ui.widgets.text import badge, heading
from coachdesk.ui.wishes import OpenNote, ShowNotes, StartNote

NEAR = 400  # pixels above the end of the list from where on more of it is asked for


class VisitsScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Visits")
    icon = "notebook-pen"
    shows = frozenset({ShowNotes})
    watches = frozenset({VisitNote, ScriptLine, SharedStamp, Event, EventTeacher, Teacher, StandardTag})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("visits_screen")
        self._more = False  # there are older ones than are shown
        self.to_finish = badge("", "warning")
        self.filter = self._build_filter()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["md"])
        outer.addLayout(self._build_head())
        self._stack = QStackedWidget(self)
        outer.addWidget(self._stack, 1)
        self.table = VisitTable(desk.now, self._stack)
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._type_on)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for page in (self.table, self._build_nothing(), self._build_none_found()):
            self._stack.addWidget(page)

    def refresh(self) -> None:
        """Ask for as many as are shown."""
        self._show(max(PAGE, len(self.table.rows.all())))

    def go_to_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def panes(self) -> Sequence[QWidget]:
        shown = (self.filter, self.table, self.start_first, self.show_all)
        return [pane for pane in shown if not pane.isHidden() and pane.isVisibleTo(self)]

    def main_pane(self) -> QWidget:
        if self._stack.currentWidget() is self.table:
            return self.table
        return self.panes()[-1]

    def leave_part(self) -> bool:
        if not (self.filter.hasFocus() or self.filter.text()):
            return False
        self._show_all()
        return True

    def _narrow(self, *_typed: object) -> None:
        self._show(PAGE)
        self.table.scrollToTop()

    def _show(self, many: int) -> None:
        text = self.filter.text().strip()
        if text:
            rows = self.desk.ask(notebook.found, text, many)
        else:
            rows = self.desk.ask(notebook.newest, None, many)
        self._more = len(rows) == many
        self._say_to_finish(() if text else rows)
        self.table.show_rows(rows)
        page = 0 if rows else 2 if text else 1
        self._stack.setCurrentIndex(page)
        self.filter.setVisible(page != 1)
        self.start_button.setVisible(page != 1)

    def _say_to_finish(self, rows: Sequence[NoteRow]) -> None:
        number = sum(row.state is NoteState.DRAFT for row in rows)
        self.to_finish.setText(self.tr("{number} to finish").format(number=number))
        self.to_finish.setVisible(number > 0)

    def _on_scrolled(self, at: int) -> None:
        """Show more of the list before its end is reached."""
        shown = self.table.rows.all()
        if not self._more or at < self.table.verticalScrollBar().maximum() - NEAR:
            return
        if self.filter.text().strip():
            self._show(len(shown) + PAGE)
            return
        older = self.desk.ask(notebook.newest, shown[-1])
        self._more = len(older) == PAGE
        if older:
            self.table.rows.add(older)

    def _type_on(self, text: str) -> None:
        """What is typed in the table goes to the filter."""
        self.filter.setFocus()
        self.filter.insert(text)

    def _show_all(self) -> None:
        self.filter.clear()
        self.main_pane().setFocus()

    def _open(self, row: NoteRow) -> None:
        self.open.emit(OpenNote(row.id, self.filter.text()))

    def _start(self) -> None:
        self.open.emit(StartNote())

    def _build_filter(self) -> SearchEdit:
        edit = SearchEdit(self.tr("Filter visits"), self.tr("Words in a note, or a teacher…"))
        edit.setObjectName("visits_filter")
        edit.setMinimumWidth(200)
        edit.setMaximumWidth(360)
        edit.textChanged.connect(self._narrow)
        edit.installEventFilter(self)
        return edit

    def _build_head(self) -> QHBoxLayout:
        self.start_button = primary(self.tr("Start visit note"), "plus", name="start_visit_note_here")
        self.start_button.clicked.connect(self._start)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["md"])
        row.addWidget(heading(self.tr("Visits")))
        row.addWidget(self.to_finish)
        row.addStretch(1)
        row.addWidget(self.filter, 3)
        row.addWidget(self.start_button)
        return row

    def _build_nothing(self) -> Empty:
        self.start_first = primary(self.tr("Start visit note"), "plus", name="start_first_note")
        self.start_first.clicked.connect(self._start)
        return Empty(
            "notebook-pen",
            self.tr("Here you find every note of a visit again, those to finish first."),
            self.start_first,
        )

    def _build_none_found(self) -> Empty:
        self.show_all = button(self.tr("Show all visits"), "x", name="show_all_visits")
        self.show_all.clicked.connect(self._show_all)
        return Empty(
            "search", self.tr("No note holds these words, and no teacher is called so."), self.show_all
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: down to the table, Enter opens."""
        pressed = watched is self.filter and not self.filter.clear_button.hasFocus()
        if pressed and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.main_pane().setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if row := self.table.current():
                    self._open(row)
                return True
        return super().eventFilter(watched, event)
