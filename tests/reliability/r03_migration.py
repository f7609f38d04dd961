"""R3: the power is cut while a vault's tables are brought up to date."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import older
from powercut import Disk, Recorded
from row import Result

from coachdesk.errors import VaultError
from coachdesk.store import schema, seal, verify
from coachdesk.store.connection import connect

NUMBER = "R3"
CHECK = "power cut while the tables are brought up to date"
BOUND = "old or new opens, never neither"
QUICK, FULL = 20, 1_000
SECONDS = 30

NAME = "coachdesk.vault"


def bring(folder: Path) -> None:
    """In a process of its own: the first version becomes today's."""
    older.bring(folder / NAME, 1)


def copy_over(folder: Path) -> None:
    """What must not be done: the new tables are made elsewhere and written over the vault."""
    made = folder.parent / "made.vault"
    shutil.copy(folder / NAME, made)
    older.bring(made, 1)
    (folder / NAME).write_bytes(made.read_bytes())


def run(n: int, folder: Path) -> Result:
    return _cut(n, folder, "bring")


def planted(folder: Path) -> Result:
    return _cut(40, folder, "copy_over")


def _cut(times: int, folder: Path, how: str) -> Result:
    begun = folder / "begun"
    begun.mkdir()
    older.make(begun / NAME, 1)
    was = older.content(begun / NAME)
    program = Recorded(begun, {"bring": bring, "copy_over": copy_over}[how])
    found = {"old": 0, "new": 0, "neither": 0}
    for disk in program.cuts(times, random.Random(3)):
        found[_opens(disk, folder / "cut", was)] += 1
        shutil.rmtree(folder / "cut")
    said = ", ".join(f"{count} {which}" for which, count in found.items())
    return Result(times, said, not found["neither"] and found["old"] > 0)


def _opens(disk: Disk, folder: Path, was: older.Content) -> str:
    folder.mkdir()
    disk.lay(folder)
    path = folder / NAME
    try:
        version = older.version(path)
        with closing(connect(path, older.KEY)) as connection:
            sound = all(look(connection) for look in (verify.pages, verify.structure, verify.references))
            sound &= seal.holds(connection, older.KEY)
        whole = sound and older.same(was, older.content(path))
    except VaultError:
        return "neither"
    return {1: "old", schema.VERSION: "new"}.get(version, "neither") if whole else "neither"
