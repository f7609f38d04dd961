"""R16: two windows of two processes save the same record at the same time."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

from racer import KEY, count_up, seen
from row import Result

from coachdesk.errors import OpenElsewhere
from coachdesk.paths import Folders, folders
from coachdesk.services import opening, roster
from coachdesk.services.desk import Desk
from coachdesk.store.parts import lock_path
from coachdesk.store.vault import Vault

NUMBER = "R16"
CHECK = "two processes, two windows: saves of one record, racing for the vault"
BOUND = "0 lost updates; the second window refused"
QUICK, FULL = 40, 200
SECONDS = 25

PASSPHRASE = "seven herons over quiet water"


Meddle = Callable[[Folders], object]


def run(n: int, folder: Path) -> Result:
    refused = _second_is_refused(folder / "locked", lambda _place: None)
    result = _raced(n, folder, careful=True)
    said = result.said + ("" if refused else "; the second window was let in")
    return Result(result.done, said, result.kept and refused)


def planted(folder: Path) -> Result:
    """Windows that say nothing of the revision they saw; and a lock that somebody took away."""
    careless = _raced(20, folder, careful=False)
    refused = _second_is_refused(folder / "locked", lambda place: lock_path(place).unlink())
    said = f"{careless.said}; the second window was {'refused' if refused else 'let in'}"
    return Result(careless.done, said, careless.kept or refused)


def _raced(n: int, folder: Path, careful: bool) -> Result:
    path = folder / "coachdesk.vault"
    desk = Desk(Vault.open_with_key(path, KEY, create=True))
    school = desk.do(roster.save_school, {"name": "Fern Hollow School"})
    values = {"given_name": "Quintessa", "room": "0", "schools": (school.id,)}
    teacher = desk.do(roster.save_teacher, values).id
    desk.close()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["racer"])
    windows = [
        processes.Process(target=count_up, args=(path, teacher, times, careful))
        for times in (n // 2, n - n // 2)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    desk = Desk(Vault.open_with_key(path, KEY))
    number, _rev = desk.ask(seen, teacher)
    desk.close()
    assert all(window.exitcode == 0 for window in windows), "a window fell over"
    return Result(n, f"{number} of {n} saves counted, {n - number} lost", number == n)


def _second_is_refused(folder: Path, meddle: Meddle) -> bool:
    place = folders(folder)
    first = opening.create_desk(place, PASSPHRASE, cost=opening.QUICK)
    meddle(place)
    try:
        opening.open_desk(place, PASSPHRASE).close()
    except OpenElsewhere:
        return True
    finally:
        first.close()
    return False
