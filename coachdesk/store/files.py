"""Files for this user alone: written whole or not at all, and looked at before they are opened."""

import os
import stat
from pathlib import Path

from coachdesk.errors import DamagedVault, NotAVault, NotSaved, VaultError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
PLAIN_HEADER = b"SQLite format 3\0"
PAGE = 4096
MAY_NOT = "The vault may not be read or written by you. Check the permissions of its file and folder."
READ_ONLY = (
    "The disk that the vault lies on can only be read, so it was not opened. Make the disk writable, or "
    "copy the folder of the vault to another one."
)


def folder(path: Path) -> Path:
    """Make `path` and what is above it, for this user alone."""
    path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    return path


def create(path: Path) -> None:
    """Make an empty private file; FileExistsError rather than touch one that is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content` so that a power cut leaves the old file or the new one. Raises NotSaved."""
    fresh = path.with_name(path.name + ".new")
    try:
        folder(path.parent)
        fresh.unlink(missing_ok=True)
        create(fresh)
        with fresh.open("r+b") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise NotSaved() from error
    finally:
        if fresh.is_file():
            fresh.unlink()


def sync_folder(path: Path) -> None:
    """Have the names in `path` survive a power cut; Windows keeps them without being asked."""
    if os.name == "posix":  # pragma: no branch - Windows has no such call
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_all(path: Path, limit: int) -> bytes:
    """At most `limit` bytes of an ordinary file: never a pipe that would wait, nor a link."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError("not an ordinary file")
    with path.open("rb") as file:
        return file.read(limit)


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _is_read_only(path: Path) -> bool:
    """Whether the whole disk is; Windows does not tell."""
    return os.name == "posix" and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _begins(path: Path) -> bytes:
    try:
        return read_all(path, len(PLAIN_HEADER))
    except OSError as error:
        raise VaultError(
            "The vault could not be read just now. Nothing was changed; try again in a moment."
        ) from error


def look_at_vault(path: Path) -> None:
    """Refuse what cannot be a vault, before any database library sees it.

    Raises NotAVault for a folder, a link, a pipe or a plaintext database, DamagedVault for an empty file,
    VaultError for one that may not be written.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise NotAVault(
            "Where the vault should be lies a folder, a link or something else that is not a file. "
            "Move it away, then put your vault back in its place."
        )
    if not (_may(path, os.R_OK | os.W_OK) and _may(path.parent, os.W_OK)):
        raise VaultError(READ_ONLY if _is_read_only(path) else MAY_NOT)
    if path.stat().st_size < PAGE:
        raise DamagedVault(
            "The vault file is empty or cut short. If a syncing program manages this folder, have it "
            "download the file; else restore the latest backup."
        )
    if _begins(path) == PLAIN_HEADER:
        raise NotAVault(
            "The file where the vault should be is an ordinary database without encryption, so it was not "
            "opened. Move it away, then put your vault back in its place."
        )
