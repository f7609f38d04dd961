"""What lies where a vault should be, as far as can be told without a passphrase."""

import os

from coachdesk.errors import DamagedVault, NoVault
from coachdesk.paths import Folders
from coachdesk.store import backup, files, keys, restoring
from coachdesk.store.parts import key_path, present


def look_for(place: Folders) -> None:
    """The vault in `place` is there and could be one."""
    if not present(place):
        raise NoVault()
    if not os.path.lexists(place.vault):
        raise NoVault(
            "The vault file {name} is missing, but its key file is here. Put the vault back, "
            "from where it went or from a backup.",
            name=place.vault.name,
        )
    files.look_at_vault(place.vault)


def key_file(place: Folders) -> bytes:
    """The key file of the vault in `place`; where a backup was put there, the one that came with it.

    Raises NoVault, NotAVault, DamagedVault, DamagedKeyFile, NewerVault, or VaultError if it may not be read.
    """
    restoring.complete(place)
    look_for(place)
    try:
        file = backup.read(place.vault).key_file
    except DamagedVault:  # no backup, so a vault
        file = keys.read(key_path(place))
    keys.look_at(file)
    return file
