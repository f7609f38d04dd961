"""R3: the power is cut while the key file is written anew, as for a new passphrase: one slot for another."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from powercut import Disk, Recorded, said
from row import Result

from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders, folders
from coachdesk.store import keys
from coachdesk.store.keys import FLOOR, StoredKey
from coachdesk.store.parts import key_path
from coachdesk.store.vault import Vault

NUMBER = "R3"
CHECK = "power cut while the key file is written anew"
BOUND = "old or new opens, never neither; the new one once that was said"
QUICK, FULL = 20, 1_000
SECONDS = 25

WAYS = [StoredKey(bytes([number]) * 32) for number in range(4)]  # they open without a derivation


def rewrite(folder: Path) -> None:
    """In a process of its own: one way after another comes to open the vault in place of the one before."""
    vault = Vault.open(folders(folder), WAYS[0])
    for number, way in enumerate(WAYS[1:], 1):
        vault.add_way(way)
        said(str(number))
    vault.close()


def write_over(folder: Path) -> None:
    """What must not be done: the new key file is written over the old one."""
    place = folders(folder)
    vault = Vault.open(place, WAYS[0])
    for number, way in enumerate(WAYS[1:], 1):
        with key_path(place).open("r+b") as file:
            file.truncate(0)
            file.write(keys.with_way(vault.key, way).file)
        said(str(number))
    vault.close()


def run(n: int, folder: Path) -> Result:
    return _cut(n, folder, rewrite)


def planted(folder: Path) -> Result:
    return _cut(40, folder, write_over)


def _cut(times: int, folder: Path, work: Callable[[Path], None]) -> Result:
    place = folders(folder / "vault")
    vault = Vault.create(place, "a passphrase", FLOOR)
    vault.add_way(WAYS[0])
    vault.close()
    program = Recorded(place.data, work)
    wrong, promised = 0, 0
    for disk in program.cuts(times, random.Random(3)):
        wrong += not _opens(disk, folders(folder / "cut"))
        promised += len(disk.said)
        shutil.rmtree(folder / "cut")
    return Result(times, f"{wrong} opened by neither, or by the old one alone", not wrong and promised > 0)


def _opens(disk: Disk, place: Folders) -> bool:
    """Whether the last way that was said to open it does, or else the one that was coming."""
    disk.lay(place.data)
    last = len(disk.said)
    return any(_opens_by(place, way) for way in WAYS[last : last + 2])


def _opens_by(place: Folders, way: StoredKey) -> bool:
    try:
        Vault.open(place, way).close()
    except CoachdeskError:
        return False
    return True
