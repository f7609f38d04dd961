"""A coach types while another program fills the disk: `python fuller.py FOLDER TIMES MANNER`, with mounts of
its own. It prints as JSON how often what was found."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID

import coached_school
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication
from sqlmodel import col, select

from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.script import Line
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.services.script import write_lines
from coachdesk.store import verify
from coachdesk.store.vault import Vault
from coachdesk.ui.background import Background
from coachdesk.ui.saving import SaveState
from coachdesk.ui.visit.writing import Writing

KEY = bytes(range(32))
NOTE = UUID(int=1)
DISK = "40m"  # room for the vault, the reserve and what the reserve wants to be left
SPARE = 300_000  # bytes that the filling program may leave
MOST = 200  # saves until a disk must be full
PATIENCE_MS = 30_000


def prepare(folder: Path) -> None:
    """A vault with the note of a visit, from which every fill begins."""
    before = folder / "before"
    before.mkdir(mode=0o700)
    desk = Desk(Vault.open_with_key(before / "coachdesk.vault", KEY, create=True))
    coached = desk.do(coached_school.school, teachers=1)
    event = desk.do(coached_school.event, coached.school, coached.teachers)
    desk.do(keep, VisitNote, {"id": NOTE, "event_id": event, "started": datetime(2026, 8, 17, 9)})
    desk.close()


class Typist:
    """Somebody who types on the disk at `disk`."""

    def __init__(self, disk: Path, chance: random.Random) -> None:
        self.disk, self.chance = disk, chance
        self.background = Background()
        self.vault = Vault.open_with_key(disk / "coachdesk.vault", KEY)
        self.desk = Desk(self.vault, self.background.post)
        self.state, self._parent = SaveState(), QObject()
        self.writing = Writing(self.desk, self.state, self._parent)
        self.lines: list[Line] = []

    def type_until_refused(self) -> int:
        """How many lines were said to be saved before one was not."""
        for number in range(MOST):
            said = f"{number} ".ljust(self.chance.choice([200, 20_000, 200_000]), "w").strip()
            self.lines.append(Line(UUID(int=1_000 + number), number, "teacher", said))
            self.writing.send("lines", write_lines, NOTE, list(self.lines))
            self.until_answered()
            if self.writing.busy:
                return number
        return MOST

    def until_answered(self) -> None:
        """Wait for what comes from the vault's thread, and leave the processor to that."""
        patience = QTimer(singleShot=True, interval=PATIENCE_MS)
        patience.start()
        while not self.state.said.text().startswith(("Saved", "Not saved")):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if not patience.isActive():
                raise TimeoutError

    def kept(self) -> list[str]:
        asked = select(ScriptLine.text).order_by(col(ScriptLine.position))
        return self.desk.ask(lambda session: list(session.exec(asked)))

    def leave(self) -> None:
        self._parent.deleteLater()
        self.desk.close()
        self.background.close()


def fill(disk: Path, before: Path, chance: random.Random, manner: str) -> Counter[str]:
    """Type until the disk takes no more, then make room and go on. What was wrong, in words."""
    shutil.copytree(before, disk, dirs_exist_ok=True)
    found, typist = Counter[str](filled=1), Typist(disk, chance)
    assert typist.desk.keep_room()
    _fill_up(disk, chance.randrange(SPARE))
    saved = typist.type_until_refused()
    typed = [line.text for line in typist.lines]
    found["rooms"] += typist.desk.gave_room
    found["never full"] += saved == MOST
    if manner == "forgetful":
        typist.writing.hand_over("lines")
    unkept = typist.writing.unkept("lines")
    found["gone from the editor"] += not unkept or [line.text for line in unkept[1]] != typed
    found["not said"] += not typist.state.said.text().startswith("Not saved")
    found["lost"] += typist.kept() != typed[:saved]
    (disk / "filled").unlink()
    typist.state.saving()
    typist.writing.retry()
    if typist.writing.busy:
        typist.until_answered()
    typist.leave()
    return found + _afterwards(disk, typed)


def _fill_up(disk: Path, left: int) -> None:
    """Another program writes until `left` bytes are free."""
    free = shutil.disk_usage(disk).free
    with (disk / "filled").open("wb") as file:
        file.write(bytes(max(0, free - left)))


def _afterwards(disk: Path, typed: list[str]) -> Counter[str]:
    again = Typist(disk, random.Random())
    sound = again.vault.inspect(verify.structure) and again.vault.inspect(verify.pages)
    kept = again.kept()
    again.leave()
    return Counter({"corrupt": not sound, "lost when there was room again": kept != typed})


def main(folder: Path, times: int, manner: str) -> None:
    _app, chance, found = QApplication(["coachdesk"]), random.Random(5), Counter[str]()
    disk = folder / "disk"
    disk.mkdir(mode=0o700)
    for _ in range(times):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs", disk], check=True)
        try:
            found += fill(disk, folder / "before", chance, manner)
        finally:
            subprocess.run(["umount", disk], check=True)
    print(json.dumps({what: int(times) for what, times in found.items()}))


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
