"""The process is killed while a coach types into a visit note: at most a second of typing is gone.

Ten kills; `--full` makes it a hundred.
"""

import multiprocessing
import random
import re
from itertools import islice
from time import monotonic

import coached_school
import pytest
from sqlmodel import col, select
from typist import KEY, keys, type_until_killed

from coachdesk.model import ScriptLine
from coachdesk.services.checking import CHECKS
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault

pytestmark = pytest.mark.slow

MOST_LOST = 1.0  # seconds of typing
TAG = re.compile(r"#\w*")  # one that was not whole yet when the process died


def pytest_generate_tests(metafunc):
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(100 if metafunc.config.getoption("full") else 10))


@pytest.fixture(scope="module")
def processes():
    """Processes that have imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["typist"])
    return context


@pytest.fixture
def school(vault, place):
    """Where the vault lies that the typist will open."""
    desk = Desk(vault)
    desk.do(coached_school.year)
    desk.do(coached_school.school, teachers=3)
    desk.close()
    return place.vault


def killed(processes, path, after, save_after_ms=0):
    """When each key was pressed, and when the process was killed: `after` seconds after the first key."""
    ours, theirs = processes.Pipe(duplex=False)
    typist = processes.Process(target=type_until_killed, args=(path, theirs, save_after_ms))
    typist.start()
    theirs.close()
    pressed = [ours.recv()]
    while (left := pressed[0] + after - monotonic()) > 0:
        if ours.poll(left):
            pressed.append(ours.recv())
    now = monotonic()
    typist.kill()
    typist.join()
    ours.close()
    typist.close()
    return pressed, now


def kept(path):
    """The digits that are in the vault, in the order in which they were typed; and what is wrong with it."""
    vault = Vault.open_with_key(path, KEY)
    with vault.read() as session:
        lines = session.exec(select(ScriptLine.text).order_by(col(ScriptLine.position))).all()
    wrong = vault.inspect(lambda found: [sentence for sentence, is_well in CHECKS if not is_well(found)])
    vault.close()
    return re.sub(r"\D", "", TAG.sub("", "\n".join(lines))), wrong


def lost(digits, pressed, now):
    """How many seconds before `now` the first key was pressed that is not in the vault."""
    typed = [(at, sign) for at, (sign, stays) in zip(pressed, keys(), strict=False) if stays]
    assert "".join(sign for _at, sign in typed).startswith(digits[: len(typed)])
    return max((now - at for at, _sign in typed[len(digits) :]), default=0.0)


def test_what_was_typed_until_a_second_ago_is_kept(school, processes, kill):
    after = random.Random(kill).uniform(1.1, 2.3)
    pressed, now = killed(processes, school, after)
    digits, wrong = kept(school)
    assert wrong == []
    assert digits != ""
    assert lost(digits, pressed, now) <= MOST_LOST


def test_a_saving_that_comes_too_late_is_noticed(school, processes):
    pressed, now = killed(processes, school, 1.6, save_after_ms=5_000)
    digits, wrong = kept(school)
    assert wrong == []
    assert lost(digits, pressed, now) > MOST_LOST


def test_the_typist_types_what_can_be_told_apart():
    signs = list(islice(keys(), 200))
    numbers = re.findall(r"\d{4}", "".join(sign for sign, stays in signs if stays))
    assert numbers == [str(1000 + at) for at in range(len(numbers))]
