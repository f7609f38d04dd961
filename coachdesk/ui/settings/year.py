"""The school year, the hours of each school's day, and the days without school."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.model import School, SchoolYear
from coachdesk.model.question import questions
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui.fields import Choice
from coachdesk.ui.form import Form, Section
from coachdesk.ui.settings.closed_days import ClosedDays
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.columns import Columns
from coachdesk.ui.widgets.text import Text
from coachdesk.ui.written import Written


class Year(QWidget):
    """`said` tells what happened, and whether it can be undone; `warned` what went wrong."""

    said = Signal(str, bool)
    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._schools: Sequence[School] = ()
        form = Form(Section(questions(SchoolYear, ("first_day", "last_day")), pairs=True), name="school_year")
        self.year = Written(desk, self.tr("School year"), form, roster.save_school_year, SchoolYear)
        form = Form(Section(questions(School, ("day_starts", "day_ends")), pairs=True), name="school_hours")
        self.hours = Written(desk, self.tr("School day"), form, roster.save_school, School)
        self.closed = ClosedDays(desk)
        self.closed.said.connect(self.said)
        for part in (self.year, self.hours, self.closed):
            (part.warned if isinstance(part, ClosedDays) else part.failed).connect(self.warned)
        self.which = Choice()
        self.which.setObjectName("hours_of_school")
        self.which.activated.connect(self._on_which)
        self._which_label = QLabel(self.tr("School"))
        self._which_label.setBuddy(self.which)
        self.no_school_yet = Text(
            self.tr("There is no school yet. Write one down under Schools and goals."), "body", "muted"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        hours = _card(self._which_label, self.which, self.hours, self.no_school_yet)
        column.addWidget(Columns((_card(self.year), hours), (self.closed,)))

    def refresh(self) -> None:
        """Show what the vault has; what is being typed stays."""
        year = self._desk.ask(roster.current_year, self._desk.now().date())
        self.year.show_record(year, {}, {})
        kept = self._school_id()
        self._schools = self._desk.ask(roster.schools)
        self.which.clear()
        for school in self._schools:
            self.which.addItem(school.name, school.id)
        ids = [school.id for school in self._schools]
        self.which.setCurrentIndex(ids.index(kept) if kept in ids else 0)
        for widget in (self.which, self._which_label):
            widget.setVisible(len(ids) > 1)
        self._show_hours()
        self.closed.refresh(year.first_day if year else None)

    def parts(self) -> Sequence[Written]:
        """What writes by itself."""
        return (self.year, self.hours, self.closed.written)

    def _school_id(self) -> UUID | None:
        chosen: UUID | None = self.which.currentData()
        return chosen

    def _show_hours(self) -> None:
        school = next((one for one in self._schools if one.id == self._school_id()), None)
        self.hours.setVisible(school is not None)
        self.no_school_yet.setVisible(school is None)
        if school is not None:
            self.hours.show_record(school, {}, {})

    def _on_which(self, _number: int) -> None:
        self.hours.saving.flush()
        self._show_hours()


def _card(*parts: QWidget) -> Card:
    card = Card()
    for part in parts:
        card.column.addWidget(part)
    return card
