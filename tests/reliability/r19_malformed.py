"""Malformed rosters: each is read, or refused in a sentence, and nothing of a refused one is kept.

The files of the corpus are cut, flipped, repeated, spliced and filled with odd signs, as text and inside the
ZIP of a workbook. Calendar files (ICS) cannot be brought in yet, so none are tried.
"""

import io
import random
import resource
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from threading import Event

from openpyxl import Workbook
from row import Result

from coachdesk.errors import CoachdeskError
from coachdesk.services import bringing, roster, upload
from coachdesk.services.desk import Desk
from coachdesk.services.upload import Upload
from coachdesk.store.vault import Vault

NUMBER = "R19"
CHECK = "malformed CSV, XLSX and ZIP rosters (there is no ICS import yet)"
BOUND = "typed report, no partial import, < 2 s and < 300 MB each"
QUICK, FULL = 150, 5_000
SECONDS = 15
FILES = Path(__file__).parents[1] / "imports" / "files"
SLOWEST, LARGEST = 2.0, 300 << 20
ODD = (
    *(
        b"\0\0",
        b"\xff\xfe",
        b'"',
        b"\r",
        b"\n\n\n",
        b";;;;",
        b"=1+1",
        b"\xed\xa0\x80",
        b"," * 300,
        b"A" * 70_000,
    ),
)
_never = Event()
Change = Callable[[random.Random, bytes], bytes]


@cache
def corpus() -> tuple[tuple[str, bytes], ...]:
    """The files of the imports' own tests, and a workbook."""
    found = [(path.name, path.read_bytes()) for path in sorted(FILES.iterdir())]
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    people = (("Zwirbelmoor", "Quintessa", 12), ("Okafor", "Tobe", None))
    for row in (("Last name", "First name", "Room"), *people):
        sheet.append(row)
    book.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("users.csv", dict(found)["oneroster_users.csv"])
        archive.writestr("orgs.csv", dict(found)["oneroster_orgs.csv"])
    return (*found, ("people.xlsx", out.getvalue()), ("roster.zip", packed.getvalue()))


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def flip(chance: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD) + data[at:]


def repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data + data[start : start + 4000] * chance.randint(1, 40)


def splice(chance: random.Random, data: bytes) -> bytes:
    _name, other = chance.choice(corpus())
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


def inside(chance: random.Random, data: bytes) -> bytes:
    """What is packed in a ZIP is changed, and packed again."""
    if not data.startswith(b"PK"):
        return flip(chance, data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            held = old.read(entry)
            change = chance.choice((cut, flip, insert, repeat))
            new.writestr(entry.filename, change(chance, held) if held and chance.random() < 0.5 else held)
    return out.getvalue()


CHANGES: tuple[Change, ...] = (cut, flip, insert, repeat, splice, inside)


def bring(desk: Desk, name: str, data: bytes) -> str:
    """ "read", or the sentence with which it was refused; any other exception rises."""
    try:
        beside = {"orgs.csv": dict(corpus())["oneroster_orgs.csv"]} if name.startswith("oneroster") else {}
        coming = upload.read(Upload(data, beside))
        desk.do(bringing.bring, desk.ask(bringing.preview, coming, None))
    except CoachdeskError as error:
        return str(error)
    return "read"


def tried(n: int, folder: Path, bring_in: Callable[[Desk, str, bytes], str] = bring) -> Result:
    chance = random.Random(19)
    desk = Desk(Vault.open_with_key(folder / "coachdesk.vault", bytes(32), create=True))
    desk.do(roster.save_school, {"name": "Fern Hollow"})
    wrong: list[str] = []
    read, slowest, before = 0, 0.0, _memory()
    for number in range(n):
        name, data = chance.choice(corpus())
        data = chance.choice(CHANGES)(chance, data)
        kept, started = desk._vault.writes(), time.monotonic()
        try:
            said = bring_in(desk, name, data)
        except Exception as error:  # what is not a typed report is what this looks for
            wrong.append(f"{name} {number}: {type(error).__name__}")
            continue
        slowest = max(slowest, time.monotonic() - started)
        read += said == "read"
        if said != "read" and (desk._vault.writes() != kept or not said.endswith((".", "?")) or "{" in said):
            wrong.append(f"{name} {number}: {said[:60]}")
    desk.close()
    grown = _memory() - before
    said = f"{len(wrong)} wrong, {read} read, slowest {slowest:.2f} s, {grown >> 20} MiB more"
    kept = not wrong and 0 < read < n and slowest < SLOWEST and grown < LARGEST
    return Result(n, f"{said} {wrong[:3] or ''}".strip(), kept)


def run(n: int, folder: Path) -> Result:
    return tried(n, folder)


def planted(folder: Path) -> Result:
    """An import that keeps half of a roster before it refuses the rest, one that dawdles over the first, and
    one that takes much memory."""

    def half(desk: Desk, name: str, data: bytes) -> str:
        desk.do(roster.save_teacher, {"family_name": "Half"})
        said = bring(desk, name, data)
        return said if said != "read" else "Refused."

    waited: list[bool] = []

    def slow(desk: Desk, name: str, data: bytes) -> str:
        if not waited:
            waited.append(_never.wait(SLOWEST))
        return bring(desk, name, data)

    found = [tried(10, folder / how.__name__, how) for how in (half, slow)]
    with ProcessPoolExecutor(1) as apart:  # what it takes must not count as what this process had before
        found.append(apart.submit(tried, 10, folder / "hungry", hungry).result())
    return Result(len(found), "; ".join(one.said for one in found), any(one.kept for one in found))


def hungry(desk: Desk, name: str, data: bytes) -> str:
    """An import that needs more than all memory it may have."""
    held = bytearray(b"x") * LARGEST
    said = bring(desk, name, data)
    del held
    return said


def _memory() -> int:
    """The most this process ever used, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
