"""The list of teachers: a filter, the parts of the roster, and the table."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coachdesk.model import School
from coachdesk.model.caseload import Part, TeacherRow, Wanted, counts, narrowed
from coachdesk.model.roster import TeacherStatus
from coachdesk.ui import dates, labels, marks, theme
from coachdesk.ui.fields import Choice
from coachdesk.ui.tables import Column, Table
from coachdesk.ui.widgets.buttons import button, chip
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.search_edit import SearchEdit

FIRST_DAY = 0


def _listed(row: TeacherRow) -> str:
    return labels.listed(row)


def standing(row: TeacherRow) -> str:
    """How a teacher stands, in words; "" for one with whom nothing is due."""
    if row.status is not TeacherStatus.ACTIVE:
        if row.status is TeacherStatus.NOT_NOW and row.ask_again_on:
            return f"{labels.label(row.status)}, {labels.short_day(row.ask_again_on, row.today)}"
        return labels.label(row.status)
    return labels.label(row.reminder) if marks.of_standing(row)[0] else ""


def phase(row: TeacherRow) -> str:
    if row.cycle is None:
        return ""
    return labels.phase(row.cycle.phase) if row.in_a_cycle else labels.label(row.cycle.status)


def next_event(row: TeacherRow) -> str:
    return labels.moment(row.next_event.starts, row.today) if row.next_event else labels.NONE


def _next_spoken(row: TeacherRow) -> str:
    return f"{labels.label(row.next_event.kind)}, {next_event(row)}" if row.next_event else ""


def filter_edit() -> SearchEdit:
    """The field that narrows the list."""
    tr = QCoreApplication.translate
    edit = SearchEdit(tr("RosterList", "Filter teachers"), tr("RosterList", "Filter by name, subject, goal…"))
    edit.setObjectName("teachers_filter")
    edit.setMinimumWidth(200)
    edit.setMaximumWidth(320)
    return edit


class RosterList(QWidget):
    """Shows rows it is given, narrowed to what the coach wants to see of them; `names` stands elsewhere."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, names: SearchEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._everyone: Sequence[TeacherRow] = ()
        self._schools: Sequence[School] = ()
        self._part = Part.ALL
        self.filter = names
        self.filter.textChanged.connect(self.narrow)
        self.filter.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        self.parts = self._build_parts()
        self.school = Choice()
        self.school.setObjectName("school_filter")
        self.school.activated.connect(self._on_school)
        self.school_label = QLabel(self.tr("School"))
        self.school_label.setBuddy(self.school)
        column.addLayout(self._build_bar())
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack, 1)
        self.table = self._build_table()
        self._stack.addWidget(self.table)
        clear = button(self.tr("Show everyone"), "x", name="show_everyone")
        clear.clicked.connect(self.show_everyone)
        self._nobody = Empty("search", self.tr("No teacher matches what you are looking for."), clear)
        self._stack.addWidget(self._nobody)

    def show_rows(
        self, everyone: Sequence[TeacherRow], schools: Sequence[School], pinned: UUID | None = None
    ) -> None:
        """Show these teachers; what is filtered, and where the coach is, stays.

        The `pinned` one is shown whether it is wanted or not: the coach is writing its file.
        """
        self._everyone = everyone
        if [(s.id, s.name) for s in schools] != [(s.id, s.name) for s in self._schools]:
            self._offer_schools(schools)
        self._schools = schools
        self._count()
        self._narrow(pinned)

    def narrow(self, *_changed: object) -> None:
        """Show only what is wanted."""
        self._narrow(None)

    def _count(self) -> None:
        """Say on each chip how many teachers of the school it stands for."""
        for part, number in counts(self._everyone, self.wanted_school()).items():
            text = self.tr("{part} {number}").format(part=labels.label(part), number=number)
            self.parts[part].setText(text)
            self.parts[part].setAccessibleName(text)

    def _on_school(self, *_chosen: object) -> None:
        self._count()
        self.narrow()

    def _narrow(self, pinned: UUID | None) -> None:
        wanted = Wanted(self.filter.text(), self._part, self.wanted_school())
        rows = narrowed(self._everyone, wanted)
        if pinned is not None and not any(row.id == pinned for row in rows):
            rows += [row for row in self._everyone if row.id == pinned]
        self._stack.setCurrentWidget(self.table if rows else self._nobody)
        self.table.show_rows(rows)

    def wanted_school(self) -> UUID | None:
        """The school the list is narrowed to; the only one counts as none."""
        value: UUID | None = self.school.currentData()
        return value

    def show_everyone(self) -> None:
        """Take every filter away."""
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.school.setCurrentIndex(0)
        self._count()
        self.show_part(Part.ALL)

    def leave_filter(self) -> bool:
        """Empty the filter and go back to the table; False if the coach is not in it."""
        if not self.filter.hasFocus():
            return False
        self.filter.clear()
        self.table.setFocus()
        return True

    def show_part(self, part: Part) -> None:
        self._part = part
        self.parts[part].setChecked(True)
        self.narrow()

    def _on_part(self, part: Part, _checked: bool = True) -> None:
        self.show_part(part)

    def show_teacher(self, teacher_id: UUID) -> bool:
        """Go to a teacher, whatever was filtered; False for one who is not on the roster."""
        if not self.table.go_to(teacher_id):
            row = next((row for row in self._everyone if row.id == teacher_id), None)
            if row is None:
                return False
            self.show_everyone()
            if row.status is TeacherStatus.ARCHIVED:
                self.show_part(Part.ARCHIVED)
            self.table.go_to(teacher_id)
        return True

    def current(self) -> TeacherRow | None:
        row: TeacherRow | None = self.table.current()
        return row

    def _build_table(self) -> Table:
        table = Table(self._columns(), lambda row: row.id, self._stack)
        table.setObjectName("teachers_table")
        table.setAccessibleName(self.tr("Teachers"))
        table.chosen.connect(self.chosen)
        table.opened.connect(self.opened)
        table.typed.connect(self._type_on)
        return table

    def _build_parts(self) -> dict[Part, QPushButton]:
        group = QButtonGroup(self)
        made = {}
        for part in Part:
            made[part] = chip(labels.label(part), name=f"part_{part.value}", checked=part is self._part)
            made[part].clicked.connect(partial(self._on_part, part))
            group.addButton(made[part])
        return made

    def _build_bar(self) -> QHBoxLayout:
        chips = Flow()
        for part in self.parts.values():
            chips.addWidget(part)
        middle = QVBoxLayout()  # chips are lower than the field beside them
        middle.addSpacing(theme.SPACE["xs"])
        middle.addLayout(chips)
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE["sm"])
        bar.addLayout(middle, 1)
        bar.addWidget(self.school_label)
        bar.addWidget(self.school)
        return bar

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Name"), _listed, lambda row: row.order, stretch=True),
            Column(self.tr("Subjects"), lambda row: row.subjects, width=108, needs=560),
            Column(self.tr("Grades"), lambda row: row.grades, width=64, needs=820),
            Column(
                self.tr("Cycle phase"),
                phase,
                lambda row: (not phase(row), phase(row)),
                tone=lambda row: "text" if row.in_a_cycle else "muted",
                width=96,
            ),
            Column(
                self.tr("Last visit"),
                lambda row: labels.short_day(row.last_visit, row.today),
                lambda row: row.last_visit.toordinal() if row.last_visit else FIRST_DAY,
                width=80,
                needs=700,
            ),
            Column(
                self.tr("Next"),
                next_event,
                lambda row: (row.next_event is None, row.next_event.starts if row.next_event else None),
                icon=lambda row: marks.of_event(row.next_event.kind)[0] if row.next_event else "",
                tone=lambda row: marks.of_event(row.next_event.kind)[1] if row.next_event else "",
                spoken=_next_spoken,
                width=160 if dates.by_halves() else 126,
            ),
            Column(
                self.tr("Status"),
                standing,
                lambda row: (not standing(row), standing(row)),
                icon=lambda row: marks.of_standing(row)[0],
                tone=lambda row: marks.of_standing(row)[1],
                width=146,
            ),
        )

    def _offer_schools(self, schools: Sequence[School]) -> None:
        before = self.wanted_school()
        self.school.clear()
        self.school.addItem(self.tr("All schools"), None)
        for school in schools:
            self.school.addItem(school.name, school.id)
        ids = [None, *(school.id for school in schools)]
        self.school.setCurrentIndex(ids.index(before) if before in ids else 0)
        for widget in (self.school, self.school_label):
            widget.setVisible(len(schools) > 1)

    def _type_on(self, text: str) -> None:
        """What is typed in the table goes to the filter."""
        self.filter.setFocus()
        self.filter.insert(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: down to the table, Enter opens."""
        pressed = watched is self.filter and not self.filter.clear_button.hasFocus()
        if pressed and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.current():
                    self.opened.emit(self.current())
                return True
        return super().eventFilter(watched, event)
