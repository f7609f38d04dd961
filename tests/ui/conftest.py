"""What every test of the window finds when it ends: nothing left open."""

from datetime import date, datetime, time

import pytest
from one_thread import collected_on_this_thread  # noqa: F401 - for every test of the window
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from coachdesk.services.desk import Desk
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.workspace import Workspace


@pytest.fixture(autouse=True)
def _no_window_is_left(qapp):
    """A window that outlives its test would be seen, and clicked, by the next one."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    names = [type(window).__name__ for window in left]
    for window in left:
        window.hide()
        window.deleteLater()
    assert names == [], "close what the test opened, or hand it to qtbot.addWidget"


class WallClock:
    """What the clock on the wall says: the time it is, until a test sets it."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    def set(self, day: date, hour: int = 10, minute: int = 0, second: int = 0) -> None:
        self.at = datetime.combine(day, time(hour, minute, second))

    def __call__(self) -> datetime:
        return self.at or datetime.now()


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


class Stopwatch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def screen_desk(vault, qapp, clock):
    """A desk as the window has it: what changed is told on the screen's own thread."""
    background = Background()
    yield Desk(vault, background.post, clock)
    background.close()


@pytest.fixture(scope="session")
def dressed(qapp):
    """The look, put on once."""
    theme.dress(qapp, "light")


@pytest.fixture
def on_screen(qtbot):
    """Shows a window as most coaches have it, the keyboard in it, and answers it."""

    def shown(window):
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.setFocus()  # before it is shown, or the search box would have the keyboard, and learn
        window.show()
        window.activateWindow()
        QApplication.processEvents()  # or each window would be waited for as long as waitUntil sleeps
        qtbot.waitUntil(window.isActiveWindow)
        window.setFocus()
        return window

    return shown


@pytest.fixture
def workspace(on_screen, dressed, screen_desk, request):
    """The open desk over `screen_desk`, with every screen; `workspace.locked` counts how often it was locked.

    The tests fill the vault first where they ask for a fixture that does, before this one. What comes up is
    the first page, or the `FIRST_PAGE` of the module: no test waits for a page that it is not about.
    """
    locked: list[bool] = []
    shown = Workspace(screen_desk, SCREENS, lambda: locked.append(True))
    shown.show_screen(shown.screen_of(getattr(request.module, "FIRST_PAGE", SCREENS[0])))
    shown.locked = locked
    return on_screen(shown)
