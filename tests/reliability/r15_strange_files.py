"""R15: something strange lies where the vault should: it is named, and nothing is made or written over."""

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from row import Result

from coachdesk.errors import DamagedVault, NewerVault, NotAVault, NoVault, VaultError, VaultExists
from coachdesk.paths import Folders, folders
from coachdesk.store.connection import connect
from coachdesk.store.keys import FLOOR, StoredKey
from coachdesk.store.parts import key_path
from coachdesk.store.vault import Vault

NUMBER = "R15"
CHECK = "0-byte, missing, folder, link, pipe, read-only, newer, foreign"
BOUND = "never creates or overwrites; the message names the cause"
QUICK, FULL = 20, 200
SECONDS = 15

SECRET = StoredKey(bytes(range(32)))
Spoil = Callable[[Folders, Vault], None]


def emptied(place: Folders, _vault: Vault) -> None:
    place.vault.write_bytes(b"")


def missing(place: Folders, _vault: Vault) -> None:
    place.vault.unlink()


def folder(place: Folders, _vault: Vault) -> None:
    place.vault.unlink()
    place.vault.mkdir()


def link(place: Folders, _vault: Vault) -> None:
    place.vault.rename(place.data / "elsewhere")
    place.vault.symlink_to(place.data / "elsewhere")


def dangling(place: Folders, _vault: Vault) -> None:
    place.vault.unlink()
    place.vault.symlink_to(place.data / "nowhere")


def pipe(place: Folders, _vault: Vault) -> None:
    place.vault.unlink()
    os.mkfifo(place.vault, 0o600)


def plain(place: Folders, _vault: Vault) -> None:
    place.vault.unlink()
    with closing(sqlite3.connect(place.vault)) as connection:
        connection.execute("CREATE TABLE notes (words)")


def newer(place: Folders, vault: Vault) -> None:
    with closing(connect(place.vault, vault.key.dek)) as connection:
        connection.execute("PRAGMA user_version = 999")


def foreign(place: Folders, _vault: Vault) -> None:
    place.vault.write_bytes(random.Random(15).randbytes(40_960))


def read_only(place: Folders, _vault: Vault) -> None:
    place.vault.chmod(stat.S_IRUSR)


CAUSES: tuple[tuple[Spoil, type[VaultError], str], ...] = (
    (emptied, DamagedVault, "empty or cut short"),
    (missing, NoVault, "is missing"),
    (folder, NotAVault, "a folder, a link"),
    (link, NotAVault, "a folder, a link"),
    (dangling, NotAVault, "a folder, a link"),
    (pipe, NotAVault, "a folder, a link"),
    (plain, NotAVault, "without encryption"),
    (newer, NewerVault, "newer coachdesk"),
    (foreign, NotAVault, "does not belong"),
    (read_only, VaultError, "may not be read or written"),
)


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, lambda place: Vault.open(place, SECRET).close())


def planted(folder: Path) -> Result:
    """A coachdesk that makes room for a new vault when the one there does not open."""

    def careless(place: Folders) -> None:
        try:
            Vault.open(place, SECRET).close()
        except VaultError:
            for path in (place.vault, key_path(place)):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            raise

    return _tried(len(CAUSES), folder, careless)


def _tried(n: int, folder: Path, open_it: Callable[[Folders], None]) -> Result:
    made = folders(folder / "made")
    vault = Vault.create(made, "a passphrase", FLOOR)
    vault.add_way(SECRET)
    vault.close()
    causes = [cause for cause in CAUSES if not (cause[0] is read_only and os.geteuid() == 0)]
    wrong = []
    for number in range(n):
        spoil, error, words = causes[number % len(causes)]
        place = folders(folder / "tried")
        shutil.copytree(made.data, place.data)
        spoil(place, vault)
        if not _refused(place, open_it, error, words):
            wrong.append(spoil.__name__)
        shutil.rmtree(place.data)
    left_out = " (read-only not tried: root may write anything)" if len(causes) < len(CAUSES) else ""
    said = f"{len(wrong)} wrong of {len(causes)} causes{left_out}"
    return Result(n, said, not wrong)


def _refused(place: Folders, open_it: Callable[[Folders], None], error: type[VaultError], words: str) -> bool:
    """Whether it is refused for the right cause, nothing has changed, and no new vault is made there."""
    before = _seen(place)
    try:
        open_it(place)
    except VaultError as refusal:
        named = type(refusal) is error and words in str(refusal)
    else:
        named = False
    try:
        Vault.create(place, "another", FLOOR).close()
    except VaultExists:
        return named and _seen(place) == before
    return False


def _seen(place: Folders) -> dict[str, object]:
    """What lies there, without following links or waiting for a pipe."""
    return {
        path.name: path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else path.lstat().st_mode
        for path in place.data.iterdir()
        if path.suffix != ".lock"
    }
