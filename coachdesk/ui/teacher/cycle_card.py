"""One cycle: what it is about, its rounds with their steps, the counters agreed in it."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model import CoachingCycle
from coachdesk.model.cycles import PHASES, Slot
from coachdesk.model.question import Question, questions
from coachdesk.model.schedule import EventStatus
from coachdesk.services import cycles
from coachdesk.services.cycles import OPEN, CycleFile, Round
from coachdesk.services.desk import Desk
from coachdesk.ui import labels, marks, theme, wishes
from coachdesk.ui.form import Form, Section
from coachdesk.ui.teacher import words
from coachdesk.ui.teacher.counters import Counters
from coachdesk.ui.widgets.buttons import button, link, quiet
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.text import Text, badge, heading
from coachdesk.ui.written import Written

ABOUT = ("focus", "goal", "measure", "baseline", "target", "result", "status")


class CycleCard(Card):
    """Rounds of a cycle that is over are built when they are wanted: there may be years of them."""

    wished = Signal(object)
    agreed = Signal(object, object)  # the cycle's id, and the counters that are on from now on
    failed = Signal(str)

    def __init__(self, desk: Desk, file: CycleFile, today: date) -> None:
        super().__init__()
        self.setObjectName("cycle")
        self._desk, self.file, self._today = desk, file, today
        self.is_open = file.record.status in OPEN
        self._form: Written | None = None
        self.focus_words = heading("", 3)
        self.focus_words.setWordWrap(True)
        self._badge = badge("")
        self._about = Text("", "body", "muted")
        self._goal = Text("")
        self.edit_button = quiet(self.tr("Edit"), "pencil", name="edit_cycle")
        self.edit_button.clicked.connect(self._edit)
        self._rounds = QVBoxLayout()
        self._rounds.setSpacing(theme.SPACE["sm"])
        self._shown: tuple[Round, ...] | None = None
        self.show_button = link(self.tr("Show the rounds"), name="show_rounds")
        self.show_button.clicked.connect(self._show_rounds)
        self.counters = Counters(self.tr("Counters in these visits"))
        self.counters.agreed.connect(self._agree)
        self._build()
        self.show_file(file, today)

    @property
    def busy(self) -> bool:
        """Whether something typed about the cycle is not in the vault yet."""
        return self._form is not None and self._form.saving.busy

    def flush(self) -> None:
        if self._form is not None:
            self._form.saving.flush()

    def owns(self, key: object) -> bool:
        """Whether the form of this cycle writes under that key."""
        return self._form is not None and key in self._form.saving

    def show_file(self, file: CycleFile, today: date) -> None:
        """Show how the cycle stands now."""
        record = file.record
        self.file, self._today = file, today
        self.focus_words.setText(record.focus or self.tr("To be agreed"))
        self._badge.setText(labels.label(record.status))
        self._badge.setProperty("tone", "accent" if record.status in OPEN else "")
        since = self.tr("since {day}").format(day=labels.short_day(record.starts_on, today))
        phase = self.tr("phase: {phase}").format(phase=labels.phase(record.phase))
        count = self._count(len(file.rounds))
        parts = (labels.label(record.template), phase, since if record.starts_on else "", count)
        self._about.setText(" · ".join(filter(None, parts)))
        self._goal.setText(self.tr("Goal: {goal}").format(goal=record.goal))
        self._goal.setVisible(bool(record.goal))
        self.counters.setVisible(self.is_open)
        self.show_button.setVisible(not self.is_open and self._shown is None and bool(file.rounds))
        if self.is_open or self._shown is not None:
            self._show_rounds()
        if self._form is not None:
            self._form.show_record(record, {}, {})

    def first(self) -> QWidget:
        return self.edit_button

    def _count(self, rounds: int) -> str:
        return self.tr("1 round") if rounds == 1 else self.tr("{count} rounds").format(count=rounds)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE["sm"])
        head.addWidget(self.focus_words, 1)
        head.addWidget(self._badge)
        head.addWidget(self.edit_button)
        self.column.addLayout(head)
        self.column.addWidget(self._about)
        self.column.addWidget(self._goal)
        self._room = QVBoxLayout()
        self.column.addLayout(self._room)
        self.column.addLayout(self._rounds)
        self.column.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.counters)

    def _show_rounds(self) -> None:
        asked = self._shown is None and not self.is_open
        if self._shown == self.file.rounds:
            return
        self._shown = self.file.rounds
        while taken := self._rounds.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for one in self.file.rounds:
            row = _RoundRow(one, self._today)
            row.wished.connect(self.wished)
            self._rounds.addWidget(line())
            self._rounds.addWidget(row)
        self.show_button.hide()
        if asked:
            self.edit_button.setFocus()

    def _edit(self) -> None:
        if self._form is None:
            self._form = self._build_form()
            self._room.addWidget(self._form)
            self._form.show()
            self._form.show_record(self.file.record, {}, {})
        else:
            self._form.saving.flush()
            self._form.setVisible(self._form.isHidden())
        said = self.tr("Edit") if self._form.isHidden() else self.tr("Close")
        self.edit_button.setText(said)
        self.edit_button.setAccessibleName(said)
        if not self._form.isHidden():
            self._form.form.focus("focus")

    def _build_form(self) -> Written:
        known = {question.key: question for question in questions(CoachingCycle, (*ABOUT, "phase"))}
        asked = [known[key] for key in ABOUT]
        form = Form(
            Section(asked[:2]),
            Section([*asked[2:], _phase(known["phase"], self.file.record)], pairs=True),
            name="cycle",
        )
        made = Written(self._desk, "", form, cycles.save_cycle, CoachingCycle)
        made.failed.connect(self.failed)
        made.kept.connect(self._on_kept)
        return made

    def _on_kept(self, record: CoachingCycle) -> None:
        self.show_file(replace(self.file, record=record), self._today)

    def _agree(self, counters: object) -> None:
        self.agreed.emit(self.file.record.id, counters)


class _RoundRow(QWidget):
    """A round: where it stands, and its three steps; those that are on the calendar open there."""

    wished = Signal(object)

    def __init__(self, one: Round, today: date) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        name = QHBoxLayout()
        name.setSpacing(theme.SPACE["sm"])
        name.addWidget(Text(self.tr("Round {number}").format(number=one.number), bold=True, wrap=False))
        name.addWidget(Text(labels.label(one.state), "body", "muted"), 1)
        column.addLayout(name)
        if not one.steps:
            return
        steps = QWidget()
        flow = Flow(theme.SPACE["xs"], steps)
        for slot in Slot:
            flow.addWidget(self._step(one, slot, today))
        column.addWidget(steps)

    def _step(self, one: Round, slot: Slot, today: date) -> QWidget:
        row, said = one.steps.get(slot), words.slot(one, slot, today)
        if row is None:
            missing = Text(said, "body", "muted", wrap=False)
            missing.setContentsMargins(theme.SPACE["md"], theme.SPACE["sm"], theme.SPACE["md"], 0)
            return missing
        if row.status is not EventStatus.COMPLETED:
            said = f"{said} · {labels.label(row.status)}"
        icon, role = marks.of_event(row.kind)
        made = button(said, kind="quiet", name="round_step")
        made.setIcon(theme.icon(icon, role, 18, 4))
        made.clicked.connect(partial(self._see, row.id))
        return made

    def _see(self, event_id: UUID, *_checked: object) -> None:
        self.wished.emit(wishes.ShowEvent(event_id))


def _phase(question: Question, record: CoachingCycle) -> Question:
    """The phases of the cycle's kind, and the one it is in where that is the coach's own."""
    known = PHASES[record.template]
    phases = known if record.phase in known else (*known, record.phase)
    return replace(question, kind="choice", choices=phases, names=tuple(labels.phase(p) for p in phases))
