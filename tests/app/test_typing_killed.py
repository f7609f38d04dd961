"""The process is killed while a coach types into a visit note: at most a second of typing is gone.

Twice, and ten times in the quick tier of the table; a hundred times by
`python3 packaging/dev.py reliability --full R24`.
"""

import random
import re
from itertools import islice

import killing
import pytest
from killing import MOST_LOST, kept, killed, lost
from typist import keys

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def processes():
    return killing.processes()


@pytest.fixture
def school(vault, place):
    """Where the vault lies that the typist will open."""
    vault.close()
    killing.prepare(place.vault)
    return place.vault


@pytest.mark.parametrize("kill", range(2))
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
