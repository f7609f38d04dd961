"""R6: a vault is damaged in every way, or mixed from two of its versions, and never taken for what it was.

Whether it is what it was, SQLite's own full check says too, whatever the program made of it: rows that read
as they did are not enough, where an index or the pages that are free are older than they.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from row import Result
from sqlmodel import Session, col, select

from coachdesk.errors import CoachdeskError, DamagedPages, DamagedVault, NotAVault, OlderCopy
from coachdesk.model import Placement, School, Teacher
from coachdesk.services.keep import keep_many
from coachdesk.store import faults, files, looking, seal, verify
from coachdesk.store.connection import connect
from coachdesk.store.vault import Vault

NUMBER = "R6"
CHECK = "vault damage fuzz, and copies mixed from two versions"
BOUND = "0 silent wrong data, 0 crash, right message"
QUICK, FULL = 150, 10_000
SECONDS = 80

KEY = bytes(range(32))
DAMAGED = (DamagedVault, DamagedPages, NotAVault)
PAGE = 4096
SCHOOLS, TEACHERS = 120, 60
Content = bytearray
Row = tuple[str, str]
Version = tuple[bytes, list[Row]]  # the file, and what is in it
Judge = Callable[[Path], list[Row]]


def run(n: int, folder: Path) -> Result:
    found = _tried(n, folder, _read, _read_quickly)
    wrong = found["silent"] + found["crash"] + found["message"]
    told, damaged = found["MixedCopy"], sum(found[kind.__name__] for kind in DAMAGED)
    said = f"{wrong} wrong; {found['same']:,} unharmed, {told:,} mixed, {damaged:,} damaged"
    return Result(n, said, not wrong and min(told, damaged, found["same"]) > 0)


def planted(folder: Path) -> Result:
    """A vault that is not looked over; one of which nothing but the seal is; and one of whose damage the
    database's own words are all that is said."""
    silent = _tried(300, folder / "unsealed", _read_without_look, _read_without_look)["silent"]
    sealed = _tried(300, folder / "sealed", _read_by_seal_alone, _read_by_seal_alone)["silent"]
    crashed = _tried(40, folder / "unlooked", _read_bare, _read_bare)["crash"]
    said = f"{silent} silent, {sealed} silent with the seal alone, {crashed} crashed"
    return Result(640, said, not (silent and sealed and crashed))


