"""The ways into an open vault: added, replaced and taken away, each time by a whole new key file.

What the key file on the disk says counts, and only if it is genuine: somebody may have put another there
since the vault was opened.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert
from sqlmodel import Session

from coachdesk.errors import WrongRecoveryKey
from coachdesk.store import keys, schema
from coachdesk.store.key_file import Kind
from coachdesk.store.keys import Cost, Key, Secret
from coachdesk.store.recovery import RecoveryKey

SHEET = "recovery"
"""The name in `vault_about` under which the recovery key lies, so that its sheet can be printed again."""


@dataclass(frozen=True)
class Sheet:
    """A recovery key and the day on which it was made."""

    key: RecoveryKey
    made: date

    def packed(self) -> bytes:
        return json.dumps({"key": self.key.bits.hex(), "made": self.made.isoformat()}).encode()


def sheet(kept: bytes) -> Sheet:
    """What `Sheet.packed` gave."""
    said = json.loads(kept)
    return Sheet(RecoveryKey(bytes.fromhex(said["key"])), date.fromisoformat(said["made"]))


def valid(kept: bytes | None, key: Key) -> Sheet | None:
    """The sheet that is kept, if its key opens the vault; a power cut may have come between the two."""
    if kept is None:
        return None
    found = sheet(kept)
    try:
        keys.unlock(key.file, found.key)
    except WrongRecoveryKey:
        return None
    return found


def keep_sheet(session: Session, new: Sheet | None) -> None:
    """Keep `new` in the vault itself in place of the one before, or forget that one."""
    connection = session.connection()
    connection.execute(delete(schema.about).where(schema.about.c.name == SHEET))
    if new:
        connection.execute(insert(schema.about).values(name=SHEET, value=new.packed()))


def add(path: Path, key: Key, secret: Secret, cost: Cost | None = None) -> Key:
    """From now on `secret` opens the vault, in place of what did so in its slot.

    Raises DamagedKeyFile or NotSaved, and nothing changed.
    """
    return _written(path, keys.with_way(_on_disk(path, key), secret, cost))


def drop(path: Path, key: Key, kind: Kind) -> Key:
    """Take a way in away. Raises LastWayIn, NoSuchWayIn, DamagedKeyFile or NotSaved, and nothing changed."""
    return _written(path, keys.without_way(_on_disk(path, key), kind))


def _on_disk(path: Path, key: Key) -> Key:
    return replace(key, file=keys.read(path))


def _written(path: Path, key: Key) -> Key:
    keys.write(path, key)
    return key
