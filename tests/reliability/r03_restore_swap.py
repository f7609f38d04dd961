"""R3: the power goes while a backup is put in the vault's place; whatever state the vault was in before."""

import ctypes
import random
import shutil
from collections import Counter
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from kept import NOW, THEN, begun, key_is_sound, opened, schools
from powercut import Disk, Recorded, said
from row import Result
from sqlalchemy.exc import DBAPIError

from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders, folders
from coachdesk.store import backup, key_file, restoring, seal, shelf, verify
from coachdesk.store.aside import ASIDE
from coachdesk.store.connection import connect
from coachdesk.store.keys import Key
from coachdesk.store.parts import journal, key_path

NUMBER = "R3"
CHECK = "power cut during a restore: over a sound, a cut-off, a damaged vault, one on a worn stick"
BOUND = "old or new opens, never neither"
QUICK, FULL = 40, 1_000
SECONDS = 50

STATES = ("sound", "cut off", "damaged", "worn")


def run(n: int, folder: Path) -> Result:
    found = Counter[str]()
    for state in STATES:
        found.update(_replayed(n // len(STATES), folder / state.replace(" ", "_"), state, "careful"))
    return _result(found)


def planted(folder: Path) -> Result:
    """A restore that copies over the vault, beside the journal it left."""
    return _result(_replayed(40, folder / "careless", "cut off", "careless"))


def restore(profile: Path, dek: str, care: str, state: str) -> None:
    """Restore the backup THEN, and say so once it is done."""
    place = folders(profile)
    if state == "worn":
        ctypes.CDLL(None).calls_wear(str(place.vault).encode())
    path = shelf.listed(place.backups)[0]
    about = backup.read(path)
    key = Key(bytes.fromhex(dek), about.vault, about.key_file)
    if care == "careful":
        restoring.restore(place, restoring.opened_by(path, key))
    else:
        with place.vault.open("r+b") as file:
            file.truncate(0)
            file.write(path.read_bytes()[: about.length])
    said("restored")


def _replayed(times: int, folder: Path, state: str, care: str) -> Counter[str]:
    folder.mkdir(mode=0o700)
    place, key = begun(folder / "profile")
    _bring_into(state, place, key)
    damaged = place.vault.read_bytes() if state in ("damaged", "worn") else b""
    program = Recorded(place.data, restore, key.dek.hex(), care, state)
    found, chance = Counter[str](), random.Random(3)
    for disk in program.cuts(times, chance):
        found[_judged(disk, folders(folder / "cut"), key, damaged)] += 1
        found["promised"] += len(disk.said)
        shutil.rmtree(folder / "cut")
    return found


def _bring_into(state: str, place: Folders, key: Key) -> None:
    if state == "damaged":
        content = bytearray(place.vault.read_bytes())
        content[100] ^= 1
        place.vault.write_bytes(content)
        journal(place.vault).write_bytes(b"of the vault that is damaged")
    elif state == "cut off":
        _cut_off_while_saving(place, key)


def _cut_off_while_saving(place: Folders, key: Key) -> None:
    """Leave the vault as a power cut in the middle of a save does: half new, with a journal to undo that."""
    copied = {}
    connection = connect(place.vault, key.dek)
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE school SET name = hex(randomblob(4000))")
    connection.execute("CREATE TABLE filler AS SELECT hex(randomblob(2000)) FROM sqlite_master")
    for path in (place.vault, journal(place.vault)):
        copied[path] = path.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    for path, content in copied.items():
        path.write_bytes(content)


def _judged(disk: Disk, place: Folders, key: Key, damaged: bytes) -> str:
    place.data.mkdir(mode=0o700)
    disk.lay(place.data)
    if damaged and place.vault.exists() and place.vault.read_bytes() == damaged:
        return "lost" if disk.said else "kept"
    try:
        held = _held(place, key)
    except (CoachdeskError, OSError, sqlcipher.DatabaseError, DBAPIError) as error:
        return f"neither opens: {type(error).__name__}"
    if held not in ((THEN,) if disk.said or damaged else (THEN, NOW)):
        return "wrong rows"
    return "kept" if held == NOW or _is_set_aside(place, key, damaged) else "not set aside"


def _held(place: Folders, key: Key) -> list[str]:
    """What is in the vault, as unlocking would find it."""
    restoring.complete(place)
    here = backup.read(place.vault).key_file if _is_backup(place) else key_path(place).read_bytes()
    if not key_file.is_genuine(here, key.derived("key file")):
        return ["no key"]
    vault = opened(place, key)
    try:
        sound = vault.inspect(
            lambda c: verify.pages(c) and verify.structure(c) and seal.holds(c, key.dek)
        ) and key_is_sound(place, key)
        return schools(vault) if sound else ["corrupt"]
    finally:
        vault.close()


def _is_backup(place: Folders) -> bool:
    try:
        backup.read(place.vault)
    except CoachdeskError:
        return False
    return True


def _is_set_aside(place: Folders, key: Key, damaged: bytes) -> bool:
    """Once the new one is there, the old one must be safe."""
    if damaged:
        aside = place.data / ASIDE
        return any(path.read_bytes() == damaged for path in aside.glob(f"*/{place.vault.name}"))
    last = shelf.listed(place.backups)[-1]
    return backup.examine(last, key)["school"] == len(NOW)


def _result(found: Counter[str]) -> Result:
    promised, kept = found.pop("promised"), found.pop("kept", 0)
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()))
    return Result(kept + found.total(), wrong or "old or new opened each time", not wrong and promised > 0)