def flip(content: Content, _other: bytes, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 20))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def tear(content: Content, _other: bytes, chance: random.Random) -> None:
    """A page of which the second half was never written."""
    page = _page(content, chance)
    content[page + PAGE // 2 : page + PAGE] = bytes(PAGE // 2)


def blank(content: Content, _other: bytes, chance: random.Random) -> None:
    page, some = _page(content, chance), chance.choice((512, PAGE, 2 * PAGE))
    some = min(some, len(content) - page)
    content[page : page + some] = bytes(some)


def swap(content: Content, _other: bytes, chance: random.Random) -> None:
    one, other = _page(content, chance), _page(content, chance)
    held = content[one : one + PAGE]
    content[one : one + PAGE] = content[other : other + PAGE]
    content[other : other + PAGE] = held


def cut(content: Content, _other: bytes, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def grow(content: Content, _other: bytes, chance: random.Random) -> None:
    content += chance.randbytes(chance.choice((1, 100, PAGE, 2 * PAGE)))


def replace(content: Content, _other: bytes, chance: random.Random) -> None:
    content[:] = chance.randbytes(len(content))


def mix_some(content: Content, other: bytes, chance: random.Random) -> None:
    """A few pages of the other version: a folder that was synced by half."""
    differ = [
        at
        for at in range(0, min(len(content), len(other)), PAGE)
        if content[at : at + PAGE] != other[at : at + PAGE]
    ]
    for at in chance.sample(differ, chance.randint(1, min(4, len(differ)))):
        content[at : at + PAGE] = other[at : at + PAGE]


def mix_half(content: Content, other: bytes, chance: random.Random) -> None:
    """The beginning is of the other version."""
    end = _page(content, chance)
    content[:end] = other[:end]


DAMAGES = (flip, tear, blank, swap, cut, grow, replace, mix_some, mix_some, mix_half, mix_half)


def _page(content: Content, chance: random.Random) -> int:
    return chance.randrange(len(content) // PAGE) * PAGE


def _tried(n: int, folder: Path, judge: Judge, quick: Judge) -> Counter[str]:
    """What came of each; every tenth by `judge`, which takes its time."""
    path, chance, found = folder / "coachdesk.vault", random.Random(6), Counter[str]()
    versions = list(_versions(path))
    for tried in range(n):
        number = chance.randrange(len(versions))
        (sound, rows), (other, _rows) = versions[number], versions[number - 1]
        content, damage = Content(sound), chance.choice(DAMAGES)
        damage(content, other, chance)
        _lay(path, bytes(content))
        whole = [held for file, held in versions if content.startswith(file)]  # and pages that it has not
        found[_judged(path, judge if tried % 10 == 0 else quick, whole[0] if whole else rows)] += 1
    return found


def _versions(path: Path) -> Iterator[Version]:
    """Three files of one vault, as it was after each of three days: some schools are called otherwise, some
    are new or gone, and some teachers moved."""
    vault = Vault.open_with_key(path, KEY, create=True)
    rows = ({"name": f"School {number}", "source_id": f"{number}" * 90} for number in range(SCHOOLS))
    vault.submit(lambda session: keep_many(session, School, rows)).result()
    vault.submit(_place_teachers).result()
    for day in range(3):
        vault.submit(partial(_live, day=day)).result()
        held = _rows(vault)
        vault.close()
        yield path.read_bytes(), held
        vault = Vault.open_with_key(path, KEY)
    vault.close()


def _place_teachers(session: Session) -> None:
    schools = session.exec(select(School.id).order_by(col(School.name)).limit(3)).all()
    keep_many(session, Teacher, ({"source_id": f"{number}"} for number in range(TEACHERS)))
    placed = ({"teacher_id": one, "school_id": schools[0]} for one in session.exec(select(Teacher.id)).all())
    keep_many(session, Placement, placed)


def _live(session: Session, day: int) -> None:
    """A day of the vault's."""
    new = ({"name": f"New {day} {number}", "source_id": f"{number}" * 90} for number in range(9))
    keep_many(session, School, new)
    for change in (
        f"UPDATE school SET source_id = source_id || '{day}' WHERE rowid % 7 = {day}",
        f"""DELETE FROM school WHERE rowid % 11 = {day}
            AND id NOT IN (SELECT school_id FROM placement)""",
        f"""UPDATE placement SET school_id = (SELECT id FROM school ORDER BY name LIMIT 1 OFFSET {day})
            WHERE rowid % 3 = {day}""",
        f"DELETE FROM placement WHERE rowid % 13 = {day}",
    ):
        session.connection().exec_driver_sql(change)


def _lay(path: Path, content: bytes) -> None:
    """The file alone, and nothing remembered of it: an older copy has its own test."""
    for beside in path.parent.glob("*"):
        if beside.is_file():
            beside.unlink()
    shutil.rmtree(path.parent / "state", ignore_errors=True)
    path.write_bytes(content)
    path.chmod(0o600)


def _judged(path: Path, judge: Judge, expected: list[Row]) -> str:
    try:
        kept = judge(path)
    except DAMAGED as error:
        return type(error).__name__
    except _Mixed:
        return "MixedCopy"
    except OlderCopy:
        return "message"
    except CoachdeskError:
        return "message"
    except Exception:  # noqa: BLE001 - whatever it is, it is counted
        return "crash"
    return "same" if kept == expected and _is_sound(path) else "silent"


def _is_sound(path: Path) -> bool:
    """SQLite's own word on it, which the program does not ask for when it opens a vault."""
    with closing(connect(path, KEY)) as connection:
        return verify.structure(connection)


class _Mixed(Exception):
    """What the program says on its page about a mixed copy."""


def _read(path: Path) -> list[Row]:
    """As the program does: what is on the screen, and the look after unlocking."""
    vault = Vault.open_with_key(path, KEY)
    try:
        kept = _rows(vault)
        if not vault.look_over(hurry=True).result():
            raise _Mixed
        return kept
    finally:
        vault.close()


def _read_quickly(path: Path) -> list[Row]:
    """The same look by one connection, without threads."""
    return _looked(path, lambda connection: looking.is_one(connection, KEY))


def _read_by_seal_alone(path: Path) -> list[Row]:
    return _looked(path, lambda connection: seal.holds(connection, KEY))


def _read_without_look(path: Path) -> list[Row]:
    return _looked(path, lambda _connection: True)


def _read_bare(path: Path) -> list[Row]:
    """Whatever the database library says of it is nothing that a coach could understand."""
    with closing(connect(path, KEY)) as connection:
        return connection.execute("SELECT name, source_id FROM school ORDER BY name").fetchall()


def _looked(path: Path, look: Callable[[sqlcipher.Connection], bool]) -> list[Row]:
    files.look_at_vault(path)
    with closing(connect(path, KEY)) as connection:
        try:
            kept = connection.execute("SELECT name, source_id FROM school ORDER BY name").fetchall()
            holds = look(connection)
        except sqlcipher.DatabaseError as error:
            raise faults.reading(error) from error
    if not holds:
        raise _Mixed
    return kept


def _rows(vault: Vault) -> list[Row]:
    with vault.read() as session:
        asked = select(School.name, School.source_id).order_by(col(School.name))
        return [(name, source) for name, source in session.exec(asked)]
