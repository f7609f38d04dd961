"""The open desk in a process of its own, worked as a coach works it: `at_work.py PROFILE WHAT`.

Prints what it measured as JSON, in milliseconds.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget
from scene import PASSPHRASE
from searching import beginnings, documents

from coachdesk import paths
from coachdesk.services import opening
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.shell import Shell
from coachdesk.ui.workspace import Workspace

KEYS = 240
BETWEEN_KEYS = 45  # ms: a fast typist
TIMER_LATE = 0.002  # seconds by which a timer may be late
PATIENCE = 5.0  # seconds until something that is not painted counts as that slow
FILTERS = ("a", "an", "ma", "e", "ri", "o", "s", "ar", "el", "")
Figures = dict[str, list[float]]


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


class Gaps(QObject):
    """The longest time for which the screen's thread answered nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, (now - self._last) * 1000), now


def painted(widget: QWidget, act: Callable[[], object], began: float | None = None) -> float:
    """Milliseconds from `began`, or from now, until what `act` did to `widget` is painted."""
    paints = Paints(widget)
    began = time.perf_counter() if began is None else began
    act()
    while not paints.count and time.perf_counter() < began + PATIENCE:
        QApplication.processEvents()
    took = (time.perf_counter() - began) * 1000
    paints.deleteLater()
    return took


def rest(until: float) -> None:
    """Let the screen's thread idle until the clock shows `until`: to the moment, which no timer keeps."""
    loop = QEventLoop()
    left = max(0, int((until - time.perf_counter() - TIMER_LATE) * 1000))
    timer = QTimer(loop, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(loop.quit)
    timer.start(left)
    loop.exec()
    while time.perf_counter() < until:
        QApplication.processEvents()


def typed_into(field: QWidget, canvas: QWidget) -> list[float]:
    """Each key from the moment it is due until it is painted: what blocks the thread meanwhile counts."""
    field.setFocus()
    took, due = [], time.perf_counter()
    for number in range(KEYS):
        due += BETWEEN_KEYS / 1000
        rest(due)
        key = "abcdefghij klmnop"[number % 17]
        took.append(painted(canvas, lambda key=key: QTest.keyClick(field, key), due))
    return took


class Coach:
    """The window over a profile, and what a coach does in it."""

    def __init__(self, profile: Path) -> None:
        self.background = Background()
        self.desk = opening.open_desk(paths.folders(profile), PASSPHRASE, self.background.post)
        self.shell = Shell()
        self.shell.resize(1366, 768)
        self.workspace = Workspace(self.desk, SCREENS, lambda: None)
        self.shell.show_page(self.workspace)
        self.shell.show()
        QTest.qWaitForWindowExposed(self.shell)
        self.teachers = next(
            screen for screen in self.workspace.screens if isinstance(screen, TeachersScreen)
        )

    def filter(self) -> Figures:
        """Type into the filter of the roster, and sort it."""
        self.workspace.show_screen(self.teachers)
        table = self.teachers.list.table
        narrow = self.teachers.list.filter.setText
        took = [painted(table.viewport(), lambda text=text: narrow(text)) for text in FILTERS * 5]
        return {"filter": took}

    def switch(self) -> Figures:
        """Go through the pages of the sidebar: the first time, and again and again."""
        rounds = [self._round() for _ in range(8)]
        return {"first": rounds[0], "again": sum(rounds[1:], [])}

    def type(self) -> Figures:
        """Type into a teacher's file while it saves itself, then into a field that does nothing."""
        self.workspace.show_screen(self.teachers)
        field = self.teachers.file.form.field("background")
        scrolled = next(area for area in self.teachers.findChildren(QScrollArea) if area.isAncestorOf(field))
        scrolled.ensureWidgetVisible(field)
        ours = typed_into(field, field.viewport())
        self.workspace.flush(10_000)
        bare = QPlainTextEdit()
        bare.resize(364, 120)
        bare.show()
        QTest.qWaitForWindowExposed(bare)
        theirs = typed_into(bare, bare.viewport())
        bare.close()
        return {"ours": ours, "bare": theirs}

    def back_up(self) -> Figures:
        """Make a backup while the window is open."""
        gaps, loop = Gaps(), QEventLoop()
        began = time.perf_counter()
        self.background.run(self.desk.back_up, lambda _made: loop.quit())
        loop.exec()
        return {"gap": [gaps.longest], "took": [(time.perf_counter() - began) * 1000]}

    def search(self) -> Figures:
        """Type the beginnings of words into the search box, letter by letter."""
        box = self.workspace.search
        box.start()
        painted(box.panel.list.viewport(), lambda: box.setText("an"))
        took = []
        for typed in beginnings(self.desk.ask(documents)):
            box.setText("")
            QApplication.processEvents()
            for letter in typed:
                took.append(painted(box.panel, lambda letter=letter: QTest.keyClick(box, letter)))
        return {"search": took}

    def leave(self) -> None:
        self.shell.leave()
        self.desk.close()

    def _round(self) -> list[float]:
        others = [*self.workspace.screens[1:], self.workspace.screens[0]]
        pages = [screen for screen in others if screen.in_sidebar]
        return [painted(screen, lambda screen=screen: self.workspace.show_screen(screen)) for screen in pages]


def main(profile: str, what: str) -> None:
    application = QApplication(sys.argv[:1])
    theme.apply(application, "light")
    coach = Coach(Path(profile))
    figures = getattr(coach, what)()
    coach.leave()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
