"""The ways into the vault: what there is, and how each comes and goes.

All of it may take a second, for a key is derived or a key store asked: call it off the screen's thread.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from coachdesk.errors import QuickUnlockRefused
from coachdesk.paths import Folders, resource
from coachdesk.store import key_file, key_store, keys, quick, recovery
from coachdesk.store.key_file import Kind
from coachdesk.store.key_store import KeyStore
from coachdesk.store.keys import Cost, Passphrase, StoredKey
from coachdesk.store.parts import key_path
from coachdesk.store.recovery import RecoveryKey
from coachdesk.store.seen import Memory
from coachdesk.store.vault import Vault
from coachdesk.store.ways import Sheet

__all__ = ["KeyStore", "RecoveryKey", "Sheet", "StoredKey"]

log = logging.getLogger(__name__)
WORDS = 6
PHRASE = ("words", "eff_large_wordlist.txt")


@dataclass(frozen=True)
class Ways:
    """What opens the vault now; `sheet` is None where there is none that can be printed again."""

    kinds: tuple[Kind, ...]
    sheet: Sheet | None

    @property
    def has_sheet(self) -> bool:
        return "recovery" in self.kinds

    @property
    def opens_quickly(self) -> bool:
        return "keyring" in self.kinds


class Keys:
    """The ways into one open vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def ways(self) -> Ways:
        return Ways(keys.kinds(self._vault.key.file), self._vault.sheet())

    def set_passphrase(self, new: str, cost: Cost | None = None) -> None:
        """A new passphrase for one that is lost: the vault was opened by its recovery key.

        Without a `cost` guessing it is made to cost what this computer can bear.
        """
        self._vault.add_way(Passphrase(new), cost)

    def set_sheet(self, sheet: Sheet) -> None:
        """From now on this sheet opens the vault, and the one before no longer.

        Raises NotSaved or DamagedKeyFile, and the one before is valid and can be printed as it was.
        """
        before = self._vault.sheet()
        self._vault.keep_sheet(sheet)
        try:
            self._vault.add_way(sheet.key)
        except BaseException:
            self._vault.keep_sheet(before)
            raise

    def drop_sheet(self) -> None:
        """No sheet opens the vault any more. Backups made before still open by the old one."""
        self._vault.drop_way("recovery")
        self._vault.keep_sheet(None)

    def check(self, passphrase: str) -> None:
        """Raise WrongPassphrase unless it opens the vault. Takes as long as unlocking."""
        keys.unlock(self._vault.key.file, passphrase)

    @property
    def costs_little(self) -> bool:
        """Whether the passphrase just typed could be made to cost more to guess."""
        return keys.is_cheap(self._vault.key)

    def strengthen(self, passphrase: str, cost: Cost | None = None) -> None:
        """Wrap the key anew for the same passphrase, at a cost tuned to this computer."""
        self._vault.change_passphrase(passphrase, passphrase, cost)

    def open_quickly(self, store: KeyStore | None) -> None:
        """Have this computer open the vault too. Raises QuickUnlockRefused or NotSaved: nothing changed."""
        if store is None:
            raise QuickUnlockRefused(key_store.NO_STORE)
        key = quick.keep(store, self._entry, quick.now())
        try:
            self._vault.add_way(key)
        except BaseException:
            store.forget(self._entry)
            raise

    def open_slowly(self, store: KeyStore | None) -> None:
        """Have the passphrase alone open it again; what the key store still has opens nothing then."""
        self._vault.drop_way("keyring")
        self._forget_in(store)

    def forget_here(self, find: Callable[[], KeyStore | None]) -> None:
        """The vault has a new key: what the key store has opens old backups alone, so it goes."""
        if "keyring" not in keys.kinds(self._vault.key.file):
            self._forget_in(find())

    def _forget_in(self, store: KeyStore | None) -> None:
        try:
            if store:
                store.forget(self._entry)
        except QuickUnlockRefused:
            log.warning("key-store-keeps-an-old-key")

    def renew(self, find: Callable[[], KeyStore | None]) -> None:
        """The passphrase was typed: for seven days this computer may open the vault again.

        The key store is looked for only if it has to do with it. Raises QuickUnlockRefused.
        """
        if self._vault.key.by == "keyring" or "keyring" not in keys.kinds(self._vault.key.file):
            return
        store = find()
        if store and not self._came_along(store):
            quick.renew(store, self._entry, quick.now())

    def _came_along(self, store: KeyStore) -> bool:
        """Whether the folder was moved, and what the key store has for its old place is this one's now."""
        if store.found(self._entry) is not None:
            return False
        vault, place = self._vault.key.vault, self._vault.place
        return any(
            quick.carry(store, quick.name_of(vault, folder), self._entry, quick.now())
            for folder in Memory(place, vault).left()
        )

    @property
    def _entry(self) -> str:
        return quick.name_of(self._vault.key.vault, self._vault.place.data)


def key_of_this_computer(place: Folders, store: KeyStore | None) -> StoredKey:
    """What this computer's key store has for the vault in `place`.

    Raises QuickUnlockRefused, saying why not, or DamagedKeyFile.
    """
    if store is None:
        raise QuickUnlockRefused(key_store.NO_STORE)
    vault = key_file.unpacked(key_file.read(key_path(place))).vault
    return quick.kept(store, quick.name_of(vault, place.data), quick.now())


def store_of_this_computer() -> KeyStore | None:
    """The key store that may be trusted here; None where there is none, or no way to keep the promise."""
    return key_store.found() if quick.start_of_computer() else None


def new_sheet(today: date) -> Sheet:
    return Sheet(recovery.new(), today)


def typed(text: str) -> RecoveryKey:
    """The recovery key that was typed. Raises MistypedRecoveryKey."""
    return recovery.typed(text)


def is_group(typed: str, group: str) -> bool:
    """Whether a group was typed back, however it was written."""
    return recovery.plain(typed) == group


def phrase() -> str:
    """Six words by chance, of 7,776: 77 bits."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


@cache
def _words() -> tuple[str, ...]:
    return tuple(resource(*PHRASE).read_text(encoding="ascii").split())
