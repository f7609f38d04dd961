"""A page whose module is fetched when it is first built: else all that it imports is in memory for nobody."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from coachdesk.services.desk import Desk
from coachdesk.ui.screen import Screen


@dataclass(frozen=True)
class Later:
    """Stands for a kind of screen, with what the sidebar and whoever opens a record ask of it."""

    title: str
    icon: str
    fetch: Callable[[], type[Screen]]
    shows: frozenset[type] = frozenset()
    in_sidebar: bool = True

    def __call__(self, desk: Desk, parent: QWidget | None = None) -> Screen:
        return self.fetch()(desk, parent)


Kind = type[Screen] | Later
