"""Commands: declared once, seen in the menus, the shortcuts, the help and docs/shortcuts.md."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication

from coachdesk.services.desk import Desk

MENUS = ("Desk", "Edit", "Teachers", "Coaching", "Go")


class Place(Protocol):
    """Where a command runs: the workspace."""

    desk: Desk

    def open(self, record: object) -> None: ...
    def current(self) -> Any: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def lock_now(self) -> None: ...
    def turn_initials(self) -> None: ...
    def quit(self) -> None: ...
    def next_pane(self) -> None: ...
    def leave(self) -> None: ...
    def go_to_search(self, text: str = "") -> None: ...


Run = Callable[[Any], None]


@dataclass(frozen=True)
class Command:
    """`keys` work anywhere in the window, or, where `pane` names a widget, only in that one;
    `screen` is the title of the only screen on which the command means something."""

    name: str
    title: str
    menu: str
    keys: str
    help: str
    run: Run
    screen: str = ""
    pane: str = ""


COMMANDS: dict[str, Command] = {}

MORE = {
    "Coaching": (
        "| a standard | `Alt+1`, then `D` … | Tag the line you are on with what you practised; again "
        "takes it away. `#1D` typed in the line does the same. |",
        "| a counter | `Alt+6` … `Alt+9` | Count one more in a visit; with Shift one less. |",
        "| an event | `Alt` and the arrows | Carry it a quarter of an hour or a day on or back; with Shift "
        "`↑` and `↓` make it shorter and longer. |",
    ),
    "Go": ("| the pages | `Ctrl+1` … | Go to a page, in the order of the sidebar. |",),
}
"""Keys that are no commands: lines of docs/shortcuts.md, by menu."""


def command(
    title: str, *, menu: str, keys: str = "", screen: str = "", pane: str = ""
) -> Callable[[Run], Run]:
    """Make a function a command; its docstring is the command's help."""

    def declare(run: Run) -> Run:
        name, help_text = run.__name__, (run.__doc__ or "").strip()
        if menu not in MENUS or not help_text:
            raise ValueError(f"command {name} needs a menu of {MENUS} and a docstring")
        COMMANDS[name] = Command(name, title, menu, keys, help_text, run, screen, pane)
        return run

    return declare


def words(text: str) -> str:
    """A command's title or help in the coach's language."""
    return QCoreApplication.translate("commands", text)


def reference() -> str:
    """docs/shortcuts.md: every command, menu by menu, by its title."""
    lines = ["# Menus and shortcuts", "", "Made from the commands by `python -m coachdesk.ui.shortcuts`.", ""]
    for menu in MENUS:
        lines += [f"## {menu}", "", "| command | keys | what it does |", "|---|---|---|"]
        for known in sorted(COMMANDS.values(), key=lambda one: one.title):
            if known.menu == menu:
                keys = f"`{known.keys}`" if known.keys else ""
                lines.append(f"| {known.title} | {keys} | {known.help} |")
        lines += MORE.get(menu, ())
        lines.append("")
    return "\n".join(lines)
