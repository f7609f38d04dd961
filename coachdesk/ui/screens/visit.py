"""The visit note: begun with one key, written while the visit runs, finished after it."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    CoachingCycle,
    Event,
    EventTeacher,
    ScriptLine,
    SharedStamp,
    StandardTag,
    Tally,
    Teacher,
    VisitNote,
)
from coachdesk.model.visits import SharedHow, SharedWith
from coachdesk.services import agenda, caseload, history, notes, shared, visits
from coachdesk.services.desk import Desk
from coachdesk.services.history import Version
from coachdesk.services.notes import NoteFile
from coachdesk.ui import labels, messages
from coachdesk.ui.commands import Place, command
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.screen import Keys, Screen
from coachdesk.ui.visit.after import AfterVisit
from coachdesk.ui.visit.for_teacher import ForTeacher, Shared
from coachdesk.ui.visit.picker import Picker
from coachdesk.ui.visit.running import RunningVisit
from coachdesk.ui.visit.veil import Veil
from coachdesk.ui.visit.versions import Versions
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.wishes import OpenNote, StartNote

ASIDE = (ForTeacher, Versions)  # pages that show the note, each in its way; Esc goes back to it


class VisitScreen(Screen):
    """One note: the page while the visit runs, the page after it, or the question whom to visit."""

    title = QT_TRANSLATE_NOOP("Screen", "Visit note")
    icon = "notebook-pen"
    in_sidebar = False
    under = "Visits"
    shows = frozenset({StartNote, OpenNote, VisitNote})
    watches = frozenset(
        {
            *(ActionStep, CoachingCycle, Event, EventTeacher, ScriptLine),
            *(SharedStamp, StandardTag, Tally, Teacher, VisitNote),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("visit_screen")
        self.file: NoteFile | None = None
        self._hidden = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget(self)
        outer.addWidget(self.pages)
        self.nothing = self._build_nothing()
        self.pages.addWidget(self.nothing)
        self.running = RunningVisit(desk, self.pages)
        self.running.ended.connect(self.end)
        self.running.hide_names.connect(self.hide_names)
        self.running.said.connect(self.said)
        self.pages.addWidget(self.running)

    @cached_property
    def after(self) -> AfterVisit:
        """The page after the visit, built when it is first wanted: a start must be quick."""
        page = AfterVisit(self.desk, self.pages)
        page.done.connect(self.said)
        page.left.connect(self.back)
        page.failed.connect(self.warned)
        page.open.connect(self.open)
        page.versions.connect(self.show_versions)
        self._veil = Veil(page)
        self._veil.setVisible(self._hidden)
        self.pages.addWidget(page)
        return page

    @cached_property
    def picker(self) -> Picker:
        """Whom to visit."""
        page = Picker()
        page.picked.connect(lambda teacher_id: self.show_record(StartNote(teacher_id=teacher_id)))
        page.left.connect(self._leave_picker)
        self.pages.addWidget(page)
        return page

    @cached_property
    def for_teacher(self) -> ForTeacher:
        """The shared layer, large."""
        page = ForTeacher()
        page.left.connect(self._show_part)
        page.stamped.connect(self.stamp_shown)
        self.pages.addWidget(page)
        return page

    @cached_property
    def versions(self) -> Versions:
        """The note as it was."""
        page = Versions()
        page.left.connect(self._show_part)
        page.wanted.connect(self.bring_back)
        self.pages.addWidget(page)
        return page

    def parts_ahead(self) -> Iterable[Callable[[], object]]:
        return (lambda: self.after,)

    @property
    def is_running(self) -> bool:
        if self.file is None or not self.file.goes_on(self.desk.now()):
            return False
        return not self._stale or self.desk.ask(notes.runs, self.file.id)  # ended from another page

    def about_whom(self) -> UUID | None:
        return self.file.card.event.teachers[0].id if self.file and self.file.card.event.teachers else None

    def again(self) -> object:
        if self.file is None:
            return None
        looked_at = isinstance(self.pages.currentWidget(), ForTeacher)  # by somebody else
        return OpenNote(self.file.id, hidden=self._hidden or looked_at)

    def refresh(self) -> None:
        if self.file is not None:
            self._take(self.desk.ask(notes.found, self.file.id, self.desk.now()))

    def show_record(self, record: VisitNote | StartNote | OpenNote | type) -> None:
        """Begin or go on with a note; without any word of which, ask whom to visit."""
        self.flush()
        try:
            note_id = self._note_of(record)
        except CoachdeskError as error:
            self._refuse(messages.words(error))
            return
        if note_id is None:
            self.pick()
            return
        self._stale = False
        self._take(self.desk.ask(notes.found, note_id, self.desk.now()))
        if isinstance(record, OpenNote) and record.hidden:
            self._hide(True)
        if self.pages.currentWidget() is not self.running and self.file is not None:
            self.after.go_to_top()
            if isinstance(record, OpenNote):
                self.after.seen.script.go_to_words(record.words)
        self.main_pane().setFocus()

    def pick(self) -> None:
        """Ask whom to visit."""
        self.flush()
        now = self.desk.now()
        ahead = self.desk.ask(agenda.next_visit, now)
        why = (
            ""
            if ahead
            else self.tr("No visit is planned for the rest of today. Choose a teacher to begin one.")
        )
        self._turn_to(self.picker)
        self.picker.show_teachers(self.desk.ask(caseload.everyone, now), why)

    def flush(self) -> None:
        self.running.flush()
        if self._is_built("after"):
            self.after.flush()

    def own_keys(self) -> Container[object]:
        after = self.after.own_keys() if "after" in vars(self) else ()
        return Keys(self.running.own_keys(), after)

    def panes(self) -> Sequence[QWidget]:
        page = self.pages.currentWidget()
        if isinstance(page, RunningVisit | AfterVisit | Picker | ForTeacher | Versions):
            return page.panes() or (self,)
        return (self.start_button,)

    def leave_part(self) -> bool:
        page = self.pages.currentWidget()
        if isinstance(page, ASIDE) or (isinstance(page, Picker) and self.file is not None):
            self._show_part()
            return True
        return page is self.after and self.after.shared_card.leave_part()

    def end(self) -> None:
        """The bell has rung; nothing is required. A note whose visit has ended is finished."""
        page = self.pages.currentWidget()
        if isinstance(page, AfterVisit):
            page.finish()
        if self.file is None or page is not self.running:
            return
        self.flush()
        try:
            self.desk.do_as(self, visits.end_visit, self.file.id, self.desk.now())
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
            return
        self._take(self.desk.ask(notes.found, self.file.id, self.desk.now()))
        self.main_pane().setFocus()
        self.said.emit(self.tr("The visit has ended."), True)

    def hide_names(self) -> None:
        """Hide names and words at once, or show them again."""
        self.said.emit("", False)  # what was said may hold a name
        aside = isinstance(self.pages.currentWidget(), (*ASIDE, Picker))
        if aside:
            self._show_part()
        self._hide(aside or not self._hidden)

    def show_to_teacher(self) -> None:
        """Show the shared layer, large; and back again."""
        if self.file is None or isinstance(self.pages.currentWidget(), ForTeacher):
            self._show_part()
            return
        self.flush()
        self.said.emit("", False)
        self._turn_to(self.for_teacher)
        self.for_teacher.show_note(self._shared(self.file))
        self._offer_stamp(self.file)

    def stamp_shown(self) -> None:
        """Write down that the teacher was shown this note today."""
        if self.file is None:
            return
        today = self.desk.now().date()
        values = {"whom": SharedWith.TEACHER, "how": SharedHow.SHOWN, "day": today}
        self.desk.do_as(self, shared.stamp_note, self.file.id, today, values)
        self._take(self.desk.ask(notes.found, self.file.id, self.desk.now()))
        self.said.emit(self.tr("Written down that it was shown."), True)

    def write_shared(self) -> None:
        """Ask with whom the note was shared: on its page, once the visit is over."""
        if self.file is None:
            return
        if self.file.running:
            self.said.emit(self.tr("While the visit runs, F8 shows it and offers to write that down."), False)
            return
        self._show_part()
        self.after.shared_card.ask()

    def show_versions(self) -> None:
        """Show how the note read before; and back again."""
        if self.file is None or self.file.running:
            return
        self.flush()
        self.said.emit("", False)
        self.desk.flush()
        file = self.file
        found, whom = self.desk.ask(history.versions, file.id), labels.people(file.card.event.names)
        self._turn_to(self.versions)
        self.versions.show_versions(found, self.desk.now(), whom=whom, is_open=not file.closed)

    def bring_back(self, version: Version) -> None:
        """Have the note read as it did then; what it is now becomes an earlier version."""
        if self.file is None:
            return
        try:
            self.desk.do_as(self, history.bring_back, self.file.id, version.number)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
            return
        self._take(self.desk.ask(notes.found, self.file.id, self.desk.now()))
        self._show_part()
        self.said.emit(self.tr("The earlier version is back."), True)

    def _offer_stamp(self, file: NoteFile) -> None:
        """Offer to write down that it is shown, unless that was done today."""
        today = self.desk.now().date()
        shown = (today, SharedWith.TEACHER, SharedHow.SHOWN)
        self.for_teacher.offer_stamp(shown not in {(one.day, one.whom, one.how) for one in file.shared})

    def _shared(self, file: NoteFile) -> Shared:
        """What both may see of a note, as it stands on its page."""
        starts = file.card.event.starts
        if file.running:
            page = self.running
            return Shared(
                starts, page.script.lines.written(), page.counters.buttons, file.strength, file.wondering
            )
        seen, texts = self.after.seen, self.after.shared.answers()
        return Shared(starts, seen.written(), seen.counters.buttons, texts["strength"], texts["wondering"])

    def start_next(self) -> None:
        self.show_record(next_wish(self.desk.now(), self.desk))

    def _note_of(self, record: Any) -> UUID | None:
        now = self.desk.now()
        if isinstance(record, VisitNote):
            return record.id
        if isinstance(record, OpenNote):
            return record.note_id
        if isinstance(record, StartNote) and record.event_id is not None:
            return self.desk.do_as(self, visits.start_note, record.event_id, now)
        if isinstance(record, StartNote) and record.teacher_id is not None:
            return self.desk.do_as(self, visits.start_note_for, record.teacher_id, now)
        return None

    def _take(self, file: NoteFile | None) -> None:
        """Show this note, or that there is none any more."""
        before, self.file = self.file, file
        if file is None:
            self._refuse(self.tr("No visit note is open."))
            return
        if before is None or before.id != file.id:
            self._hide(False)
        if file.running:
            self.running.show_note(file)
        else:
            self.after.show_note(file, self.running.hand_over(file.id))
        if self._is_built("for_teacher"):
            self._offer_stamp(file)
        if not isinstance(self.pages.currentWidget(), ASIDE) or before is None or before.id != file.id:
            self._show_part()

    def _show_part(self) -> None:
        """The page of the note as it stands."""
        if self.file is None:
            self._turn_to(self.nothing)
            return
        part = self.running if self.file.running else self.after
        if self.pages.currentWidget() is not part:
            self._turn_to(part)
            self.main_pane().setFocus()

    def _refuse(self, sentence: str) -> None:
        """Say why there is no note here; what was open before is kept."""
        self.file = None
        self.nothing.sentence.setText(sentence)
        self._turn_to(self.nothing)
        self.start_button.setFocus()

    def _hide(self, hidden: bool) -> None:
        self._hidden = hidden
        self.running.hide_all(hidden)
        if self._is_built("after"):
            self._veil.setVisible(hidden)

    def _turn_to(self, page: QWidget) -> None:
        """Show a page; the keyboard waits here meanwhile, or Qt would give it to whatever comes next."""
        if self.pages.isAncestorOf(self.window().focusWidget() or self):
            self.pages.setFocus()
        self.pages.setCurrentWidget(page)

    def _is_built(self, name: str) -> bool:
        return name in vars(self)

    def _leave_picker(self) -> None:
        if self.file is None:
            self.back.emit()
        self._show_part()

    def _build_nothing(self) -> Empty:
        self.start_button = primary(self.tr("Start visit note"), name="start_next_visit")
        self.start_button.clicked.connect(self.start_next)
        other = button(self.tr("Choose a teacher"), name="choose_whom_to_visit")
        other.clicked.connect(self.pick)
        return Empty("notebook-pen", self.tr("No visit note is open."), self.start_button, other)


def next_wish(now: datetime, desk: Desk) -> OpenNote | StartNote:
    """What one key begins: the note that runs, else that of the next visit, else the question whose."""
    running = desk.ask(notes.running_note, now.date())
    return OpenNote(running) if running else StartNote(desk.ask(agenda.next_visit, now))


@command("Start visit note", menu="Coaching", keys="Ctrl+N")
def start_visit_note(place: Place) -> None:
    """Begin the note of the next visit today, or go on with the one that runs."""
    place.open(next_wish(place.desk.now(), place.desk))


@command("Start visit note for…", menu="Coaching", keys="Ctrl+Shift+N")
def start_visit_note_for(place: Place) -> None:
    """Choose a teacher and begin the note of a visit, planned or not."""
    place.open(StartNote())


@command("End or finish visit", menu="Coaching", keys="Ctrl+Return", screen=VisitScreen.title)
def end_visit(screen: VisitScreen) -> None:
    """The bell has rung: the clock stops, and nothing is required; once more finishes the note."""
    screen.end()


@command("Hide names", menu="Coaching", keys="F9", screen=VisitScreen.title)
def hide_names(screen: VisitScreen) -> None:
    """Hide names and words at once, and show them again; what you type meanwhile is kept."""
    screen.hide_names()


@command("Show to teacher", menu="Coaching", keys="F8", screen=VisitScreen.title)
def show_to_teacher(screen: VisitScreen) -> None:
    """Show what both may see, large: the script and the counts; Esc goes back."""
    screen.show_to_teacher()


@command("Write down that it was shared", menu="Coaching", screen=VisitScreen.title)
def write_shared(screen: VisitScreen) -> None:
    """Keep when, with whom and how you shared a note whose visit has ended; nothing keeps it by itself."""
    screen.write_shared()


@command("Change the time of this line", menu="Coaching", keys="F2", screen=VisitScreen.title)
def change_stamp(screen: VisitScreen) -> None:
    """Give the script's current line another time since the start, as 8:12."""
    screen.running.script.edit_stamp()
