"""The whole program over a vault, unlocked as a coach unlocks it: `unlocking.py PROFILE`.

Prints as JSON how long deriving the key takes, how long the passphrase takes until the first page is
painted (milliseconds), and the memory then (MiB).
"""

import json
import sys
import time
from pathlib import Path

from felt import PATIENCE, pause
from machine import resident, timed
from PySide6.QtCore import QEvent, QObject
from scene import PASSPHRASE

from coachdesk import app, paths, settings
from coachdesk.ui import handover

BEHIND = "coachdesk.ui.inside"
FETCHED = "workspace_on"  # the last thing needed there
PAINTING = (QEvent.Type.Paint, QEvent.Type.UpdateRequest)
SETTLED = 2.0  # seconds a coach looks at the page before memory is read


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


def main(profile: Path) -> None:
    place = paths.folders(profile)
    application = app.make_app(settings.load(place.settings))
    start = handover.Start(profile, False, False)
    program = app.Program(place, start, handover.found(), lambda _start, _handed: None)
    program.begin()
    while not hasattr(sys.modules.get(BEHIND), FETCHED):
        pause(0.05)
    pause(0.5)
    first = FirstPage(program)
    page = program.shell.page
    page.edit.setText(PASSPHRASE)
    began = time.perf_counter()
    page.button.click()
    while not first.seen and time.perf_counter() < began + PATIENCE:
        pause(0.001)
    painted = (time.perf_counter() - began) * 1000
    pause(SETTLED)
    memory = resident() / 1024
    print(json.dumps({"unlock": painted, "memory": memory, "derive": derivation(place)}), flush=True)
    program.end()
    application.quit()


def derivation(place: paths.Folders) -> float:
    """Deriving the key alone, in the same process."""
    from coachdesk.store import keys
    from coachdesk.store.vault import key_path

    file = keys.read(key_path(place))
    return timed(lambda: keys.unlock(file, PASSPHRASE))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
