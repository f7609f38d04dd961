"""R8: a damaged backup is to be restored: it is refused, and the vault that is there stays as it is."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kept import begun
from row import Result

from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders
from coachdesk.store import restoring, shelf
from coachdesk.store.keys import Key

NUMBER = "R8"
CHECK = "backup damaged, then restored"
BOUND = "refused, the vault untouched"
QUICK, FULL = 200, 10_000
SECONDS = 30

PAGE = 4096
TAIL = 2048  # bytes at the end: key file, facts, lengths, mark
Restore = Callable[[Folders, Path, Key], object]


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, _restored)


def planted(folder: Path) -> Result:
    """A restore that does not look."""
    return _tried(5, folder, lambda place, path, _key: place.vault.write_bytes(path.read_bytes()))


def _restored(place: Folders, path: Path, key: Key) -> None:
    restoring.restore(place, restoring.opened_by(path, key))


def _tried(n: int, folder: Path, restore: Restore) -> Result:
    place, key = begun(folder / "profile")
    [made] = shelf.listed(place.backups)
    sound, before, chance = made.read_bytes(), _files(place), random.Random(8)
    found, done = Counter[str](), 0
    while done < n:
        damaged = chance.choice(DAMAGES)(bytearray(sound), chance)
        if damaged == sound:
            continue
        done += 1
        path = folder / "damaged.vault-backup"
        path.write_bytes(damaged)
        found[_judged(place, path, key, restore)] += 1
        if _files(place) != before:
            found["vault touched"] += 1
            break
    good = found.pop("refused", 0)
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()))
    return Result(done, wrong or f"{good:,} refused, 0 touched", not wrong)


def _judged(place: Folders, path: Path, key: Key, restore: Restore) -> str:
    try:
        restore(place, path, key)
    except CoachdeskError:
        return "refused"
    except Exception as error:  # whatever else it is, it is no answer for a coach
        return f"crash {type(error).__name__}"
    return "restored"


def _files(place: Folders) -> dict[str, bytes]:
    """All that there is, but who holds the lock."""
    return {
        str(path.relative_to(place.data)): path.read_bytes()
        for path in sorted(place.data.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def _flipped(content: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 1, 2, 64])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _flipped_at_the_end(content: bytearray, chance: random.Random) -> bytes:
    content[-1 - chance.randrange(TAIL)] ^= 1 << chance.randrange(8)
    return bytes(content)


def _cut(content: bytearray, chance: random.Random) -> bytes:
    return bytes(content[: chance.randrange(len(content))])


def _zeroed(content: bytearray, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(content)), chance.choice([16, 512, PAGE, 2 * PAGE])
    end = min(at + size, len(content))
    content[at:end] = bytes(end - at)
    return bytes(content)


def _swapped(content: bytearray, chance: random.Random) -> bytes:
    one, other = (page * PAGE for page in chance.sample(range(len(content) // PAGE), 2))
    first, second = content[one : one + PAGE], content[other : other + PAGE]
    content[one : one + PAGE], content[other : other + PAGE] = second, first
    return bytes(content)


def _longer(content: bytearray, chance: random.Random) -> bytes:
    at, more = chance.randrange(len(content)), chance.randbytes(chance.choice([1, 100, PAGE]))
    return bytes(content[:at] + more + content[at:])


def _garbage(content: bytearray, chance: random.Random) -> bytes:
    return chance.randbytes(len(content))


def _garbage_with_its_end(content: bytearray, chance: random.Random) -> bytes:
    return chance.randbytes(len(content) - TAIL) + bytes(content[-TAIL:])


DAMAGES: tuple[Callable[[bytearray, random.Random], bytes], ...] = (
    _flipped,
    _flipped_at_the_end,
    _cut,
    _zeroed,
    _swapped,
    _longer,
    _garbage,
    _garbage_with_its_end,
)
