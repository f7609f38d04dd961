"""One row, tried: the planted fault first, then the thing itself."""

import time
from dataclasses import dataclass
from pathlib import Path

from row import CannotRun, Result, Row, least

KEPT, MISSED, BLIND, NOT_RUN, BROKE = "kept", "**missed**", "**blind**", "not run", "**broke**"
LATER = "full tier"
FINE, UNTRIED = (KEPT,), (NOT_RUN, LATER)


@dataclass(frozen=True)
class Verdict:
    """One line of the table."""

    number: str
    check: str
    done: int
    said: str
    bound: str
    verdict: str
    seconds: float

    @property
    def line(self) -> str:
        cells = (self.number, self.check, f"{self.done:,}", self.said, self.bound, self.verdict)
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} | {self.seconds:.0f} |"


def judge(row: Row, n: int, folder: Path) -> Verdict:
    """Try `row` n times. A fault of the row's own rises."""
    began = time.perf_counter()
    try:
        word, result = _tried(row, n, folder)
    except CannotRun as why:
        word, result = NOT_RUN, Result(0, str(why), True)
    seconds = time.perf_counter() - began
    return Verdict(row.NUMBER, row.CHECK, result.done, result.said, row.BOUND, word, seconds)


def broken(row: Row, why: str, seconds: float) -> Verdict:
    """A row that did not come to an end."""
    return Verdict(row.NUMBER, row.CHECK, 0, why, row.BOUND, BROKE, seconds)


def untried(row: Row) -> Verdict:
    """A row that is left to the full tier."""
    return Verdict(row.NUMBER, row.CHECK, 0, f"{row.FULL:,} in the full tier", row.BOUND, LATER, 0)


def _tried(row: Row, n: int, folder: Path) -> tuple[str, Result]:
    noticed = row.planted(_fresh(folder / "planted"))
    if noticed.kept or not noticed.done:
        return BLIND, Result(noticed.done, f"a planted fault passed: {noticed.said}", False)
    result = row.run(n, _fresh(folder / "tried"))
    if result.done < least(row, n):
        return MISSED, Result(result.done, f"only {result.done:,} of {n:,} tried; {result.said}", False)
    return KEPT if result.kept else MISSED, result


def _fresh(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
