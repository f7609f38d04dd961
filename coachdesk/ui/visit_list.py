"""The table of visit notes: day, teacher, how the note begins, what was practised, and where it stands."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from coachdesk.model.schedule import EventStatus
from coachdesk.model.visits import NoteState
from coachdesk.services.notebook import NoteRow
from coachdesk.services.search import CLOSE, OPEN
from coachdesk.ui import dates, labels, stamped
from coachdesk.ui.tables import Column, Table

_MARKS = str.maketrans({OPEN: None, CLOSE: None})


def standing(row: NoteRow) -> str:
    """Where a note stands, in words."""
    if row.state is not NoteState.DRAFT:
        return labels.label(row.state)
    if row.event.status is EventStatus.PLANNED:
        return QCoreApplication.translate("VisitTable", "Visit runs")
    return QCoreApplication.translate("VisitTable", "To finish")


def _mark(row: NoteRow) -> tuple[str, str]:
    if row.state is NoteState.DRAFT:
        return ("timer", "visit") if row.event.status is EventStatus.PLANNED else ("pencil", "warning")
    return ("lock", "muted") if row.state is NoteState.CLOSED else ("circle-check", "success")


class VisitTable(Table):
    """Newest first, as it is asked for: a page cannot be sorted, for the rest is not here yet."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(_columns(now), lambda row: row.id, parent)
        self.setObjectName("visits_table")
        self.setAccessibleName(self.tr("Visits"))
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)


def _columns(now: Callable[[], datetime]) -> tuple[Column, ...]:
    translate = QCoreApplication.translate

    def day(row: NoteRow) -> str:
        return labels.moment(row.started, now().date())

    def state_icon(row: NoteRow) -> str:
        return _mark(row)[0]

    def state_tone(row: NoteRow) -> str:
        return _mark(row)[1]

    def shared(row: NoteRow) -> str:
        return stamped.day(row.shared, now().date())

    def shared_in_full(row: NoteRow) -> str:
        return stamped.newest(row.shared, now().date())

    state = translate("VisitTable", "State")
    return (
        Column(translate("VisitTable", "Day"), day, width=148 if dates.by_halves() else 128),
        Column(translate("VisitTable", "Teacher"), _teacher, width=176),
        Column(translate("VisitTable", "In the note"), _beginning, stretch=True),
        Column(translate("VisitTable", "Standards"), _codes, width=104, needs=760),
        Column(translate("VisitTable", "Shared"), shared, spoken=shared_in_full, width=92, needs=880),
        Column(state, standing, icon=state_icon, tone=state_tone, width=124),
    )


def _teacher(row: NoteRow) -> str:
    return labels.people(row.event.names)


def _beginning(row: NoteRow) -> str:
    return " ".join(row.first_line.translate(_MARKS).split())


def _codes(row: NoteRow) -> str:
    return " ".join(row.codes)
