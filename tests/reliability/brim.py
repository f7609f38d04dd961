"""Drafts on a disk that is full to the brim: `python brim.py FOLDER TIMES MANNER`, with mounts of its own.

It prints as JSON how often what was found.
"""

import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from coachdesk.errors import NotSaved
from coachdesk.store.drafts import ROOMS, Drafts, new_key

DISK = "32m"  # room for what lies ready and what that wants to be left


def fill(disk: Path) -> None:
    """Another program takes every byte."""
    with suppress(OSError), (disk / "filled").open("ab", 0) as file:
        while True:
            file.write(bytes(4096))


def retype(drafts: Drafts, disk: Path, times: int) -> Counter[str]:
    """Seal the same draft again and again, each in place of the one before."""
    found, before = Counter[str](), None
    for number in range(times):
        words = f'["{number}"]'.encode()
        fill(disk)
        try:
            path = drafts.seal(words)
        except NotSaved:
            found["lost"] += 1
            continue
        if before:
            drafts.let_go(before)
        before = path
        found["sealed"] += 1
        found["not as it was typed"] += drafts.found() != [(path, words)]
    if before:
        drafts.let_go(before)
    return found


def left_behind(drafts: Drafts, disk: Path) -> int:
    """How many of the files that lie ready still hold a draft."""
    open_still = 0
    for room in disk.glob("ready-*"):
        looked_at = room.rename(disk / "looked-at.sealed")
        open_still += bool(drafts.found())
        looked_at.rename(room)
    return open_still


def at_once(drafts: Drafts) -> Counter[str]:
    """As many drafts as there are rooms; one more, and one that is too long, must be refused."""
    found = Counter[str]()
    long = drafts.seal(b"a very long note" * (1 << 16))
    found["not all there"] += long not in {path for path, _content in drafts.found()}
    drafts.let_go(long)
    kept = {drafts.seal(bytes([65 + number]) * 1000) for number in range(len(ROOMS))}
    found["not all there"] += {path for path, _content in drafts.found()} != kept
    for words in (b"one more than there are rooms", b"more than a room holds" * ROOMS[-1]):
        with suppress(NotSaved):
            drafts.seal(words)
            found["not refused"] += 1
    return found


def main(folder: Path, times: int, manner: str) -> None:
    disk = folder / "disk"
    disk.mkdir(mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=700", "tmpfs", disk], check=True)
    drafts = Drafts(disk, new_key())
    if manner == "ready":
        assert drafts.lay_rooms()
    found = retype(drafts, disk, times)
    if manner == "ready":
        found["readable after it was let go"] += left_behind(drafts, disk)
        found += at_once(drafts)
        (disk / "filled").unlink()
        found["not laid again"] += not drafts.lay_rooms()
    subprocess.run(["umount", disk], check=True)
    print(json.dumps({what: int(number) for what, number in found.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
