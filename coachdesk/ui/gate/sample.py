"""Making a throw-away sample, from the first page or in its place."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from coachdesk import paths
from coachdesk.errors import Cancelled
from coachdesk.ui import handover, messages
from coachdesk.ui.background import Report
from coachdesk.ui.gate.fetching import Fetching
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.porch import Porch
from coachdesk.ui.widgets.waiting import Waiting


class SampleMaking:
    """Makes one, and shows meanwhile that it does."""

    def __init__(self, porch: Porch) -> None:
        self._shell, self._profile, self._behind = porch.shell, porch.profile, porch.behind
        self._post = porch.background.post

    def wait(self) -> Waiting:
        """Say that it is being made."""
        saying = QCoreApplication.translate("Sample", "Making up a school year… This takes a few seconds.")
        return self._shell.wait(saying, "sparkles")

    def make(self, fetching: Fetching, opened: Callable[[Any], object], leave: Callable[[], object]) -> None:
        """Make one and have it `opened`. Stopped where there is no page to go back to, it is to `leave`."""
        self._profile.sample = folder = handover.new_sample_folder()
        place, behind, post = paths.folders(folder), self._behind, self._post

        def make(report: Report) -> Any:
            return behind().sample_desk(place, date.today(), post, report)

        fetching.slowly(make, opened, lambda error: self._not_made(error, leave), self.wait())

    def _not_made(self, error: BaseException, leave: Callable[[], object]) -> None:
        """It was stopped, or could not be made: say why, where the coach asked for it."""
        self._profile.forget_sample()
        page = self._shell.page
        if isinstance(page, NewVault):
            self._shell.uncover()
            page.ready_again()
            if not isinstance(error, Cancelled):
                messages.note(error)
                page.refuse(error)
        elif isinstance(error, Cancelled):
            leave()
        else:
            messages.note(error)
            self._shell.blank(messages.words(error), "triangle-alert")
