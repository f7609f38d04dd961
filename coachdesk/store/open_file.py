"""The encrypted file, open: some connections that read, one thread that writes."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from coachdesk.errors import VaultError
from coachdesk.store import faults, free_pages, migrations, schema, seal, search
from coachdesk.store.connection import Engines, driver
from coachdesk.store.recording import Recording, Touched
from coachdesk.store.writer import Writer

log = logging.getLogger(__name__)
T = TypeVar("T")


class OpenFile:
    """One open file, of which nothing is known but its path and its key."""

    def __init__(self, path: Path, dek: bytes, engines: Engines | None = None) -> None:
        """`engines` may know what will be asked. Raises VaultError if `dek` is not its key, NewerVault."""
        self.path = path
        self._over = False
        self._engines = engines or Engines()
        self._engines.read(path, dek)
        self._version = self._look(migrations.version_of)
        self._writer = Writer(path, dek, self._engines)

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

    def submit(
        self, work: Callable[[Session], T], record: Recording | None = None
    ) -> "Future[tuple[T, Touched]]":
        """Have the writer do `work` in one transaction; see `Writer.submit`."""
        return self._writer.submit(work, record or Recording())

    def look_over(self, hurry: bool = False) -> "Future[bool]":
        """Whether it is of one version, looked at while there is nothing to save; see `Writer.look_over`."""
        return self._writer.look_over(hurry)

    def seal_anew(self) -> None:
        """Seal the rows as they are, and index them anew; see `Writer.seal_anew`."""
        self._writer.seal_anew()

    def catch_up(self) -> None:
        """Have the notes indexed that were put off when the program ended before their typing rested."""
        with self.read() as session:
            left = search.are_put_off(session.connection())
        if left:
            self._writer.rest(put_off=True)

    def idle(self) -> "Future[None]":
        """Done once all that was submitted before is done, well or badly."""
        return self._writer.idle()

    def writes(self) -> int:
        """How often the vault has been written to."""
        return self._look(seal.generation)

    def inspect(self, look: Callable[[sqlcipher.Connection], T]) -> T:
        """Have the writer's own connection looked at."""
        return self._writer.call(look).result()

    def tidy(self) -> None:
        """Wipe from the search index what is no longer in any note. Takes seconds."""
        try:
            self._writer.call(search.tidy).result()
        except sqlcipher.DatabaseError as error:
            raise faults.writing(error) from error

    def _close_files(self) -> None:
        self._over = True
        self._writer.close()
        self._engines.read_no_more()

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

    def _about(self) -> dict[str, bytes]:
        with self.read() as session:
            rows = session.connection().execute(select(schema.about.c.name, schema.about.c.value))
            return {name: value for name, value in rows}
