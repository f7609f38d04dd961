"""A coach who types into a visit note at speed, in a window of a process of its own, until it is killed."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.services import contacts
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault
from coachdesk.ui import theme
from coachdesk.ui.autosave import Autosave
from coachdesk.ui.background import Background
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.wishes import StartNote
from coachdesk.ui.workspace import Workspace

KEY = bytes(range(32))
BEGAN = datetime(2027, 2, 2, 9, 51)
BETWEEN_KEYS_MS = 20  # 50 keys a second: five times as fast as a quick typist
WORDS, LINES = 8, 5  # in a line; between two tags


def keys() -> Iterator[tuple[str, bool]]:
    """What is typed, key by key, for ever; and whether it stays in the text: numbers, one after the other."""
    number = count(1000)
    for line in count():
        for sign in ("t: ", "s: ", "", "? ")[line % 4]:
            yield sign, False
        for _ in range(WORDS):
            for sign in f"{next(number)}":
                yield sign, True
            yield " ", False
        for sign in "#1D " * (line % LINES == 1):
            yield sign, False
        yield "\r", False


def type_until_killed(path: Path, typed: Connection, save_after_ms: int) -> None:
    """Send the moment of each key just before it is pressed. `save_after_ms` makes saving come too late."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["coachdesk"])
    theme.dress(app, "light")
    if save_after_ms:
        Autosave.PAUSE_MS = Autosave.AT_MOST_MS = save_after_ms
    background = Background()
    started = monotonic()
    desk = Desk(
        Vault.open_with_key(path, KEY),
        background.post,
        lambda: BEGAN + timedelta(seconds=monotonic() - started),
    )
    workspace = Workspace(desk, SCREENS, app.quit)
    workspace.resize(1366, 768)
    workspace.show()
    workspace.activateWindow()
    workspace.open(StartNote(teacher_id=desk.ask(contacts.people)[0].id))
    still = keys()

    def press() -> None:
        sign, _stays = next(still)
        typed.send(monotonic())
        QTest.keyClick(workspace.focusWidget(), Qt.Key.Key_Return if sign == "\r" else sign)

    timer = QTimer(workspace, interval=BETWEEN_KEYS_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(press)
    timer.start()
    app.exec()
