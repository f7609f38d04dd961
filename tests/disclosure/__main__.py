"""The attacks on the page, counted: made by `python3 packaging/dev.py attacks [YEARS]`.

A year is a random school (7 to 200 teachers) with four quarterly pages of twelve rows, attacked for each
number of teachers who tell and each grain that its list allows. Each line on random years also meets a
mechanism that is weakened, and fails if the attack finds nothing there.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent))

import attacks  # noqa: E402 - found only with the path above
import planted  # noqa: E402
from caseloads import Caseload, facts, random_caseload, skewed_caseloads  # noqa: E402
from mutants import MUTATIONS, mutated  # noqa: E402

from coachdesk.disclosure import bands, mechanism  # noqa: E402
from coachdesk.disclosure.scan import needles, scan  # noqa: E402

YEARS = 5_000
SHARE = 100  # years in one piece of work
HEAD = "| attack | tried on | questions | found | of a weakened one | |\n|---|---|---|---|---|---|"
Attack = Callable[[ModuleType, Caseload, int], "Counter[str]"]


def main(words: Sequence[str]) -> int:
    """Print one line for each attack; 1 if one finds something, or nothing where a rule is weakened."""
    years = int(words[0]) if words else YEARS
    began = time.perf_counter()
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as processes:
        sys.path.append(folder)
        weak = {name: mutated(MUTATIONS[name], Path(folder)) for name in WEAKER}
        kept = [
            _line(
                f"{what}, random", f"{years:,} years", _tried(attack, years, processes), _caught(what, weak)
            )
            for what, attack in ATTACKS.items()
        ]
    skewed = skewed_caseloads()
    kept += [
        _line(f"{what}, skewed", f"{len(skewed)} schools", _on_skewed(attack), "")
        for what, attack in ATTACKS.items()
    ]
    kept.append(_leaks())
    print(f"\n{sum(kept)} of {len(kept)} as they should be; {time.perf_counter() - began:.0f} s")
    return 0 if all(kept) else 1


def answers(rules: ModuleType, school: Caseload, m: int) -> "Counter[str]":
    """Of every teacher and row: is the answer certain to somebody who knows all visits?"""
    return _over_grains(attacks.on_answers, rules, school, m)


def participation(rules: ModuleType, school: Caseload, m: int) -> "Counter[str]":
    """Of every page: does it prove who is coached, to somebody who does not know the visits?"""
    return _over_grains(attacks.on_participation, rules, school, m)


ATTACKS: dict[str, Attack] = {
    "one teacher's answer": answers,
    "one teacher's visits or hours": attacks.on_amounts,
    "who is coached": participation,
}
WEAKER = ("halves from three teachers", "dominance not looked at", "any staff list")
"""Which weakening each attack must notice, in their order."""


def _over_grains(
    attack: Callable[[ModuleType, Caseload, int, int], "Counter[str]"],
    rules: ModuleType,
    school: Caseload,
    m: int,
) -> "Counter[str]":
    grains = [grain for grain in (2, 5, 10) if school.roster >= rules.floor(grain, m)]
    return sum((attack(rules, school, m, grain) for grain in grains), Counter())


def _tried(attack: Attack, years: int, processes: ProcessPoolExecutor) -> "Counter[str]":
    pieces = [range(first, min(first + SHARE, years)) for first in range(0, years, SHARE)]
    return sum(processes.map(partial(_on_random, attack), pieces), Counter())


def _on_random(attack: Attack, seeds: range) -> "Counter[str]":
    found: Counter[str] = Counter()
    for school in map(random_caseload, seeds):
        for m in range(1, bands.colluders(school.roster) + 1):
            found += attack(mechanism, school, m)
    return found


def _on_skewed(attack: Attack) -> "Counter[str]":
    return sum((attack(mechanism, school, m) for school, m in skewed_caseloads()), Counter())


def _caught(what: str, weak: dict[str, ModuleType]) -> str:
    """How often the attack finds something where a rule is weakened."""
    rules = weak[WEAKER[list(ATTACKS).index(what)]]
    small = [(Caseload(roster, (facts(0, roster),)), 1) for roster in (5, 6)]
    schools = [(school, m) for school, m in small + skewed_caseloads() if school.roster >= rules.floor(2, m)]
    return f"{_found(sum((ATTACKS[what](rules, *school) for school in schools), Counter())):,}"


def _found(counted: "Counter[str]") -> int:
    return counted["certain"] + counted["tight"]


def _line(what: str, tried: str, counted: "Counter[str]", caught: str) -> bool:
    kept = _found(counted) == 0 < counted["checks"] and caught != "0"
    found = _found(counted)
    print(f"| {what} | {tried} | {counted['checks']:,} | {found} | {caught} | {_said(kept)} |", flush=True)
    return kept


def _said(kept: bool) -> str:
    return "kept" if kept else "**missed**"


def _leaks() -> bool:
    """Names hidden in files in every way that is known: found by the scan, and by a plain search."""
    looked_for = needles(planted.PEOPLE)
    noticed = plain = 0
    spelt = {text for person in planted.PEOPLE for text in (person.given, person.family, person.email)}
    for name, data in planted.PLANTS.values():
        template = {clean: planted.TEMPLATE[clean] for clean in planted.TEMPLATE if clean[1:] in name}
        noticed += not scan({name: data}, looked_for, template).clean
        plain += any(text.encode() in name.encode() + data for text in spelt if len(text) > 3)
    kept = noticed == len(planted.PLANTS)
    print(
        f"| a name hidden in a file | {len(planted.PLANTS)} ways | | {noticed} | "
        f"a plain search: {plain} | {_said(kept)} |"
    )
    return kept


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
