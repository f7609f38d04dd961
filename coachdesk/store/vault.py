"""The encrypted file, open: one connection that reads, one thread that writes."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from coachdesk.errors import (
    Cancelled,
    DamagedKeyFile,
    NotAVault,
    VaultError,
    VaultExists,
)
from coachdesk.paths import Folders
from coachdesk.store import (
    backup,
    faults,
    files,
    found,
    free_pages,
    keys,
    known,
    making,
    migrations,
    rekeying,
    restoring,
    schema,
    seal,
    search,
    snapshot,
    ways,
)
from coachdesk.store.backup import Backup
from coachdesk.store.backups import Backups
from coachdesk.store.connection import Engines, driver
from coachdesk.store.copying import Report, Source, nobody
from coachdesk.store.drafts import Drafts, new_key
from coachdesk.store.key_file import Kind
from coachdesk.store.keys import Cost, Key, Secret
from coachdesk.store.lock import Lock
from coachdesk.store.parts import key_path, lock_path, parts, present
from coachdesk.store.recording import Recording, Touched
from coachdesk.store.seen import Memory
from coachdesk.store.ways import Sheet
from coachdesk.store.writer import Writer

__all__ = ["Touched", "Vault", "key_path", "parts", "present"]

log = logging.getLogger(__name__)
T = TypeVar("T")


class Vault:
    """One open vault. Construct it by `create`, `open` or, in tests, `open_with_key`."""

    def __init__(
        self, place: Folders, path: Path, key: Key, lock: Lock | None, engines: Engines | None = None
    ) -> None:
        self.place, self.path = place, path
        self._key, self._lock = key, lock
        self._over, self._closed = False, False
        self._closing = threading.Lock()
        self._slots = threading.Lock()  # who changes the key file reads it first, and takes seconds
        self.backups = Backups(place.backups, self._source, self.writes, self._holds)
        was_cut_off = free_pages.was_cut_off(path)
        self._engines = engines or Engines()
        self._engines.read(path, key.dek)
        self._version = self._look(migrations.version_of)
        self._writer = Writer(path, key.dek, self._engines)
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
    def read(self) -> Iterator[Session]:
        """A session for looking; what it changes is not kept. Rows stay usable afterwards."""
        if self._over:  # the pool would open the file again
            raise VaultError("The vault is locked.")
        with Session(self._engines.reading, expire_on_commit=False, autoflush=False) as session:
            try:
                yield session
            except (DBAPIError, sqlcipher.DatabaseError) as error:
                raise faults.reading(error) from error

    def snapshot(self) -> AbstractContextManager[Session]:
        """A session over a copy, for a long question: saving goes on meanwhile. See `store.snapshot`."""
        return snapshot.taken(self._source(), self.place)

    def submit(
        self, work: Callable[[Session], T], record: Recording | None = None
    ) -> "Future[tuple[T, Touched]]":
        """Have the writer do `work` in one transaction; see `Writer.submit`."""
        return self._writer.submit(work, record or Recording())

    def rest(self) -> None:
        """The typing rests: have the notes that were put off indexed soon."""
        self._writer.rest()
        self._writer.idle().add_done_callback(self._rested)

    def look_over(self) -> "Future[bool]":
        """Whether the seal holds, looked at while there is nothing to save; see `Writer.look_over`."""
        return self._writer.look_over()

    def seal_anew(self) -> None:
        """Seal the rows as they are; see `Writer.seal_anew`."""
        self._writer.seal_anew()

    def catch_up(self) -> None:
        """Have the notes indexed that were put off when the program ended before their typing rested."""
        with self.read() as session:
            left = search.are_put_off(session.connection())
        if left:
            self._writer.rest(put_off=True)

    def keep_room(self) -> bool:
        """Have a file beside the vault that a full disk can be given, and files that drafts can be written
        over; says whether they are there."""
        laid = self._writer.ballast.lay()
        return self.drafts.lay_rooms() and laid

    @property
    def gave_room(self) -> bool:
        """Whether that file was given up, so that a save could be completed, and is not there again."""
        return self._writer.ballast.spent

    def idle(self) -> "Future[None]":
        """Done once all that was submitted before is done, well or badly."""
        return self._writer.idle()

    def writes(self) -> int:
        """How often the vault has been written to."""
        return self._look(seal.generation)

    def inspect(self, look: Callable[[sqlcipher.Connection], T]) -> T:
        """Have the writer's own connection looked at."""
        return self._writer.call(look).result()

    def verify_backup(self, path: Path) -> Backup:
        """What a backup says of itself. Raises DamagedVault unless it is whole and of this vault."""
        return self.backups.verify(path)

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

    @property
    def key(self) -> Key:
        """What opened it; its file is the key file as this window last wrote it."""
        return self._key

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

    def tidy(self) -> None:
        """Wipe from the search index what is no longer in any note. Takes seconds."""
        try:
            self._writer.call(search.tidy).result()
        except sqlcipher.DatabaseError as error:
            raise faults.writing(error) from error

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

    def _close_files(self) -> None:
        self._over = True
        self._writer.close()
        self._engines.reading.dispose()

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

    def _write_free_pages(self) -> None:
        """Where the disk will not take it now, the notes can be read all the same."""
        try:
            self._writer.call(free_pages.write_anew).result()
        except sqlcipher.DatabaseError:
            log.warning("free-pages-left")

    def _look(self, look: Callable[[sqlcipher.Connection], T]) -> T:
        """Look at the file by a connection that reads."""
        if self._over:  # the pool would open the file again
            raise VaultError("The vault is locked.")
        connection = self._engines.reading.raw_connection()
        try:
            return look(driver(connection))
        except sqlcipher.DatabaseError as error:
            raise faults.reading(error) from error
        finally:
            connection.close()

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

    def _about(self) -> dict[str, bytes]:
        with self.read() as session:
            rows = session.connection().execute(select(schema.about.c.name, schema.about.c.value))
            return {name: value for name, value in rows}


def _drafts(place: Folders, about: dict[str, bytes]) -> Drafts:
    return Drafts(place.state, about[schema.DRAFT_KEY], about.get(schema.DRAFT_KEY_BEFORE))
