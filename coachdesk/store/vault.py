"""The vault: an open file with its key file, and all that keeps it: lock, backups, drafts, memory."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlmodel import Session

from coachdesk.errors import (
    Cancelled,
    NotAVault,
    VaultError,
    VaultExists,
)
from coachdesk.paths import Folders
from coachdesk.store import (
    backup,
    files,
    found,
    free_pages,
    keys,
    known,
    making,
    rekeying,
    restoring,
    schema,
    seal,
    snapshot,
    ways,
)
from coachdesk.store.backup import Backup
from coachdesk.store.backups import Backups
from coachdesk.store.connection import Engines
from coachdesk.store.copying import Report, Source, nobody
from coachdesk.store.drafts import Drafts, new_key
from coachdesk.store.keyed_file import KeyedFile
from coachdesk.store.keys import Cost, Key, Secret
from coachdesk.store.lock import Lock
from coachdesk.store.parts import key_path, lock_path, parts, present
from coachdesk.store.recording import Touched
from coachdesk.store.seen import Memory
from coachdesk.store.ways import Sheet

__all__ = ["Touched", "Vault", "key_path", "parts", "present"]


class Vault(KeyedFile):
    """One open vault. Construct it by `create`, `open` or, in tests, `open_with_key`."""

    def __init__(
        self, place: Folders, path: Path, key: Key, lock: Lock | None, engines: Engines | None = None
    ) -> None:
        was_cut_off = free_pages.was_cut_off(path)
        super().__init__(place, path, key, engines)
        self._lock, self._closed = lock, False
        self._closing, self._asking = threading.Lock(), threading.Lock()
        self.backups = Backups(place.backups, self._source, self.writes, self._holds)
        self._memory = Memory(place, key.vault)
        try:
            about = self._about()
            if about.get(schema.VAULT_ID) != key.vault.encode():
                raise NotAVault(
                    "The key file does not belong to this vault file. Put back the two that belong together; "
                    "each backup holds both."
                )
            if was_cut_off:
                self._write_free_pages()
            self._turn = self._writer.turn = self._memory.turn(about)
            behind = self._behind()
            self._bring_up_to_date()
        except BaseException:
            self._close_files()
            raise
        if behind:
            self._writer.rise(behind).add_done_callback(lambda _done: self._remember())
        else:
            self._remember()
        self.drafts = _drafts(place, about)

    @classmethod
    def create(
        cls,
        place: Folders,
        passphrase: str,
        cost: Cost | None = None,
        sheet: Sheet | None = None,
        fill: "Callable[[Vault], object] | None" = None,
    ) -> "Vault":
        """Make a vault in `place` and open it. Raises VaultExists rather than touch one that is there.

        It has its name only once it is complete and `fill` has put into it what is to be in it from the
        start. `cost` is for tests and samples; else it is tuned. The `sheet`, if there is one, opens it too.
        """
        os.umask(0o077)  # whatever this process makes from now on is for this user alone
        try:
            files.folder(place.data)
        except OSError as error:
            raise VaultError(
                "The folder for the vault cannot be made or written. Choose another, or check its rights."
            ) from error
        lock = Lock(lock_path(place))
        try:
            if present(place):
                raise VaultExists()
            key = keys.create(passphrase, cost, sheet.key if sheet else None)
            about = {ways.SHEET: sheet.packed()} if sheet else {}
            try:
                making.bear(place, key, about, partial(cls._fill, place, key, fill) if fill else None)
            except BaseException:
                Memory(place, key.vault).forget()
                raise
            return cls(place, place.vault, key, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _fill(cls, place: Folders, key: Key, fill: "Callable[[Vault], object]", path: Path) -> None:
        """Have a vault that has no name yet filled."""
        vault = cls(place, path, key, None)
        try:
            fill(vault)
        finally:
            vault.close()

    @classmethod
    def open(cls, place: Folders, secret: str | Secret, engines: Engines | None = None) -> "Vault":
        """Open the vault in `place` by a passphrase or another secret; `engines` may know what will be asked.

        Raises NoVault, NotAVault, DamagedVault, DamagedKeyFile, NewerVault, OpenElsewhere, or what a wrong
        secret deserves (see `keys.unlock`), or what `Memory.behind` does; nothing is created or changed then.
        """
        os.umask(0o077)
        file = found.key_file(place)
        lock = Lock(lock_path(place))
        try:
            key = keys.unlock(file, secret)
            backup.unwrap(place.vault, key_path(place), key, Memory(place, key.vault).allow_older)
            rekeying.clear(place)
            restoring.clear(place)
            snapshot.forget(place)
            return cls(place, place.vault, key, lock, engines)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_with_key(
        cls, path: Path, key: bytes, create: bool = False, engines: Engines | None = None
    ) -> "Vault":
        """Open the vault at `path` with its raw key, in milliseconds: no derivation, no key file, no lock."""
        place = Folders(path.parent, path.parent, path.parent / "state", path.parent / "logs")
        raw = Key(key, keys.derived(key, "vault id").hex()[:32], b"")
        if create:
            making.make(place, path, raw)
        files.look_at_vault(path)
        return cls(place, path, raw, None, engines)

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session over a copy, for a long question: saving goes on meanwhile. One at a time, for all have
        one name. See `store.snapshot`."""
        with self._asking, snapshot.taken(self._source(), self.place) as session:
            yield session

    def rest(self) -> None:
        """The typing rests: have the notes that were put off indexed soon."""
        self._writer.rest()
        self._writer.idle().add_done_callback(self._rested)

    def keep_room(self) -> bool:
        """Have a file beside the vault that a full disk can be given, and files that drafts can be written
        over; says whether they are there."""
        laid = self._writer.ballast.lay()
        return self.drafts.lay_rooms() and laid

    @property
    def gave_room(self) -> bool:
        """Whether that file was given up, so that a save could be completed, and is not there again."""
        return self._writer.ballast.spent

    def verify_backup(self, path: Path) -> Backup:
        """What a backup says of itself. Raises DamagedVault unless it is whole and of this vault."""
        return self.backups.verify(path)

    def rekey(self, new: Key, sheet: Sheet | None = None, report: Report = nobody) -> None:
        """Give the vault a new key, with `new` as its key file; saving waits meanwhile. See `store.rekeying`.

        Raises NotSaved, MixedCopy, DamagedVault or Cancelled, and nothing changed; or VaultError: it is
        done, but the vault is closed.
        """
        draft_key, before = new_key(), self._about()[schema.DRAFT_KEY]
        about = {
            schema.DRAFT_KEY: draft_key,
            schema.DRAFT_KEY_BEFORE: before,
            ways.SHEET: sheet.packed() if sheet else None,
        }
        fresh = rekeying.fresh_path(self.place)

        def prepare(connection: sqlcipher.Connection) -> None:
            rekeying.clear(self.place)
            rekeying.copy(connection, fresh, (self._key, new), about, report)

        def swap() -> None:
            self._engines.reading.dispose()
            rekeying.swap(self.place)
            self._engines.read(self.path, new.dek)
            self._key = new
            try:
                rekeying.finish(self.place, new)
            except BaseException:
                self._over = True  # nothing may be written before that is done
                self._writer.end()
                raise
            self.drafts = Drafts(self.place.state, draft_key, before)
            self.drafts.renew()

        with self._slots, self.backups.alone:
            try:
                self._writer.replace(new.dek, prepare, swap).result()
            finally:
                rekeying.clear(self.place)
        self._opened_at = self.writes()

    def backup_now(self) -> Backup:
        """Make a verified backup. Call it off the screen's thread; saving goes on meanwhile."""
        return self.backups.make()

    def backup_if_changed(self) -> Backup | None:
        """`backup_now`, unless the newest backup is of the vault as it is and opens as it does."""
        return self.backups.make_if_changed()

    def close(self) -> None:
        """Finish what is queued and let go of everything. Closing twice does no harm: by the second time the
        vault may have been deleted with all that was remembered of it."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            try:
                self._close_files()
                self._remember()
            finally:
                if self._lock:
                    self._lock.release()
                self._lock = None

    @property
    def is_closed(self) -> bool:
        """Whether it was closed on purpose; a new key that is half done takes nothing more, either."""
        return self._closed

    def _holds(self) -> bool:
        """Whether Hold is on, or may be: then no backup is let go."""
        if self._over:  # a backup is finished all the same
            return True
        with self.read() as session:
            return known.recall(session, known.HOLD) is not None

    def _source(self) -> Source:
        """What backups are copied from."""
        return Source(lambda work: self._writer.call(work).result(), self._key, self._between)

    def _between(self) -> None:
        """Between the steps of a backup: save what waits; give up where the vault is being closed."""
        if self._over:
            raise Cancelled
        self._writer.run_waiting()

    def _bring_up_to_date(self) -> None:
        if self._version < schema.VERSION:
            self.backup_now()
            self._writer.migrate(self._version).result()

    def _behind(self) -> int:
        """Where a copy counts on that lacks what was saved last; see `Memory.behind`."""
        self._opened_at = self._look(seal.generation)
        return self._memory.behind(self._opened_at, self._turn.number)

    def _remember(self) -> None:
        """Remember outside the vault's folder how far it came."""
        self._memory.remember(self._writer.generation or self._opened_at, self._turn.number)

    def _rested(self, done: "Future[None]") -> None:
        """Once it is closed it may have been deleted with all that was remembered of it."""
        if not done.exception():
            self._remember()


def _drafts(place: Folders, about: dict[str, bytes]) -> Drafts:
    return Drafts(place.state, about[schema.DRAFT_KEY], about.get(schema.DRAFT_KEY_BEFORE))
