"""Opening quickly: 32 random bytes in this computer's key store open a slot of the key file, for a while.

The entry says when the passphrase was last typed and since which start of the computer: after seven days, or
after the computer was started again, the passphrase is asked for once more.
"""

import hashlib
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from coachdesk.errors import QuickUnlockRefused
from coachdesk.store.key_store import KeyStore
from coachdesk.store.keys import StoredKey

BOOT = Path("/proc/sys/kernel/random/boot_id")
DAY = 24 * 60 * 60
LONGEST = 7 * DAY
SKEW = 60  # seconds by which a clock may be set back without a word

GONE = (
    "This computer's key store has no key for the notes in this folder. Type your passphrase; in Settings, "
    "under Passphrase, opening quickly can be switched on anew."
)
TOO_LONG_AGO = (
    "It is more than seven days since you typed your passphrase. Type it once, so that you do not forget it; "
    "then opening quickly works again."
)
STARTED_AGAIN = (
    "This computer was started again since you last typed your passphrase. Type it once; then opening "
    "quickly works again."
)
NO_START = (
    "This computer does not say when it was started, so coachdesk cannot open quickly. Your passphrase opens "
    "your notes."
)


@dataclass(frozen=True)
class Moment:
    """Now: seconds of the clock, and which start of the computer this is ("" where that is not known)."""

    at: float
    boot: str


@dataclass(frozen=True)
class Entry:
    """What the key store keeps: the key in hex, and when the passphrase was last typed."""

    key: str
    at: float
    boot: str

    def __repr__(self) -> str:
        return "Entry(…)"


def now() -> Moment:
    return Moment(time.time(), start_of_computer())


def start_of_computer(path: Path = BOOT) -> str:
    """A word that is another one after each start; "" where the system does not say it.

    Only Linux does: elsewhere quick unlock is refused, for its promise could not be kept. The way of another
    system would go here.
    """
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def name_of(vault: str, folder: Path) -> str:
    """Under which name the entry of the vault in `folder` lies: a copy in another folder has one of its own,
    so that what is done to one leaves the other as it is. The folder is not told by it."""
    lies_in = hashlib.blake2b(os.fsencode(folder.resolve()), digest_size=16, key=vault.encode()).hexdigest()
    return f"quick unlock {lies_in}"


def keep(store: KeyStore, name: str, when: Moment) -> StoredKey:
    """Try the key store out, then keep a new key in it. Raises QuickUnlockRefused."""
    if not when.boot:
        raise QuickUnlockRefused(NO_START)
    store.try_out()
    key = StoredKey(secrets.token_bytes(32))
    _put(store, name, Entry(key.bits.hex(), when.at, when.boot))
    return key


def kept(store: KeyStore, name: str, when: Moment) -> StoredKey:
    """The key, if it may be used now. Raises QuickUnlockRefused, saying why not."""
    entry = _found(store, name)
    if not when.boot or entry.boot != when.boot:
        raise QuickUnlockRefused(STARTED_AGAIN if when.boot else NO_START)
    if not -SKEW <= when.at - entry.at <= LONGEST:
        raise QuickUnlockRefused(TOO_LONG_AGO)
    return _key(entry)


def renew(store: KeyStore, name: str, when: Moment) -> None:
    """The passphrase was typed just now: seven more days. Raises QuickUnlockRefused."""
    _put(store, name, replace(_found(store, name), at=when.at, boot=when.boot))


def carry(store: KeyStore, before: str, name: str, when: Moment) -> bool:
    """The folder was moved, and the passphrase typed just now: what lies under the name `before` is kept
    under the new one, and no longer there. Says whether there was anything. Raises QuickUnlockRefused."""
    if store.found(before) is None:
        return False
    _put(store, name, replace(_found(store, before), at=when.at, boot=when.boot))
    store.forget(before)
    return True


def _put(store: KeyStore, name: str, entry: Entry) -> None:
    store.put(name, json.dumps(asdict(entry)))


def _found(store: KeyStore, name: str) -> Entry:
    said = store.found(name)
    if said is None:
        raise QuickUnlockRefused(GONE)
    try:
        read = json.loads(said)
        entry = Entry(str(read["key"]), float(read["at"]), str(read["boot"]))
        _key(entry)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise QuickUnlockRefused(GONE) from error
    return entry


def _key(entry: Entry) -> StoredKey:
    bits = bytes.fromhex(entry.key)
    if len(bits) != 32:
        raise ValueError("not a key")
    return StoredKey(bits)
