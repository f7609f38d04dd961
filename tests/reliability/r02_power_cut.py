"""R2: the power goes at any moment of saving; what was written and not flushed is torn and out of order."""

import random
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from uuid import UUID

import coached_school
from powercut import Disk, Recorded, said
from row import Result
from sqlmodel import col, select

from coachdesk.errors import CoachdeskError
from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.script import Line
from coachdesk.services.checking import CHECKS
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.services.script import write_lines
from coachdesk.store import verify
from coachdesk.store.vault import Vault

NUMBER = "R2"
CHECK = "power-cut replay, unsynced writes torn and reordered"
BOUND = "0 acknowledged lost, 0 corrupt"
QUICK, FULL = 60, 3_000
SECONDS = 120

KEY = bytes(range(32))
SOUND = [is_well for _sentence, is_well in CHECKS if is_well is not verify.tables]  # these are fast
NOTE = UUID(int=1)
SAVES = {"typed": 40, "pasted": 12, "deleted": 20}
"""The ways in which a script changes, and how often it is saved: a line at a time, all of it at once, and
much of it gone again."""


def run(n: int, folder: Path) -> Result:
    found = Counter[str]()
    for kind in SAVES:
        found.update(_replayed(n // len(SAVES), folder / kind, kind, "careful"))
    return _result(found)


def planted(folder: Path) -> Result:
    """A vault that does not wait for the disk."""
    return _result(_replayed(40, folder / "typed", "typed", "careless"))


def save(folder: Path, kind: str, care: str) -> None:
    """Save a script again and again, and say so each time."""
    desk = Desk(vault := Vault.open_with_key(folder / "coachdesk.vault", KEY))
    if care == "careless":
        vault.inspect(lambda connection: connection.execute("PRAGMA synchronous = OFF").fetchall())
    for number in range(1, SAVES[kind] + 1):
        desk.do(write_lines, NOTE, _script(kind, number))
        said(str(number))
    desk.close()


def _script(kind: str, number: int) -> list[Line]:
    """What the script holds after that many saves."""
    if kind == "typed":
        texts = [f"{line} of {number // 8} " * 4 for line in range(number // 8 + 1)] + ["w" * (number % 8)]
    elif kind == "pasted":
        texts = [f"{number} {line} " * 40 for line in range(60)]
    else:
        texts = [f"{line} " * 30 for line in range(0, 50, 1 + 9 * (number % 2))]
    texts = texts if number else []
    return [Line(UUID(int=100 + at), at, "teacher", text.strip()) for at, text in enumerate(texts)]


def _replayed(times: int, folder: Path, kind: str, care: str) -> Counter[str]:
    folder.mkdir(mode=0o700)
    _begin(folder / "profile")
    program = Recorded(folder / "profile", save, kind, care)
    found = Counter[str]()
    for disk in program.cuts(times, random.Random(2)):
        found[_judged(disk, folder / "cut", kind)] += 1
        found["promised"] += len(disk.said)
        shutil.rmtree(folder / "cut")
    return found


def _begin(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    desk = Desk(Vault.open_with_key(folder / "coachdesk.vault", KEY, create=True))
    coached = desk.do(coached_school.school, teachers=1)
    event = desk.do(coached_school.event, coached.school, coached.teachers)
    values = {"id": NOTE, "event_id": event, "started": datetime(2026, 8, 17, 9)}
    desk.do(keep, VisitNote, values)
    desk.close()


def _judged(disk: Disk, folder: Path, kind: str) -> str:
    folder.mkdir(mode=0o700)
    disk.lay(folder)
    try:
        vault = Vault.open_with_key(folder / "coachdesk.vault", KEY)
    except (CoachdeskError, FileNotFoundError) as error:
        return f"does not open: {type(error).__name__}"
    try:
        if not all(vault.inspect(is_well) for is_well in SOUND):
            return "corrupt"
        with vault.read() as session:
            asked = select(ScriptLine.id, ScriptLine.text).order_by(col(ScriptLine.position))
            kept = [tuple(row) for row in session.exec(asked)]
    finally:
        vault.close()
    last = len(disk.said)
    scripts = [[(line.id, line.text) for line in _script(kind, number)] for number in (last, last + 1)]
    return "kept" if kept in scripts else "lost"


def _result(found: Counter[str]) -> Result:
    promised, kept = found.pop("promised"), found.pop("kept", 0)
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()))
    return Result(kept + found.total(), wrong or "0 lost, 0 corrupt", not wrong and promised > 0)
