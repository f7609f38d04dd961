"""Today: what comes next and the one key that begins it, and what waits to be picked up again."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QMenu, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    Chain,
    CoachingCycle,
    CycleTeacher,
    Event,
    EventTeacher,
    NoSchool,
    SchoolYear,
    Teacher,
    VisitNote,
)
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import DidntHappen
from coachdesk.services import agenda, contacts, cycles, schedule
from coachdesk.services.agenda import Today
from coachdesk.services.desk import Desk
from coachdesk.services.notes import StepRow, Unfinished
from coachdesk.ui import dates, labels, messages, theme, tokens, wishes
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.screen import Screen
from coachdesk.ui.today.later import EventLines
from coachdesk.ui.today.next_card import NextCard, RunningCard
from coachdesk.ui.today.pick_up import PickUpLines
from coachdesk.ui.today.steps import StepLines
from coachdesk.ui.today.to_finish import NoteLines
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.lines import AT_FIRST, Lines
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text, heading

SIDE_BY_SIDE = 900  # width of the page from which what waits has room beside what comes
MINUTE_MS = 60_000


class TodayScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Today")
    icon = "sun"
    watches = frozenset(
        {
            *(ActionStep, Chain, CoachingCycle, CycleTeacher, Event, EventTeacher),
            *(NoSchool, SchoolYear, Teacher, VisitNote),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("today_screen")
        self.day: Today | None = None
        self._running: Unfinished | None = None
        self.heading = heading("")
        self.heading.setObjectName("today_heading")
        self.closed = Text("", "lead", "muted")
        self.closed.setObjectName("today_closed")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["lg"])
        head = QVBoxLayout()
        head.setSpacing(theme.SPACE["xxs"])
        head.addWidget(self.heading)
        head.addWidget(self.closed)
        outer.addLayout(head)
        area = Scroll("today_scroll", self)
        outer.addWidget(area, 1)
        self._build_cards()
        self._build_body(area.page)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.tick)

    def refresh(self) -> None:
        now = self.desk.now()
        on = self.window().focusWidget()
        self.day = day = self.desk.ask(agenda.today, now)
        self._running = next((note for note in day.to_finish if note.running), None)
        self._show_head(day)
        self._show_coming(day)
        self.pick_up.show_pick_up(day.pick_up, now)
        self.steps.show_steps(day.check_backs, day.day)
        to_finish = [note for note in day.to_finish if note != self._running]
        self.notes.show_notes(to_finish, day.day, day.older_to_finish)
        self._waiting.setVisible(any(not part.isHidden() for part in self._parts_waiting()))
        self._seat()
        if on is not None and self.isAncestorOf(on) and not on.isVisible():
            self.main_pane().setFocus()  # what the coach was on has gone

    def parts_ahead(self) -> Iterable[Callable[[], object]]:
        acts = {self.later: 1, self.pick_up: 2, self.steps: len(CheckBack), self.notes: 1}
        return (partial(lines.get_ready, AT_FIRST, each) for lines, each in acts.items())

    def tick(self) -> None:
        """Another minute: what was next may be over."""
        self._stale = True
        self._refresh_if_seen()

    def main_pane(self) -> QWidget:
        return self.panes()[0]

    def panes(self) -> Sequence[QWidget]:
        leads = (
            *(self.running.go_on_button, self.next.start_button, self.next.open_button),
            *(self.next.move_button, self.plan_button),
        )
        first = next((each for each in leads if each.isVisible()), None)
        parts = [self.later, self.coming, *self._parts_waiting()]
        return [each for each in (first, *parts) if each is not None and each.isVisible()] or [self]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button the coach is on, and on the page itself the one that leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            on = self.window().focusWidget()
            pressed = on if isinstance(on, QAbstractButton) else self.main_pane()
            if isinstance(pressed, QAbstractButton):
                pressed.click()
                return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seat()

    def _show_head(self, day: Today) -> None:
        said = dates.day(day.day)
        self.heading.setText(said)
        self.heading.setAccessibleName(self.tr("Today, {day}").format(day=said))
        self.closed.setText(self.tr("No school: {name}").format(name=day.closed) if day.closed else "")
        self.closed.setVisible(bool(day.closed))

    def _show_coming(self, day: Today) -> None:
        """The note that runs, what is next today, and what comes after it."""
        now, runs, known = self.desk.now(), self._running, day.next
        if runs:
            self.running.show_running(runs, day.day)
        self.running.setVisible(runs is not None)
        on_top = known is not None and known.event.starts.date() == day.day
        on_top = on_top and not (runs and known and known.event.id == runs.event.id)
        if known and on_top:
            self.next.show_next(known, now, leads=runs is None)
        self.next.setVisible(on_top)
        self.later.show_events([row for row in day.later if not runs or row.id != runs.event.id], day.day)
        others = known is not None and known.event.starts.date() != day.day
        self.coming.show_events([known.event] if known and others else [], day.day)
        nothing = not (runs or on_top or day.later)
        self._nothing.sentence.setText(
            self.tr("Nothing more planned today.") if day.earlier else self.tr("Nothing planned today.")
        )
        self._nothing.setVisible(nothing)
        alone = nothing and day.empty
        self._column.setStretchFactor(self._nothing, 1 if alone else 0)
        self._column.setStretchFactor(self._rest, 0 if alone else 1)

    def _parts_waiting(self) -> tuple[Lines, ...]:
        return (self.pick_up, self.steps, self.notes)

    def _start_next(self) -> None:
        if self.day and self.day.next:
            self.open.emit(wishes.StartNote(self.day.next.event.id))

    def _see_next(self) -> None:
        if self.day and self.day.next:
            self.open.emit(wishes.ShowEvent(self.day.next.event.id))

    def _go_on(self) -> None:
        if self._running:
            self.open.emit(wishes.OpenNote(self._running.id))

    def _plan(self) -> None:
        self.open.emit(wishes.PlanCycle())

    def _choose_teacher(self) -> None:
        """Ask with whom the note is, in a menu of those on the roster."""
        menu = QMenu(self)
        menu.setObjectName("start_note_for_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person in self.desk.ask(contacts.people):
            menu.addAction(labels.person(person.name), partial(self._start_with, person.id))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody is on your roster yet.")).setEnabled(False)
        menu.popup(self.note_button.mapToGlobal(self.note_button.rect().bottomLeft()))

    def _start_with(self, teacher_id: UUID) -> None:
        self.open.emit(wishes.StartNote(teacher_id=teacher_id))

    def _check_back(self, step: StepRow, result: CheckBack) -> None:
        today = self.desk.now().date()
        again = None
        if result in (CheckBack.PARTLY, CheckBack.NOT_YET):
            again = self.desk.ask(agenda.again_on, step.id, today)
        said = self.tr("Checked back: {result}.").format(result=labels.label(result))
        if again:
            asked = self.tr("{said} Check back again on {day}.")
            said = asked.format(said=said, day=dates.day(again))
        self._do(said, agenda.check_back, step.id, result, today, again)

    def _look_for_debrief(self, event_id: UUID) -> None:
        """Offer a time for the debrief of a visit, in the line that asked for one."""
        offer = self.desk.ask(cycles.debrief_offer, event_id, self.desk.now())
        self.pick_up.show_offer(event_id, offer)

    def _do(self, said: str, command: Callable[..., Any], *args: Any) -> None:
        """Have something done, say so with the way back, or say why not."""
        try:
            self.desk.do(command, *args)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
            return
        self.said.emit(said, True)

    def _add_debrief(self, event_id: UUID, starts: datetime) -> None:
        said = self.tr("Debrief planned: {when}.")
        when = labels.moment(starts, self.desk.now().date())
        self._do(said.format(when=when), cycles.add_debrief, event_id, starts)

    def _cancel_planned(self, teacher_id: UUID) -> None:
        self._do(self.tr("Cancelled."), schedule.cancel_planned, teacher_id, self.desk.now())

    def _took_place(self, event_id: UUID) -> None:
        self._do(self.tr("It took place."), schedule.took_place, event_id)

    def _didnt_happen(self, event_id: UUID, why: DidntHappen) -> None:
        said = self.tr("Didn't happen: {reason}.").format(reason=labels.label(why))
        self._do(said, schedule.didnt_happen, event_id, why)

    def _build_cards(self) -> None:
        self.running, self.next = RunningCard(), NextCard()
        self.running.go_on.connect(self._go_on)
        self.next.start.connect(self._start_next)
        self.next.see.connect(self._see_next)
        self.later = EventLines(self.tr("Later today"), "later_today", self.open.emit)
        self.coming = EventLines(self.tr("Next"), "coming_up", self.open.emit)
        self.steps = StepLines(self.tr("Action steps to check back on"), "check_backs", self._check_back)
        self.notes = NoteLines(self.tr("Notes to finish"), "notes_to_finish", self.open.emit)
        self.pick_up = PickUpLines(self.tr("To pick up again"), "pick_up")
        self.pick_up.wished.connect(self.open)
        self.pick_up.debrief_wanted.connect(self._look_for_debrief)
        self.pick_up.debrief_agreed.connect(self._add_debrief)
        self.pick_up.cancelled.connect(self._cancel_planned)
        self.pick_up.happened.connect(self._took_place)
        self.pick_up.missed.connect(self._didnt_happen)

    def _build_nothing(self) -> Empty:
        self.plan_button = primary(self.tr("Plan a cycle"), "calendar-days", name="plan_a_cycle")
        self.plan_button.clicked.connect(self._plan)
        self.note_button = button(self.tr("Start a note for…"), "notebook-pen", name="start_note_for")
        self.note_button.clicked.connect(self._choose_teacher)
        return Empty("sun", self.tr("Nothing planned today."), self.plan_button, self.note_button)

    def _build_body(self, page: QWidget) -> None:
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._sides.setContentsMargins(0, 0, theme.SPACE["xs"], 0)  # the scroll bar's
        self._sides.setSpacing(theme.SPACE["lg"])
        coming, self._waiting = QWidget(page), QWidget(page)
        self._sides.addWidget(coming, 5)
        self._sides.addWidget(self._waiting, 4)
        self._nothing, self._rest = self._build_nothing(), QWidget(coming)
        self._column = _column(
            coming, self.running, self.next, self._nothing, self.later, self.coming, self._rest
        )
        _column(self._waiting, *self._parts_waiting()).addStretch(1)

    def _seat(self) -> None:
        """What waits stands beside what comes where there is room, else beneath it."""
        beside = self.width() >= SIDE_BY_SIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(across if beside else down)
        for number, share in enumerate((5, 4) if beside else (0, 1)):
            self._sides.setStretch(number, share)


def _column(holder: QWidget, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE["lg"])
    for part in parts:
        column.addWidget(part)
    return column
