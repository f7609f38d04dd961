"""The thread that writes: one connection, one piece of work at a time, each kept whole or not at all."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from coachdesk.errors import CoachdeskError, NotSaved, VaultError
from coachdesk.store import faults, migrations, recording, seal, search
from coachdesk.store.ballast import Ballast
from coachdesk.store.connection import Engines, connect, driver
from coachdesk.store.recording import Recorded, Recording, Touched
from coachdesk.store.seal import Seal
from coachdesk.store.seen import Turn
from coachdesk.store.spare_time import SpareTime

T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]


class Writer:
    """All writing to one vault."""

    def __init__(self, path: Path, dek: bytes, engines: Engines | None = None) -> None:
        self._path, self._dek = path, dek
        self._seal = Seal(dek)
        self.ballast = Ballast(path)
        self.turn: Turn | None = None  # of this computer, which the vault is to know of
        engines = engines or Engines()
        engines.write_by(self._connect)
        self._engine = engines.writing
        self._failed: list[BaseException] = []  # statements of this transaction, whoever caught that
        event.listen(self._engine, "handle_error", self._note_failure)
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._over, self._ended, self._let_go = False, False, False
        self._spare = SpareTime(self._bare, self._index, lambda: not self._jobs.empty())
        self._door = threading.Lock()  # nothing comes in once closing has
        self._thread = threading.Thread(target=self._run, name="coachdesk writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], T], record: Recording) -> "Future[tuple[T, Touched]]":
        """Have `work` done in one transaction.

        The future gives its result and the tables it touched once COMMIT has returned; or NotSaved, or
        whatever `work` raised, and then nothing was kept.
        """
        return self._later(lambda: self._write_in_room(work, record))

    def call(self, work: Callable[[sqlcipher.Connection], T]) -> "Future[T]":
        """Have `work` done with the connection itself, outside any transaction."""
        return self._later(lambda: self._bare(work))

    def idle(self) -> "Future[None]":
        """Done once all that was submitted before is done, however the file fares."""
        return self._later(lambda: None)

    def rest(self, put_off: bool = False) -> None:
        """The typing rests: notes that wait are indexed as soon as nothing is queued.

        `put_off` says that there are some, left by a program that ended before it came to that.
        """
        self._later(lambda: self._spare.rest(put_off))

    @property
    def generation(self) -> int | None:
        """How often the vault has been written to, if this writer has done so."""
        return self._seal.generation

    def rise(self, generation: int) -> "Future[None]":
        """Count on from `generation`: this is an older copy that is to be used from now on."""
        return self._later(lambda: self._rise(generation))

    def look_over(self, hurry: bool = False) -> "Future[bool]":
        """Whether the vault is of one version: looked at in slices, while there is nothing else to do, or
        at once with `hurry`; it has DamagedPages where an index is damaged. See `store.looking`.

        Cancelled if the vault is closed meanwhile; else it has whatever kept it from beginning.
        """
        future: Future[bool] = Future()

        def begun(done: "Future[None]") -> None:
            error = done.exception()
            if error and self._over:
                future.cancel()
            elif error:
                future.set_exception(error)

        start = self._spare.start_looking
        self._later(lambda: start(self._seal, self._dek, future, hurry)).add_done_callback(begun)
        return future

    def seal_anew(self) -> "Future[None]":
        """Seal the rows as they are, whatever was sealed before, and make every index of them anew. Takes
        seconds in a large vault."""
        return self._later(self._seal_anew)

    def replace(
        self, dek: bytes, prepare: Callable[[sqlcipher.Connection], None], swap: Callable[[], None]
    ) -> "Future[None]":
        """`prepare` with the connection, let go of the file, `swap` it for one with another key, and go on.

        Nothing is saved meanwhile: it waits. What either raises leaves all as it was.
        """
        return self._later(lambda: self._replace(dek, prepare, swap))

    def migrate(self, version: int) -> "Future[None]":
        """Bring the tables from `version` to ours, once nothing else is being done."""
        return self._later(lambda: self._migrate(version))

    def run_waiting(self) -> None:
        """Do what has been queued: called between the steps of something long, on this thread."""
        while not self._jobs.empty():
            _settle(self._jobs.get())

    def end(self) -> None:
        """Take nothing more, on any thread; what is queued is still tried."""
        self._later(self._end, last=True)

    def close(self) -> None:
        """Finish what is queued, then let go of the file. Closing twice does no harm."""
        self.end()
        self._thread.join()
        with self._door:
            if self._let_go:  # the engine may serve another vault by now
                return
            self._let_go = True
        self._engine.dispose()
        event.remove(self._engine, "handle_error", self._note_failure)

    def _later(self, work: Callable[[], T], last: bool = False) -> "Future[T]":
        future: Future[T] = Future()
        with self._door:
            if self._over:
                future.set_exception(VaultError("The vault is locked, so nothing was saved."))
            else:
                self._jobs.put((work, future))
            self._over |= last
        return future

    def _run(self) -> None:
        while not self._ended:
            _settle(self._next())

    def _next(self) -> Job:
        """What was queued; if there is nothing for a while, what can wait."""
        try:
            return self._jobs.get(timeout=self._spare.patience())
        except Empty:
            return self._spare.use, Future()

    def _index(self) -> None:
        self._write(lambda session: search.catch_up(session.connection()), Recording(kept=False))

    def _end(self) -> None:
        self._ended = True
        self._spare.cancel_looking()
        self._spare.catch_up()

    def _seal_anew(self) -> None:
        self._bare(lambda connection: seal.write_anew(connection, self._dek))
        self._seal.forget()
        try:
            self._bare(lambda connection: connection.execute("REINDEX"))
        except sqlcipher.DatabaseError as error:
            raise faults.writing(error) from error

    def _replace(
        self, dek: bytes, prepare: Callable[[sqlcipher.Connection], None], swap: Callable[[], None]
    ) -> None:
        self._spare.cancel_looking()
        self._bare(prepare)
        self._engine.dispose()
        swap()
        self._dek, self._seal = dek, Seal(dek)

    def _rise(self, generation: int) -> None:
        self._seal.forget()
        self._write(lambda session: self._seal.rise_to(generation), Recording(kept=False))

    def _connect(self) -> sqlcipher.Connection:
        """A connection of which the seal knows what it writes."""
        connection = connect(self._path, self._dek)
        try:
            self._seal.watch(connection)
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise faults.reading(error) from error
        return connection

    def _migrate(self, version: int) -> None:
        try:
            self._bare(self._seal.unwatch)
            migrations.bring_up_to_date(
                self._engine, version, seal=lambda connection: seal.write_anew(connection, self._dek)
            )
            self._bare(self._seal.watch)
            self._seal.forget()
        except (DBAPIError, sqlcipher.DatabaseError) as error:
            raise faults.writing(error) from error

    def _write_in_room(self, work: Callable[[Session], T], record: Recording) -> tuple[T, Touched]:
        """`_write`; where the disk is full the ballast goes, and what is `repeatable` is done once more."""
        try:
            return self._write(work, record)
        except NotSaved as error:
            full = faults.is_full(error.__cause__) or self.ballast.is_short()
            if not (full and self.ballast.release() and record.repeatable):
                raise
        record.forget()
        return self._write(work, record)

    def _write(self, work: Callable[[Session], T], record: Recording) -> tuple[T, Touched]:
        with Recorded(self._engine, expire_on_commit=False) as session:
            session.info[recording.KEY] = record
            expected: list[int] = []
            self._seal.begin()
            self._failed.clear()
            try:
                result = work(session)
                session.flush()
                if self._failed:  # what it wrote before it failed was counted, but is not there
                    raise self._failed[0]
                if record.touched or self._seal.is_broken:
                    expected.append(self._sealed(driver(session.connection())))
                session.commit()
            except (DBAPIError, sqlcipher.DatabaseError) as error:
                session.invalidate()
                if not (expected and self._persisted(expected[0])):
                    self._seal.forget()
                    raise faults.writing(error) from error
        if expected:
            self._seal.kept(expected[0])
            if self.turn:
                self.turn.kept()
        self._spare.put_off |= record.put_off
        return result, frozenset(record.touched)

    def _sealed(self, connection: sqlcipher.Connection) -> int:
        if self.turn:
            self.turn.write(connection)
        return self._seal.write(connection)

    def _note_failure(self, context: ExceptionContext) -> None:
        self._failed.append(context.sqlalchemy_exception or context.original_exception)

    def _persisted(self, expected: int) -> bool:
        """Whether a COMMIT that failed was kept after all, as a fresh connection sees it."""
        try:
            return self._bare(seal.generation) == expected
        except (DBAPIError, CoachdeskError, sqlcipher.DatabaseError):
            return False

    def _bare(self, work: Callable[[sqlcipher.Connection], T]) -> T:
        connection = self._engine.raw_connection()
        try:
            return work(driver(connection))
        finally:
            connection.close()


def _settle(job: Job) -> None:
    """Do `job`; whatever it raises is its future's, and the thread lives on."""
    work, future = job
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # noqa: B902 - handed on whole to whoever waits
        future.set_exception(error)
    else:
        future.set_result(result)
