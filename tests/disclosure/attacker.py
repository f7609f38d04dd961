"""A principal with a staff list and eyes.

He sees the printed labels, knows whom the coach visited, and knows the true rows of up to m teachers. He
imports nothing of the program: he reads the labels as they are printed and takes the rules from its published
description.

Within one quarter all visited teachers look alike to him, so a world is a number of yes among those who did
not tell, and the one constraint is an interval: its ends are whole numbers that are reached, so closed forms
give exactly the worlds that remain (an integer programme would say the same; `test_attacks` checks that on a
sample). Quarters share no fact, so all pages of a year hold no more than each by itself. Where spans overlap,
which the program never prints, exchangeability and closed forms end, and `certain_in_nested_spans` asks a
solver.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, product

import numpy

TOO_FEW = "•"


@cache
def counts(label: str, active: int) -> range:
    """The counts of yes that a printed share leaves open."""
    if label == TOO_FEW:
        return range(active + 1)
    if label in ("fewer than half", "half or more"):
        open_ = [yes for yes in range(active + 1) if (2 * yes >= active) == (label == "half or more")]
    else:
        low, high = (int(number) for number in re.fullmatch(r"(\d+)–(\d+) %", label).groups())
        open_ = [
            yes for yes in range(active + 1) if low * active <= 100 * yes and 100 * yes < (high + 1) * active
        ]
    return range(open_[0], open_[-1] + 1)


def tellers(yes: int, active: int, m: int) -> Iterator[tuple[int, int]]:
    """Every choice of at most m who tell: how many of them answer yes, how many no."""
    for told_yes in range(min(m, yes) + 1):
        for told_no in range(min(m - told_yes, active - yes) + 1):
            yield told_yes, told_no


@cache
def certain_to_some(label: str, yes: int, active: int, m: int) -> tuple[int, int]:
    """Answers looked at and answers certain, over every choice of at most m who tell."""
    choices = list(tellers(yes, active, m))
    return sum(active - sum(told) for told in choices), sum(certain(label, active, *told) for told in choices)


@cache
def certain(label: str, active: int, told_yes: int, told_no: int) -> int:
    """How many of the others' answers are certain from a share and from what was told."""
    others = active - told_yes - told_no
    fewest = max(0, counts(label, active)[0] - told_yes)
    most = min(others, counts(label, active)[-1] - told_yes)
    return others if fewest == others or most == 0 else 0


def upper_end(printed: int, step: int, least: int, active: int, told: Sequence[int]) -> int:
    """The most that one who did not tell can have had of a total printed to the nearest `step`."""
    return printed + (step - 1) // 2 - sum(told) - least * (active - 1 - len(told))


def tight(printed: int, step: int, least: int, values: Sequence[int], m: int) -> int:
    """How many teachers' values are known too closely to some m who tell: half, or two of the least."""
    found = 0
    for place, value in enumerate(values):
        others = [*values[:place], *values[place + 1 :]]
        for told in _choices(others, m):
            room = upper_end(printed, step, least, len(values), told) - value
            if room < 2 * least or 2 * room < value:
                found += 1
                break
    return found


def _choices(others: Sequence[int], m: int) -> Iterator[Sequence[int]]:
    """Every choice of m who tell; in large schools only the largest, who leave least for the rest."""
    if len(others) > 12:
        yield sorted(others)[-m:]
    else:
        for size in range(m + 1):
            yield from combinations(others, size)


@cache
def participation_certain(
    shares: tuple[tuple[str, int], ...] | None, roster: int, need: int, told_active: int, told_away: int
) -> bool:
    """Whether one who does not know whom the coach visits learns it of a teacher who did not tell.

    `shares` holds for each row its label and how many of those who told answer yes; it is None where no row
    is shown. `told_away` are those who told that they were not visited. Each answers as they like, so rows
    share only the number of the visited, and all numbers are tried.
    """
    others = roster - told_active - told_away
    remaining = (n for n in range(others + 1) if _possible(n, shares, need, told_active))
    backwards = (n for n in range(others, -1, -1) if _possible(n, shares, need, told_active))
    return next(remaining) == others or next(backwards) == 0


def _possible(visited: int, shares: tuple[tuple[str, int], ...] | None, need: int, told_active: int) -> bool:
    active = visited + told_active
    if shares is None:
        return active < need
    return active >= need and all(
        max(counts(label, active)[0], told) <= min(counts(label, active)[-1], told + visited)
        for label, told in shares
    )


def certain_in_nested_spans(
    active: Sequence[set[int]], labels: Sequence[str], whole: str
) -> list[tuple[int, int]]:
    """Teachers certain of an answer when parts of a span and the whole span are both printed.

    `active[k]` holds the teachers visited in part k; those visited in the same parts are alike. Answering yes
    in the span is answering yes in a part of it. Returns (number of teachers, part) for each group whose
    answer in that part is the same in all worlds; part -1 is the span.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to fetch: every worker has this module

    groups: dict[tuple[bool, ...], int] = {}
    for teacher in set().union(*active):
        pattern = tuple(teacher in part for part in active)
        groups[pattern] = groups.get(pattern, 0) + 1
    columns = [
        (pattern, answer)
        for pattern in groups
        for answer in product(*[(False, True) if seen else (False,) for seen in pattern])
    ]
    rows, low, high = [], [], []
    for pattern, size in groups.items():
        rows.append([column[0] == pattern for column in columns])
        low.append(size)
        high.append(size)
    for part, label in enumerate((*labels, whole)):
        told = [any(answer) if part == len(labels) else answer[part] for _, answer in columns]
        span = len(set().union(*active)) if part == len(labels) else len(active[part])
        rows.append(told)
        low.append(counts(label, span)[0])
        high.append(counts(label, span)[-1])
    limits = LinearConstraint(numpy.array(rows, dtype=float), low, high)
    found = []
    for pattern, size in groups.items():
        for part in (*(number for number, seen in enumerate(pattern) if seen), -1):
            says_yes = numpy.array(
                [
                    group == pattern and (any(answer) if part == -1 else answer[part])
                    for group, answer in columns
                ],
                dtype=float,
            )
            ends = [
                milp(
                    sign * says_yes,
                    constraints=limits,
                    integrality=numpy.ones(len(columns)),
                    bounds=Bounds(0),
                )
                for sign in (1, -1)
            ]
            if round(ends[0].fun) == size or round(-ends[1].fun) == 0:
                found.append((size, part))
    return found
