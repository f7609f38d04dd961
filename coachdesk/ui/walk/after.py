"""What there is to see of notes once their visits are over, for the walk past everything."""

from collections.abc import Generator

from PySide6.QtWidgets import QPlainTextEdit

from coachdesk.model.visits import SharedHow, SharedWith
from coachdesk.services import caseload, notebook, visits
from coachdesk.services.notebook import NoteRow
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.screens.visits import VisitsScreen
from coachdesk.ui.widgets import into_view
from coachdesk.ui.wishes import OpenNote, StartNote

WRITTEN = {
    "after_strength": "You waited nine seconds after the question, and six hands went up.",
    "after_wondering": "What would happen if the great answers were written down first?",
    "step_text": "Add a sentence starter to the comment protocol",
    "after_reflection": "I took notes for too long; next time I count.",
}


def after_stops(screen: VisitScreen) -> Generator[str, None, None]:
    """The last note with something written, finished, and one that is closed."""
    first = screen.desk.ask(notebook.newest, None, 1)[0]
    _open(screen, first)
    after = screen.after
    for name, words in WRITTEN.items():
        for field in after.findChildren(QPlainTextEdit, name):
            field.setPlainText(words)
    after.flush()
    screen.desk.flush()
    after.shared.field("wondering").setFocus()
    after.step.form.field("text").setFocus()
    yield "visit note written"
    screen.desk.do(visits.write_private, first.id, {"reflection": "I counted, and it was enough."})
    screen.show_versions()
    yield "visit note earlier versions"
    screen.leave_part()
    after.finish()
    _open(screen, first)
    yield "visit note finished"
    screen.write_shared()
    card = after.shared_card
    yield "visit note shared with whom"
    values = {"whom": SharedWith.OTHER, "who": "the new department head", "how": SharedHow.SENT}
    card.stamped.emit({**values, "day": screen.desk.now().date()})
    into_view.bring(card)
    yield "visit note shared"
    last = screen.desk.ask(notebook.newest, None, 500)[-1]
    _open(screen, last)
    yield "visit note closed"
    who = next(row for row in screen.desk.ask(caseload.everyone, screen.desk.now()) if not row.in_a_cycle)
    screen.show_record(StartNote(teacher_id=who.id))
    screen.end()
    yield "visit note with a suggested standard"
    screen.show_versions()
    yield "visit note no earlier version"
    screen.leave_part()


def visits_stops(screen: VisitsScreen) -> Generator[str, None, None]:
    """The list of notes where something is found, and where nothing is."""
    for words, stop in (("students", "visits found"), ("zebrafish", "visits none found")):
        screen.filter.setText(words)
        yield stop
    screen.filter.clear()


def _open(screen: VisitScreen, row: NoteRow) -> None:
    screen.open.emit(OpenNote(row.id))
