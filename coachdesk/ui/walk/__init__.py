"""A walk past everything coachdesk can show, on sample data: first run, lock, every screen and its states.

`walk` is a generator: it brings the window to a stop, yields the stop's name, and goes on when it is asked
for the next. What looks at the stops (pictures, the smoke test) is no business of the walk.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from coachdesk.errors import CoachdeskError, WrongPassphrase
from coachdesk.paths import folders, resource
from coachdesk.services import contacts, opening, rounds, sample
from coachdesk.services.desk import Desk
from coachdesk.services.sample.book import Shape
from coachdesk.ui import inside
from coachdesk.ui.background import Background
from coachdesk.ui.bringing.flow import BringIn
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.reports import ReportsScreen
from coachdesk.ui.screens.settings import SettingsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.screens.visits import VisitsScreen
from coachdesk.ui.seat import BESIDE
from coachdesk.ui.shell import Shell
from coachdesk.ui.walk import backups
from coachdesk.ui.walk.after import after_stops, visits_stops
from coachdesk.ui.walk.archive import SEALED, archive_stops, leave_one
from coachdesk.ui.walk.calendar import calendar_stops
from coachdesk.ui.walk.clock import Clock
from coachdesk.ui.walk.day import teacher_stops, today_stops
from coachdesk.ui.walk.keys import SHEET, key_stops, sheet_stops, unlock_stops
from coachdesk.ui.walk.leaving import data_stops, forget_stops
from coachdesk.ui.walk.refused import refused_stops
from coachdesk.ui.walk.visit import visit_stops
from coachdesk.ui.wishes import PlanCycle
from coachdesk.ui.workspace import Workspace

W = TypeVar("W", bound=QWidget)
Stops = Generator[str, None, None]

PATIENCE_MS, TICK_MS = 60_000, 5
PASSPHRASE = "five quiet herons over water"
LIST = "Teacher\tRm\tDept\nQuillfeather, Marisol\t012\tScience\nBrightmoor, Anders\t114\tMusic\n"
ROSTER = ("sample", "roster", "users.csv")


class LostOnTheWay(CoachdeskError):
    """Something that should have shown itself did not."""


@dataclass(frozen=True)
class Trip:
    """What a walk needs: the window, a folder for its vaults and pages, and how large the sample is."""

    shell: Shell
    background: Background
    folder: Path
    shape: Shape

    @cached_property
    def clock(self) -> Clock:
        """What the clock on the wall says meanwhile, from half past eight on."""
        return Clock(datetime.combine(self.shape.today, time(8, 30)))

    @property
    def pages(self) -> Path:
        """Where the page that is saved on the way is written."""
        return self.folder / "pages"


def walk(trip: Trip) -> Stops:
    """Past everything, in the order in which a coach meets it."""
    yield from _first_run(trip)
    yield from _gate(trip)
    desk = sample.make(folders(trip.folder / "sample"), trip.shape, trip.background.post)
    desk.now = trip.clock
    try:
        yield from _desk(trip, desk)
        trip.shell.mark_as_sample(lambda: None)
        yield "sample"
    finally:
        desk.close()


def settle() -> None:
    """Let everything that was asked for be laid out and painted."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def until(there: Callable[[], bool], what: str) -> None:
    """Go on once something is there. Raises LostOnTheWay, naming `what`, if it never comes."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    tick = QTimer(interval=TICK_MS)  # looked at now and then, and not all the time: other threads are at work
    tick.start()
    while not there():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if deadline.hasExpired():
            raise LostOnTheWay("The walk waited for this in vain: {what}.", what=what)
    settle()


def _first_run(trip: Trip) -> Stops:
    page = NewVault(trip.background)
    trip.shell.show_page(page)
    page.settle()
    yield "first run passphrase"
    advice = page.strength.says.text()
    page.edit.insert(PASSPHRASE)
    page.repeat.insert("five quiet herons")
    until(lambda: page.strength.says.text() != advice, "the strength of a passphrase")
    page.next_button.click()
    yield "first run passphrases differ"
    yield from key_stops(trip.shell, trip.background, page)
    place = folders(trip.folder / "new")
    desk = opening.create_desk(place, PASSPHRASE, trip.background.post, opening.QUICK, SHEET)
    try:
        yield from _first_steps(trip, desk)
        yield from _empty_desk(trip, desk)
        leave_one(desk, trip.pages)
    finally:
        desk.close()


def _first_steps(trip: Trip, desk: Desk) -> Stops:
    steps = inside.first_steps_on(desk, trip.shape.today)
    if steps is None:
        raise LostOnTheWay("The walk waited for this in vain: {what}.", what="the first run")
    trip.shell.show_page(steps)
    steps.school.next_button.click()
    yield "first run school missing"
    _type(steps.school.form.field("name"), "Alderbrook Middle School")
    _type(steps.school.form.field("short_code"), "AMS")
    _type(steps.school.form.field("principal"), "Ignatius Rookhaven")
    yield "first run school"
    steps.school.next_button.click()
    yield "first run teachers"
    steps.teachers.bring_button.click()
    yield "first run import"
    steps.bringing.open_text(LIST)
    until(lambda: steps.bringing.columns.isVisible(), "the columns of a list")
    yield "first run import columns"
    steps.bringing.open_file(resource(*ROSTER))
    until(lambda: steps.bringing.decide.isVisible(), "the lines of a roster")
    yield "first run import decide"


def _empty_desk(trip: Trip, desk: Desk) -> Stops:
    workspace = _workspace(trip, desk)
    for screen in workspace.screens:
        workspace.show_screen(screen)
        settle()
        yield f"empty {_name(screen)}"


def _gate(trip: Trip) -> Stops:
    page = Unlock()
    trip.shell.show_page(page)
    page.settle()
    yield "unlock"
    page.edit.insert("not this one")
    page.refuse(WrongPassphrase())
    yield "unlock wrong passphrase"
    yield from unlock_stops(trip.shell, trip.background)
    yield from refused_stops(trip.shell)
    page = Unlock()
    page.tell(
        page.tr("Locked at {time}. All you typed was saved at {saved}.").format(
            time="10:42", saved="10:41:58"
        )
    )
    trip.shell.show_page(page)
    page.settle()
    yield "locked"


def _desk(trip: Trip, desk: Desk) -> Stops:
    workspace = _workspace(trip, desk)
    for screen in workspace.screens:
        workspace.toast.hide()
        workspace.show_screen(screen)
        settle()
        _wait_for_the_rest(screen)
        yield _name(screen)
        yield from _STATES.get(screen.objectName(), _no_states)(trip, screen)
    yield from _initials(workspace)
    trip.shell.cover_up(desk.now, lambda: None)
    yield "cover"
    trip.shell.lift()
    yield from _search(workspace)


def _wait_for_the_rest(screen: Screen) -> None:
    """Until what comes a moment after the page is there, too."""
    if isinstance(screen, ReportsScreen):
        until(screen.save_pdf.isEnabled, "the page of a quarter")
    elif isinstance(screen, TeachersScreen) and screen.window().width() >= BESIDE:
        until(screen.file.isVisible, "the file beside the list")


def _initials(workspace: Workspace) -> Stops:
    """The pages that say most names, with initials in their place."""
    workspace.turn_initials()
    for kind in (TodayScreen, TeachersScreen, CalendarScreen):
        screen = workspace.screen_of(kind)
        workspace.show_screen(screen)
        settle()
        _wait_for_the_rest(screen)
        yield f"{kind.title.lower()} with initials"
    workspace.turn_initials()
    workspace.toast.hide()


def _search(workspace: Workspace) -> Stops:
    box = workspace.search
    box.start("stud")
    yield "search results"
    box.setText("zebrafish")
    yield "search nothing found"
    box.panel.list.open_current()  # where there are older years, they are looked through
    yield "search nothing in any year"
    known = workspace.desk.ask(contacts.people)
    box.setText(f"quick {known[0].name} sign-in 5m")
    yield "quick contact"
    box.panel.list.open_current()
    yield "quick contact recorded"
    workspace.undo()
    yield "undone"


def _workspace(trip: Trip, desk: Desk) -> Workspace:
    """The open desk; where a page is saved, nobody is asked for the place."""

    class Reports(ReportsScreen):
        def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
            super().__init__(desk, parent, ask=lambda _parent, name: str(trip.pages / name))

    screens = [Reports if kind.title == Reports.title else kind for kind in SCREENS]
    workspace = Workspace(desk, screens, lambda: None)
    trip.shell.show_page(workspace)
    settle()
    return workspace


def _teachers(trip: Trip, screen: Screen) -> Stops:
    if not isinstance(screen, TeachersScreen):
        return
    names = find(screen, QLineEdit, "teachers_filter")
    names.insert("nobody is called this")
    yield "teachers none found"
    names.clear()
    screen.archive()
    yield "teachers archived"
    find(trip.shell, QAbstractButton, "toast_undo").click()
    find(trip.shell, QWidget, "toast").hide()
    screen.add()
    yield "teachers new"
    screen.bring()
    settle()
    yield "teachers import"
    bringing = find(screen, BringIn, "bring_in_roster")
    bringing.open_file(resource(*ROSTER))
    until(lambda: bringing.decide.isVisible(), "the lines of a roster")
    yield "teachers import decide"
    bringing.step_back()
    bringing.choose.leave_button.click()


def _today(_trip: Trip, screen: Screen) -> Stops:
    if isinstance(screen, TodayScreen):
        yield from today_stops(screen)


def _teacher(_trip: Trip, screen: Screen) -> Stops:
    if isinstance(screen, TeacherScreen):
        yield from teacher_stops(screen)
        yield from forget_stops(screen, until)


def _schools(_trip: Trip, screen: Screen) -> Stops:
    find(screen, QAbstractButton, "add_school").click()
    yield "schools new"


def _calendar(_trip: Trip, screen: Screen) -> Stops:
    if isinstance(screen, CalendarScreen):
        yield from calendar_stops(screen)


def _plan(_trip: Trip, screen: Screen) -> Stops:
    if not isinstance(screen, PlanScreen):
        return
    somebody = screen.desk.ask(rounds.people)[0]
    screen.show_record(PlanCycle(somebody.id))
    settle()
    yield "plan preview"
    if not screen.draft.drawn:  # the school year is over
        return
    _planning, visit, debrief = screen.draft.drawn
    screen.preview.moved.emit(debrief.place, visit.step.starts)
    screen.draw()
    settle()
    yield "plan clash"


def _visit(trip: Trip, screen: Screen) -> Stops:
    if isinstance(screen, VisitScreen):
        yield from visit_stops(screen, trip.clock)
        yield from after_stops(screen)


def _visits(_trip: Trip, screen: Screen) -> Stops:
    if isinstance(screen, VisitsScreen):
        yield from visits_stops(screen)


def _reports(trip: Trip, screen: Screen) -> Stops:
    if not isinstance(screen, ReportsScreen):
        return
    school, quarter = find(screen, QComboBox, "report_school"), find(screen, QComboBox, "report_quarter")
    save = find(screen, QAbstractButton, "save_pdf")
    for number in range(1, school.count()):
        _choose(school, number)
        until(lambda: screen.is_answered, "the page of a school")
        yield f"reports {'small school' if save.isEnabled() else 'refused'}"
    _choose(school, 0)
    _choose(quarter, 0)
    until(lambda: screen.is_answered, "the quarter that is not over")
    yield "reports not over"
    _choose(quarter, 1)
    until(save.isEnabled, "the page of a quarter")
    trip.pages.mkdir(parents=True, exist_ok=True)
    save.click()
    until(lambda: bool(list(trip.pages.glob("*.pdf"))) and save.isEnabled(), "the saved page")
    yield "reports saved"


def _settings(trip: Trip, screen: Screen) -> Stops:
    if not isinstance(screen, SettingsScreen):
        return
    for number in range(1, screen.tabs.count()):
        screen.tabs.setCurrentIndex(number)
        settle()
        yield f"settings {screen.tabs.tabText(number).lower()}"
    screen.tabs.setCurrentIndex(1)
    screen.year.closed.add()
    settle()
    yield "settings days without school"
    screen.tabs.setCurrentIndex(3)
    screen.notes.counters.add_button.click()
    settle()
    yield "settings another counter"
    screen.tabs.setCurrentIndex(screen.tabs.count() - 2)
    card = screen.ways_in.passphrase
    for field, words in ((card.old, "not this one"), (card.new, PASSPHRASE), (card.again, PASSPHRASE)):
        field.insert(words)
    card.start()
    yield "settings changing the passphrase"
    until(lambda: not card.is_busy, "the answer to a passphrase")
    yield "settings wrong passphrase"
    yield from sheet_stops(screen.ways_in, until)
    screen.tabs.setCurrentIndex(4)
    yield from backups.settings_stops(screen.backups, until, trip.folder)
    yield from backups.restore_stops(trip.shell, trip.background, screen.desk, until)
    titles = [screen.tabs.tabText(number) for number in range(screen.tabs.count())]
    screen.tabs.setCurrentIndex(titles.index("Your data"))
    folder = trip.folder / "Dropbox"
    yield from data_stops(screen.your_data, screen.desk, until, folder)
    plain = next(folder.glob("*.zip"))
    yield from archive_stops(trip.shell, trip.background, until, trip.pages / SEALED, plain)
    screen.tabs.setCurrentIndex(0)


def _no_states(_trip: Trip, _screen: Screen) -> Stops:
    yield from ()


_STATES: dict[str, Callable[[Trip, Screen], Stops]] = {
    "today_screen": _today,
    "teachers_screen": _teachers,
    "teacher_screen": _teacher,
    "schools_screen": _schools,
    "calendar_screen": _calendar,
    "plan_screen": _plan,
    "visits_screen": _visits,
    "visit_screen": _visit,
    "reports_screen": _reports,
    "settings_screen": _settings,
}
"""What there is to see of a screen besides the screen itself, by its name."""


def find(inside: QWidget, kind: type[W], name: str) -> W:
    """The visible part of that name. Raises LostOnTheWay if there is none."""
    for part in inside.findChildren(kind, name):
        if part.isVisible():
            return part
    raise LostOnTheWay("The walk did not find this: {what}.", what=name)


def _choose(choice: QComboBox, number: int) -> None:
    """Pick an entry as a coach does: the program hears of it."""
    choice.setCurrentIndex(number)
    choice.activated.emit(number)


def _type(field: QWidget, words: str) -> None:
    if isinstance(field, QLineEdit):
        field.insert(words)


def _name(screen: Screen) -> str:
    return screen.title.lower()
