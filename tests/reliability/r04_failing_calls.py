"""R4: one call to the file system fails, or it and all that follow, at every place where a coach saves."""

import errno
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from row import Result
from sqlmodel import select
from unlucky import KEY, SAVES, Fault, Tried, Unlucky

from coachdesk.errors import CoachdeskError
from coachdesk.model import School
from coachdesk.services.desk import Desk
from coachdesk.store import verify
from coachdesk.store.vault import Vault

NUMBER = "R4"
CHECK = "EIO and ENOSPC at every file call, once and for good"
BOUND = "0 lost, the error always said"
QUICK, FULL = 60, 100_000  # the full tier: every call there is
EVERY = True
SECONDS = 250


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, "honest")


def planted(folder: Path) -> Result:
    """A coachdesk that says "saved" whatever the vault answers."""
    return _tried(40, folder, "boasting")


def _tried(n: int, folder: Path, manner: str) -> Result:
    before = folder / "before"
    before.mkdir(mode=0o700)
    Vault.open_with_key(before / "coachdesk.vault", KEY, create=True).close()
    found = Counter[str]()
    with closing(Unlucky(folder, manner)) as coach:
        faults = list(_faults(coach))
        some = random.Random(4).sample(faults, n) if n < len(faults) else faults
        for fault in some:
            tried = coach.attempt(fault)
            found[_judged(coach.profile, fault, tried)] += 1
            found["said"] += len(tried.refused)
    said, kept = found.pop("said"), found.pop("kept", 0)
    wrong = ", ".join(f"{times} {what}" for what, times in sorted(found.items()))
    told = f"{said:,} errors said; {wrong or '0 lost, 0 silent, 0 corrupt'}"
    return Result(len(some), told, not wrong and kept > 0 and said > 0)


def _faults(coach: Unlucky) -> Iterator[Fault]:
    """Every fault there can be: as many calls as there are when nothing fails, and some for what follows."""
    for error in (errno.EIO, errno.ENOSPC):
        calls = coach.attempt(Fault(0, error, False)).calls
        for sticky in (False, True):
            yield from (Fault(at, error, sticky) for at in range(1, calls + 8))


def _judged(folder: Path, fault: Fault, tried: Tried) -> str:
    if tried.silent:
        return f"silent ({tried.silent})"
    try:
        desk = Desk(vault := Vault.open_with_key(folder / "coachdesk.vault", KEY))
    except CoachdeskError as error:
        return f"does not open ({type(error).__name__})"
    try:
        with vault.read() as session:
            kept = set(session.exec(select(School.name)))
        sound = vault.inspect(verify.structure) and vault.inspect(verify.pages)
        sealed = {draft.args[0]["name"] for draft in desk.rescued()}
    finally:
        desk.close()
    return _word(fault, tried, kept, sealed) if sound else "corrupt"


def _word(fault: Fault, tried: Tried, kept: set[str], sealed: set[str]) -> str:
    """What the coach was told, against what is there."""
    typed = {f"school {number}" for number in range(SAVES)} if tried.opened else set()
    if not set(tried.saved) <= kept:
        return "lost"
    if kept & set(tried.refused) and not fault.sticky:
        return "kept, though refused"
    if "leaving" not in tried.refused and not typed <= kept | sealed:
        return "lost on leaving"
    return "kept"
