"""Looking for words that must not stand in any file, however they are written."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(word: str) -> set[bytes]:
    """How a word may stand in a file: UTF-8, UTF-16, hexadecimal and base64, whatever comes before it."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    found = set(plain)
    for written in plain:
        found |= {written.hex().encode(), written.hex().upper().encode()}
        found |= set(_base64(written))
    return found


def leaks(folder: Path, words: Iterable[str], known: Iterable[Path] = ()) -> list[str]:
    """Every file below `folder` that holds one of `words` or is named by it, but for those `known`."""
    sought = {word: forms(word) for word in words}
    found = []
    for path in sorted(folder.rglob("*")):
        held = path.read_bytes() if path.is_file() and path not in set(known) else b""
        for word, written in sought.items():
            if word in path.name or any(form in held for form in written):
                found.append(f"{path.name}: {word}")
    return found


def _base64(written: bytes) -> Iterator[bytes]:
    """The part of it that is the same whatever stands around it, for each of the three ways it may begin."""
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + written)
        ours = encoded[-(-before * 4 // 3) if before else 0 :]
        yield ours[: len(ours) - 4 if (before + len(written)) % 3 else len(ours)]
