"""R1: the process that saves is killed at random instants."""

import multiprocessing
import random
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from row import Result
from saver import acknowledge_too_early, save_until_killed
from sqlmodel import select

from coachdesk.model import School
from coachdesk.store import verify
from coachdesk.store.vault import Vault

NUMBER = "R1"
CHECK = "kill -9 at random instants during saves"
BOUND = "0 acknowledged lost, 0 corrupt"
QUICK, FULL = 30, 1_000
SECONDS = 120

KEY = bytes(range(32))
Saver = Callable[..., None]


def run(n: int, folder: Path) -> Result:
    return _killed(n, folder, save_until_killed, linger=0.02)


def planted(folder: Path) -> Result:
    """A saver that says "saved" before it saves."""
    return _killed(10, folder, acknowledge_too_early, linger=0)


def _killed(times: int, folder: Path, saver: Saver, linger: float) -> Result:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["saver"])
    path, chance = folder / "coachdesk.vault", random.Random(11)
    Vault.open_with_key(path, KEY, create=True).close()
    promised: set[str] = set()
    lost, corrupt = 0, 0
    for kill in range(times):
        ours, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=saver, args=(path, kill * 10_000, theirs))
        process.start()
        theirs.close()
        said = _acknowledged(process, ours, chance.randrange(1, 6), chance.random() * linger)
        promised |= said
        kept, sound = _found(path)
        lost += len(said - kept)
        corrupt += not sound
    lost += len(promised - kept)
    said_so = f"{len(promised):,} saves acknowledged; {lost} lost, {corrupt} corrupt"
    return Result(times, said_so, not lost and not corrupt and len(promised) >= times)


def _acknowledged(process: BaseProcess, answers: Connection, some: int, linger: float) -> set[str]:
    """Let the saver run for some acknowledgements and a moment more, then kill it."""
    said = [answers.recv() for _ in range(some)]
    until = time.perf_counter() + linger
    while time.perf_counter() < until:
        pass
    process.kill()
    process.join()
    with suppress(EOFError):
        while answers.poll():
            said.append(answers.recv())
    answers.close()
    process.close()
    return {str(number) for number in said}


def _found(path: Path) -> tuple[set[str], bool]:
    """The names in the vault, and whether it is sound."""
    vault = Vault.open_with_key(path, KEY)
    with vault.read() as session:
        kept = set(session.exec(select(School.name)))
    sound = vault.inspect(verify.structure) and vault.inspect(verify.pages)
    vault.close()
    return kept, sound
