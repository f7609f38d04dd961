"""The pages nobody has gone to yet, built while nobody waits."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.ui.screen import Screen
from coachdesk.ui.workspace import Workspace

FIRST_MS = 3_000
"""After unlocking: what else begins then (the seal looked over, reports drafted, a backup) is under way."""
BETWEEN_MS = 30
STILL = 0.6  # seconds without a key or the mouse after which the coach reads, or thinks
SLICE = 0.008  # seconds for which what can be done in parts goes on


class Ahead(QObject):
    """Builds, fills and dresses one page after the other, piece by piece, until all are there.

    It only works while the coach does nothing and no visit runs: `still` tells for how many seconds there was
    no input. Who goes to a page before its turn has it built then, as ever. It begins after `first_ms`.
    """

    done = Signal()

    def __init__(
        self, workspace: Workspace, still: Callable[[], float], parent: QObject, first_ms: int = FIRST_MS
    ) -> None:
        super().__init__(parent)
        self._workspace, self._still = workspace, still
        self._pieces = self._work()
        self._timer = QTimer(self, interval=first_ms)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        workspace.built_again.connect(self._begin_again)

    def close(self) -> None:
        """Build no more: the desk is about to be closed."""
        self._timer.stop()

    def _begin_again(self) -> None:
        """The pages that were built are gone."""
        self._pieces = self._work()
        self._timer.start()

    def _go_on(self) -> None:
        self._timer.setInterval(BETWEEN_MS)
        shown = self._workspace.isVisible()  # else the desk may be closing behind what is
        if self._still() < STILL or not shown or self._workspace.visit_runs:
            return
        if next(self._pieces, self) is self:
            self._timer.stop()
            self.done.emit()

    def _work(self) -> Iterator[None]:
        for kind in self._workspace.not_built():
            screen = self._workspace.screen_of(kind)
            yield
            for build in screen.parts_ahead():
                build()
                yield
            yield from self._fill(screen)
            yield from _dressed(screen)

    def _fill(self, screen: Screen) -> Iterator[None]:
        screen.resize(self._workspace.stack.size())
        if screen.in_sidebar:  # the others are told what to show
            screen.get_ready()
            yield


def _dressed(screen: Screen) -> Iterator[None]:
    """Give every part its style, then lay all out for a picture nobody sees."""
    began = perf_counter()
    for part in screen.findChildren(QWidget):
        part.ensurePolished()
        if perf_counter() - began > SLICE:
            yield
            began = perf_counter()
    yield
    if not screen.isVisible():
        screen.grab()
        yield
