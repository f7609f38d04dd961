"""The action steps of a teacher: those to look at again, and how the others went."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.model.goals import CheckBack
from coachdesk.services.notes import StepRow
from coachdesk.services.timeline import Steps
from coachdesk.ui import labels, theme
from coachdesk.ui.today.steps import results
from coachdesk.ui.widgets.buttons import link
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.lines import Lines, Told
from coachdesk.ui.widgets.scroll import Scroll

WIDEST = 900


class StepsView(QWidget):
    """What can be said of a step is said with one key."""

    more_wanted = Signal()

    def __init__(self, checked: Callable[[StepRow, CheckBack], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._checked = checked
        self.ahead = Lines(self.tr("To check back on"), "steps_ahead")
        self.settled = Lines(self.tr("Looked back on"), "steps_settled")
        self.more = link(self.tr("Show earlier"), name="show_earlier_steps")
        self.more.clicked.connect(self.more_wanted)
        self.nothing = Empty(
            "target", self.tr("No action step yet. When a visit ends, the note asks for the next step.")
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = Scroll("steps_scroll", self)
        outer.addWidget(area)
        page = area.page
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.SPACE["md"], theme.SPACE["xs"], 0)
        column.setSpacing(theme.SPACE["lg"])
        for part in (self.ahead, self.settled):
            column.addWidget(part)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.nothing, 1)
        column.addStretch(0)

    def show_steps(self, steps: Steps, today: date) -> None:
        self.ahead.show_lines([self._ahead(step, today) for step in steps.ahead])
        self.settled.show_lines([self._settled(step, today) for step in steps.settled])
        self.more.setVisible(steps.more)
        self.nothing.setVisible(not (steps.ahead or steps.settled))

    def first(self) -> QWidget:
        return next((each for each in (self.ahead, self.settled) if each.isVisible()), self)

    def _ahead(self, step: StepRow, today: date) -> Told:
        acts = tuple(results(partial(self._checked, step)))
        return Told(step.text, self._about(step, today), "target", "muted", acts=acts)

    def _settled(self, step: StepRow, today: date) -> Told:
        icon, tone = ("check", "success") if step.result is CheckBack.MET else ("minus", "muted")
        return Told(step.text, self._about(step, today), icon, tone)

    def _about(self, step: StepRow, today: date) -> str:
        """ "Partly on 26 Jan · check back 2 Feb"."""
        how = labels.label(step.result) if step.result else labels.label(step.status)
        if step.checked_on:
            said = self.tr("{result} on {day}")
            how = said.format(result=how, day=labels.short_day(step.checked_on, today))
        again = ""
        if step.check_back_on and (step.checked_on is None or step.check_back_on > step.checked_on):
            again = self.tr("check back {day}").format(day=labels.short_day(step.check_back_on, today))
        return " · ".join(filter(None, (how, again)))
