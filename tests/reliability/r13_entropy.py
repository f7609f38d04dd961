"""R13: every file with what a coach wrote looks like noise, page by page, and none begins in plain."""

import sqlite3
import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import coached_school
import numpy
from row import Result

from coachdesk.export import sealing
from coachdesk.model import ScriptLine, VisitNote
from coachdesk.services import archive
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep, keep_many
from coachdesk.store import backup, ballast
from coachdesk.store.vault import Vault

NUMBER = "R13"
CHECK = "header and entropy of vault, journal, backup, sealed draft, encrypted archive"
BOUND = "> 7.9 bits/byte per page"
QUICK, FULL = 2_000, 40_000  # pages
SECONDS = 25

KEY = bytes(range(32))
PAGE, LEAST = 4096, 7.9
PLAIN = b"SQLite format 3\0"
WORDS = "The teacher asked, waited, and asked again. "
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"  # what SQLite begins a rollback journal with
Pages = Iterator[bytes]


def run(n: int, folder: Path) -> Result:
    vault = Vault.open_with_key(folder / "coachdesk.vault", KEY, create=True)
    desk = Desk(vault)
    try:
        note = desk.do(_note)
        desk.do(keep_many, ScriptLine, list(_lines(note, n)))
        found = _files(desk, vault, note, folder)
        return _judged([(name, *_measured(pages())) for name, pages in found.items()], folder)
    finally:
        desk.close()


def planted(folder: Path) -> Result:
    """The same words in an ordinary database."""
    path = folder / "coachdesk.vault"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE note (words TEXT)")
        plain.executemany("INSERT INTO note VALUES (?)", [(WORDS * 40,)] * 50)
    plain.close()
    return _judged([("vault", *_measured(_pages(path.read_bytes())))], folder)


def _files(desk: Desk, vault: Vault, note: object, folder: Path) -> dict[str, Callable[[], Pages]]:
    """Each kind of file, as pages."""
    journal = folder / "coachdesk.vault-journal"
    copied: list[bytes] = []

    def write(session: object) -> None:
        session.connection().exec_driver_sql("UPDATE scriptline SET offset = 1 WHERE position < 400")
        copied.append(journal.read_bytes())

    desk.do(write)
    made = vault.backup_now()
    draft = vault.drafts.seal((WORDS * 2_000).encode())
    desk.keep_room()
    sealed = folder / "archive.zip.age"
    archive.save(desk, sealed, "five quiet herons over water", cost=sealing.CHEAPEST)
    head = sealed.read_bytes().index(b"\n--- ") + 64
    return {
        "vault": lambda: _pages(vault.path.read_bytes()),
        "journal": lambda: _journalled(copied[0]),
        "backup": lambda: _pages(made.path.read_bytes()[: backup.read(made.path).length]),
        "draft": lambda: _pages(draft.read_bytes()),
        "reserve": lambda: _pages(ballast.path_of(vault.path).read_bytes()),
        "archive": lambda: _pages(sealed.read_bytes()[head:]),
    }


def _note(session: object) -> object:
    coached = coached_school.school(session, teachers=1)
    event = coached_school.event(session, coached.school, coached.teachers)
    return keep(session, VisitNote, {"event_id": event, "started": datetime(2026, 8, 17, 9)}).id


def _lines(note: object, some: int) -> Iterator[dict[str, object]]:
    for at in range(some):
        yield {"id": uuid4(), "note_id": note, "position": at, "kind": "teacher", "text": WORDS * 40}


def _pages(content: bytes) -> Pages:
    """Whole pages; what is left over at the end is too short to be measured."""
    for at in range(0, len(content) - PAGE + 1, PAGE):
        yield content[at : at + PAGE]


def _journalled(content: bytes) -> Pages:
    """The pages in a rollback journal, each between its number and its checksum.

    Its header says nothing but sizes; SQLite fills in its beginning when it flushes it.
    """
    sector, page = struct.unpack_from(">II", content, 20)
    assert page == PAGE
    for at in range(sector, len(content) - page - 7, page + 8):
        if content[at : at + 8] == JOURNAL:  # a further header: pages follow in the next sector
            return
        yield content[at + 4 : at + 4 + page]


def _measured(pages: Pages) -> tuple[int, float]:
    """How many pages, and the bits per byte of the plainest."""
    measured = [_entropy(page) for page in pages]
    return len(measured), min(measured, default=0.0)


def _entropy(page: bytes) -> float:
    counts = numpy.bincount(numpy.frombuffer(page, numpy.uint8), minlength=256)
    shares = counts[counts > 0] / len(page)
    return float(-(shares * numpy.log2(shares)).sum())


def _judged(measured: list[tuple[str, int, float]], folder: Path) -> Result:
    plain = [path.name for path in folder.rglob("*") if path.is_file() and _begins_plain(path)]
    told = ", ".join(f"{name} {least:.3f}" for name, _pages, least in measured)
    kept = all(pages and least > LEAST for _name, pages, least in measured) and not plain
    said = f"least: {told}" + (f"; begins in plain: {', '.join(plain)}" if plain else "")
    return Result(sum(pages for _name, pages, _least in measured), said, kept)


def _begins_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PLAIN)) == PLAIN
