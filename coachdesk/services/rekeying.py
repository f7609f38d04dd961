"""Somebody knows the passphrase: the vault gets a new key, and what to do about the backups of before.

All of it takes seconds: call it off the screen's thread.
"""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coachdesk import settings
from coachdesk.errors import CoachdeskError, DamagedVault
from coachdesk.store import aside, keys, recovery, shelf
from coachdesk.store.backup import Backup
from coachdesk.store.copying import Report, nobody
from coachdesk.store.keys import Cost, Key
from coachdesk.store.seen import line_of
from coachdesk.store.shelf import Elsewhere
from coachdesk.store.vault import Vault
from coachdesk.store.ways import Sheet

_LEFT = (
    "Not everything that opens with the old passphrase could be deleted. Look at the rights of their "
    "folder, then try again."
)


@dataclass(frozen=True)
class Rekeyed:
    """What is to be said: whether there is a new sheet to be printed, how many old backups there are, those
    that were set aside among them. With
    `opened_quickly` this computer's key store still has what opens those."""

    has_new_sheet: bool
    old_backups: int
    opened_quickly: bool = False


class Rekeying:
    """The new key of one open vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def rekey(self, old: str, new: str, report: Report = nobody, cost: Cost | None = None) -> Rekeyed:
        """A new key, opened by `new` and, where there was a recovery sheet, by a new one. Saving waits.

        A backup is made first, under the old key. Raises WrongPassphrase, NotSaved, MixedCopy, DamagedVault
        or Cancelled, and nothing changed; or VaultError: it is done, but the vault must be unlocked again.
        """
        before = self._vault.key
        keys.checked_passphrase(new)
        keys.unlock(before.file, old)
        self._vault.backup_now()
        kinds = keys.kinds(before.file)
        had_sheet = "recovery" in kinds
        sheet = Sheet(recovery.new(), date.today()) if had_sheet else None
        fresh = keys.create(new, cost, sheet.key if sheet else None, before.vault)
        self._vault.rekey(replace(fresh, by="passphrase"), sheet, report)
        return Rekeyed(had_sheet, len(self.old_backups()), "keyring" in kinds)

    def old_backups(self) -> list[Path]:
        """The backups of this vault that another key opens, in the second folder as well, and the folders in
        which it was set aside under another key. What a copy kept apart has there is not ours."""
        place, key = self._vault.place, self._vault.key
        second = settings.second_folder(place.settings)
        line = self._vault.inspect(line_of)
        there = [one for one in shelf.told(second) if one.line == line] if second else []
        told = [*shelf.told(place.backups), *there]
        kept = [one.path for one in told if one.vault == key.vault and not _opens(one, key)]
        return kept + aside.of_older_key(place, key)

    def replace_old_backups(self, report: Report = nobody) -> int:
        """Make a backup under the new key; once it is verified delete those of before, and say how many.

        Those in the second folder go once the new one lies there too. Raises NotSaved, DamagedVault or
        Cancelled, and none is gone; CoachdeskError while Hold is on, and where one could not be deleted.
        """
        if self._vault.backups.hold():
            raise CoachdeskError(
                "While Hold is on no backup is deleted. Switch it off in Settings, under Notes, if you may."
            )
        self._vault.verify_backup(self._vault.backups.make(report).path)
        place = self._vault.place
        second = settings.second_folder(place.settings)
        copied = self._vault.backups.copy_to(second)
        old = [path for path in self.old_backups() if path.parent != second or copied is Elsewhere.THERE]
        try:
            for path in old:
                _delete(path)
        except OSError as error:
            raise CoachdeskError(_LEFT) from error
        return len(old)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _opens(one: Backup, key: Key) -> bool:
    try:
        one.rows(key)
    except DamagedVault:
        return False
    return True
