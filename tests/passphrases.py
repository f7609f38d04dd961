"""Vaults that a passphrase opens, without waiting for what was derived already."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from nacl.pwhash import argon2id

from coachdesk.paths import Folders, folders
from coachdesk.store.keys import FLOOR
from coachdesk.store.vault import Vault
from coachdesk.store.ways import Sheet


@pytest.fixture(scope="session", autouse=True)
def _derived_once():
    """Argon2id answers the same for the same secret, salt and cost: it is asked once for each.

    What is tried out with no salt is being timed, so it takes the time that it takes.
    """
    derive = argon2id.kdf
    once = cache(derive)

    def kdf(size: int, secret: bytes, salt: bytes, opslimit: int, memlimit: int) -> bytes:
        timed = not any(salt)
        return (derive if timed else once)(size, secret, salt, opslimit, memlimit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2id, "kdf", kdf)
        yield


class Locked:
    """Makes profiles whose vault a passphrase opens, and a sheet: each once, then copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, Sheet | None], Folders] = {}

    def __call__(self, place: Folders, passphrase: str, sheet: Sheet | None = None) -> None:
        """Put a vault into `place`, as it lies after it was made and closed."""
        made = self._made.get((passphrase, sheet))
        if made is None:
            made = folders(self._folder / str(len(self._made)))
            Vault.create(made, passphrase, FLOOR, sheet).close()
            self._made[passphrase, sheet] = made
        shutil.copytree(made.data, place.data, ignore=shutil.ignore_patterns("state"), dirs_exist_ok=True)
        shutil.copytree(made.state, place.state, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def locked_vault(tmp_path_factory) -> Locked:
    return Locked(tmp_path_factory.mktemp("locked"))
