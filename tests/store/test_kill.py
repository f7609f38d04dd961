"""R1, quick tier: the process is killed at random instants during saves."""

import multiprocessing
import random
import time

import pytest
from saver import save_until_killed
from sqlmodel import select

from coachdesk.model import School
from coachdesk.store import verify
from coachdesk.store.vault import Vault

KILLS = 8  # the reliability table kills more often, and cuts the power


@pytest.fixture(scope="module")
def processes():
    """Processes that have imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["coachdesk.services.keep", "coachdesk.store.vault"])
    return context


def acknowledged(processes, path, start, chance):
    """Let the saver run for some acknowledgements and a random moment more, then kill it."""
    ours, theirs = processes.Pipe(duplex=False)
    saver = processes.Process(target=save_until_killed, args=(path, start, theirs))
    saver.start()
    theirs.close()
    said = [ours.recv() for _ in range(chance.randrange(1, 6))]
    until = time.perf_counter() + chance.random() * 0.02
    while time.perf_counter() < until:
        pass
    saver.kill()
    saver.join()
    while ours.poll():
        try:
            said.append(ours.recv())
        except EOFError:
            break
    ours.close()
    saver.close()
    return {str(number) for number in said}


@pytest.mark.slow
def test_no_acknowledged_save_is_lost_when_the_process_is_killed(vault, place, processes):
    vault.close()
    chance, promised = random.Random(11), set()
    for kill in range(KILLS):
        promised |= acknowledged(processes, place.vault, kill * 10_000, chance)
        again = Vault.open_with_key(place.vault, bytes(range(32)))
        with again.read() as session:
            kept = set(session.exec(select(School.name)))
        sound = again.inspect(verify.structure) and again.inspect(verify.pages)
        again.close()
        assert sound
        assert promised <= kept
    assert len(promised) >= KILLS
