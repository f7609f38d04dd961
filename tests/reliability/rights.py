"""Being bound by the rights of files, which root is not, and a folder on a disk that takes nothing."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from row import CannotRun

OVERRIDES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, in linux/capability.h
VERSION_3 = 0x20080522
NEW_MOUNTS = 0x00020000  # CLONE_NEWNS, in linux/sched.h

_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def bound() -> Iterator[None]:
    """While it lasts, rights of files hold for this thread and those it starts, root's or not."""
    head = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice 32
    _done(_libc.capget(head, sets))
    before = sets[0]
    sets[0] &= ~OVERRIDES
    _done(_libc.capset(head, sets))
    try:
        yield
    finally:
        sets[0] = before
        _done(_libc.capset(head, sets))


def keep_mounts_here() -> None:
    """What this process mounts from here on, nobody else sees. Raises CannotRun where it may not."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise CannotRun("needs mount rights: run as root")
    if _libc.unshare(NEW_MOUNTS):
        raise CannotRun("needs mount rights: run as root, with CAP_SYS_ADMIN")
    _run("mount", "--make-rprivate", "/")


def mount_read_only(folder: Path) -> None:
    _run("mount", "--bind", str(folder), str(folder))
    _run("mount", "-o", "remount,bind,ro", str(folder))


def unmount(folder: Path) -> None:
    _run("umount", str(folder))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _done(answer: int) -> None:
    if answer:
        raise OSError(ctypes.get_errno(), "capset")
