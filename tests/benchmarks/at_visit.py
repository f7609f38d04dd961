"""A visit as it is felt: the note opens, keys are typed into its script, counters are tapped, it ends."""

import time
from datetime import date, timedelta
from datetime import time as clock_time
from uuid import UUID, uuid4

from coach import Coach
from felt import painted, pause, rest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from scene import TODAY
from sqlmodel import Session, select

from coachdesk.model import Teacher
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import agenda, counters, script, visits
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.wishes import OpenNote

LINES = 320  # of a script that is longer than any visit's
WORDS = "the teacher waits, three hands go up, and the second one is asked"
TYPED = f"{WORDS}\r"
KEYS = 330
BETWEEN_KEYS = 45  # ms: a fast typist
TAPS = 60
BETWEEN_TAPS = 120
DAYS = 8  # on which a visit is begun and ended
EARLY = clock_time(7, 30)
AGREED = [{"name": "Pupils called on"}, {"name": "Open questions", "definition": "More than one answer"}]
Figures = dict[str, list[float]]


def typing(coach: Coach) -> Figures:
    """Type into a long script that saves itself, then into the same text in a field that does nothing.

    Both are this window's only work, and have the same text, size, type and keys, Enter among them. A key
    counts from the moment it is due until the event loop is idle again after its painting: what else blocks
    the thread meanwhile (saving, the clock, the garbage) counts. What the display does with the picture
    does not.
    """
    pane = begun(coach).running.script
    ours = typed_into(pane)
    coach.workspace.flush(10_000)
    bare = QPlainTextEdit(pane.toPlainText())
    bare.setFont(pane.font())
    bare.resize(pane.size())
    bare.show()
    bare.activateWindow()
    QTest.qWaitForWindowActive(bare)
    bare.moveCursor(QTextCursor.MoveOperation.End)
    theirs = typed_into(bare)
    bare.close()
    return {"ours": ours, "bare": theirs}


def tapping(coach: Coach) -> Figures:
    """Tap a counter by its key while the caret is in a long script: until its number is painted."""
    page = begun(coach).running
    counter = page.counters.buttons[0]
    took, due = [], time.perf_counter()
    for _ in range(TAPS):
        due += BETWEEN_TAPS / 1000
        rest(due)
        before = counter.count
        took.append(painted(counter, lambda: press(page.script, Qt.Key.Key_6, "Alt"), due))
        assert counter.count == before + 1, "the key did not count"
    return {"tap": took}


def visiting(coach: Coach) -> Figures:
    """On some days begin the next visit with one key, write a line and end the visit with another.

    From the key until the page is painted: the note is in the vault by then. The first of each also builds
    its page.
    """
    visit = coach.workspace.screen_of(VisitScreen)
    opened, ended = [], []
    for day in days_with_a_visit(coach):
        coach.clock.go_to(day, EARLY)
        coach.screen(TodayScreen)
        pause(0.3)
        opened.append(painted(visit, lambda: press(coach.shell, Qt.Key.Key_N, "Control")))
        assert visit.is_running, "no note was begun"
        QTest.keyClicks(visit.running.script, WORDS)
        pause(0.3)
        ended.append(painted(visit, lambda: press(visit.running.script, Qt.Key.Key_Return, "Control")))
        assert not visit.is_running, "the visit did not end"
        pause(0.3)
    return {"opened": opened, "ended": ended}


def typed_into(field: QPlainTextEdit) -> list[float]:
    """Each key from the moment it is due until it is painted."""
    field.setFocus()
    took, due = [], time.perf_counter()
    for number in range(KEYS):
        due += BETWEEN_KEYS / 1000
        rest(due)
        key = TYPED[number % len(TYPED)]
        took.append(painted(field.viewport(), lambda key=key: QTest.keyClick(field, key), due))
    return took


def press(at: QWidget, key: Qt.Key, held: str) -> None:
    QTest.keyClick(at, key, Qt.KeyboardModifier[f"{held}Modifier"])


def begun(coach: Coach) -> VisitScreen:
    """The page of a running note with a long script and two counters."""
    teacher = coach.desk.ask(somebody)
    coach.desk.do(counters.agree_counters, teacher, None, AGREED)
    note = coach.desk.do(visits.start_note_for, teacher, coach.clock())
    lines = [Line(uuid4(), 4 * number, LineKind.ACTION, WORDS) for number in range(LINES)]
    coach.desk.do(script.write_lines, note, lines)
    coach.workspace.open(OpenNote(note))
    screen = coach.workspace.screen_of(VisitScreen)
    screen.running.script.setFocus()
    pause(1.0)
    QApplication.processEvents()
    return screen


def somebody(session: Session) -> UUID:
    """A teacher who can be visited."""
    return session.exec(select(Teacher.id).where(Teacher.status == TeacherStatus.ACTIVE)).first()


def days_with_a_visit(coach: Coach) -> list[date]:
    """The next days, this one among them, with a visit that nobody has begun."""
    found, day = [], TODAY
    while len(found) < DAYS and day < TODAY + timedelta(days=21):
        coach.clock.go_to(day, EARLY)
        if coach.desk.ask(agenda.next_visit, coach.clock()):
            found.append(day)
        day += timedelta(days=1)
    return found
