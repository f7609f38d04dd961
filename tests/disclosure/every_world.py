"""Every world of a small school, teacher by teacher, grouped by the page it prints.

This needs no theory of the mechanism: whatever the page says, or does not say, a fact is certain if it is the
same in all worlds that print this page and agree with what was told. Teachers may be renamed without changing
a page (`test_mechanism` checks that), so those who tell are taken to be the first ones.
"""

from collections.abc import Callable, Iterable
from itertools import product
from types import ModuleType
from typing import NamedTuple

from coachdesk.disclosure.mechanism import TeacherFacts

Answers = tuple[bool, ...]  # of one active teacher, a value for each row
World = tuple[Answers | None, ...]  # None: not visited

FREE: Callable[[Answers], bool] = lambda answers: True  # noqa: E731
ONE_AT_LEAST: Callable[[Answers], bool] = any
ONE_EXACTLY: Callable[[Answers], bool] = lambda answers: sum(answers) == 1  # noqa: E731
NESTED: Callable[[Answers], bool] = lambda answers: list(answers) == sorted(answers, reverse=True)  # noqa: E731


class School(NamedTuple):
    """A mechanism, and what is public of a school: its staff list, how many may tell, the grain."""

    rules: ModuleType
    roster: int
    m: int
    grain: int = 2


Remaining = dict[tuple[object, ...], list[World]]  # by page and what was told, the others' part of each world


def certain_answers(school: School, active: int, rows: int, link: Callable[[Answers], bool] = FREE) -> int:
    """Pages that prove an answer, over all worlds with `active` visited teachers whose rows obey `link`."""
    allowed = [answers for answers in product((False, True), repeat=rows) if link(answers)]
    return sum(
        len({world[0][row] for world in worlds}) == 1
        for worlds in _remaining(school, rows, product(allowed, repeat=active)).values()
        for row in range(rows)
    )


def visits_open(school: School) -> list[set[bool]]:
    """For every page of a school with one row, and all that is told: whether another may be visited."""
    everything = product((None, (False,), (True,)), repeat=school.roster)
    return [
        {world[0] is not None for world in worlds} for worlds in _remaining(school, 1, everything).values()
    ]


def certain_participation(school: School) -> int:
    """Pages that prove that a teacher is coached, or is not."""
    return sum(len(answers) == 1 for answers in visits_open(school))


def _remaining(school: School, rows: int, worlds: Iterable[World]) -> Remaining:
    keys = tuple(f"row {number}" for number in range(rows))
    layout = school.rules.Layout(school.roster, school.m, school.grain, keys)
    pages: dict[tuple[int, ...], tuple[str, ...]] = {}
    told: Remaining = {}
    for world in worlds:
        visited = [answers for answers in world if answers is not None]
        sums = (len(visited), *map(sum, zip(*visited, strict=True)))
        if sums not in pages:
            figures = school.rules.figures(layout, [_facts(keys, answers) for answers in visited])
            pages[sums] = tuple(map(str, figures.bands.values()))
        for tellers in range(school.m + 1):
            told.setdefault((pages[sums], world[:tellers]), []).append(world[tellers:])
    return told


def _facts(keys: tuple[str, ...], answers: Answers) -> TeacherFacts:
    return TeacherFacts(frozenset(key for key, yes in zip(keys, answers, strict=True) if yes), 3, 60)
