"""R24: the process is killed while a coach types into a visit note, in its window."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import killing
from killing import KEY, MOST_LOST
from row import Result

from coachdesk.store.vault import Vault

NUMBER = "R24"
CHECK = "killed while typing, fifty keys a second"
BOUND = f"≤ {MOST_LOST:.0f} s of typing lost, 0 corrupt"
QUICK, FULL = 10, 100
ALONE = True
SECONDS = 140

TOGETHER = 2


def run(n: int, folder: Path) -> Result:
    chance = random.Random(24)
    return _killed(folder, [chance.uniform(1.1, 2.3) for _ in range(n)])


def planted(folder: Path) -> Result:
    """An autosave that comes after five seconds."""
    return _killed(folder, [1.6], save_after_ms=5_000)


def _killed(folder: Path, moments: list[float], save_after_ms: int = 0) -> Result:
    template = folder / "coachdesk.vault"
    Vault.open_with_key(template, KEY, create=True).close()
    killing.prepare(template)
    processes = killing.processes()

    def one(numbered: tuple[int, float]) -> tuple[float, list[str]]:
        number, after = numbered
        own = folder / f"{number}"
        own.mkdir(mode=0o700)
        path = Path(shutil.copy(template, own))
        pressed, now = killing.killed(processes, path, after, save_after_ms)
        digits, wrong = killing.kept(path)
        gone = killing.lost(digits, pressed, now)
        shutil.rmtree(own)
        return gone, wrong

    with ThreadPoolExecutor(TOGETHER) as pool:
        found = list(pool.map(one, enumerate(moments)))
    gone = sorted(seconds for seconds, _wrong in found)
    corrupt = sum(bool(wrong) for _seconds, wrong in found)
    said = f"median {gone[len(gone) // 2]:.2f} s, worst {gone[-1]:.2f} s lost; {corrupt} corrupt"
    return Result(len(found), said, gone[-1] <= MOST_LOST and not corrupt)
