"""What there is to see of the day's page and of a teacher's page."""

from collections.abc import Generator
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from coachdesk.services import agenda, caseload, visits
from coachdesk.ui import wishes
from coachdesk.ui.screens.teacher import CYCLES, DETAILS, STEPS, TIMELINE, TeacherScreen
from coachdesk.ui.screens.today import TodayScreen

Stops = Generator[str, None, None]


def today_stops(screen: TodayScreen) -> Stops:
    """Ten minutes before the next visit, while its note runs, and on a day with nothing in it."""
    desk, clock = screen.desk, screen.desk.now
    coming = _next_visit(screen)
    if coming is not None:
        _at(screen, coming[1] - timedelta(minutes=10))
        yield "today before a visit"
        desk.do(visits.start_note, coming[0], coming[1])
        _at(screen, coming[1] + timedelta(minutes=5))
        yield "today while a note runs"
        desk.undo()
    _at(screen, datetime.combine(clock().date() + timedelta(days=365), time(7)))
    yield "today nothing planned"
    _at(screen, clock())
    desk.now = clock


def teacher_stops(screen: TeacherScreen) -> Stops:
    """One teacher's page with each of its tabs."""
    rows = screen.desk.ask(caseload.everyone, screen.desk.now())
    row = next((row for row in rows if row.in_a_cycle), rows[0])
    screen.show_record(wishes.ShowTeacher(row.id))
    yield "teacher timeline"
    screen.timeline.open_first_note()
    yield "teacher opened in place"
    for tab, name in ((CYCLES, "cycles"), (STEPS, "action steps"), (DETAILS, "details")):
        screen.tabs.setCurrentIndex(tab)
        yield f"teacher {name}"
        if tab == CYCLES and screen.cycles:
            screen.cycles.edit_first()
            yield "teacher cycle edited"
    screen.tabs.setCurrentIndex(TIMELINE)


def _next_visit(screen: TodayScreen) -> tuple[UUID, datetime] | None:
    """The first visit of the coming days, and when it begins."""
    now = screen.desk.now()
    for days in range(8):
        morning = datetime.combine(now.date() + timedelta(days=days), time(7))
        key = screen.desk.ask(agenda.next_visit, morning)
        if key is not None:
            day = screen.desk.ask(agenda.today, morning)
            begins = [row.starts for row in day.later if row.id == key]
            begins += [day.next.event.starts] if day.next and day.next.event.id == key else []
            return key, begins[0]
    return None


def _at(screen: TodayScreen, moment: datetime) -> None:
    """Have the clock say this, and the page look at it."""
    screen.desk.now = partial(_as_it_was, moment)
    screen.tick()


def _as_it_was(moment: datetime) -> datetime:
    return moment
