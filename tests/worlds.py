"""What is in a vault when a test begins: put there once by real commands, and copied from then on."""

import inspect
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from coachdesk.services.desk import Desk
from coachdesk.store.connection import Engines
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
SHARED = "shared_worlds"
Fill = Callable[..., Any]

_fills: dict[tuple[str, str], Fill] = {}  # by module and name, each after those that it goes on from


def world(fill: Fill) -> Any:
    """A fixture that answers what `fill(desk, …)` did, and finds in the vault what it put there.

    That was done before the test's desk was opened, so there is nothing of it to undo. What `fill` names
    beside the desk are other worlds, of its module or of `shared_worlds`, that it goes on from.
    """
    _fills[fill.__module__, fill.__name__] = fill

    @pytest.fixture(name=fill.__name__)
    def held(vault: Vault, begun: "World") -> Any:
        return begun.made[fill.__name__]

    return held


@dataclass(frozen=True)
class World:
    """A vault's file that is ready to be copied, and what those who filled it answered, by their names."""

    vault: Path
    made: dict[str, Any]


class Worlds:
    """The worlds that tests have asked for, each made when it is first wanted."""

    def __init__(self, folder: Path, engines: Engines) -> None:
        self._folder, self._engines = folder, engines
        empty = folder / "coachdesk.vault"
        Vault.open_with_key(empty, KEY, create=True).close()
        self._made: dict[tuple[Fill, ...], World] = {(): World(empty, {})}

    def of(self, module: str, asked: Iterable[str]) -> World:
        """The world for a test of that module which asks for fixtures of these names."""
        known = {name: fill for (of, name), fill in _fills.items() if of in (module, SHARED)}
        names = set(asked) & known.keys()
        for name in reversed(known):
            if name in names:
                names.update(_needs(known[name]))
        return self._after(tuple(fill for name, fill in known.items() if name in names))

    def _after(self, fills: tuple[Fill, ...]) -> World:
        if fills not in self._made:
            self._made[fills] = self._filled(self._after(fills[:-1]), fills[-1], len(self._made))
        return self._made[fills]

    def _filled(self, before: World, fill: Fill, number: int) -> World:
        folder = self._folder / str(number)
        folder.mkdir()
        path = Path(shutil.copy(before.vault, folder))
        desk = Desk(Vault.open_with_key(path, KEY, engines=self._engines))
        try:
            answer = fill(desk, **{name: before.made[name] for name in _needs(fill)})
        finally:
            desk.close()
        return World(path, {**before.made, fill.__name__: answer})


def _needs(fill: Fill) -> list[str]:
    return [name for name in inspect.signature(fill).parameters if name != "desk"]
