"""What another process sees of a process's memory."""

import re
from pathlib import Path

from row import CannotRun

PIECE = 16 << 20  # bytes read at a time
_MAPPED = re.compile(rb"^([0-9a-f]+)-([0-9a-f]+) r", re.MULTILINE)


def hits(pid: int, secrets: list[str]) -> dict[str, int]:
    """How often each of `secrets` is in the memory of `pid`, in either of the ways Python and Qt keep text.

    Raises CannotRun where nobody may look into another process.
    """
    needles = {secret: (secret.encode(), secret.encode("utf-16-le")) for secret in secrets}
    longest = max(len(needle) for pair in needles.values() for needle in pair)
    found = dict.fromkeys(secrets, 0)
    for piece in _pieces(pid, longest):
        for secret, pair in needles.items():
            found[secret] += sum(piece.count(needle) for needle in pair)
    return found


def _pieces(pid: int, overlap: int):
    maps = Path(f"/proc/{pid}/maps").read_bytes()
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for start, end in ((int(a, 16), int(b, 16)) for a, b in _MAPPED.findall(maps)):
                for at in range(start, end, PIECE):
                    yield _read(memory, at, min(PIECE + overlap, end - at))
    except PermissionError as error:
        raise CannotRun("needs to look into another process: run as root with CAP_SYS_PTRACE") from error


def _read(memory, at: int, length: int) -> bytes:
    try:
        memory.seek(at)
        return memory.read(length) or b""
    except (OSError, ValueError, OverflowError):  # what the kernel keeps for itself
        return b""
