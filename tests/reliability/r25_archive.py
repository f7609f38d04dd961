"""The complete export: row counts and digest equal the vault's, and the way back gives the same again."""

import io
import random
import sys
from datetime import date
from pathlib import Path

from row import Result

sys.path.insert(0, str(Path(__file__).parents[1] / "services"))

from test_archive import in_the_vault

from coachdesk.errors import BadFile
from coachdesk.export.archive import Reader, digest_of
from coachdesk.services import archive, hold, sample
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault

NUMBER = "R25"
CHECK = "complete open-format export, and back"
BOUND = "row counts and digest equal the vault's, each time"
QUICK, FULL = 1, 10
SECONDS = 40
TODAY = date(2026, 11, 20)


def desk_in(folder: Path, name: str) -> Desk:
    return Desk(Vault.open_with_key(folder / name / "coachdesk.vault", bytes(32), create=True))


def there_and_back(folder: Path, seed: int, spoil: bool = False) -> tuple[bool, int]:
    first, second = desk_in(folder, f"{seed}a"), desk_in(folder, f"{seed}b")
    try:
        sample.build(first, teachers=1 + seed % 4, years=1, seed=seed, today=TODAY)
        first.do(hold.switch, seed % 2 == 1)
        content, manifest = first.ask_a_copy(archive.packed)
        told = in_the_vault(first._vault)
        if spoil:
            first._vault.inspect(lambda c: c.execute("UPDATE scriptline SET text = 'x' WHERE position = 1"))
            told = in_the_vault(first._vault)
        reader = Reader(io.BytesIO(content))
        reader.verify(archive.nobody)
        archive.fill(second, reader)
        back = in_the_vault(second._vault)
    finally:
        first.close()
        second.close()
    equal = manifest.tables == told == back and manifest.digest == digest_of(told)
    return equal, manifest.rows


def run(n: int, folder: Path) -> Result:
    tried = [there_and_back(folder, seed) for seed in range(1, n + 1)]
    flips = _flips(folder, 20 * n)
    equal, rows = sum(one for one, _ in tried), sum(rows for _, rows in tried)
    said = f"{equal} of {n} equal, {rows} rows; {flips} of {20 * n} flipped bytes changed a row unnoticed"
    return Result(n, said, equal == n and flips == 0)


def _flips(folder: Path, n: int) -> int:
    """How many flipped bytes of an archive went unnoticed and changed something."""
    chance, desk = random.Random(25), desk_in(folder, "flips")
    sample.build(desk, teachers=1, years=1, seed=25, today=TODAY)
    content, manifest = desk.ask(archive.packed)
    desk.close()
    missed = 0
    for _ in range(n):
        at = chance.randrange(len(content))
        spoiled = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
        try:
            reader = Reader(io.BytesIO(spoiled))
            reader.verify(archive.nobody)
        except BadFile:
            continue
        missed += reader.manifest.tables != manifest.tables
    return missed


def planted(folder: Path) -> Result:
    """One line of a note differs between the vault and its archive."""
    equal, rows = there_and_back(folder, 99, spoil=True)
    return Result(1, f"{rows} rows", equal)
