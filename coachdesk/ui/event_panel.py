"""One event beside the week: all about it, saved as it is typed, and what can be done with it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.model import Event
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus
from coachdesk.services import event_file
from coachdesk.services.desk import Desk
from coachdesk.services.event_file import EventFile
from coachdesk.services.events import EventRow, Who
from coachdesk.ui import labels, theme
from coachdesk.ui.event_form import EventForm
from coachdesk.ui.event_head import EventHead
from coachdesk.ui.saving import SaveState, Saving
from coachdesk.ui.week.grid import Span
from coachdesk.ui.widgets.buttons import button, way_back
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.scroll import Scroll

WIDTH = 332
WIDEST = 640


class EventPanel(Card):
    """Shows an event, a new one, or, with nothing chosen, how to choose one."""

    kept = Signal(object)
    failed = Signal(str)
    edited = Signal()
    back = Signal()
    took_place = Signal()
    didnt_happen = Signal(object)
    delete = Signal()
    cancelled = Signal()  # a new event is not wanted after all

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        self.setObjectName("event_panel")
        self.row: EventRow | None = None
        self.is_new = False
        self._pages = QStackedWidget(self)
        self.back_button = way_back(self.tr("Back to the week"), name="back_to_week")
        self.back_button.clicked.connect(self.back)
        self.column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._pages, 1)
        self._pages.addWidget(self._build_hint())
        page = self._build_page()  # from the outside in: whatever moves house is dressed anew, with all in it
        self.head = EventHead()
        self.state = SaveState()
        page.addWidget(self.head)
        page.addLayout(self._build_feet())
        page.addWidget(line())
        self.form = EventForm(self.area.page)
        page.addWidget(self.form)
        page.addStretch(1)
        self.form.beside_label("kind", self.state)
        self.form.edited.connect(self._on_edited)
        self.saving = Saving(desk, self.form, event_file.save_event, Event, self.state)
        self.saving.kept.connect(self.kept)
        self.saving.failed.connect(self.failed)

    def offer(self, people: Sequence[Who]) -> None:
        """Whom an event can be with."""
        self.form.people.offer(people)

    def show_event(self, file: EventFile) -> None:
        """Show this event; what was typed about the one before is handed over to be kept."""
        self.form.people.know(file.row.teachers)
        if self.saving.record_id != file.row.id:
            self.saving.take({"id": file.row.id, "rev": file.rev}, file.values())
        elif not self.saving.busy:  # else what is being typed is newer than what was read
            self.saving.refresh(file.rev, file.values())
        self.show_standing(file)
        self._pages.setCurrentIndex(1)

    def show_standing(self, file: EventFile) -> None:
        """Show what is above and below the form."""
        self.row, self.is_new = file.row, False
        self.head.show_event(file)
        off = file.row.status is EventStatus.DIDNT_HAPPEN
        self.took_place_button.setVisible(file.row.status is not EventStatus.COMPLETED)
        self.didnt_happen_button.setVisible(not off)
        self.delete_button.show()
        self.cancel_button.hide()

    def show_new(self, kind: EventKind, starts: datetime, ends: datetime) -> None:
        """Ask for an event that is not there yet; it is kept as soon as nothing is missing."""
        day = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        empty = {"place": "", "title": "", "preparation": "", "teachers": ()}
        self.saving.take({}, {"kind": kind, **day, **empty})
        self.row, self.is_new = None, True
        for shown in (self.took_place_button, self.didnt_happen_button, self.delete_button):
            shown.hide()
        self.cancel_button.show()
        self._pages.setCurrentIndex(1)
        self._show_head_of_new()
        self.area.verticalScrollBar().setValue(0)

    def move_new(self, starts: datetime, ends: datetime) -> None:
        """Have the event that is not there yet begin and end then; what else was said of it stays."""
        day = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        self.form.fill({**self.form.answers(), **day})
        self._show_head_of_new()

    def cancel_new(self) -> None:
        """The event that was begun is not wanted."""
        self.saving.drop()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No event is chosen."""
        if self.row or self.is_new:
            self.row, self.is_new = None, False
            self._pages.setCurrentIndex(0)

    def draft(self) -> Span | None:
        """Where a new event would be; None where there is none, or its times cannot be read."""
        span = self.form.span() if self.is_new else None
        return span if span and span[1] > span[0] else None

    def start_editing(self) -> None:
        self.form.focus("teachers" if self.is_new else "kind")

    def flush(self) -> None:
        if self._pages.currentIndex() == 1:
            self.saving.flush()

    def _on_edited(self, _key: str) -> None:
        if self.is_new:
            self._show_head_of_new()
        self.edited.emit()

    def _show_head_of_new(self) -> None:
        self.head.show_new(self.form.answer("kind"), self.draft())

    def _build_hint(self) -> QWidget:
        says = self.tr("Choose an event to see it here, or draw a new one on the week.")
        return Empty("calendar-days", says)

    def _build_page(self) -> QVBoxLayout:
        self.area = Scroll("event_scroll", self._pages)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self.area)
        column = QVBoxLayout(self.area.page)
        column.setContentsMargins(*[theme.SPACE["lg"]] * 4)
        column.setSpacing(theme.SPACE["md"])
        return column

    def _build_feet(self) -> Flow:
        self.took_place_button = button(self.tr("Took place"), "check", name="event_took_place")
        self.took_place_button.clicked.connect(self.took_place)
        self.didnt_happen_button = button(self.tr("Didn't happen…"), name="event_didnt_happen", kind="menu")
        self.didnt_happen_button.setMenu(self._build_reasons())
        self.delete_button = button(self.tr("Delete"), "x", name="event_delete")
        self.delete_button.clicked.connect(self.delete)
        self.cancel_button = button(self.tr("Cancel"), name="event_cancel")
        self.cancel_button.clicked.connect(self.cancelled)
        feet = Flow(theme.SPACE["sm"])
        for each in (
            self.took_place_button,
            self.didnt_happen_button,
            self.delete_button,
            self.cancel_button,
        ):
            feet.addWidget(each)
        return feet

    def _build_reasons(self) -> QMenu:
        self.reasons = QMenu(self)
        self.reasons.setAccessibleName(self.tr("Why it didn't happen"))
        for reason in DidntHappen:
            action = self.reasons.addAction(labels.label(reason))
            action.triggered.connect(partial(self._on_reason, reason))
        return self.reasons

    def _on_reason(self, reason: DidntHappen, *_checked: object) -> None:
        self.didnt_happen.emit(reason)
