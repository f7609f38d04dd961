"""R15: something strange lies where the vault should: it is named, and nothing is made or written over."""

import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rights import bound, keep_mounts_here, mount_read_only, unmount
from row import CannotRun, Result

from coachdesk.errors import DamagedVault, NewerVault, NotAVault, NoVault, VaultError
from coachdesk.paths import Folders, folders
from coachdesk.store.connection import connect
from coachdesk.store.keys import FLOOR, StoredKey
from coachdesk.store.parts import key_path
from coachdesk.store.vault import Vault

NUMBER = "R15"
CHECK = "0-byte, missing, folder, link, pipe, read-only file, folder and disk, newer, foreign"
BOUND = "never creates or overwrites; the message names the cause"
QUICK, FULL = 13, 208
SECONDS = 15

SECRET = StoredKey(bytes(range(32)))
Spoil = Callable[[Folders, Vault], None]
Cause = tuple[Spoil, type[VaultError], str]


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


def unreadable(place: Folders, _vault: Vault) -> None:
    place.vault.chmod(0)


def read_only_folder(place: Folders, _vault: Vault) -> None:
    place.data.chmod(stat.S_IRUSR | stat.S_IXUSR)


def read_only_disk(place: Folders, _vault: Vault) -> None:
    mount_read_only(place.data)


MAY_NOT = "may not be read or written"
CAUSES: tuple[Cause, ...] = (
    (emptied, DamagedVault, "empty or cut short"),
    (missing, NoVault, "is missing"),
    (folder, NotAVault, "a folder, a link"),
    (link, NotAVault, "a folder, a link"),
    (dangling, NotAVault, "a folder, a link"),
    (pipe, NotAVault, "a folder, a link"),
    (plain, NotAVault, "without encryption"),
    (newer, NewerVault, "newer coachdesk"),
    (foreign, NotAVault, "does not belong"),
    (read_only, VaultError, MAY_NOT),
    (unreadable, VaultError, MAY_NOT),
    (read_only_folder, VaultError, MAY_NOT),
    (read_only_disk, VaultError, "can only be read"),
)


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, lambda place: Vault.open(place, SECRET).close())


def planted(folder: Path) -> Result:
    """A coachdesk that makes room for a new vault when the one there does not open, and one that does not say
    why it does not."""

    def careless(place: Folders) -> None:
        try:
            Vault.open(place, SECRET).close()
        except VaultError:
            for path in (place.vault, key_path(place)):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            raise

    def vague(place: Folders) -> None:
        try:
            Vault.open(place, SECRET).close()
        except VaultError:
            raise VaultError("Something went wrong.") from None

    found = [_tried(len(CAUSES), folder / how.__name__, how) for how in (careless, vague)]
    return Result(len(found), "; ".join(one.said for one in found), any(one.kept for one in found))


def _tried(n: int, folder: Path, open_it: Callable[[Folders], None]) -> Result:
    made = folders(folder / "made")
    vault = Vault.create(made, "a passphrase", FLOOR)
    vault.add_way(SECRET)
    vault.close()
    causes, left_out = _causes()
    wrong: list[str] = []
    for number in range(n):
        spoil, error, words = causes[number % len(causes)]
        place = folders(folder / "tried")
        shutil.copytree(made.data, place.data)
        spoil(place, vault)
        if not _refused(place, open_it, error, words):
            wrong.append(spoil.__name__)
        if spoil is read_only_disk:
            unmount(place.data)
        place.data.chmod(stat.S_IRWXU)
        shutil.rmtree(place.data)
    said = f"{len(wrong)} wrong of {len(causes)} causes{left_out}"
    return Result(n, f"{said} {', '.join(sorted(set(wrong)))}".rstrip(), not wrong)


def _causes() -> tuple[list[Cause], str]:
    """Those that can be tried here, and in words what cannot."""
    try:
        keep_mounts_here()
    except CannotRun as why:
        rest = [cause for cause in CAUSES if cause[0] is not read_only_disk]
        return rest, f" (read-only disk not tried: {why})"
    return list(CAUSES), ""


def _refused(place: Folders, open_it: Callable[[Folders], None], error: type[VaultError], words: str) -> bool:
    """Whether it is refused for the right cause, nothing has changed, and no new vault is made there."""
    before = _seen(place)
    with bound():
        named, kept_out = _is_named(lambda: open_it(place), error, words), _is_kept_out(place)
    return named and kept_out and _seen(place) == before


def _is_named(open_it: Callable[[], None], error: type[VaultError], words: str) -> bool:
    try:
        open_it()
    except VaultError as refusal:
        return type(refusal) is error and words in str(refusal)
    except OSError:  # it tells a coach nothing
        return False
    return False


def _is_kept_out(place: Folders) -> bool:
    """Whether no new vault is made there."""
    try:
        Vault.create(place, "another", FLOOR).close()
    except VaultError:
        return True
    return False


def _seen(place: Folders) -> dict[str, object]:
    """What lies there, without following links or waiting for a pipe."""
    return {
        path.name: path.read_bytes() if _is_readable(path) else path.lstat().st_mode
        for path in place.data.iterdir()
        if path.suffix != ".lock"
    }


def _is_readable(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode) and os.access(path, os.R_OK)
