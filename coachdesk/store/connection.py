"""One connection to the encrypted file: keyed without SQL text, and told how to keep what it is given."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event
from sqlalchemy.pool import Pool, QueuePool, StaticPool

from coachdesk.errors import NotAVault, VaultError
from coachdesk.store import faults, files
from coachdesk.store.keys import derived

Connect = Callable[[], sqlcipher.Connection]

BUSY_SECONDS = 10.0
STATEMENTS = 400
"""So many translated statements a connection remembers, 8 KiB each. Once that many were asked, what is new is
translated every time: the driver lets go of the newest of those that were used least, not of the oldest."""
SALT = 16
_RAW = re.compile(r"x'[0-9a-f]{96}'")

# (pragma, what it must answer, or None where SQLite answers nothing). The reasons are in docs/decisions.md.
PRAGMAS: tuple[tuple[str, object], ...] = (
    ("cipher_compatibility = 4", None),
    ("cipher_memory_security = OFF", None),
    ("journal_mode = TRUNCATE", "truncate"),
    ("synchronous = EXTRA", None),
    ("fullfsync = ON", None),
    ("secure_delete = ON", 1),
    ("temp_store = MEMORY", None),
    ("mmap_size = 0", 0),
    ("cell_size_check = ON", None),
    ("foreign_keys = ON", None),
)


def raw_key(dek: bytes) -> str:
    """SQLCipher's notation for a key and a salt that need no derivation."""
    text = f"x'{dek.hex()}{_salt(dek).hex()}'"
    if not _RAW.fullmatch(text):  # an odd key would be taken for a passphrase, silently
        raise VaultError("The vault's key has the wrong length, so nothing was opened.")
    return text


def connect(path: Path, dek: bytes) -> sqlcipher.Connection:
    """Open `path`, which must be there. Raises NotAVault if `dek` is not its key, or another VaultError."""
    try:
        connection = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
            uri=True,
        )
    except sqlcipher.DatabaseError as error:
        raise faults.reading(error) from error
    try:
        connection.set_key(raw_key(dek))
        connection.execute("PRAGMA cipher_log_level = NONE")
        demand(connection, "cipher_status", "1")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for pragma, answer in PRAGMAS:
            demand(connection, pragma, answer)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if faults.is_damage(error) and not _is_ours(path, dek):
            raise NotAVault(
                "The vault file does not belong to the key file beside it. Put back the two that belong "
                "together; each backup holds both."
            ) from error
        raise faults.reading(error) from error
    except VaultError:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, dek: bytes) -> sqlcipher.Connection:
    """As `connect`, for a connection that cannot write."""
    connection = connect(path, dek)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -16000")  # KiB: the part of the index that searches walk
    return connection


def connect_to_look(path: Path, dek: bytes) -> sqlcipher.Connection:
    """Open a finished file that nobody writes to, a backup: no journal is looked for and nothing is changed.

    Raises NotAVault if `dek` is not its key, or another VaultError.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlcipher.connect(uri, isolation_level=None, check_same_thread=False, uri=True)
    except sqlcipher.DatabaseError as error:
        raise faults.reading(error) from error
    try:
        connection.set_key(raw_key(dek))
        connection.execute("PRAGMA cipher_log_level = NONE")
        demand(connection, "cipher_status", "1")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for pragma in ("cipher_compatibility = 4", "temp_store = MEMORY", "cell_size_check = ON"):
            demand(connection, pragma, None)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise faults.reading(error) from error
    except VaultError:
        connection.close()
        raise
    return connection


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Within, pages stay in memory (256 MiB) instead of being encrypted and written again and again."""
    connection.exec_driver_sql("PRAGMA cache_size = -262144")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA cache_size = -8000")


def _is_ours(path: Path, dek: bytes) -> bool:
    """Whether the file begins with our salt: SQLCipher keeps it there in the clear."""
    try:
        return files.read_all(path, SALT) == _salt(dek)
    except OSError:  # it cannot be read at all: no word on whose it is
        return True


def _salt(dek: bytes) -> bytes:
    return derived(dek, "salt")[:SALT]


def demand(connection: sqlcipher.Connection, pragma: str, answer: object) -> None:
    """Say `pragma`, and do not go on if SQLite understood something else: a plain database says nothing."""
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    if answer is not None and (row is None or row[0] != answer):
        raise VaultError("This computer's database library does not encrypt, so nothing was opened.")


def engine(creator: Connect, pool: type[Pool], begin: str, **options: int) -> Engine:
    """SQLAlchemy over our connections. `hide_parameters` keeps names and notes out of errors and logs."""
    made = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=pool, hide_parameters=True, **options
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        driver(connection).execute(begin)

    return made


def driver(connection: Connection | PoolProxiedConnection) -> sqlcipher.Connection:
    """SQLite's own connection behind SQLAlchemy's."""
    proxied = connection.connection if isinstance(connection, Connection) else connection
    own = proxied.driver_connection
    assert isinstance(own, sqlcipher.Connection)
    return own


class Engines:
    """What reads and what writes: an empty database in memory each, until they are pointed at a vault.

    The same engines for both, for an engine remembers the statements it has translated: what was rehearsed in
    memory, or asked of an earlier vault, need not be translated again. They serve one open vault at a time.
    """

    def __init__(self) -> None:
        self._read = self._write = _empty

    @cached_property
    def reading(self) -> Engine:
        return engine(lambda: self._read(), QueuePool, "BEGIN", pool_size=1, max_overflow=3)

    @cached_property
    def writing(self) -> Engine:
        return engine(lambda: self._write(), StaticPool, "BEGIN IMMEDIATE")

    def read(self, path: Path, dek: bytes) -> None:
        """Read `path` from now on."""
        self.reading.dispose()
        self._read = lambda: connect_to_read(path, dek)

    def read_no_more(self) -> None:
        """Who was about to read does not open the file again."""
        self._read = _closed
        self.reading.dispose()

    def write_by(self, connect: Connect) -> None:
        """Write by the one connection that `connect` makes, from now on."""
        self.writing.dispose()
        self._write = connect


def _empty() -> sqlcipher.Connection:
    """Without key and without tables: to rehearse on, never to keep anything in."""
    return sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)


def _closed() -> sqlcipher.Connection:
    raise VaultError("The vault is locked.")
