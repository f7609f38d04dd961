"""What a row of the table gives, and where all rows are."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Result:
    """How often it was tried, what came of it in words, and whether the bound held."""

    done: int
    said: str
    kept: bool


class CannotRun(Exception):
    """This machine lacks what the row needs; the text says what, and how to provide it."""


class Row(Protocol):
    """What a module of a row declares; the package's docstring tells more."""

    NUMBER: str
    CHECK: str
    BOUND: str
    QUICK: int
    FULL: int
    run: Callable[[int, Path], Result]
    planted: Callable[[Path], Result]


def names() -> list[str]:
    """The modules of all rows, in the order of the table."""
    return sorted(path.stem for path in HERE.glob("r[0-9][0-9]_*.py"))


def row(name: str) -> Row:
    """The row in the module `name`."""
    return cast(Row, importlib.import_module(name))


def alone(module: Row | ModuleType) -> bool:
    """Whether nothing may run beside this row."""
    return bool(getattr(module, "ALONE", False))


def on_disk(module: Row | ModuleType) -> bool:
    """Whether its folder must lie on a disk."""
    return bool(getattr(module, "DISK", False))


def least(module: Row | ModuleType, n: int) -> int:
    """How often it must really be tried where it is asked to be tried `n` times."""
    return 1 if getattr(module, "EVERY", False) else n


def seconds(module: Row | ModuleType) -> float:
    """How long its full N is said to take."""
    return float(getattr(module, "SECONDS", 0))
