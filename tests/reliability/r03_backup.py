"""R3: the power goes while backups are made, and copied to a second folder, between saves."""

import random
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from kept import begun, opened, save, schools
from powercut import Disk, Recorded, said
from row import Result

from coachdesk.errors import CoachdeskError
from coachdesk.paths import folders
from coachdesk.store import backup, seal, shelf, verify
from coachdesk.store.keys import Key

NUMBER = "R3"
CHECK = "power cut during a backup, here and to a second folder"
BOUND = "every finished backup is whole, none that was promised is gone, the vault is sound"
QUICK, FULL = 20, 1_000
SECONDS = 45

BACKUPS = 2
STICK = "stick"


def run(n: int, folder: Path) -> Result:
    return _replayed(n, folder, "careful")


def planted(folder: Path) -> Result:
    """Backups that have their name before they are whole."""
    return _replayed(30, folder, "careless")


def back_up(profile: Path, dek: str, care: str) -> None:
    """Save and back up, and say so each time."""
    place = folders(profile)
    about = backup.read(shelf.listed(place.backups)[0])
    vault = opened(place, Key(bytes.fromhex(dek), about.vault, about.key_file))
    for number in range(1, BACKUPS + 1):
        save(vault, [f"School {number}"])
        if care == "careful":
            vault.backup_now()
            vault.backups.copy_to(profile / STICK)
        else:
            stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
            (place.backups / f"{stamp}{backup.SUFFIX}").write_bytes(about.path.read_bytes())
        said(str(number))
    vault.close()


def _replayed(times: int, folder: Path, care: str) -> Result:
    place, key = begun(folder / "profile")
    (place.data / STICK).mkdir()
    program = Recorded(place.data, back_up, key.dek.hex(), care)
    found, chance, promised = Counter[str](), random.Random(3), 0
    for disk in program.cuts(times, chance):
        found[_judged(disk, folder / "cut", key)] += 1
        promised += len(disk.said)
        shutil.rmtree(folder / "cut")
    kept = found.pop("kept", 0)
    wrong = ", ".join(f"{many} {what}" for what, many in sorted(found.items()))
    return Result(kept + found.total(), wrong or "0 half, 0 gone", not wrong and promised > 0)


def _judged(disk: Disk, folder: Path, key: Key) -> str:
    folder.mkdir(mode=0o700)
    disk.lay(folder)
    place = folders(folder)
    here, there = shelf.listed(place.backups), shelf.listed(folder / STICK)
    try:
        for path in (*here, *there):
            backup.verify(path, key)
        vault = opened(place, key)
    except (CoachdeskError, OSError) as error:
        return f"half: {type(error).__name__}"
    try:
        sound = vault.inspect(lambda c: verify.pages(c) and verify.structure(c) and seal.holds(c, key.dek))
        saved = len(schools(vault))
    finally:
        vault.close()
    if not sound or saved < len(disk.said):
        return "vault not sound"
    return "kept" if len(here) > len(disk.said) and len(there) >= len(disk.said) else "gone"
