"""The mechanism with one rule weakened, made from its own source: what the attack must notice."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import coachdesk.disclosure

SOURCE = Path(coachdesk.disclosure.__file__).parent
MODULES = ("bands", "windows", "volume", "mechanism")


class Mutation(NamedTuple):
    """`old`, which must stand in the module exactly once, becomes `new`."""

    module: str
    old: str
    new: str


MUTATIONS = {
    "halves from one teacher fewer": Mutation("bands", "HALVES: 2 * m + 3", "HALVES: 2 * m + 2"),
    "halves from three teachers": Mutation("bands", "HALVES: 2 * m + 3", "HALVES: 3"),
    "fifths from one teacher fewer": Mutation("bands", "FIFTHS: 5 * m + 6", "FIFTHS: 5 * m + 5"),
    "tenths from one teacher fewer": Mutation("bands", "TENTHS: 10 * m + 11", "TENTHS: 10 * m + 10"),
    "always tenths": Mutation("bands", "TENTHS: 10 * m + 11", "TENTHS: 2 * m + 3"),
    "any staff list": Mutation("bands", "return need(grain, m) + m + 1", "return need(grain, m)"),
    "a staff list one too short": Mutation(
        "bands", "return need(grain, m) + m + 1", "return need(grain, m) + m"
    ),
    "a shrunken staff list": Mutation("mechanism", " or roster < floor(layout.grain, layout.m)", ""),
    "rows without yes left out": Mutation(
        "mechanism",
        "label(yes, len(active), layout.grain, layout.m) for",
        "label(yes, len(active), layout.grain, layout.m) if yes else TOO_FEW for",
    ),
    "dominance not looked at": Mutation(
        "volume", "if 2 * (upper - value - told - others_least)", "if 2 * upper"
    ),
    "dominance without those who tell": Mutation(
        "volume", "sum(largest[: m + 1]) - value if place <= m else sum(largest[:m])", "0"
    ),
    "dominance with one who tells too few": Mutation(
        "volume",
        "sum(largest[: m + 1]) - value if place <= m else sum(largest[:m])",
        "sum(largest[:m]) - value if place < m else sum(largest[: m - 1])",
    ),
    "totals that only everyone can make": Mutation("volume", "len(largest) + m + 1 <= roster", "True"),
    "a quarter that still runs": Mutation("mechanism", "if not closed(window, today)", "if False"),
    "a second page of a quarter": Mutation("mechanism", "if window.name in already_released", "if False"),
}


def mutated(mutation: Mutation, folder: Path) -> ModuleType:
    """The mutant's `mechanism`; `folder` must be on the path of imports."""
    package = f"mutant_{len(sys.modules)}"
    (folder / package).mkdir()
    (folder / package / "__init__.py").touch()
    for name in MODULES:
        source = (SOURCE / f"{name}.py").read_text(encoding="utf-8")
        if name == mutation.module:
            assert source.count(mutation.old) == 1, f"{mutation.old!r} does not stand once in {name}"
            source = source.replace(mutation.old, mutation.new)
        source = source.replace("coachdesk.disclosure", package)
        (folder / package / f"{name}.py").write_text(source, encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(f"{package}.mechanism")
