"""The complete export: row counts and digest equal the vault's, and the way back gives the same again."""

import io
import random
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

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
CHANGED = "json/scriptline.json"
Rows = dict[str, list[dict[str, Any]]]


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
    content, rows = _small(folder)
    chance = random.Random(25)
    missed = sum(_is_missed(_flipped(content, chance), rows, _verified) for _ in range(20 * n))
    equal, brought = sum(one for one, _ in tried), sum(rows for _, rows in tried)
    said = f"{equal} of {n} equal, {brought} rows; {missed} of {20 * n} flipped bytes changed a row unnoticed"
    return Result(n, said, equal == n and missed == 0)


def planted(folder: Path) -> Result:
    """One line of a note differs between the vault and its archive; and an archive in which somebody changed
    a row is read without a look at its digest."""
    equal, rows = there_and_back(folder, 99, spoil=True)
    content, held = _small(folder)
    missed = _is_missed(_with_a_row_changed(content), held, lambda _reader: None)
    said = f"{rows} rows, {missed:d} changed"
    return Result(2, said, equal or not missed)


def _small(folder: Path) -> tuple[bytes, Rows]:
    """An archive, and all rows in it."""
    desk = desk_in(folder, "small")
    sample.build(desk, teachers=1, years=1, seed=25, today=TODAY)
    content, _manifest = desk.ask(archive.packed)
    desk.close()
    return content, _rows(Reader(io.BytesIO(content)))


def _rows(reader: Reader) -> Rows:
    return {name: list(reader.rows(name)) for name in reader.manifest.tables}


def _flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _with_a_row_changed(content: bytes) -> bytes:
    """Packed again, so that the ZIP itself is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, held.replace(b"teacher", b"student") if name == CHANGED else held)
    return out.getvalue()


def _verified(reader: Reader) -> None:
    reader.verify(archive.nobody)


def _is_missed(content: bytes, rows: Rows, verify: Callable[[Reader], None]) -> bool:
    """Whether it is taken, though what comes out of it is not what went in."""
    try:
        reader = Reader(io.BytesIO(content))
        verify(reader)
        return _rows(reader) != rows
    except BadFile:
        return False
