"""Action steps to check back on: how each went is said with one key."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from coachdesk.model.goals import CheckBack
from coachdesk.services.notes import StepRow
from coachdesk.ui import labels
from coachdesk.ui.today import words
from coachdesk.ui.widgets.lines import Act, Lines, Told


class StepLines(Lines):
    """The key of a result is the first letter of its word."""

    def __init__(self, title: str, name: str, checked: Callable[[StepRow, CheckBack], object]) -> None:
        super().__init__(title, name)
        self._checked = checked

    def show_steps(self, steps: Sequence[StepRow], today: date) -> None:
        self.show_lines([self._line(step, today) for step in steps])

    def _line(self, step: StepRow, today: date) -> Told:
        return Told(
            step.text,
            words.checked_back(step, today),
            "target",
            "muted",
            acts=tuple(results(partial(self._checked, step))),
        )


def results(said: Callable[[CheckBack], object]) -> list[Act]:
    """What can be said of a step, each with its key."""
    return [
        Act(result.value, labels.label(result), partial(said, result), labels.label(result)[:1].casefold())
        for result in CheckBack
    ]
