"""The menus over the pages: every command and every page, by the mouse and by its keys."""

from collections.abc import Callable, Container, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from coachdesk.ui import commands
from coachdesk.ui.commands import COMMANDS, MENUS, Command
from coachdesk.ui.screen import Screen
from coachdesk.ui.search.rows import Offer
from coachdesk.ui.widgets.menu_bar import MenuBar

NOT_SOUGHT = ("back", "next_pane", "go_to_search")  # commands that mean nothing from the search box


class Menus:
    """They are actions of `window`: `run` runs a command, `go_to` a page, by its number among `pages`, which
    are their titles as the coach reads them."""

    def __init__(
        self,
        window: QWidget,
        pages: Sequence[str],
        run: Callable[[Command], object],
        go_to: Callable[[int], object],
    ) -> None:
        self._window, self._run, self._go_to = window, run, go_to
        self._actions: list[tuple[Command, QAction]] = []
        self.bar = MenuBar()
        self.bar.setObjectName("menu_bar")
        menus = {name: self.bar.add_menu(f"&{commands.words(name)}") for name in MENUS}
        for known in COMMANDS.values():
            menus[known.menu].addAction(self._action(known))
        for number, title in enumerate(pages):
            menus["Go"].addAction(self._page(number, title))

    def join(self, screen: Screen) -> None:
        """The commands that work in one pane alone join it: its screen was built."""
        for known, action in self._actions:
            pane = screen.findChild(QWidget, known.pane) if known.pane else None
            if pane is not None and known.screen == screen.title:
                pane.addAction(action)

    def follow(self, screen: Screen) -> None:
        """It is shown: what means something only elsewhere is not to be had."""
        for known, action in self._actions:
            action.setEnabled(known.screen in ("", screen.title))

    def offers(self, reached: Container[str], run: Callable[[Command], object]) -> list[Offer]:
        """The commands of the screens of these titles, for the search box; there `run` runs them."""
        return [
            Offer(action.text(), written(action.shortcut()), "arrow-right", partial(run, known))
            for known, action in self._actions
            if known.screen in reached and not known.pane and known.name not in NOT_SOUGHT
        ]

    def _action(self, known: Command) -> QAction:
        action = QAction(commands.words(known.title), self._window)
        action.setObjectName(known.name)
        action.setStatusTip(commands.words(known.help))
        action.setToolTip(commands.words(known.help))
        action.triggered.connect(partial(_without_checked, self._run, known))
        action.setShortcut(QKeySequence(known.keys))
        if known.pane:  # it joins its pane when the screen is built
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            self._window.addAction(action)
        self._actions.append((known, action))
        return action

    def _page(self, number: int, title: str) -> QAction:
        action = QAction(title, self._window)
        action.setShortcut(keys_of(number))
        action.triggered.connect(partial(_without_checked, self._go_to, number))
        self._window.addAction(action)
        return action


def keys_of(number: int) -> QKeySequence:
    """Which keys lead to the page of that number."""
    return QKeySequence(f"Ctrl+{number + 1}")


def written(keys: QKeySequence) -> str:
    """As the coach reads them."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _without_checked(call: Callable[[Any], object], what: Any, *_checked: object) -> None:
    call(what)
