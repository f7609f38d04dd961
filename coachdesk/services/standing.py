"""How things stand with the vault before it is opened: what can be told without a passphrase."""

from datetime import datetime

from coachdesk.errors import VaultError
from coachdesk.paths import Folders
from coachdesk.store import found, key_file
from coachdesk.store.lock import Lock
from coachdesk.store.parts import lock_path
from coachdesk.store.seen import Last, Memory


def look(place: Folders, whether_open: bool = False) -> None:
    """Raise what would keep the vault in `place` from opening whatever the passphrase.

    NoVault, NotAVault, DamagedVault, DamagedKeyFile, NewerVault, VaultError if it may not be read, or, where
    that is asked too, OpenElsewhere: not while it is being opened here.
    """
    found.key_file(place)
    if whether_open:
        Lock(lock_path(place)).release()


def last_saved(place: Folders) -> datetime | None:
    """When this laptop saved last what lies in `place`, as far as it remembers."""
    last = _last(place)
    return datetime.fromisoformat(last.at) if last and last.at else None


def use_older(place: Folders) -> None:
    """The copy in `place` is wanted whatever it lacks: it opens once, and is the newest from then on."""
    _memory(place).allow_older()


def keep_apart(place: Folders) -> None:
    """The copy in `place` and the others are wanted, each for itself: no more is said of them."""
    _memory(place).keep_apart()


def _last(place: Folders) -> Last | None:
    try:
        return _memory(place).last()
    except VaultError:
        return None


def _memory(place: Folders) -> Memory:
    return Memory(place, key_file.unpacked(found.key_file(place)).vault)
