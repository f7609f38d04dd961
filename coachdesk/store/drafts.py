"""Sealed drafts: what was being typed when the vault could not be written, readable only once it opens again.

A draft is sealed to a public key; its private key lies in the vault. So the last words can be put on the disk
at any time, by a program that no longer has the vault open, without ever being written in plain.
"""

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from coachdesk.errors import NotSaved
from coachdesk.store import files

log = logging.getLogger(__name__)

SUFFIX = ".sealed"
LARGEST = 64 << 20


class Drafts:
    """The sealed drafts in one folder that this vault's key opens."""

    def __init__(self, folder: Path, private: bytes, before: bytes | None = None) -> None:
        """`before` opens what was sealed before the vault got a new key."""
        self._folder = folder
        self._private = PrivateKey(private)
        self._keys = [self._private, *([PrivateKey(before)] if before else [])]

    def seal(self, content: bytes) -> Path:
        """Write `content` sealed. Raises NotSaved."""
        path = self._folder / f"draft-{secrets.token_hex(8)}{SUFFIX}"
        files.write_whole(path, SealedBox(self._private.public_key).encrypt(content))
        return path

    def found(self) -> list[tuple[Path, bytes]]:
        """Every draft that opens, oldest first. Others (damaged, or of another vault) are left there."""
        opened = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda path: path.lstat().st_mtime_ns):
            try:
                sealed = files.read_all(path, LARGEST)
                opened.append((path, self._opened(sealed)))
            except (OSError, CryptoError):
                log.warning("draft-unreadable")
        return opened

    def renew(self) -> None:
        """Seal anew what the key of before opens: the next new key leaves that one behind.

        Each keeps its name and its age. What the disk does not take stays as it is.
        """
        for path, content in self.found():
            try:
                times = path.stat()
                files.write_whole(path, SealedBox(self._private.public_key).encrypt(content))
                os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            except (OSError, NotSaved):
                log.warning("draft-not-renewed")

    def _opened(self, sealed: bytes) -> bytes:
        """Raises CryptoError if no key of ours opens it."""
        for key in self._keys[:-1]:
            with suppress(CryptoError):
                return SealedBox(key).decrypt(sealed)
        return SealedBox(self._keys[-1]).decrypt(sealed)


def new_key() -> bytes:
    """A private key, 32 bytes."""
    return bytes(PrivateKey.generate())
