"""What there is to see of a visit note, for the walk past everything: from the first key to the end."""

from collections.abc import Generator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from coachdesk.errors import NotSaved
from coachdesk.services import caseload, counters
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.walk.clock import Clock
from coachdesk.ui.wishes import StartNote

COUNTERS = ({"name": "Student handles the device"}, {"name": "Tech trouble"})
SEEN = (  # seconds since the line before
    (12, "t: Open the shared doc. Two minutes, silent reading."),
    (95, "22 of 24 students open the doc; 2 wait for log-in"),
    (130, "s: I disagree because the graph starts at 40."),
    (64, "? who has not spoken yet"),
    (41, "x: the projector is off for a minute"),
    (118, "14 comments posted, 9 cite evidence #1D"),
)


def visit_stops(screen: VisitScreen, clock: Clock) -> Generator[str, None, None]:
    """The choice of a teacher, a visit begun, written, hidden, shown, not saved, ended."""
    desk = screen.desk
    screen.pick()
    yield "visit note picker"
    who = next(row for row in desk.ask(caseload.everyone, desk.now()) if row.in_a_cycle)
    desk.do(counters.agree_counters, who.id, None, COUNTERS)
    screen.show_record(StartNote(teacher_id=who.id))
    yield "visit note started"
    running = screen.running
    for later, line in SEEN:
        clock.go_on(later)
        if line != SEEN[0][1]:
            QApplication.sendEvent(running.script, _enter())
        running.script.paste_text(line)
    running.counters.tap(0, 1)
    running.script.moveCursor(QTextCursor.MoveOperation.End)
    running.clock.tick()
    running.flush()
    desk.flush(10_000)
    yield "visit note running"
    screen.hide_names()
    yield "visit note hidden"
    screen.hide_names()
    screen.show_to_teacher()
    yield "visit note shown to the teacher"
    screen.stamp_shown()
    yield "visit note shown and stamped"
    screen.said.emit("", False)
    screen.leave_part()
    running.writing.say_refused(NotSaved())
    yield "visit note not saved"
    running.flush()
    screen.end()
    yield "visit note ended"
    screen.after.finish()


def _enter() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
