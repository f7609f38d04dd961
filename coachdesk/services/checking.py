"""Checking a vault from end to end. What is found is said in sentences; no name of a person is in them."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from coachdesk import settings
from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders
from coachdesk.store import seal, shelf, verify
from coachdesk.store.vault import Vault, key_path

SECRET = 0o077  # the rights that others must not have


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be."""

    sentence: str


def check(place: Folders, passphrase: str) -> list[Finding]:
    """Open the vault in `place`, look at every page of it, at its backups and its files.

    An empty list says that all is well. Raises the VaultErrors of `Vault.open` if it cannot be opened.
    Changes nothing but the lock, and what is damaged of pages that hold nothing; an older vault
    is brought up to date first, as by every opening.
    """
    vault = Vault.open(place, passphrase)
    try:
        sentences = [*vault.inspect(_inside), *_seal(vault), *_backups(vault), *_rights(place)]
    finally:
        vault.close()
    return [Finding(sentence) for sentence in sentences]


def _inside(connection: sqlcipher.Connection) -> list[str]:
    return [sentence for sentence, is_well in CHECKS if not _well(is_well, connection)]


def _well(is_well: Callable[[sqlcipher.Connection], bool], connection: sqlcipher.Connection) -> bool:
    """A check that cannot be carried out has found something too."""
    try:
        return is_well(connection)
    except sqlcipher.DatabaseError:
        return False


CHECKS: tuple[tuple[str, Callable[[sqlcipher.Connection], bool]], ...] = (
    ("Some pages of the vault are damaged. Restore the latest backup.", verify.pages_in_use),
    ("The vault does not hold together. Restore the latest backup.", verify.structure),
    ("Some records point to others that are not there. Restore the latest backup.", verify.references),
    ("The tables of the vault are not those of this version of coachdesk.", verify.tables),
    ("The search over notes does not match the notes; they themselves are not touched.", verify.search),
)


def _seal(vault: Vault) -> Iterator[str]:
    if not _well_sealed(vault):
        yield "Parts of the vault are older than others. Restore a backup from before it was copied."


def _well_sealed(vault: Vault) -> bool:
    """Where a page is damaged, which is told already, nobody knows."""
    try:
        return vault.inspect(lambda connection: seal.holds(connection, vault.key.dek))
    except sqlcipher.DatabaseError:
        return True


def _backups(vault: Vault) -> Iterator[str]:
    second = settings.second_folder(vault.place.settings)
    for path in (*shelf.listed(vault.place.backups), *(shelf.listed(second) if second else ())):
        try:
            vault.verify_backup(path)
        except (CoachdeskError, OSError):
            yield f"The backup {path.name} is damaged or of another vault, so it cannot be used."


def _rights(place: Folders) -> Iterator[str]:
    """Files of the vault that other users of this computer may read or write."""
    for path in (place.vault, key_path(place), *shelf.listed(place.backups)):
        if _is_open(path):
            yield f"Other users of this computer may open {path.name}. Make it yours alone."


def _is_open(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & SECRET)
