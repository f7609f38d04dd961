"""The third and fourth step of the first run: the school year, and the first teachers.

The vault is open by now, so each step is kept as it is left, and going back shows it again.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.errors import Invalid
from coachdesk.model import School, SchoolYear
from coachdesk.model.kinds import new_key
from coachdesk.model.question import Question, questions
from coachdesk.model.roster import ColleagueRole
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui import messages, theme
from coachdesk.ui.bringing.flow import BringIn
from coachdesk.ui.first_teachers import FirstTeachers
from coachdesk.ui.form import Form, Section
from coachdesk.ui.gate.page import GatePage, Steps
from coachdesk.ui.gate.steps import step_names
from coachdesk.ui.screens.schools import ZONES
from coachdesk.ui.widgets.buttons import button, primary, quiet
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, muted

WIDTH = 640
WIDE = 860  # for the list of teachers
MONDAY, FRIDAY, JUNE, AUGUST = 0, 4, 6, 8


class FirstSteps(QStackedWidget):
    """Emits `done` when the coach goes on to the desk."""

    done = Signal()

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self.setObjectName("first_steps")
        self._desk = desk
        self.vault = VaultMade()
        self.school = SchoolStep(desk, today)
        self.teachers = TeachersStep(desk)
        self.bringing = BringIn(desk, self.tr("Back"))
        self._import = _with_margins(self.bringing)
        for page in (self.vault, self.school, self.teachers, self._import):
            self.addWidget(page)
        self.vault.next_button.clicked.connect(lambda: self._show(self.school))
        self.school.back_button.clicked.connect(self._go_back)
        self.school.kept.connect(lambda: self._show(self.teachers))
        self.teachers.back_button.clicked.connect(self._go_back)
        self.teachers.bring_button.clicked.connect(lambda: self._show(self._import))
        self.bringing.skipped.connect(self._leave_import)
        self.bringing.done.connect(self.done)
        self.teachers.later_button.clicked.connect(self.done)
        self.teachers.kept.connect(self.done)
        self._show(self.school)

    def flush(self, timeout_ms: int = 500) -> bool:
        """Keep what stands in the step that is shown, as far as it can be, or seal it: see `Desk.flush`."""
        if self.currentWidget() in (self.school, self.teachers):
            self.school.flush()
            self.teachers.flush()
        return self._desk.flush(timeout_ms)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, as the button does."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _go_back(self) -> None:
        before: dict[QWidget | None, QWidget] = {self.teachers: self.school, self.school: self.vault}
        if self.currentWidget() is not self._import:
            self._show(before.get(self.currentWidget(), self.vault))
        elif not self.bringing.step_back():
            self._show(self.teachers)

    def _leave_import(self) -> None:
        self.bringing.start_over()
        self._show(self.teachers)


class Step(GatePage):
    """One step, headed by where the coach is on the way."""

    def __init__(self, number: int, width: int = WIDTH) -> None:
        super().__init__(width)
        self.set_title(self.tr("Welcome to Coachdesk"), Steps(step_names(), number))
        self.settle()

    def head(self, title: str, text: str) -> None:
        self.card.column.addWidget(Text(title, "h3", bold=True))
        self.card.column.addWidget(muted(text))
        self.card.column.addSpacing(theme.SPACE["sm"])

    def foot(self, *buttons: QPushButton | None) -> None:
        """The buttons at the foot of the card; None is the room between left and right."""
        self.card.column.addSpacing(theme.SPACE["sm"])
        self.card.column.addWidget(line())
        self.card.column.addSpacing(theme.SPACE["sm"])
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        for made in buttons:
            if made is None:
                row.addStretch(1)
            else:
                row.addWidget(made)
        self.card.column.addLayout(row)


class VaultMade(Step):
    """What going back from the third step shows: the vault cannot be made twice."""

    def __init__(self) -> None:
        super().__init__(1)
        self.setObjectName("vault_made_page")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["md"])
        row.addWidget(Picture("shield-check", "success", 28), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self.tr("Your vault is made, and your passphrase opens it."), "h3", bold=True), 1)
        self.card.column.addLayout(row)
        self.card.column.addWidget(
            muted(self.tr("Everything you write from here on is kept in it, on this laptop, encrypted."))
        )
        self.next_button = primary(self.tr("Next"), "arrow-right", name="vault_next")
        self.setFocusProxy(self.next_button)
        self.foot(None, self.next_button)


class SchoolStep(Step):
    """The school year, and the first school."""

    kept = Signal()

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__(2)
        self.setObjectName("school_step")
        self._desk = desk
        self._ids = {what: new_key() for what in ("year", "school", "principal")}
        self.form = Form(
            Section(questions(School, ("name",))),
            Section([*map(_with_zones, questions(School, ("short_code", "time_zone")))], pairs=True),
            Section([Question("principal", "Principal", "line", "You can leave this empty")]),
            Section(questions(SchoolYear, ("first_day", "last_day")), pairs=True),
            name="first",
        )
        self.form.fill(self._known(today))
        self.problem = Notice("danger", name="school_problem")
        self.back_button = button(self.tr("Back"), "arrow-left", name="school_back")
        self.next_button = primary(self.tr("Next"), "arrow-right", name="school_next")
        self.next_button.clicked.connect(self._keep)
        self.head(
            self.tr("Where do you coach, and when?"),
            self.tr("One school is enough to begin with; you can add the others later."),
        )
        self.card.column.addWidget(self.form)
        self.card.column.addWidget(self.problem)
        self.foot(self.back_button, None, self.next_button)
        self.setFocusProxy(self.form.field("name"))
        for key in ("first_day", "last_day", "name", "short_code", "principal"):
            self.form.field(key).returnPressed.connect(self._keep)  # type: ignore[attr-defined]

    def _known(self, today: date) -> dict[str, Any]:
        """What the vault holds already, if the first run was broken off here; else a guess."""
        first, last = likely_school_year(today)
        values: dict[str, Any] = {"first_day": first, "last_day": last, "time_zone": system_zone()}
        year = self._desk.ask(roster.current_year, today)
        if year:
            self._ids["year"] = year.id
            values |= {"first_day": year.first_day, "last_day": year.last_day}
        return values

    def _keep(self) -> None:
        problems = self.form.problems()
        if problems:
            self.form.say(problems)
            self.form.focus(next(iter(problems)))
            return
        try:
            self._write(self.form.answers())
        except Invalid as invalid:
            self.form.say(invalid.problems)
            return
        self.problem.clear()
        self.kept.emit()

    def flush(self) -> None:
        """Hand over what stands here, unless a school could not be made of it."""
        if not self.form.problems():
            for what, command, values in self._records(self.form.answers()):
                self._desk.do_later((self.objectName(), what), command, values)

    def _write(self, answers: dict[str, Any]) -> None:
        for _what, command, values in self._records(answers):
            self._desk.do(command, values)

    def _records(self, answers: dict[str, Any]) -> Iterator[tuple[str, Callable[..., Any], dict[str, Any]]]:
        """Year, school and principal; coming back later changes these, and makes no second ones."""
        year = {key: answers[key] for key in ("first_day", "last_day")}
        school = {key: answers[key] for key in ("name", "short_code", "time_zone")}
        yield "year", roster.save_school_year, {"id": self._ids["year"], **year}
        yield "school", roster.save_school, {"id": self._ids["school"], **school}
        if answers["principal"].strip():
            principal = {"name": answers["principal"], "role": ColleagueRole.PRINCIPAL}
            ids = {"id": self._ids["principal"], "school_id": self._ids["school"]}
            yield "principal", roster.save_colleague, {**ids, **principal}


class TeachersStep(Step):
    """Bring in a list, type a few, or do it later."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(3, WIDE)
        self.setObjectName("teachers_step")
        self._desk = desk
        self.head(
            self.tr("Who do you coach?"),
            self.tr("Bring in the list from your school's system, or type a few names to begin with."),
        )
        self.bring_button = button(self.tr("Bring in a list…"), "file-up", name="bring_in")
        row = QHBoxLayout()
        row.addWidget(self.bring_button)
        row.addStretch(1)
        self.card.column.addLayout(row)
        self.card.column.addSpacing(theme.SPACE["md"])
        self.card.column.addWidget(Text(self.tr("Or by hand"), bold=True))
        self.rows = FirstTeachers()
        self.card.column.addWidget(self.rows)
        self.problem = Notice("danger", name="teachers_problem")
        self.card.column.addWidget(self.problem)
        self.back_button = button(self.tr("Back"), "arrow-left", name="teachers_back")
        self.later_button = quiet(self.tr("Later"), name="teachers_later")
        self.add_button = primary(self.tr("Add teachers"), "user-plus", name="add_teachers")
        self.add_button.clicked.connect(self._keep)
        self.rows.entered.connect(self._keep)
        self.rows.changed.connect(self._count)
        self.setFocusProxy(self.bring_button)  # what comes first: Tab onto the page goes to its proxy
        self.foot(self.back_button, None, self.later_button, self.add_button)
        self._count()

    def _count(self) -> None:
        count = len(self.rows.filled())
        self.add_button.setEnabled(count > 0)
        self.later_button.setVisible(count == 0)
        words = self.tr("Add 1 teacher") if count == 1 else self.tr("Add {count} teachers")
        self.add_button.setText(words.format(count=count) if count else self.tr("Add teachers"))
        self.add_button.setAccessibleName(self.add_button.text())

    def flush(self) -> None:
        """Hand over the lines in which something stands, names or not."""
        if self.rows.filled():
            self._desk.do_later(self.objectName(), roster.save_teachers, self._typed())

    def _typed(self) -> list[dict[str, Any]]:
        schools = [school.id for school in self._desk.ask(roster.schools)[:1]]
        return [{**values, "schools": schools} for values in self.rows.filled()]

    def _keep(self) -> None:
        problem = self.rows.problem()
        if problem:
            self.problem.say(problem)
            return
        teachers = self._typed()
        if not teachers:
            return
        try:
            self._desk.do(roster.save_teachers, teachers)
        except Invalid as invalid:
            self.problem.say(messages.words(invalid))
            return
        self.kept.emit()


def _with_margins(widget: QWidget) -> QWidget:
    page = QWidget()
    page.setFocusProxy(widget)
    column = QVBoxLayout(page)
    column.setContentsMargins(*[theme.SPACE["xl"]] * 4)
    column.addWidget(widget)
    return page


def likely_school_year(today: date) -> tuple[date, date]:
    """The year that runs, or in summer the coming one: third Monday of August to second Friday of June."""
    begins = today.year if today > _weekday(today.year, JUNE, FRIDAY, 2) else today.year - 1
    return _weekday(begins, AUGUST, MONDAY, 3), _weekday(begins + 1, JUNE, FRIDAY, 2)


def system_zone() -> str:
    """This computer's time zone, where it is one that is offered."""
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return here if here in ZONES else ZONES[0]


def _weekday(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _with_zones(question: Question) -> Question:
    if question.key != "time_zone":
        return question
    cities = tuple(zone.split("/")[1].replace("_", " ") for zone in ZONES)
    return replace(question, kind="choice", choices=ZONES, names=cities)
