"""Plan a cycle: whom with, about what, from when; and at once the events that would come of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    CoachingCycle,
    CycleTeacher,
    Event,
    NoSchool,
    Placement,
    School,
    SchoolYear,
    Teacher,
)
from coachdesk.services import rounds
from coachdesk.services.desk import Desk
from coachdesk.services.rounds import Draft, Place, Wish
from coachdesk.ui import dates, messages, theme, tokens
from coachdesk.ui.commands import Place as Window
from coachdesk.ui.commands import command
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.plan import words
from coachdesk.ui.plan.asked import AllBegun, Asked
from coachdesk.ui.plan.preview import Preview
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import button, is_enter, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text, heading
from coachdesk.ui.wishes import PlanCycle, ShowRoster

PAUSE_MS = 60  # after the last key, before the preview is drawn anew
NARROW = 860  # width of the page under which the questions get less of it
ASKED_WIDTH, ASKED_NARROW = 360, 312


class PlanScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Plan a cycle")
    icon = "repeat-2"
    in_sidebar = False
    under = "Calendar"
    shows = frozenset({PlanCycle})
    watches = frozenset(
        {Teacher, Placement, School, SchoolYear, NoSchool, Event, CoachingCycle, CycleTeacher}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("plan_screen")
        self.draft = Draft()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.draw)
        self.problem = Notice("danger", name="plan_problem")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["md"])
        outer.addWidget(heading(self.tr("Plan a cycle")))
        area = Scroll(parent=self)
        outer.addWidget(area, 1)
        self._build_body(area.page)
        outer.addWidget(self.problem)
        outer.addLayout(self._build_foot())
        add = QShortcut(QKeySequence("Ctrl+Return"), self)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.activated.connect(self.add)
        self._show_nothing()

    def refresh(self) -> None:
        self.asked.refresh()
        self.draw()

    def show_record(self, record: PlanCycle | type) -> None:
        """Begin with this teacher, from this day on; what was put in about them before is there again."""
        wish = record if isinstance(record, PlanCycle) else PlanCycle()
        if self._stale:
            self._stale = False
            self.asked.refresh()
        if isinstance(wish.begun, AllBegun):
            self.asked.take(wish.begun)
        self.asked.begin(wish.teacher_id, wish.first)
        self.draw()
        if wish.teacher_id is not None and wish.teacher_id != self.asked.teacher_id:
            gone = self.tr(
                "This teacher's file is in the archive, or gone. Choose somebody else, or restore it."
            )
            self.problem.say(gone)
        self.asked.go_on()

    def again(self) -> object:
        return PlanCycle(self.asked.teacher_id, begun=self.asked.hand_over())

    def panes(self) -> Sequence[QWidget]:
        first = next(iter(self.preview.rows.values()), None)
        return (self.asked.who.edit, first.day if first else self.cancel_button)

    def main_pane(self) -> QWidget:
        asked = self.asked
        return asked.who.edit if asked.teacher_id is None else asked.form.field("starting")

    def about_whom(self) -> UUID | None:
        return self.asked.teacher_id

    def leave_part(self) -> bool:
        return self.asked.who.close_list()

    def draw(self) -> None:
        """Show what would be added, as things stand."""
        self._pause.stop()
        self.problem.clear()
        wish = self.asked.wish()
        if wish is None:
            self._show_nothing()
            return
        self.draft = self.desk.ask(rounds.draft, wish)
        self.preview.show_draft(self.draft, self.asked.rounds_before)
        self.to_teachers.hide()
        self._hint.setText(QCoreApplication.translate("errors", self.draft.problem))
        self._hint.set_tone("danger")
        self._hint.setVisible(bool(self.draft.problem))
        told = self._said_of_days(wish)
        self._skips.setText(told)
        self._skips.setVisible(bool(told))
        self._say_how_many()

    def add(self) -> None:
        """Put the events of the preview on the calendar, and go back to where the coach came from."""
        if self._pause.isActive():
            self.draw()
        why_not = self._why_not()
        if why_not or not self.draft.is_ready:
            self.problem.say(why_not)
            return
        try:
            self.desk.do_as(self, rounds.add_rounds, self.draft.plans)
        except CoachdeskError as error:
            self.problem.say(messages.words(error))
            return
        said = self._said_of_added()
        self.asked.forget()
        self._show_nothing()
        self.said.emit(said, True)
        self.back.emit()

    def _said_of_added(self) -> str:
        """How many there are, and the day on which to look for them: it may lie weeks ahead."""
        starts = [one.step.starts.date() for one in self.draft.drawn]
        says = self.tr("{count} events added, the first on {day}.")
        return says.format(count=len(starts), day=dates.day_of_week(min(starts)))

    def _on_moved(self, place: Place, starts: datetime) -> None:
        self.asked.set_time(place, starts)
        self._pause.start()

    def _why_not(self) -> str:
        """What stands in the way, in sentences; "" where nothing does, or nobody is chosen."""
        if self.asked.teacher_id is None:
            return self.tr("Choose a teacher first.")
        wrong = [*self.asked.form.problems().values(), *self.preview.problems(), self.draft.problem]
        wrong += [one.problem for one in self.draft.drawn]
        return " ".join(dict.fromkeys(filter(None, wrong)))

    def _said_of_days(self, wish: Wish) -> str:
        told = [words.skips(self.draft.skipped, self.desk.now().date())]
        fitting = len(self.draft.plans)
        if self.draft.plans and fitting < wish.rounds:
            few = self.tr("Only {fitting} of {wanted} rounds fit: no free time was found for the others.")
            told.append(few.format(fitting=fitting, wanted=wish.rounds))
        return " ".join(filter(None, told))

    def _show_nothing(self) -> None:
        self.draft = Draft()
        self.preview.show_draft(self.draft, 0)
        self._skips.hide()
        nobody = self.asked.who.is_empty
        self._hint.setText(
            self.tr("There is nobody on your list of teachers to plan with yet.")
            if nobody
            else self.tr("Choose a teacher. The three events of a round show here, at times that are free.")
        )
        self._hint.set_tone("muted")
        self._hint.show()
        self.to_teachers.setVisible(nobody)
        self._say_how_many()

    def _say_how_many(self) -> None:
        count = len(self.draft.drawn)
        self.add_button.setText(self.tr("Add {count} events").format(count=count or 3))
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.setEnabled(bool(count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.asked.setFixedWidth(ASKED_NARROW if self.width() < NARROW else ASKED_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field adds the events. One held down does not: it took a teacher's name just now."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        in_field = isinstance(self.focusWidget(), QLineEdit | QComboBox)
        if in_field and plain and is_enter(event) and not event.isAutoRepeat():
            self.add()
        else:
            super().keyPressEvent(event)

    def _build_body(self, page: QWidget) -> None:
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.SPACE["md"])
        shown = Card(parent=page)
        self.asked = Asked(self.desk, page)
        self.asked.edited.connect(self._pause.start)
        self.asked.chosen.connect(self.draw)
        for card in (self.asked, shown):
            side = QVBoxLayout()
            side.addWidget(card)
            side.addStretch(1)
            sides.addLayout(side, 1 if card is shown else 0)
        self._fill_preview(shown)

    def _fill_preview(self, shown: Card) -> None:
        shown.column.addWidget(heading(self.tr("Preview"), 2))
        self._skips = Text("", "body", "muted")
        self._skips.setObjectName("plan_skips")
        self._hint = Text("", "body", "muted")
        self._hint.setObjectName("plan_hint")
        self.preview = Preview()
        self.preview.moved.connect(self._on_moved)
        self.to_teachers = button(self.tr("Go to Teachers"), "users", name="plan_to_teachers")
        self.to_teachers.clicked.connect(lambda: self.open.emit(ShowRoster()))
        for part in (self._skips, self._hint, self.preview):
            shown.column.addWidget(part)
        shown.column.addWidget(self.to_teachers, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_foot(self) -> QHBoxLayout:
        self.cancel_button = button(self.tr("Cancel"), name="cancel_plan")
        self.cancel_button.clicked.connect(self.back)
        self.add_button = primary("", "check", name="add_events")
        self.add_button.setToolTip(self.tr("Enter in a field; Ctrl+Enter anywhere on this page"))
        self.add_button.clicked.connect(self.add)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.add_button)
        return row


@command("Plan a cycle…", menu="Coaching", keys="Ctrl+E")
def plan_cycle(place: Window) -> None:
    """Meet, visit, meet: choose a teacher and a day, see the events at free times, add them at once."""
    page = place.current()
    place.open(PlanCycle(page.about_whom(), page.plans_from()))
