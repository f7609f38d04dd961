"""Calendar: a week of events, and one of them beside it."""

from collections.abc import Container, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.model import (
    Chain,
    CoachingCycle,
    Event,
    EventTeacher,
    NoSchool,
    School,
    SchoolYear,
    Teacher,
    VisitNote,
)
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus
from coachdesk.services import event_file, schedule, usual
from coachdesk.services.desk import Desk
from coachdesk.services.events import EventRow
from coachdesk.ui import theme, tokens
from coachdesk.ui.calendar_head import CalendarHead
from coachdesk.ui.commands import command
from coachdesk.ui.event_changes import EventChanges, when
from coachdesk.ui.event_panel import WIDEST, WIDTH, EventPanel
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.screen import Screen
from coachdesk.ui.seat import Seat
from coachdesk.ui.week.grid import latest_end, within_day
from coachdesk.ui.week.view import WeekView
from coachdesk.ui.wishes import OpenNote, PlanCycle, ShowEvent, ShowTeacher, ShowWeek, StartNote

_WEEK = timedelta(days=7)


class CalendarScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Calendar")
    icon = "calendar-days"
    shows = frozenset({Event, ShowEvent})
    watches = frozenset(
        {
            *(Event, EventTeacher, Teacher, VisitNote, NoSchool),
            *(School, SchoolYear, CoachingCycle, Chain),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("calendar_screen")
        self._monday: date | None = None
        self._selected: UUID | None = None
        self._opened = False  # the coach is in the panel, not in the week
        self.changes = EventChanges(desk, self)
        self.changes.said.connect(self.said)
        self.changes.warned.connect(self.warned)
        self._pages = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        column = self._build_page()
        self.head = self._build_head()
        column.addWidget(self.head)
        beside = QHBoxLayout()
        beside.setSpacing(theme.SPACE["lg"])
        column.addLayout(beside, 1)
        self.week = self._build_week()
        beside.addWidget(self.week, 1)
        self._seat = Seat(self._pages, beside)
        self.panel = self._build_panel()
        self._seat.hold(self.panel, self.panel.back_button)

    def refresh(self) -> None:
        self.panel.offer(self.desk.ask(event_file.people))
        self._show_week()

    def show_record(self, record: Event | ShowEvent | ShowWeek | type) -> None:
        """Show a week, or an event in its week, with the keyboard on it."""
        if isinstance(record, type):
            return
        if isinstance(record, ShowWeek):
            self._go_to(record.day)
            return
        key = record.event_id if isinstance(record, ShowEvent) else record.id
        file = self.desk.ask(event_file.event_file, key)
        if file is None:
            self.warned.emit(self.tr("This event is no longer on the calendar."))
            return
        self._drop_new()
        self._selected = key
        self._go_to(file.row.starts.date())
        self.week.select(key, focus=True)

    def flush(self) -> None:
        self.panel.flush()

    @property
    def is_unfinished(self) -> bool:
        return self.panel.saving.is_unfit or super().is_unfinished

    def again(self) -> object:
        return ShowWeek(self._first_day())

    def panes(self) -> Sequence[QWidget]:
        first = self.panel.form.field("teachers" if self.panel.is_new else "kind")
        shown = (self.week.canvas.slot, first.focusProxy() or first)
        return [pane for pane in shown if pane.isVisible()] or [self]

    def main_pane(self) -> QWidget:
        button = self.week.canvas.button_of(self._selected) if self._selected else None
        return self.panes()[0] if button is None or self._opened else button

    def leave_part(self) -> bool:
        inside = self.window().focusWidget()
        if self.panel.is_new:
            self.cancel_new()
            return True
        if self._opened or (inside is not None and self.panel.isAncestorOf(inside)):
            self._close_panel()
            return True
        return False

    def own_keys(self) -> Container[object]:
        return self.panel.saving

    def weeks(self, on: int) -> None:
        """Go so many weeks on, or back."""
        self._leave_event()
        self._go_to(self._first_day() + on * _WEEK)

    def this_week(self) -> None:
        self._leave_event()
        self._go_to(self.desk.now().date())

    def new_event(self) -> None:
        """Ask for an event at the next free time of the week, or where the keyboard is."""
        self._begin(*self._free_place())

    def delete_event(self) -> None:
        """Take the chosen event off the calendar."""
        if self._selected:
            self._delete(self._selected)

    def cancel_new(self) -> None:
        """Leave the event that was begun and is not kept."""
        where = self.panel.draft()
        self.panel.cancel_new()
        self.week.show_draft(None)
        if where and where[0].date() in self.week.canvas.grid.days:
            self.week.canvas.go_to_slot(where[0])
        self._close_panel()

    def plan(self) -> None:
        """Plan a cycle from this week on."""
        self.open.emit(PlanCycle(None, self.plans_from()))

    def plans_from(self) -> datetime | None:
        now = self.desk.now()
        first = datetime.combine(self._first_day(), now.time().min)
        return first if first > now else None

    def _first_day(self) -> date:
        return self._monday or _monday_of(self.desk.now().date())

    def _go_to(self, day: date) -> None:
        self._monday = _monday_of(day)
        self._show_week()

    def _show_week(self) -> None:
        self._monday = self._first_day()
        week = self.desk.ask(schedule.week, self._monday)
        self.week.show_week(week)
        days = self.week.days
        self.head.show_week(days[0].day, days[-1].day, empty=not week.events)
        if self._selected is None and not self.panel.is_new:
            self._selected = _next_up(week.events, self.desk.now())
        self._show_selected()

    def _show_selected(self) -> None:
        """The panel and the week agree on which event is looked at."""
        file = self.desk.ask(event_file.event_file, self._selected) if self._selected else None
        if file is not None:
            self.panel.show_event(file)
        elif not self.panel.is_new:
            self._selected = None
            self.panel.show_nothing()
            self._opened = False
        self.week.select(self._selected)
        self.week.show_draft(self.panel.draft())
        self._seat_panel()

    def _leave_event(self) -> None:
        """Another week is wanted: an event that is not kept yet stays open, the keyboard in the week."""
        self.panel.flush()
        if self.week.canvas.isAncestorOf(self.window().focusWidget() or self):
            self.week.canvas.slot.setFocus()
        if not self.panel.is_new:
            self._selected, self._opened = None, False

    def _drop_new(self) -> None:
        if self.panel.is_new:
            self.panel.show_nothing()
            self.week.show_draft(None)

    def _on_selected(self, key: UUID | None) -> None:
        if key != self._selected or self.panel.is_new:
            self.panel.flush()
            if key is None and self.panel.is_new:
                return  # clicking beside it is no answer
            self._drop_new()
            self._selected = key
            self._show_selected()

    def _on_opened(self, key: UUID) -> None:
        self._on_selected(key)
        self._opened = True
        self._seat_panel()
        self.panel.start_editing()

    def _begin(self, starts: datetime, ends: datetime) -> None:
        """Ask what the event is that was drawn there."""
        if ends <= starts:
            length = timedelta(minutes=self.desk.ask(usual.visit_minutes))  # it was not drawn
            starts = within_day(starts, length)
            ends = starts + length
        ends = min(ends, latest_end(starts.date()))
        self.panel.flush()
        self._selected, self._opened = None, True
        if self.panel.is_new:
            self.panel.move_new(starts, ends)
        else:
            self.panel.show_new(EventKind.VISIT, starts, ends)
        self.week.select(None)
        self.week.show_draft(self.panel.draft())
        self._seat_panel()
        self.panel.start_editing()

    def _free_place(self) -> tuple[datetime, datetime]:
        now, first = self.desk.now(), datetime.combine(self._first_day(), datetime.min.time())
        minutes = self.desk.ask(usual.visit_minutes)
        free = self.desk.ask(schedule.next_free_slot, max(now, first), minutes)
        if free is None or free.date() not in self.week.canvas.grid.days:
            free = self.week.canvas.slot_at
        return free, free

    def _on_kept(self, event: Event) -> None:
        """Our own writing shows on the week."""
        if self.panel.is_new:
            self._selected = event.id
            self.panel.is_new = False
            self.said.emit(self.tr("Added to {when}.").format(when=when(event.starts)), True)
        if event.id == self._selected:
            self._monday = _monday_of(event.starts.date())
        self._show_week()

    def _move(self, key: UUID, starts: datetime, ends: datetime) -> None:
        row = self._row(key)
        self.panel.flush()
        if row and self.changes.move(row, starts, ends):
            self._selected = key
            self._go_to(starts.date())
            self.week.select(key, focus=True)
        else:
            self._show_week()  # as it was

    def _delete(self, key: UUID) -> None:
        row = self._row(key)
        self.panel.flush()
        if row and self.changes.delete(row):
            self._selected, self._opened = None, False
            self._show_week()
            self.week.canvas.go_to_slot(row.starts)
            self.week.canvas.slot.setFocus()

    def _take_place(self) -> None:
        self.panel.flush()
        if self._selected and self.changes.took_place(self._selected):
            self._show_week()

    def _not_happen(self, reason: DidntHappen) -> None:
        self.panel.flush()
        if self._selected and self.changes.didnt_happen(self._selected, reason):
            self._show_week()

    def _row(self, key: UUID) -> EventRow | None:
        return next((row for row in self.week.canvas.rows if row.id == key), None)

    def _start_note(self) -> None:
        if self.panel.row:
            self.open.emit(StartNote(event_id=self.panel.row.id))

    def _open_note(self) -> None:
        if self.panel.row and self.panel.row.note_id:
            self.open.emit(OpenNote(self.panel.row.note_id))

    def _open_teacher(self, key: UUID) -> None:
        self.open.emit(ShowTeacher(key))

    def _close_panel(self) -> None:
        self.panel.flush()
        self._opened = False
        self._seat_panel()
        self.main_pane().setFocus()

    def _seat_panel(self) -> None:
        self._seat.take(self._opened)
        beside = self._seat.is_beside
        self.panel.setMaximumWidth(WIDTH if beside else WIDEST)
        self.panel.setMinimumWidth(WIDTH if beside else 0)
        self.panel.setVisible(beside or self._opened)

    def _build_head(self) -> CalendarHead:
        head = CalendarHead(self._pages.widget(0))
        head.weeks.connect(self.weeks)
        head.today.connect(self.this_week)
        head.new.connect(self.new_event)
        head.plan.connect(self.plan)
        return head

    def _build_week(self) -> WeekView:
        week = WeekView(self.desk.now, self._pages.widget(0))
        week.canvas.selected.connect(self._on_selected)
        week.canvas.opened.connect(self._on_opened)
        week.canvas.drawn.connect(self._begin)
        week.canvas.moved.connect(self._move)
        week.keys.new.connect(lambda starts: self._begin(starts, starts))
        week.keys.removed.connect(self._delete)
        week.keys.weeks.connect(self.weeks)
        week.keys.today.connect(self.this_week)
        return week

    def _build_panel(self) -> EventPanel:
        panel = EventPanel(self.desk, self._pages.widget(0))
        panel.kept.connect(self._on_kept)
        panel.failed.connect(self.warned)
        panel.edited.connect(lambda: self.week.show_draft(self.panel.draft()))
        panel.back.connect(self._close_panel)
        panel.cancelled.connect(self.cancel_new)
        panel.took_place.connect(self._take_place)
        panel.didnt_happen.connect(self._not_happen)
        panel.delete.connect(self.delete_event)
        panel.head.start.connect(self._start_note)
        panel.head.read.connect(self._open_note)
        panel.head.meet.connect(self._open_teacher)
        return panel

    def _build_page(self) -> QVBoxLayout:
        page = QWidget()
        self._pages.addWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        column.setSpacing(theme.SPACE["md"])
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seat_panel()


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_up(rows: Sequence[EventRow], now: datetime) -> UUID | None:
    """The event that comes next in the week that is now."""
    ahead = (row.id for row in rows if row.status is EventStatus.PLANNED and row.ends > now)
    this_week = bool(rows) and _monday_of(rows[0].starts.date()) == _monday_of(now.date())
    return next(ahead, None) if this_week else None


@command("New event", menu="Coaching", keys="N", screen=CalendarScreen.title, pane="week_view")
def new_event(screen: CalendarScreen) -> None:
    """Put something on the calendar; in the week Insert does the same, and Enter on an empty place."""
    screen.new_event()


@command("Delete event", menu="Coaching", keys="Del", screen=CalendarScreen.title, pane="week_view")
def delete_event(screen: CalendarScreen) -> None:
    """Take the chosen event off the calendar; undo brings it back."""
    screen.delete_event()


@command("This week", menu="Go", keys="T", screen=CalendarScreen.title, pane="week_view")
def this_week(screen: CalendarScreen) -> None:
    """Show the week that is now on the calendar."""
    screen.this_week()


@command("Previous week", menu="Go", keys="PgUp", screen=CalendarScreen.title, pane="week_view")
def previous_week(screen: CalendarScreen) -> None:
    """Show the week before on the calendar."""
    screen.weeks(-1)


@command("Next week", menu="Go", keys="PgDown", screen=CalendarScreen.title, pane="week_view")
def next_week(screen: CalendarScreen) -> None:
    """Show the week after on the calendar."""
    screen.weeks(1)
