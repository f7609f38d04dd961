"""A card in which something takes a while: how far it is, a way out, and what came of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QApplication, QProgressBar, QWidget
from shiboken6 import isValid

from coachdesk.errors import Cancelled
from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background, Job, Report
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.text import Text


class Working(Card):
    """Add to `column`, and `add_foot` at the end; `begin` does the work off the screen's thread."""

    def __init__(self, name: str) -> None:
        super().__init__(gap=theme.SPACE["sm"])
        self.setObjectName(name)
        self.background = Background(self)
        self._job: Job | None = None
        self._had_keys: QWidget | None = None  # what the keyboard was in when it began
        self.outcome = Notice("success", name=f"{name}_outcome")
        self.doing = Text("", "caption", "muted")
        self.doing.hide()
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{name}_progress")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.stop_button = button(self.tr("Stop"), "x", name=f"{name}_stop")
        self.stop_button.clicked.connect(self.stop)
        self.stop_button.hide()

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def add_foot(self) -> None:
        for part in (self.outcome, self.doing, self.progress, self.stop_button):
            self.column.addWidget(part)

    def begin(
        self, doing: str, work: Callable[[Report], Any], done: Callable[[Any], object], *, stops: bool = True
    ) -> None:
        """Do `work`, then tell `done`; an error is said in the card. One at a time."""
        if self._job:
            return
        self.outcome.clear()
        self._show_busy(doing, stops)
        self._job = self.background.run_long(
            work, self._then(done), self._then(self._failed), self._then(self._show)
        )

    def stop(self) -> None:
        if self._job:
            self._job.stop()

    def _then(self, call: Callable[..., object]) -> Callable[..., None]:
        """The page may be gone by the time an answer comes."""

        def answer(*told: object) -> None:
            if not isValid(self):
                return
            if call != self._show:
                self._job = None
                self._show_busy("", False)
            call(*told)

        return answer

    def _show(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _show_busy(self, doing: str, stops: bool) -> None:
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(doing)
        self.doing.setText(doing)
        for part in (self.doing, self.progress):
            part.setVisible(bool(doing))
        if doing:
            self._hold_keys(stops)
        self.offer(not doing)
        if not doing:
            self._give_keys_back()
            self.stop_button.hide()
        if doing:
            announce(self.doing, doing)
            into_view.bring(self.progress)

    def _hold_keys(self, stops: bool) -> None:
        """Keep the keyboard here: Qt hands it on from what is disabled, here to what deletes the vault."""
        here = QApplication.focusWidget()
        self._had_keys = here if here is not None and self.isAncestorOf(here) else None
        self.stop_button.setVisible(stops)
        if self._had_keys:
            (self.stop_button if stops else self).setFocus()

    def _give_keys_back(self) -> None:
        had, self._had_keys = self._had_keys, None
        here = QApplication.focusWidget()
        if had is None or (here is not self and here is not self.stop_button):
            return
        others = (one for one in self.findChildren(QAbstractButton) if one is not self.stop_button)
        able = (one for one in (had, *others) if isValid(one) and one.isVisible() and one.isEnabled())
        next(able, self).setFocus()

    def offer(self, possible: bool) -> None:
        """What can be pressed while nothing is being done."""

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.outcome.say(self.tr("Stopped. Nothing was changed."), "info")
            return
        messages.note(error)
        self.outcome.say(messages.words(error), "danger")
        into_view.bring(self.outcome)
