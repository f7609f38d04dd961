"""R9: three years of backups, the clock jumps; after each there is one that is verified and comes back."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from kept import begun, opened, save, schools
from row import Result

from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders, folders
from coachdesk.store import backup, restoring, shelf
from coachdesk.store.keys import Key
from coachdesk.store.thinning import ALL, DAYS, MONTHS, WEEKS, Copy, spare
from coachdesk.store.vault import Vault

NUMBER = "R9"
CHECK = "backups round trip; thinned over 3 simulated years, DST and clock jumps"
BOUND = "always at least 1 verified, and what it held comes back"
QUICK, FULL = 40, 600
SECONDS = 40

START = datetime(2026, 8, 17, 12, tzinfo=UTC)
YEARS = timedelta(days=3 * 365)
ZONE = ZoneInfo("America/New_York")  # its clocks go forward in March and back in November
JUMPS = (timedelta(days=-1), timedelta(days=3_652), timedelta(days=-3_652), timedelta(hours=-1))
JUMP_EVERY = 12
Thin = Callable[[list[Copy], datetime], list[Copy]]  # those that may go


def run(n: int, folder: Path) -> Result:
    problem = _by_rule(random.Random(9), partial(spare, zone=ZONE)) or _by_file(
        n, folder / "profile", lambda _place: None
    )
    return Result(n, problem or "1 or more each time; what was held came back", not problem)


def planted(folder: Path) -> Result:
    """A thinning that takes the newest away: by its rule, and on the disk."""
    problems = [
        _by_rule(random.Random(9), lambda there, _now: there[-1:]),
        _by_file(6, folder / "profile", _lose_the_newest),
    ]
    return Result(6, "; ".join(problems), not all(problems))


def _by_rule(chance: random.Random, thin: Thin) -> str:
    """Four backups a school day for three years, with what is kept counted each time."""
    now, there, rows = START, [], 1_000
    while now < START + YEARS:
        now += timedelta(minutes=chance.randint(60, 900))
        rows += chance.randint(-2, 8)
        there.append(Copy(now.isoformat(), now, rows, verified=True))
        gone = {copy.name for copy in thin(there, now)}
        if now.isoformat() in gone:
            return f"the newest went on {now:%Y-%m-%d}"
        there = [Copy(copy.name, copy.made, copy.rows) for copy in there if copy.name not in gone]
        old = [copy for copy in there if copy.made <= now - ALL]
        if len(old) > DAYS + WEEKS + MONTHS:
            return f"{len(old)} old ones are kept"
    reach = (START + YEARS - there[0].made).days
    return "" if reach > 300 else f"they reach back {reach} days only"  # noqa: PLR2004 - nine months and more


def _by_file(n: int, profile: Path, fault: Callable[[Folders], object]) -> str:
    """So many real backups over the same three years."""
    place, key = begun(profile)
    for path in shelf.listed(place.backups):
        path.unlink()
    vault, chance = opened(place, key), random.Random(9)
    wall, off = START, timedelta()
    try:
        for number in range(n):
            wall += YEARS / n * chance.uniform(0.1, 1.9)
            off = chance.choice(JUMPS) if number % JUMP_EVERY == JUMP_EVERY - 1 else timedelta()
            vault.backups.now = lambda at=wall + off: at
            save(vault, [f"School {number}"])
            made = vault.backup_now()
            fault(place)
            if problem := _problem(place, made.path, key):
                return f"{problem} after {number + 1}"
        held = schools(vault)
    finally:
        vault.close()
    return _came_back(made.path, key, held, folders(profile.with_name("new")))


def _problem(place: Folders, newest: Path, key: Key) -> str:
    if not newest.is_file():
        return "the newest is gone"
    try:
        backup.examine(newest, key)
    except CoachdeskError:
        return "the newest is not whole"
    kept = len(shelf.listed(place.backups))
    return "" if kept else "none is left"


def _came_back(path: Path, key: Key, held: list[str], new: Folders) -> str:
    restoring.restore(new, restoring.opened_by(path, key))
    again: Vault = opened(new, key)
    try:
        return "" if schools(again) == held else "what came back is not what was held"
    finally:
        again.close()


def _lose_the_newest(place: Folders) -> None:
    paths = shelf.listed(place.backups)
    if len(paths) > 3:  # noqa: PLR2004 - once there are some
        max(paths, key=lambda path: path.stat().st_mtime_ns).unlink()
