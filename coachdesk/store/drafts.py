"""Sealed drafts: what was being typed when the vault could not be written, readable only once it opens again.

A draft is sealed to a public key; its private key lies in the vault. So the last words can be put on the disk
at any time, by a program that no longer has the vault open, without ever being written in plain.

On a full disk nothing new can be written. So some files lie ready, of random bytes: a draft is written over
one of them, which needs no room, and the file is renamed. It keeps its length, so that it can lie ready
again. A file system that never writes in place (btrfs) needs room for that too, and refuses.
"""

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock

from nacl.bindings import crypto_box_SEALBYTES
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from coachdesk.errors import NotSaved
from coachdesk.store import files
from coachdesk.store.ballast import SPARE, free

log = logging.getLogger(__name__)

SUFFIX = ".sealed"
LARGEST = 64 << 20
READY = "ready-{number}.room"
ROOMS = (*[512 << 10] * 4, 4 << 20)
"""The bytes of each file that lies ready; one is for a note that grew very long."""
_PAD = b" "  # what is sealed is JSON, which does not end with one


class Drafts:
    """The sealed drafts in one folder that this vault's key opens."""

    def __init__(self, folder: Path, private: bytes, before: bytes | None = None) -> None:
        """`before` opens what was sealed before the vault got a new key."""
        self._folder = folder
        self._private = PrivateKey(private)
        self._door = Lock()  # one thread at a time takes a room, or gives it back
        self._keys = [self._private, *([PrivateKey(before)] if before else [])]

    def seal(self, content: bytes) -> Path:
        """Write `content` sealed. Raises NotSaved."""
        path = self._folder / f"draft-{secrets.token_hex(8)}{SUFFIX}"
        box = SealedBox(self._private.public_key)
        try:
            files.write_whole(path, box.encrypt(content))
        except NotSaved:
            with self._door:
                if not self._write_over_a_room(path, box, content):
                    raise
        return path

    def let_go(self, path: Path) -> None:
        """What is sealed at `path` need not be offered again. Raises OSError."""
        with self._door:
            rooms = [room for room, size in self._rooms() if not room.exists() and _is_room(path, size)]
            if not rooms:
                path.unlink(missing_ok=True)
                return
            try:
                with path.open("r+b") as file:
                    file.write(os.urandom(path.stat().st_size))
                path.rename(rooms[0])
            except OSError:  # a file system that never writes in place may have no room for this
                path.unlink(missing_ok=True)

    def lay_rooms(self) -> bool:
        """Have the files ready that a full disk needs, as far as there is room to spare; says whether they
        are there. Not for the screen's thread."""
        try:
            files.folder(self._folder)
            for path, size in self._rooms():
                with self._door:  # else one that is just being written over would be replaced
                    if not _is_room(path, size) and free(path) >= size + SPARE:
                        files.write_whole(path, os.urandom(size))
            return all(_is_room(path, size) for path, size in self._rooms())
        except (OSError, NotSaved):
            log.warning("rooms-not-laid")
            return False

    def found(self) -> list[tuple[Path, bytes]]:
        """Every draft that opens, oldest first. Others (damaged, or of another vault) are left there."""
        opened = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda path: path.lstat().st_mtime_ns):
            try:
                sealed = files.read_all(path, LARGEST)
                content = self._opened(sealed)
                opened.append((path, content.rstrip(_PAD) if len(sealed) in ROOMS else content))
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

    def _rooms(self) -> list[tuple[Path, int]]:
        return [(self._folder / READY.format(number=number), size) for number, size in enumerate(ROOMS)]

    def _write_over_a_room(self, path: Path, box: SealedBox[PublicKey], content: bytes) -> bool:
        """Have `content` sealed at `path` without a byte more of the disk; says whether it could be done."""
        for room, size in self._rooms():
            if _is_room(room, size) and len(content) + crypto_box_SEALBYTES <= size:
                sealed = box.encrypt(content.ljust(size - crypto_box_SEALBYTES, _PAD))
                try:
                    with room.open("r+b") as file:
                        file.write(sealed)
                        file.flush()
                        os.fsync(file.fileno())
                    room.rename(path)
                    files.sync_folder(self._folder)
                except OSError:
                    log.warning("room-not-used")
                else:
                    return True
        return False

    def _opened(self, sealed: bytes) -> bytes:
        """Raises CryptoError if no key of ours opens it."""
        for key in self._keys[:-1]:
            with suppress(CryptoError):
                return SealedBox(key).decrypt(sealed)
        return SealedBox(self._keys[-1]).decrypt(sealed)


def _is_room(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def new_key() -> bytes:
    """A private key, 32 bytes."""
    return bytes(PrivateKey.generate())
