"""What planning asks: whom with, about what, from which day, at what time; and what was put in before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.model import CoachingCycle
from coachdesk.model.cycles import Slot
from coachdesk.model.question import Question, questions
from coachdesk.services import cycles, rounds
from coachdesk.services.desk import Desk
from coachdesk.services.rounds import Going, Person, Place, Wish
from coachdesk.ui import theme
from coachdesk.ui.fields import Choice
from coachdesk.ui.form import Form, Section
from coachdesk.ui.plan.who import Who
from coachdesk.ui.widgets.card import Card


@dataclass(frozen=True)
class Begun:
    """What was put in about one teacher; it is there again when the coach comes back to them."""

    values: dict[str, Any]
    cycle_id: UUID | None = None
    moved: dict[Place, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class AllBegun:
    """What was put in about each teacher, and the moment that was pointed at."""

    of: dict[UUID, Begun]
    first: datetime | None = None


class Asked(Card):
    """Emits `edited` as the coach types, and `chosen` when what is asked about is another."""

    edited = Signal()
    chosen = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(gap=theme.SPACE["md"], parent=parent)
        self._desk = desk
        self._begun: dict[UUID, Begun] = {}
        self._moved: dict[Place, datetime] = {}
        self._first: datetime | None = None
        self._going: Sequence[Going] = ()
        self._is_dated = False
        self._shown: UUID | None = None  # whom the other answers are about
        self.who = Who(self)
        self.who.picked.connect(self._on_picked)
        self.column.addWidget(self.who)
        self._which_row = QWidget(self)
        self.column.addWidget(self._which_row)
        self.which = Choice(self._which_row)
        self.which.setObjectName("plan_which_cycle")
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(8)
        self.which.activated.connect(self._on_which)
        _lay_under(self._which_row, QLabel(self.tr("This is")), self.which)
        self.form = self._build_form()
        self.column.addWidget(self.form)

    @property
    def teacher_id(self) -> UUID | None:
        return self.who.person.id if self.who.person else None

    @property
    def rounds_before(self) -> int:
        """How many rounds the cycle that is gone on with has had."""
        return sum(one.rounds for one in self._going if one.cycle_id == self._cycle())

    def wish(self) -> Wish | None:
        """What the coach wants, as far as it can be read; None while nobody is chosen."""
        if self.teacher_id is None:
            return None
        given = self.form.answers()
        return Wish(
            self.teacher_id,
            self._starting(given.get("starting")),
            given.get("usual"),
            given.get("focus", ""),
            given.get("rounds", 1),
            self._cycle(),
            dict(self._moved),
        )

    def refresh(self) -> None:
        """Ask again who there is, and which cycles are going on."""
        self.who.offer(self._desk.ask(rounds.people))
        if not self._is_dated:
            self._is_dated = True
            self._fill(starting=self._desk.now().date())
        self._offer_cycles(self._cycle())

    def begin(self, teacher_id: UUID | None, first: datetime | None) -> None:
        """Plan with this teacher, from this moment on, where they are said."""
        if teacher_id is not None and teacher_id != self.teacher_id:
            self.who.show_person(teacher_id)
            self._show_person(self.who.person)
        if first is not None:
            self._first = first
            self._moved.clear()
            self._fill(starting=first.date())

    def hand_over(self) -> AllBegun:
        """What was put in, for another page of planning."""
        return AllBegun({**self._begun, **self._begun_now()}, self._first)

    def take(self, begun: AllBegun) -> None:
        """Go on with what was put in on another page, once it is said with whom."""
        self._begun, self._first = dict(begun.of), begun.first

    def set_time(self, place: Place, starts: datetime) -> None:
        """One event is to begin at another time."""
        self._moved[place] = starts

    def forget(self) -> None:
        """All of it is on the calendar: the next plan begins from nothing."""
        if self.teacher_id is not None:
            self._begun.pop(self.teacher_id, None)
        self._moved, self._first, self._shown = {}, None, None
        self.who.show_person(None)
        self.form.fill({"focus": "", "usual": None, "rounds": 1, "starting": self._desk.now().date()})
        self._offer_cycles(None)

    def go_on(self) -> None:
        """Put the caret where there is something to answer."""
        if self.who.person is None:
            self.who.edit.setFocus()
        else:
            self.form.focus("starting" if self._cycle() else "focus")

    def _cycle(self) -> UUID | None:
        chosen: UUID | None = self.which.currentData()
        return chosen

    def _starting(self, day: date | None) -> datetime:
        """From the morning of that day on; today, from now on; or from the moment that was pointed at."""
        now = self._desk.now()
        if self._first is not None and (day is None or day == self._first.date()):
            return self._first
        return now if day is None or day == now.date() else datetime.combine(day, time())

    def _fill(self, **values: Any) -> None:
        self.form.fill({**self.form.answers(), **values})

    def _on_picked(self, person: Person | None) -> None:
        self._show_person(person)
        self.chosen.emit()
        if person is not None:
            self.go_on()

    def _show_person(self, person: Person | None) -> None:
        """What was put in about them before, or what is usual with them."""
        self._begun |= self._begun_now()
        self._shown = person.id if person else None
        if person is None:
            self._offer_cycles(None)
            return
        begun = self._begun.get(person.id) or Begun(self._usual_answers(person.id))
        self._moved = dict(begun.moved)
        self._fill(**begun.values)
        self._offer_cycles(begun.cycle_id)

    def _begun_now(self) -> dict[UUID, Begun]:
        """What is put in about whom is shown."""
        if self._shown is None:
            return {}
        return {self._shown: Begun(self.form.answers(), self._cycle(), dict(self._moved))}

    def _usual_answers(self, teacher_id: UUID) -> dict[str, Any]:
        """Of a teacher nothing was put in about: the day stays, and how many rounds."""
        return {"focus": "", "usual": self._desk.ask(cycles.usual_time, teacher_id)}

    def _on_edited(self, key: str) -> None:
        """Times the coach set by hand were set for that day, and the visit's for that usual time."""
        if key == "starting":
            self._moved.clear()
        elif key == "usual":
            self._moved = {place: at for place, at in self._moved.items() if place[1] is not Slot.VISIT}
        self.edited.emit()

    def _offer_cycles(self, chosen: UUID | None) -> None:
        """A new cycle, or another round in one that is going on: asked only where there is one."""
        self._going = self._desk.ask(rounds.going, self.teacher_id) if self.teacher_id else ()
        self.which.clear()
        self.which.addItem(self.tr("A new cycle"), None)
        for one in self._going:
            focus = one.focus or self.tr("to be agreed")
            self.which.addItem(self.tr("Another round in “{focus}”").format(focus=focus), one.cycle_id)
        ids = [one.cycle_id for one in self._going]
        self.which.setCurrentIndex(ids.index(chosen) + 1 if chosen in ids else 0)
        self._which_row.setVisible(bool(self._going))
        self.form.offer("focus", self._cycle() is None)

    def _on_which(self, _number: int) -> None:
        self._moved.clear()
        self.form.offer("focus", self._cycle() is None)
        self.chosen.emit()

    def _build_form(self) -> Form:
        [focus] = questions(CoachingCycle, ["focus"])
        focus = replace(focus, label=self.tr("Focus"))
        starting = Question("starting", self.tr("Starting"), "date", required=True)
        usual = Question("usual", self.tr("Usual time"), "time")
        numbers = tuple(range(1, rounds.MOST + 1))
        one, several = self.tr("1 round"), self.tr("{number} rounds")
        names = tuple(one if number == 1 else several.format(number=number) for number in numbers)
        many = Question("rounds", self.tr("Rounds"), "choice", choices=numbers, names=names)
        form = Form(
            Section([focus]),
            Section([starting, usual], pairs=True),
            Section([many]),
            name="plan",
            parent=self,
        )
        form.field("focus").setProperty("placeholderText", self.tr("To be agreed"))
        form.field("usual").setProperty("placeholderText", self.tr("Any free time"))
        form.fill({"rounds": 1})
        form.edited.connect(self._on_edited)
        return form


def _lay_under(holder: QWidget, label: QLabel, widget: QWidget) -> None:
    label.setBuddy(widget)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE["xs"])
    column.addWidget(label)
    column.addWidget(widget)
