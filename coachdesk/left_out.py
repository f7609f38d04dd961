"""What libraries bring along that nothing here uses: left where it is, the vault opens with 6 MiB less.

SQLAlchemy imports asyncio, and with it sockets, subprocesses and OpenSSL, for servers. hashlib takes
OpenSSL's digests, though Python has its own and the vault's encryption lies in SQLCipher and libsodium.
pydantic asks all that is installed whether it wants to look at each record; nothing may.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import Any

OWN_DIGESTS = (("_md5",), ("_sha1",), ("_sha2", "_sha256"), ("_sha2", "_sha512"), ("_blake2",), ("_sha3",))
"""Of Python itself, by the names of its versions; some distributions leave them away."""


def leave_out() -> None:
    """Import what is commonly needed without what it would bring along; what is here already stays."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    with _without_openssl():
        import hmac  # noqa: F401 - and hashlib
    with _later("asyncio", iscoroutine=_is_none):
        import sqlalchemy.dialects.sqlite  # noqa: F401 - the last that asks for it


@contextmanager
def _without_openssl() -> Iterator[None]:
    """Within, hashlib is imported with Python's own digests, where there are such."""
    own = all(any(find_spec(name) for name in names) for names in OWN_DIGESTS)
    if not own or "hashlib" in sys.modules or "_hashlib" in sys.modules:
        yield
        return
    sys.modules["_hashlib"] = None  # type: ignore[assignment]  # Python's way to say that there is none
    try:
        yield
    finally:
        del sys.modules["_hashlib"]


@contextmanager
def _later(name: str, **known: object) -> Iterator[None]:
    """Within, importing module `name` gives one that has only what is `known`, until more is asked of it."""
    if name in sys.modules:
        yield
        return
    stands_for = _Later(name)
    vars(stands_for).update(known)
    sys.modules[name] = stands_for
    try:
        yield
    finally:
        stands_for.step_aside()


class _Later(ModuleType):
    """Stands for a module of that name until it is needed after all."""

    def step_aside(self) -> None:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.step_aside()
        return getattr(importlib.import_module(self.__name__), name)


def _is_none(_awaited: object) -> bool:
    """Whether it is a coroutine: without asyncio there are none."""
    return False
