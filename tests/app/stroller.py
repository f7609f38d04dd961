"""The walk past everything, in the window of a process of its own: it stops until it is told to go on.

`python stroller.py FOLDER [plant]` prints the name of each stop and what an audit finds there, as a line of
JSON, and goes on at each line it is sent. With `plant` a button without a name stands at the first stop.
"""

import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from accessibility import audit
from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QApplication, QPushButton

from coachdesk.services.sample.book import Shape
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.shell import Shell
from coachdesk.ui.walk import Trip, settle, walk


def stroll(folder: Path, planted: bool) -> None:
    app = QApplication(["coachdesk"])
    theme.dress(app, "light")
    shell, background = Shell(), Background()
    shell.resize(1366, 768)
    shell.show()
    shell.activateWindow()
    with closing(walk(Trip(shell, background, folder, Shape(date.today(), teachers=16, years=1)))) as stops:
        for stop in stops:
            if planted:
                QPushButton(shell).show()
            settle()
            print(json.dumps((stop, audit(shell))), flush=True)
            wait_until_sent_on()
    background.close()
    shell.leave()


def wait_until_sent_on() -> None:
    """Be there for whoever asks about the window; until a line comes."""
    loop = QEventLoop()
    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    told.activated.connect(loop.quit)
    loop.exec()
    sys.stdin.buffer.raw.read(1)  # type: ignore[attr-defined]


if __name__ == "__main__":
    stroll(Path(sys.argv[1]), "plant" in sys.argv[2:])
