"""The part of sqlcipher3 that the store uses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

class Error(Exception):
    sqlite_errorcode: int
    sqlite_errorname: str

class DatabaseError(Error): ...
class IntegrityError(DatabaseError): ...
class OperationalError(DatabaseError): ...

class Cursor:
    rowcount: int
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...

class Connection:
    total_changes: int
    in_transaction: bool
    isolation_level: str | None
    def set_key(self, key: str) -> None: ...
    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor: ...
    def executescript(self, sql: str, /) -> Cursor: ...
    def backup(
        self,
        target: Connection,
        *,
        pages: int = ...,
        progress: Callable[[int, int, int], object] | None = ...,
        name: str = ...,
        sleep: float = ...,
    ) -> None: ...
    def create_function(self, name: str, arguments: int, function: Callable[..., object], /) -> None: ...
    def close(self) -> None: ...

def connect(
    database: str,
    timeout: float = ...,
    *,
    isolation_level: str | None = ...,
    check_same_thread: bool = ...,
    cached_statements: int = ...,
    uri: bool = ...,
) -> Connection: ...
