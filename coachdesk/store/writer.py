"""The thread that writes: one connection, one piece of work at a time, each kept whole or not at all."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, select

from coachdesk.errors import CoachdeskError, VaultError
from coachdesk.store import faults, migrations, recording
from coachdesk.store.connection import connect, engine
from coachdesk.store.recording import Recorded, Recording, Touched
from coachdesk.store.schema import WRITES, about

T = TypeVar("T")
Job = tuple[Callable[[], Any], "Future[Any]"]

_COUNT = f"UPDATE {about.name} SET value = ? WHERE name = ?"


class Writer:
    """All writing to one vault."""

    def __init__(self, path: Path, dek: bytes) -> None:
        self._engine = engine(lambda: connect(path, dek), StaticPool, "BEGIN IMMEDIATE")
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._over, self._ended = False, False
        self._writes = 0  # how often the vault has been written to; 0 until it is known
        self._door = threading.Lock()  # nothing comes in once closing has
        self._thread = threading.Thread(target=self._run, name="coachdesk writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], T], record: Recording) -> "Future[tuple[T, Touched]]":
        """Have `work` done in one transaction.

        The future gives its result and the tables it touched once COMMIT has returned; or NotSaved, or
        whatever `work` raised, and then nothing was kept.
        """
        return self._later(lambda: self._write(work, record))

    def call(self, work: Callable[[sqlcipher.Connection], T]) -> "Future[T]":
        """Have `work` done with the connection itself, outside any transaction."""
        return self._later(lambda: self._bare(work))

    def idle(self) -> "Future[None]":
        """Done once all that was submitted before is done, however the file fares."""
        return self._later(lambda: None)

    def migrate(self, version: int) -> "Future[None]":
        """Bring the tables from `version` to ours, once nothing else is being done."""
        return self._later(lambda: self._migrate(version))

    def run_waiting(self) -> None:
        """Do what has been queued: called between the steps of something long, on this thread."""
        while not self._jobs.empty():
            _settle(self._jobs.get())

    def close(self) -> None:
        """Finish what is queued, then let go of the file. Closing twice does no harm."""
        self._later(self._end, last=True)
        self._thread.join()
        self._engine.dispose()

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
            _settle(self._jobs.get())

    def _end(self) -> None:
        self._ended = True

    def _migrate(self, version: int) -> None:
        try:
            migrations.bring_up_to_date(self._engine, version)
        except DBAPIError as error:
            raise faults.writing(error) from error

    def _write(self, work: Callable[[Session], T], record: Recording) -> tuple[T, Touched]:
        with Recorded(self._engine, expire_on_commit=False) as session:
            session.info[recording.KEY] = record
            expected: list[int] = []
            try:
                result = work(session)
                session.flush()
                if record.touched:
                    expected.append(self._count_write(session.connection()))
                session.commit()
            except DBAPIError as error:
                session.invalidate()
                if not (expected and self._persisted(expected[0])):
                    raise faults.writing(error) from error
        if expected:
            [self._writes] = expected
        return result, frozenset(record.touched)

    def _count_write(self, connection: Connection) -> int:
        """Count this transaction, in the transaction itself: that tells later whether it was kept."""
        number = (self._writes or writes(connection)) + 1
        connection.exec_driver_sql(_COUNT, (number.to_bytes(8, "big"), WRITES))
        return number

    def _persisted(self, expected: int) -> bool:
        """Whether a COMMIT that failed was kept after all, as a fresh connection sees it."""
        try:
            with self._engine.connect() as connection:
                return writes(connection) == expected
        except (DBAPIError, CoachdeskError):
            return False

    def _bare(self, work: Callable[[sqlcipher.Connection], T]) -> T:
        connection = self._engine.raw_connection()
        try:
            driver = connection.driver_connection
            assert isinstance(driver, sqlcipher.Connection)
            return work(driver)
        finally:
            connection.close()


def writes(connection: Connection) -> int:
    """How often the vault has been written to."""
    row = connection.execute(select(about.c.value).where(about.c.name == WRITES)).one()
    return int.from_bytes(row[0], "big")


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
