"""This computer's key store, and only one we know: made by hand, tried out, never chosen by a library.

`keyring` chooses among whatever is installed, and may be told by the environment or a file to use another;
with `keyrings.alt` merely there it chose a plaintext file. So no function of it that chooses is ever called:
a class of `ALLOWED` is made directly. Its environment variables are taken away first, for they set attributes
of what is made.
"""

import importlib
import os
import secrets
import sys
from collections.abc import Callable, MutableMapping
from concurrent import futures
from dataclasses import dataclass
from threading import Thread
from typing import Protocol, TypeVar

from coachdesk.errors import QuickUnlockRefused

T = TypeVar("T")

SERVICE = "coachdesk"
PATIENCE = 60.0  # seconds: the key store may have to ask the coach for a password of its own
PROPERTIES = "KEYRING_PROPERTY_"

NO_STORE = (
    "This computer has no key store that coachdesk trusts, so it cannot open quickly. Your passphrase opens "
    "your notes."
)
SILENT = "This computer's key store did not answer. Type your passphrase."
NOT_KEEPING = (
    "This computer's key store did not give back what it was given, so opening quickly stays off. Your "
    "passphrase opens your notes as before."
)


@dataclass(frozen=True)
class Known:
    """A class of key store that is trusted, and what its users call it."""

    system: str
    module: str
    name: str
    called: str


ALLOWED = (
    Known("linux", "keyring.backends.SecretService", "Keyring", "Secret Service"),
    Known("linux", "keyring.backends.kwallet", "DBusKeyring", "KWallet"),
    Known("win32", "keyring.backends.Windows", "WinVaultKeyring", "Windows Credential Manager"),
    Known("darwin", "keyring.backends.macOS", "Keyring", "macOS Keychain"),
)


class Backend(Protocol):
    """What a key store must do; `get_password` answers None for what it does not have."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyStore:
    """A trusted key store. Every method may wait for the coach, and raises QuickUnlockRefused if it fails."""

    def __init__(self, backend: Backend, called: str, patience: float = PATIENCE) -> None:
        if not is_trusted(backend):
            raise QuickUnlockRefused(NO_STORE)
        self._backend, self.called, self._patience = backend, called, patience

    def put(self, entry: str, value: str) -> None:
        self._ask(lambda: self._backend.set_password(SERVICE, entry, value))

    def found(self, entry: str) -> str | None:
        return self._ask(lambda: self._backend.get_password(SERVICE, entry))

    def forget(self, entry: str) -> None:
        self._ask(lambda: self._backend.delete_password(SERVICE, entry))

    def try_out(self) -> None:
        """Keep something, get it back, forget it: what does not come back as it was will not be relied on."""
        entry, value = f"trying out {secrets.token_hex(8)}", secrets.token_hex(32)
        self.put(entry, value)
        same = self.found(entry) == value
        self.forget(entry)
        if not same or self.found(entry) is not None:
            raise QuickUnlockRefused(NOT_KEEPING)

    def _ask(self, work: Callable[[], T]) -> T:
        return within(self._patience, work)


def found() -> KeyStore | None:
    """The key store of this computer, if it is one we trust and it answers. Nothing is kept in it by this."""
    for known in ALLOWED:
        if known.system == sys.platform and (backend := _made(known)) is not None:
            return KeyStore(backend, known.called)
    return None


def is_trusted(backend: object) -> bool:
    """Whether it is exactly one of the classes of `ALLOWED`, and nothing was set on it from outside."""
    kind = type(backend)
    named = any((kind.__module__, kind.__name__) == (known.module, known.name) for known in ALLOWED)
    asked = ("get_password", "set_password", "delete_password", "preferred_collection")
    return named and not any(name in vars(backend) for name in asked)


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` answers, if it does in time; on a thread of its own, which nobody waits for at the end.

    A key store may hang, or wait for a password that nobody types.
    """
    future: futures.Future[T] = futures.Future()

    def answer() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: B902 - handed on whole to whoever waits
            future.set_exception(error)

    Thread(target=answer, daemon=True).start()
    try:
        return future.result(seconds)
    except Exception as error:  # whatever another's library raises, the passphrase still opens
        raise QuickUnlockRefused(SILENT) from error


def _made(known: Known) -> Backend | None:
    try:
        return within(PATIENCE, lambda: _make(known))
    except QuickUnlockRefused:
        return None


def _make(known: Known) -> Backend:
    forget_properties(os.environ)
    kind = getattr(importlib.import_module(known.module), known.name)
    assert kind.priority > 0  # raises where that key store is not there
    made: Backend = kind()
    return made


def forget_properties(environment: MutableMapping[str, str]) -> None:
    """Take away the variables by which the library sets attributes of what it makes."""
    for name in [name for name in environment if name.startswith(PROPERTIES)]:
        del environment[name]
