"""Invented schools: random ones, and those drawn to be hard."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coachdesk.disclosure.bands import HALVES, need
from coachdesk.disclosure.mechanism import TeacherFacts

ROWS = tuple(f"row {number}" for number in range(1, 13))
ENGAGEMENTS = (0.25, 0.35, 0.5, 0.62)  # the chance that a teacher is visited in a month
MONTHS = 3

Quarter = dict[int, TeacherFacts]  # teachers by number, only those visited


@dataclass(frozen=True)
class Caseload:
    """A school year: how many teachers are on the list, and what happened with them in each quarter."""

    roster: int
    quarters: tuple[Quarter, ...]


def random_caseload(seed: int, roster: int | None = None, engagement: float | None = None) -> Caseload:
    """Teachers with interests of their own that drift through the year; some hardly visited, some often."""
    chance = random.Random(seed)
    roster = roster or chance.choice((7, 8, 9, 10, 11, 12, 14, 17, 20, 27, 35, 60, 120, 200))
    engagement = engagement or chance.choice(ENGAGEMENTS)
    liking = [[chance.random() ** 2 for _ in ROWS] for _ in range(roster)]
    return Caseload(roster, tuple(_random_quarter(chance, liking, engagement) for _ in range(4)))


def _random_quarter(chance: random.Random, liking: list[list[float]], engagement: float) -> Quarter:
    quarter = {}
    for teacher, likes in enumerate(liking):
        visits = sum(chance.randint(1, 4) for _ in range(MONTHS) if chance.random() < engagement)
        likes[chance.randrange(len(ROWS))] = chance.random()
        if visits:
            yes = frozenset(row for row, like in zip(ROWS, likes, strict=True) if chance.random() < like)
            minutes = sum(chance.choice((15, 20, 20, 30, 45, 60)) for _ in range(visits))
            quarter[teacher] = TeacherFacts(yes, visits, minutes)
    return quarter


def facts(yes: int, active: int, visits: Sequence[int] = (), minutes: Sequence[int] = ()) -> Quarter:
    """`active` teachers of whom the first `yes` answer yes to row 1 and the last `yes` to row 2."""
    return {
        teacher: TeacherFacts(
            frozenset({ROWS[0]} if teacher < yes else ()) | ({ROWS[1]} if teacher >= active - yes else set()),
            visits[teacher] if visits else 2,
            minutes[teacher] if minutes else 40,
        )
        for teacher in range(active)
    }


def _around_the_minimum(roster: int, m: int) -> list[Quarter]:
    return [facts(m, need(HALVES, m) + step) for step in (-1, 0, 1)]


def _everyone_or_no_one(roster: int, m: int) -> list[Quarter]:
    return [facts(yes, active) for active in (need(HALVES, m), roster) for yes in (0, active)]


def _all_but_those_who_tell(roster: int, m: int) -> list[Quarter]:
    active = need(HALVES, m)
    return [facts(yes, active) for yes in (m, m + 1, active - m, active - m - 1)]


def _one_with_most_visits(roster: int, m: int) -> list[Quarter]:
    active = need(HALVES, m) + 1
    return [
        facts(active // 2, active, [most, *[2] * (active - 1)], [most * 20, *[40] * (active - 1)])
        for most in (18 * active, 30, 9, 5)
    ]


def _two_with_most_visits(roster: int, m: int) -> list[Quarter]:
    active = min(roster, need(HALVES, m) + 3)
    return [
        facts(1, active, [most, most, *[1] * (active - 2)], [most * 45, most * 45, *[15] * (active - 2)])
        for most in (40, 12, 6, 4)
    ]


def _at_the_edge_of_the_rule(roster: int, m: int) -> list[Quarter]:
    active = need(HALVES, m)
    return [
        facts(3, active, [most, *[3] * (active - 1)], [most * 20, *[75] * (active - 1)])
        for most in range(4, 8)
    ]


def _twins(roster: int, m: int) -> list[Quarter]:
    return [
        facts(half, active) for active in (need(HALVES, m), roster) for half in (active // 2, -(-active // 2))
    ]


def _a_leaver_and_a_joiner(roster: int, m: int) -> list[Quarter]:
    active = need(HALVES, m)
    stay = facts(active // 2, active)
    left = {teacher: fact for teacher, fact in stay.items() if teacher}
    return [stay, left, left | {active: TeacherFacts(frozenset(ROWS), 1, 15)}, facts(1, active)]


def _everyone_visited(roster: int, m: int) -> list[Quarter]:
    return [facts(yes, roster) for yes in (1, m + 1, roster // 2, roster - 1)]


SKEWED: dict[str, Callable[[int, int], list[Quarter]]] = {
    shape.__name__.strip("_").replace("_", " "): shape
    for shape in (
        _around_the_minimum,
        _everyone_or_no_one,
        _all_but_those_who_tell,
        _one_with_most_visits,
        _two_with_most_visits,
        _at_the_edge_of_the_rule,
        _twins,
        _a_leaver_and_a_joiner,
        _everyone_visited,
    )
}
SIZES = ((7, 1), (8, 1), (9, 1), (10, 2), (12, 2), (20, 2), (35, 2), (10, 1), (20, 1))


def skewed_caseloads() -> list[tuple[Caseload, int]]:
    """Every shape at every size, with the number of teachers who tell."""
    return [
        (Caseload(roster, tuple(shape(roster, m))), m) for shape in SKEWED.values() for roster, m in SIZES
    ]
