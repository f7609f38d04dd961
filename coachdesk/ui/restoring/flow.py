"""From "restore a backup" to the program starting anew over it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from coachdesk.errors import Cancelled, CoachdeskError
from coachdesk.services import hold, restoring
from coachdesk.services.restoring import Opened, Restored
from coachdesk.ui import dates, messages
from coachdesk.ui.background import Background, Job, Report
from coachdesk.ui.restoring.page import Here, RestorePage
from coachdesk.ui.shell import Shell


@dataclass(frozen=True)
class Ways:
    """What the program does for it: `keep` has written what is typed, `close` closes the open desk,
    `start_anew` begins the program again, locked, saying this; `over` hears that nothing is restored."""

    keep: Callable[[], object]
    close: Callable[[], object]
    start_anew: Callable[[str], object]
    over: Callable[[], object]


class Restoring(QObject):
    """Shows its page over the one that is shown, and puts it away again if the coach changes their mind."""

    def __init__(self, here: Here, shell: Shell, ways: Ways) -> None:
        super().__init__(shell)
        self._here, self._shell, self._ways = here, shell, ways
        self._background = Background(self)
        self._closed = here.desk is None
        self._job: Job | None = None  # it is being restored
        self._leave_instead: Callable[[], object] | None = None  # the coach quits meanwhile
        self.page = RestorePage(here, self._background)
        self.page.left.connect(self._leave)
        self.page.wanted.connect(self._restore)
        shell.show_over(self.page)

    def let_leave(self, leave: Callable[[], object]) -> bool:
        """The window is to be closed: whether that may be now. While a backup is put in place that is stopped
        first, or finished if it cannot be any more; then `leave` is called."""
        if self._job is None:
            return True
        self._job.stop()
        self._leave_instead = leave
        return False

    def _leave(self) -> None:
        self._ways.over()
        self._shell.take_off(self.page)
        self.deleteLater()

    def _restore(self, of: Opened) -> None:
        if self._here.desk is not None and not self._closed:
            try:
                self._ways.keep()
            except CoachdeskError as error:
                self.page.refuse(error)
                return
        saying = self.tr("Setting aside what is here, then restoring…")
        waiting = self._shell.wait(saying, "archive-restore")
        place, held = self._here.place, self._held_since()

        def work(report: Report) -> Restored:
            if not self._closed:
                self._ways.close()
                self._closed = True
            return restoring.restore(place, of, report, held)

        self._job = self._background.run_long(work, self._done, self._failed, waiting.show_progress)
        waiting.stops(self._job.stop)

    def _held_since(self) -> datetime | None:
        """What the open desk says; a desk that is closed, or cannot say it, is asked when it is set aside."""
        if self._here.desk is None or self._closed:
            return None
        try:
            return self._here.desk.ask(hold.since)
        except CoachdeskError:
            return None

    def _done(self, restored: Restored) -> None:
        (self._leave_instead or partial(self._ways.start_anew, told(restored)))()

    def _failed(self, error: BaseException) -> None:
        """Nothing was changed. A desk that is closed by now is unlocked again."""
        self._job = None
        if self._leave_instead:
            messages.note(error)
            self._leave_instead()
            return
        if self._here.desk is not None:
            stopped = self.tr("The backup was not restored; your notes are as they were.")
            why = "" if isinstance(error, Cancelled) else messages.words(error)
            messages.note(error)
            self._ways.start_anew(f"{why} {stopped}".strip())
            return
        self._shell.show_over(self.page)
        if not isinstance(error, Cancelled):
            self.page.refuse(error)


def told(restored: Restored) -> str:
    """What the lock page says afterwards."""
    at = f"{dates.with_year(restored.made.date())}, {dates.clock(restored.made)}"
    done = QCoreApplication.translate("restoring", "Restored: the backup of {when}.").format(when=at)
    if restored.backup:
        kept = QCoreApplication.translate("restoring", "What was here before is kept as a backup of today.")
    elif restored.folder:
        kept = QCoreApplication.translate(
            "restoring", "What was here before lies in the folder “set aside” beside the vault."
        )
    else:
        kept = ""
    stays = QCoreApplication.translate("restoring", "Hold stays on.") if restored.stays_on_hold else ""
    return " ".join(filter(None, (done, kept, stays)))
