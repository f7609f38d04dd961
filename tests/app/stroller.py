"""coachdesk, in a process of its own, looked at whenever it says a line: the name of a stop, or of a picture.

`python stroller.py [plant] [wait] -- WORDS` gives WORDS to the command line. Each line that it says becomes a
line of JSON: what was said, and what an audit finds in the window just then. With `plant` a button without a
name stands there from the first line on. With `wait` the program stops after each line until a byte comes.
"""

import io
import json
import sys

from accessibility import audit
from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from coachdesk.cli import main
from coachdesk.ui.shell import Shell
from coachdesk.ui.walk import settle


class Listener(io.TextIOBase):
    """Takes the place of standard output."""

    def __init__(self, planted: bool, waiting: bool) -> None:
        self._planted, self._waiting = planted, waiting
        self._out, self._said = sys.__stdout__, ""

    def write(self, words: str) -> int:
        *lines, self._said = (self._said + words).split("\n")
        for line in lines:
            self._look(line)
        return len(words)

    def _look(self, line: str) -> None:
        window = shown()
        if self._planted and window:
            QPushButton(window).show()
            settle()
        print(json.dumps((line, audit(window) if window else [])), file=self._out, flush=True)
        if self._waiting and window:
            wait_until_sent_on()


def shown() -> QWidget | None:
    """The one window there is."""
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, Shell)), None)


def wait_until_sent_on() -> None:
    """Be there for whoever asks about the window; until a byte comes."""
    loop = QEventLoop()
    told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    told.activated.connect(loop.quit)
    loop.exec()
    sys.stdin.buffer.raw.read(1)  # type: ignore[attr-defined]


if __name__ == "__main__":
    at = sys.argv.index("--")
    sys.stdout = Listener("plant" in sys.argv[:at], "wait" in sys.argv[:at])
    sys.exit(main(sys.argv[at + 1 :]))
