"""R20: a vault of each earlier version is brought up to date, and that is interrupted at each statement."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import older
from row import Result
from sqlalchemy import event

from coachdesk.store import migrations, schema, seal
from coachdesk.store.connection import connect

NUMBER = "R20"
CHECK = "migration from every schema, interrupted at every statement"
BOUND = "equal by content"
QUICK, FULL = 30, 100_000  # the full tier: every statement there is
EVERY = True
SECONDS = 15


class Interrupted(Exception):
    """The step stops here."""


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, whole=True)


def planted(folder: Path) -> Result:
    """Steps of which each is kept for itself."""
    return _tried(40, folder, whole=False)


def _tried(n: int, folder: Path, *, whole: bool) -> Result:
    done, wrong = 0, 0
    for version in range(1, schema.VERSION):
        before = folder / f"v{version}.vault"
        older.make(before, version)
        count = _bring(folder, before, version, 0, whole=whole)[0]
        every = range(1, count + 1)
        share = n // (schema.VERSION - 1)
        for at in every if share >= count else random.Random(20).sample(every, share):
            done += 1
            wrong += not _bring(folder, before, version, at, whole=whole)[1]
    return Result(done, f"versions 1 to {schema.VERSION}; {wrong} differ", not wrong and done > 0)


def _bring(folder: Path, before: Path, version: int, at: int, *, whole: bool) -> tuple[int, bool]:
    """Interrupt at statement number `at`, or never (0), and do it anew: the statements, if all is well."""
    path = folder / "tried.vault"
    shutil.copy(before, path)
    was = older.content(before)
    count = _interrupted(path, version, at, whole=whole)
    well = not at or (older.version(path) == version and older.content(path) == was)
    if well:
        if at:
            older.bring(path, version)
        well = (
            older.version(path) == schema.VERSION and older.same(was, older.content(path)) and _sealed(path)
        )
    path.unlink()
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return count, well


def _interrupted(path: Path, version: int, at: int, *, whole: bool) -> int:
    made, count = older.over(path), 0

    def count_on(*_about: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise Interrupted

    event.listen(made, "before_cursor_execute", count_on)
    ends = [schema.VERSION] if whole else range(version + 1, schema.VERSION + 1)
    try:
        for end in ends:
            steps = migrations.STEPS[:end]
            seal_it = older.sealed if end >= schema.SEALED_SINCE else older.unsealed
            migrations.bring_up_to_date(made, version if whole else end - 1, steps, seal_it)
    except Interrupted:
        pass
    finally:
        made.dispose()
    return count


def _sealed(path: Path) -> bool:
    with closing(connect(path, older.KEY)) as connection:
        return seal.holds(connection, older.KEY)
