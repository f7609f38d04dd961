"""A desk on its way here: made or opened off the screen's thread."""

from collections.abc import Callable
from typing import Any

from coachdesk.ui.background import Background, Report
from coachdesk.ui.widgets.waiting import Waiting

Failed = Callable[[BaseException], object]


class Fetching:
    """Hands each desk that came to `opened`; one that comes too late is closed by `close`."""

    def __init__(self, background: Background, opened: Callable[[Any], object]) -> None:
        self._background, self._opened = background, opened
        self._fetched: Any = None

    def fetch(self, make: Callable[[], Any], failed: Failed) -> None:
        """Make or open a desk."""

        def fetch() -> Any:
            self._fetched = make()
            return self._fetched

        self._background.run(fetch, self._opened, failed)

    def slowly(
        self, make: Callable[[Report], Any], done: Callable[[Any], object], failed: Failed, waiting: Waiting
    ) -> None:
        """As `fetch`, with `waiting` to tell how far it is and to stop it; `done` has the desk."""

        def fetch(report: Report) -> Any:
            self._fetched = make(report)
            return self._fetched

        job = self._background.run_long(fetch, done, failed, waiting.show_progress)
        waiting.stops(job.stop)

    def arrived(self) -> None:
        """It is in the hands of whom it was fetched for."""
        self._fetched = None

    def close(self) -> None:
        """Close the one that nobody took; nothing more is on its way."""
        if self._fetched:
            self._fetched.close()
        self._fetched = None
