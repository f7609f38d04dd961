"""Every attack on one school's year, against the program's mechanism or a mutant of it."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from types import ModuleType

import attacker
from caseloads import ROWS, Caseload, Quarter

NEED = {2: lambda m: 2 * m + 3, 5: lambda m: 5 * m + 6, 10: lambda m: 10 * m + 11}  # as published


def on_answers(mechanism: ModuleType, school: Caseload, m: int, grain: int = 2) -> Counter[str]:
    """Answers that are certain to someone who knows all visits and the rows of at most m teachers."""
    layout = mechanism.Layout(school.roster, m, grain, ROWS)
    found: Counter[str] = Counter()
    for quarter in school.quarters:
        figures = mechanism.figures(layout, list(quarter.values()))
        for row, label in figures.bands.items():
            found["rows"] += 1
            found["shown"] += figures.shown
            yes = sum(row in facts.yes for facts in quarter.values())
            checks, certain = attacker.certain_to_some(str(label), yes, len(quarter), m)
            found["checks"] += checks
            found["certain"] += certain
    return found


def on_amounts(mechanism: ModuleType, school: Caseload, m: int) -> Counter[str]:
    """Numbers of visits and hours that m teachers bound too closely."""
    layout = mechanism.Layout(school.roster, m, 2, ROWS)
    found: Counter[str] = Counter()
    for quarter in school.quarters:
        facts = list(quarter.values())
        volume = mechanism.figures(layout, facts).volume
        found["totals"] += 2
        if volume.visits is None:
            continue
        found["shown"] += 2
        found["checks"] += 2 * len(facts)
        found["tight"] += attacker.tight(volume.visits, 5, 1, [fact.visits for fact in facts], m)
        found["tight"] += attacker.tight(volume.hours * 60, 300, 15, [fact.minutes for fact in facts], m)
    return found


def on_participation(mechanism: ModuleType, school: Caseload, m: int, grain: int = 2) -> Counter[str]:
    """Pages that prove of somebody that they are or are not coached, to one who does not know the visits."""
    layout = mechanism.Layout(school.roster, m, grain, ROWS)
    found: Counter[str] = Counter()
    for quarter in school.quarters:
        figures = mechanism.figures(layout, list(quarter.values()))
        labels = list(figures.bands.items())
        for told in _some_who_tell(school.roster, m):
            active = [quarter[teacher] for teacher in told if teacher in quarter]
            shares = {(str(label), sum(row in facts.yes for facts in active)) for row, label in labels}
            found["checks"] += 1
            found["certain"] += attacker.participation_certain(
                tuple(sorted(shares)) if figures.shown else None,
                school.roster,
                NEED[grain](m),
                len(active),
                len(told) - len(active),
            )
    return found


def _some_who_tell(roster: int, m: int) -> Iterator[tuple[int, ...]]:
    """All choices of at most m teachers in a small school, some in a large one."""
    if roster <= 12:
        for size in range(m + 1):
            yield from combinations(range(roster), size)
    else:
        chance = random.Random(roster)
        yield from (tuple(chance.sample(range(roster), chance.randint(0, m))) for _ in range(12))


def before_and_after(mechanism: ModuleType, roster: int, m: int, before: Quarter, gone: int) -> bool:
    """Whether two pages of one quarter, before and after a teacher's notes went, tell the answer."""
    layout = mechanism.Layout(roster, m, 2, ROWS)
    after = {teacher: facts for teacher, facts in before.items() if teacher != gone}
    first, second = (
        str(mechanism.figures(layout, list(quarter.values())).bands[ROWS[0]]) for quarter in (before, after)
    )
    answers = {
        yes - left
        for yes in attacker.counts(first, len(before))
        for left in attacker.counts(second, len(after))
        if 0 <= yes - left <= 1
    }
    return len(answers) == 1
