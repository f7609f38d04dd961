"""R3: the power is cut while a vault whose passphrase somebody knows gets a new key."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from powercut import Disk, Recorded
from row import Result
from sqlmodel import select

from coachdesk.errors import VaultError
from coachdesk.model import School
from coachdesk.paths import Folders, folders
from coachdesk.services.keep import keep_many
from coachdesk.store import keys, rekeying, seal
from coachdesk.store.keys import FLOOR, Key, StoredKey
from coachdesk.store.parts import key_path
from coachdesk.store.vault import Vault

NUMBER = "R3"
CHECK = "power cut while a vault gets a new key"
BOUND = "old or new opens, never neither"
QUICK, FULL = 20, 1_000
SECONDS = 40

OLD, NEW = StoredKey(bytes(range(32))), StoredKey(bytes(range(1, 33)))  # they open without a derivation
PAGE = 4096
SCHOOLS = [f"School {number}" for number in range(60)]


def rekey(folder: Path, new_file: str, dek: str) -> None:
    """In a process of its own: the vault in `folder` gets the key that is handed in."""
    vault = Vault.open(folders(folder), OLD)
    vault.rekey(Key(bytes.fromhex(dek), vault.key.vault, bytes.fromhex(new_file)))
    vault.close()


def swap_key_file_first(folder: Path, new_file: str, dek: str) -> None:
    """What must not be done: the new key file is put there first, and then the vault page by page."""
    vault = Vault.open(folders(folder), OLD)
    new = Key(bytes.fromhex(dek), vault.key.vault, bytes.fromhex(new_file))
    copy = rekeying.fresh_path(vault.place)
    about = {"draft": bytes(32)}
    vault.inspect(lambda connection: rekeying.copy(connection, copy, (vault.key, new), about))
    vault.close()
    keys.write(key_path(vault.place), new)
    with copy.open("rb") as new, vault.place.vault.open("r+b", buffering=0) as old:
        while page := new.read(PAGE):
            old.write(page)


def run(n: int, folder: Path) -> Result:
    return _cut(n, folder, rekey)


def planted(folder: Path) -> Result:
    return _cut(40, folder, swap_key_file_first)


def _cut(times: int, folder: Path, work: Callable[[Path, str, str], None]) -> Result:
    place = folders(folder / "vault")
    vault = Vault.create(place, "a passphrase", FLOOR)
    vault.add_way(OLD)
    vault.submit(lambda session: keep_many(session, School, ({"name": name} for name in SCHOOLS))).result()
    vault.close()
    new = keys.with_way(keys.create("another one", FLOOR, vault=vault.key.vault), NEW)
    program = Recorded(place.data, work, new.file.hex(), new.dek.hex())
    found = {"old": 0, "new": 0, "neither": 0}
    for disk in program.cuts(times, random.Random(3)):
        found[_opens(disk, folders(folder / "cut"))] += 1
        shutil.rmtree(folder / "cut")
    said = ", ".join(f"{count} {which}" for which, count in found.items())
    return Result(times, said, not found["neither"] and found["old"] > 0 and found["new"] > 0)


def _opens(disk: Disk, place: Folders) -> str:
    """What opens the vault that the cut left, with all that was in it."""
    disk.lay(place.data)
    which = (name for name, secret in (("old", OLD), ("new", NEW)) if _is_whole(place, secret))
    return next(which, "neither")


def _is_whole(place: Folders, secret: StoredKey) -> bool:
    try:
        vault = Vault.open(place, secret)
    except VaultError:
        return False
    with vault.read() as session:
        kept = list(session.exec(select(School.name)))
    sound = vault.inspect(lambda connection: seal.holds(connection, vault.key.dek))
    vault.close()
    return sound and sorted(kept) == sorted(SCHOOLS)
