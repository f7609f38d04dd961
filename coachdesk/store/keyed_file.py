"""The open file with its key file beside it: what opens it, and how that is changed."""

import threading
from pathlib import Path

from coachdesk.errors import DamagedKeyFile
from coachdesk.paths import Folders
from coachdesk.store import files, keys, ways
from coachdesk.store.connection import Engines
from coachdesk.store.key_file import Kind
from coachdesk.store.keys import Cost, Key, Secret
from coachdesk.store.open_file import OpenFile
from coachdesk.store.parts import key_path
from coachdesk.store.recording import Recording
from coachdesk.store.ways import Sheet


class KeyedFile(OpenFile):
    """One open file, and the key that opened it; the key file is that of `place`."""

    def __init__(self, place: Folders, path: Path, key: Key, engines: Engines | None = None) -> None:
        super().__init__(path, key.dek, engines)
        self.place = place
        self._key = key
        self._slots = threading.Lock()  # who changes the key file reads it first, and takes seconds

    @property
    def key(self) -> Key:
        """What opened it; its file is the key file as this window last wrote it."""
        return self._key

    def change_passphrase(self, old: str, new: str, cost: Cost | None = None) -> None:
        """From now on `new` opens the vault, and `old` no longer. Takes as long as unlocking twice.

        The key file is replaced whole or not at all; the vault itself and the backups stay as they are, so
        these still open with `old`. Raises WrongPassphrase, DamagedKeyFile or NotSaved, and nothing changed.
        """
        path = key_path(self.place)
        with self._slots:
            key = keys.rewrapped(keys.read(path), old, new, cost)
            if key.dek != self._key.dek:  # somebody put another vault's key file there meanwhile
                raise DamagedKeyFile()
            files.write_whole(path, key.file)
            self._key = key

    def add_way(self, secret: Secret, cost: Cost | None = None) -> None:
        """From now on `secret` opens the vault, in place of what did so in its slot; see `ways.add`."""
        with self._slots:
            self._key = ways.add(key_path(self.place), self._key, secret, cost)

    def drop_way(self, kind: Kind) -> None:
        """Take a way in away; see `ways.drop`."""
        with self._slots:
            self._key = ways.drop(key_path(self.place), self._key, kind)

    def sheet(self) -> Sheet | None:
        """The recovery sheet as it can be printed again: None if there is none, or it is no longer valid."""
        return ways.valid(self._about().get(ways.SHEET), self._key)

    def keep_sheet(self, sheet: Sheet | None) -> None:
        """Remember what the sheet says, or forget it."""
        self._writer.submit(lambda session: ways.keep_sheet(session, sheet), Recording()).result()
