"""The whole program over a vault, unlocked as a coach unlocks it: `unlocking.py PROFILE MOMENT [quickly]`.

Prints as JSON how long deriving the key takes, how long the passphrase (or the press on *Open quickly*, with
the key store of the session bus) takes until the first page is painted (milliseconds), the memory then, and
once every page is built, though nobody went there (MiB).
"""

from coachdesk import ui  # noqa: F401 - before anything else knows Qt, as in the program

# isort: split
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from felt import PATIENCE, pause
from machine import resident, timed
from PySide6.QtCore import QEvent, QObject

from coachdesk import app, paths, settings
from coachdesk.cli import SAMPLE
from coachdesk.ui import handover

BEHIND = "coachdesk.ui.inside"
FETCHED = "workspace_on"  # the last thing needed there
PAINTING = (QEvent.Type.Paint, QEvent.Type.UpdateRequest)
SETTLED = 2.0  # seconds a coach looks at the page before memory is read
BUILT = 30.0  # seconds within which the other pages are built


class FirstPage(QObject):
    """Notes when the window is painted with what lies behind the lock; watching more would take time."""

    def __init__(self, program: app.Program) -> None:
        super().__init__(program)
        self.seen = False
        self._program = program
        program.shell.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen |= self._program.page is not None and event.type() in PAINTING
        return False


class Program(app.Program):
    """The program at a moment of the sample, when there is most on the first page."""

    def __init__(self, moment: datetime, *parts: Any) -> None:
        super().__init__(*parts)
        self._moment = moment

    def _opened(self, desk: Any) -> None:
        desk.now = lambda: self._moment
        super()._opened(desk)

    def wait_for_all_pages(self) -> None:
        """Until those nobody went to are built too."""
        built: list[bool] = []
        self.open.building.done.connect(lambda: built.append(True))
        deadline = time.perf_counter() + BUILT
        while not built:
            pause(0.05)
            if time.perf_counter() > deadline:
                raise TimeoutError


def main(profile: Path, moment: datetime, quickly: bool) -> None:
    place = paths.folders(profile)
    application = app.make_app(settings.load(place.settings))
    start = handover.Start(profile, False, False)
    program = Program(moment, place, start, handover.found(), lambda _start, _handed: None)
    program.begin()
    while not hasattr(sys.modules.get(BEHIND), FETCHED):
        pause(0.05)
    pause(0.5)
    first = FirstPage(program)
    page = program.shell.page
    page.edit.setText("" if quickly else SAMPLE)
    began = time.perf_counter()
    (page.quick_button if quickly else page.button).click()
    while not first.seen and time.perf_counter() < began + PATIENCE:
        pause(0.001)
    painted = (time.perf_counter() - began) * 1000
    pause(SETTLED)
    memory = resident() / 1024
    program.wait_for_all_pages()
    built = resident() / 1024
    told = {"unlock": painted, "memory": memory, "built": built, "derive": derivation(place)}
    print(json.dumps(told), flush=True)
    program.end()
    application.quit()


def derivation(place: paths.Folders) -> float:
    """Deriving the key alone, in the same process."""
    from coachdesk.store import keys
    from coachdesk.store.vault import key_path

    file = keys.read(key_path(place))
    return timed(lambda: keys.unlock(file, SAMPLE))


if __name__ == "__main__":
    main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), "quickly" in sys.argv[3:])
