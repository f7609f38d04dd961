"""What there is to see of the calendar: a week to come, a visit on it, a new event, days without school."""

from collections.abc import Iterator

from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.seat import BESIDE

_WEEKS = 30  # within so many there are days without school
_NARROW = BESIDE - 1


def calendar_stops(screen: CalendarScreen) -> Iterator[str]:
    """Past the states of the page, and back to the week that is now."""
    yield from _with_an_event(screen)
    yield from _with_a_new_one(screen)
    window = screen.window()
    wide, high = window.width(), window.height()
    window.resize(min(_NARROW, wide), high)
    yield "calendar narrow"
    window.resize(wide, high)
    yield from _without_school(screen)
    screen.this_week()


def _with_an_event(screen: CalendarScreen) -> Iterator[str]:
    """The first visit that is planned, this week or next."""
    canvas = screen.week.canvas
    for _ in range(2):
        planned = [row.id for row in canvas.rows if row.status is EventStatus.PLANNED]
        visits = [row.id for row in canvas.rows if row.kind is EventKind.VISIT and row.id in planned]
        if visits:
            canvas.opened.emit(visits[0])
            yield "calendar event selected"
            screen.leave_part()
            return
        screen.weeks(1)


def _with_a_new_one(screen: CalendarScreen) -> Iterator[str]:
    screen.new_event()
    yield "calendar new event"
    screen.cancel_new()


def _without_school(screen: CalendarScreen) -> Iterator[str]:
    for _ in range(_WEEKS):
        screen.weeks(1)
        if any(day.closed for day in screen.week.days):
            yield "calendar no school"
            return
