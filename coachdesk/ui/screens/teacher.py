"""A teacher's page: all that was and will be, the cycles, the steps agreed, and the file."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    AgreedCounter,
    Chain,
    CoachingCycle,
    CycleTeacher,
    Event,
    EventTeacher,
    NoSchool,
    Placement,
    School,
    SchoolYear,
    ScriptLine,
    SharedStamp,
    StandardTag,
    Tally,
    Teacher,
    Usual,
    UsualCounter,
    VisitNote,
)
from coachdesk.model.caseload import TeacherRow
from coachdesk.model.goals import CheckBack
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import agenda, caseload, counters, notes, roster, timeline
from coachdesk.services.desk import Desk
from coachdesk.services.notes import NoteFile, StepRow
from coachdesk.services.timeline import Page
from coachdesk.ui import labels, messages, theme, tokens, wishes
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.leaving.forget_card import ForgetCard
from coachdesk.ui.screen import Keys, Screen
from coachdesk.ui.teacher.cycles_view import CyclesView
from coachdesk.ui.teacher.head import TeacherHead
from coachdesk.ui.teacher.steps_view import StepsView
from coachdesk.ui.teacher.timeline import Timeline
from coachdesk.ui.teacher_file import TeacherFile
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.empty import Empty

PAGE = 50  # moments or steps that are read at once
_SOME = 10  # moments whose lines are built at once ahead of time
TIMELINE, CYCLES, STEPS, DETAILS = range(4)
WIDEST_FILE = 720


class TeacherScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Teacher")
    icon = "users"
    in_sidebar = False
    under = "Teachers"
    shows = frozenset({wishes.ShowTeacher, Teacher})
    watches = frozenset(
        {
            *(ActionStep, AgreedCounter, Chain, CoachingCycle, CycleTeacher, Event, EventTeacher),
            *(NoSchool, Placement, School, SchoolYear, ScriptLine, SharedStamp, StandardTag),
            *(Tally, Teacher, Usual, UsualCounter, VisitNote),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("teacher_screen")
        self.row: TeacherRow | None = None
        self._teacher: UUID | None = None
        self._shown: UUID | None = None  # whose timeline is shown
        self._steps_wanted = PAGE
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["md"])
        self._nobody = self._build_nobody()
        self.head = self._build_head()
        for part in (self._nobody, self.head):
            outer.addWidget(part)
        self.tabs = self._build_tabs()
        outer.addWidget(self.tabs)
        self._pages = QStackedWidget(self)
        outer.addWidget(self._pages, 1)
        self.timeline = Timeline(self._page, self._note, self._pages)
        self.timeline.wished.connect(self.open)
        self.timeline.start.connect(self._start)
        self._pages.addWidget(self.timeline)
        self.cycles: CyclesView | None = None
        self.steps: StepsView | None = None
        self.file: TeacherFile | None = None
        self.forget: ForgetCard | None = None
        self._built: dict[int, QWidget] = {TIMELINE: self.timeline}
        self._show_somebody(False)

    def parts_ahead(self) -> Iterable[Callable[[], object]]:
        room = (partial(self.timeline.make_room, moments) for moments in range(_SOME, PAGE + 1, _SOME))
        return (*room, self._ask_ahead)

    def _ask_ahead(self) -> None:
        """Ask about whom the roster begins with: asking anything the first time takes longest."""
        now = self.desk.now()
        everyone = self.desk.ask(caseload.everyone, now)
        if everyone:
            self.desk.ask(caseload.one, everyone[0].id, now)
            self.desk.ask(timeline.timeline, everyone[0].id, None, PAGE)

    def refresh(self) -> None:
        if self._teacher is None:
            return
        self.row = self.desk.ask(caseload.one, self._teacher, self.desk.now())
        self._show_somebody(self.row is not None)
        if self.row is None:
            self._teacher = self._shown = None
            if self.forget is not None and self.forget.is_telling:
                self._tell_of_forgetting()
            return
        self.head.show_row(self.row)
        self._refresh_tab()

    def show_record(self, record: wishes.ShowTeacher | Teacher | type) -> None:
        if isinstance(record, type):
            return
        self.flush()
        key = record.id if isinstance(record, Teacher) else record.teacher_id
        if key != self._teacher:
            self._teacher, self._steps_wanted = key, PAGE
            self.tabs.setCurrentIndex(TIMELINE)
            self._stale = True
        if isinstance(record, wishes.ShowTeacher) and record.cycles:
            self.tabs.setCurrentIndex(CYCLES)
        self._refresh_if_seen()
        self.main_pane().setFocus()

    def again(self) -> object:
        return wishes.ShowTeacher(self._teacher) if self._teacher is not None else None

    def flush(self) -> None:
        for part in (self.cycles, self.file):
            if part is not None:
                part.flush()

    @property
    def is_unfinished(self) -> bool:
        return (self.file is not None and self.file.saving.is_unfit) or super().is_unfinished

    def about_whom(self) -> UUID | None:
        return self._teacher

    def own_keys(self) -> Container[object]:
        parts = (self.cycles, self.file.saving if self.file else None)
        return Keys(*(part for part in parts if part is not None))

    def panes(self) -> Sequence[QWidget]:
        if self._teacher is None:
            return (self._leave_button,)
        return (self.head.start_button, self.tabs, self._first())

    def main_pane(self) -> QWidget:
        if self._teacher is None:
            return self._leave_button
        return self.head.start_button if self.head.start_button.isEnabled() else self.tabs

    def leave_part(self) -> bool:
        inside = self.window().focusWidget()
        if self.file is not None and inside is not None and self.file.isAncestorOf(inside):
            self.flush()
            self.tabs.setFocus()
            return True
        return False

    def _first(self) -> QWidget:
        at = self.tabs.currentIndex()
        if at == DETAILS and self.file is not None:
            return self.file.first_field()
        if at == CYCLES and self.cycles is not None:
            return self.cycles.first()
        return self.steps.first() if at == STEPS and self.steps is not None else self.timeline.first()

    def _page(self, before: datetime | None) -> Page:
        assert self._teacher is not None
        return self.desk.ask(timeline.timeline, self._teacher, before, PAGE)

    def _note(self, note_id: UUID) -> NoteFile:
        return self.desk.ask(notes.note, note_id, self.desk.now())

    def _refresh_tab(self) -> None:
        """Ask for what the tab that is up shows; the others wait until they are."""
        if self.row is None:
            return
        now, key = self.desk.now(), self.row.id
        at = self.tabs.currentIndex()
        if at == TIMELINE:
            show = self.timeline.refresh if self._shown == key else self.timeline.show_from_start
            self._shown = key
            show(now)
        elif at == CYCLES and self.cycles:
            self.cycles.refresh(key, now.date())
        elif at == STEPS and self.steps:
            found = self.desk.ask(timeline.action_steps, key, self._steps_wanted)
            self.steps.show_steps(found, now.date())
        elif self.file:
            self.file.offer_schools(self.desk.ask(roster.schools))
            self.file.show_teacher(self.row)
            self._offer_forgetting(self.row)

    def _offer_forgetting(self, row: TeacherRow) -> None:
        """Only of somebody in the archive."""
        if self.forget is None:
            return
        self.forget.setVisible(row.status is TeacherStatus.ARCHIVED)
        self.forget.show_teacher(row.id)

    def _on_tab(self, number: int) -> None:
        self.flush()
        on = self.window().focusWidget()
        if on is not None and self._pages.isAncestorOf(on):
            self.tabs.setFocus()  # before its page goes out of sight
        if number not in self._built:
            self._built[number] = self._build_page(number)
            self._pages.addWidget(self._built[number])
        self._pages.setCurrentWidget(self._built[number])
        self._refresh_tab()

    def _build_page(self, number: int) -> QWidget:
        return {CYCLES: self._build_cycles, STEPS: self._build_steps, DETAILS: self._build_file}[number]()

    def _start(self) -> None:
        self.open.emit(wishes.StartNote(teacher_id=self._teacher))

    def _plan(self) -> None:
        self.open.emit(wishes.PlanCycle(self._teacher))

    def _contact(self) -> None:
        if self.row is not None:
            self.open.emit(wishes.QuickContact("" if SHOWN.on else self.row.name))

    def _check_back(self, step: StepRow, result: CheckBack) -> None:
        today = self.desk.now().date()
        unsettled = result in (CheckBack.PARTLY, CheckBack.NOT_YET)
        again = self.desk.ask(agenda.again_on, step.id, today) if unsettled else None
        said = self.tr("Checked back: {result}.").format(result=labels.label(result))
        self._do(said, agenda.check_back, step.id, result, today, again)

    def _agree(self, cycle_id: UUID | None, said: Sequence[Mapping[str, str]]) -> None:
        words = self.tr("Counters agreed.") if said else self.tr("No counter is on.")
        self._do(words, counters.agree_counters, self._teacher, cycle_id, said)

    def _do(self, said: str, command: Callable[..., Any], *args: Any) -> None:
        try:
            self.desk.do(command, *args)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
            return
        self.said.emit(said, True)

    def _archive(self) -> None:
        self._put(roster.archive_teacher, self.tr("Archived {name}."))

    def _restore(self) -> None:
        self._put(roster.restore_teacher, self.tr("Restored {name}."))

    def _put(self, where: Callable[..., Any], saying: str) -> None:
        if self.row is not None:
            self.flush()
            self._do(saying.format(name=labels.person(self.row.name)), where, self.row.id)

    def _more_steps(self) -> None:
        self._steps_wanted += PAGE
        self._refresh_tab()

    def _on_kept(self, record: Teacher) -> None:
        if self.row is not None and self.row.id == record.id:
            self.row = self.row.rewritten(record)
            self.head.show_row(self.row)

    def _show_somebody(self, shown: bool) -> None:
        for part in (self.head, self.tabs, self._pages):
            part.setVisible(shown)
        self._nobody.setVisible(not shown)

    def _build_nobody(self) -> Empty:
        self._leave_button = button(self.tr("Back"), "arrow-left", name="leave_nobody")
        self._leave_button.clicked.connect(self.back)
        sentence = self.tr("Nobody is chosen yet. Open a teacher from the Teachers page.")
        return Empty("users", sentence, self._leave_button)

    def _build_head(self) -> TeacherHead:
        head = TeacherHead()
        head.back.connect(self.back)
        head.start.connect(self._start)
        head.plan.connect(self._plan)
        head.contact.connect(self._contact)
        return head

    def _build_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setObjectName("teacher_tabs")
        tabs.setAccessibleName(self.tr("Parts of the page"))
        tabs.setExpanding(False)
        for words in (self.tr("Timeline"), self.tr("Cycles"), self.tr("Action steps"), self.tr("Details")):
            tabs.addTab(words)
        tabs.currentChanged.connect(self._on_tab)
        return tabs

    def _build_cycles(self) -> CyclesView:
        self.cycles = CyclesView(self.desk, self._pages)
        self.cycles.wished.connect(self.open)
        self.cycles.plan.connect(self._plan)
        self.cycles.agreed.connect(self._agree)
        self.cycles.failed.connect(self.warned)
        return self.cycles

    def _build_steps(self) -> StepsView:
        self.steps = StepsView(self._check_back, self._pages)
        self.steps.more_wanted.connect(self._more_steps)
        return self.steps

    def _build_file(self) -> QWidget:
        self.file = TeacherFile(self.desk, named=False)
        self.file.setMaximumWidth(WIDEST_FILE)
        self.file.kept.connect(self._on_kept)
        self.file.failed.connect(self.warned)
        self.file.archive.connect(self._archive)
        self.file.restore.connect(self._restore)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.SPACE["md"], 0, 0)
        column.addWidget(self.file, 1000)
        self.forget = ForgetCard(self.desk)
        self.forget.setMaximumWidth(WIDEST_FILE)
        self.forget.gone.connect(self._on_forgotten)
        self.forget.asking.connect(self.file.setHidden)
        column.addWidget(self.forget)
        column.addStretch(1)
        return holder

    def _tell_of_forgetting(self) -> None:
        """Nobody is here any more, but what became of the file, and of its backups, is still to be read."""
        self._nobody.hide()
        self._pages.show()

    def _on_forgotten(self) -> None:
        """The file was deleted and all was said about it: there is nobody here any more."""
        self._show_somebody(False)
        self.back.emit()
