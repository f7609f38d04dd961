"""A coach at a real desktop: sees what is on the screen, and works with the mouse or with keys alone."""

import subprocess
import sys
from pathlib import Path

from desktop import Desktop, until
from jeepney.io.blocking import DBusConnection
from reader import ENABLED, FOCUSED, Ears, Gone, Node, programs
from tree import tree

TABS = 80  # presses after which a part counts as out of reach
MARGIN, NOTCHES = 60, 30  # at the foot of the window; of the wheel
WEEKS = 6  # to look at ahead


class Coach:
    """Drives one process of coachdesk after the other, all on the same profile."""

    def __init__(self, desktop: Desktop, bus: DBusConnection, profile: Path, with_mouse: bool) -> None:
        self.desktop, self.profile = desktop, profile
        self._bus, self.with_mouse = bus, with_mouse
        self._ears = Ears(bus)
        self.said = desktop.home / f"{profile.parent.name}.txt"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program as an icon on the desktop would."""
        with self.said.open("ab") as said:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "coachdesk", "--profile", str(self.profile)],
                env=dict(self.desktop.environment),
                cwd=self.desktop.home,
                stdout=said,
                stderr=said,
            )

    def quit(self) -> int:
        """Close the window as the window manager does; the exit code."""
        assert self.running is not None
        self.desktop.press("alt+F4")
        return self.running.wait(20)

    def sees(self, name: str, *roles: str) -> Node:
        """The part of that name, once it shows."""
        found = until(lambda: self._lives() and self._find(name, roles), f"{name!r} as {roles or 'anything'}")
        assert isinstance(found, Node)
        return found

    def reads(self, words: str, *roles: str) -> None:
        """Wait until these words stand somewhere on the screen, or in a part of that role."""
        until(
            lambda: self._lives() and any(words in each for each in self._names(*roles)),
            f"the words {words!r}",
        )

    def go_to(self, name: str, *roles: str) -> Node:
        """Have the keyboard in the part of that name."""
        part = self.sees(name, *roles)
        if self.with_mouse:
            self._roll_to(part)
            self.desktop.click(*part.centre)
            until(lambda: part.is_(FOCUSED), f"the focus in {name!r}")
            return part
        if part.is_(FOCUSED):
            return part
        for _ in range(TABS):
            here = self._ears.focus_after(lambda: self.desktop.press("Tab"))
            if here == part:
                return part
        raise AssertionError(f"{name!r} cannot be reached with Tab")

    def fill(self, name: str, words: str) -> None:
        """Type into a field, over what stands in it."""
        field = self.go_to(name, "text", "password text")
        self.desktop.press("ctrl+a")
        self.desktop.type(words)
        until(lambda: len(field.text) == len(words), f"what was typed into {name!r}")

    def click(self, name: str, *roles: str) -> None:
        self.desktop.click(*self.sees(name, *roles).centre)

    def press(self, name: str) -> None:
        """Press a button, once it can be."""
        part = self.sees(name, "push button")
        until(lambda: part.is_(ENABLED), f"{name!r} to be of use")
        if self.with_mouse:
            self.desktop.click(*part.centre)
        else:
            self.go_to(name, "push button")
            self.desktop.press("space")

    def ask_for(self, name: str, *keys: str) -> None:
        """Press a button, or the keys of its command."""
        if self.with_mouse:
            self.press(name)
        else:
            self.sees(name, "push button")
            self.desktop.press(*keys)

    def search(self, words: str, found: str) -> None:
        """Look for something in the one box, and open what is found first."""
        box = self.sees("Search or jump to", "text")
        if self.with_mouse:
            self.desktop.click(*box.centre)
        else:
            self.desktop.press("ctrl+k")
        until(lambda: box.is_(FOCUSED), "the caret in the search box")
        self.desktop.type(words)
        until(lambda: box.text == words, "what is sought in its box")
        self.reads(found, "list item")
        self.desktop.press("Return")

    def turn_to_week_of(self, event: str) -> str:
        """Go from week to week until an event shows; its whole name."""
        for _ in range(WEEKS):
            names = self._names()
            week = next((name for name in names if name.startswith("Calendar, ")), "")
            for name in names:
                if name.startswith(event):
                    return name
            self.ask_for("Next week", "Next")
            until(lambda week=week: week not in self._names(), "another week")
        raise AssertionError(f"not within {WEEKS} weeks: {event!r}")

    def show_page(self, name: str, key: str) -> None:
        """Go to a page by the sidebar, or by its key."""
        entry = self.sees(name, "list item")
        if self.with_mouse:
            self.desktop.click(*entry.centre)
        else:
            self.desktop.press(key)

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog."""
        self.sees("File name:", "text")
        self.desktop.type(str(path))
        self.desktop.press("Return")

    def save_into(self, folder: Path) -> Path:
        """Type a folder into the file dialog, before the name it suggests."""
        path = folder / self.sees("File name:", "text").text
        self.desktop.press("ctrl+a")
        self.choose_file(path)
        return path

    def unlock(self, passphrase: str) -> None:
        self.sees("Unlock", "push button")
        self.fill("Passphrase", passphrase)
        self.desktop.press("Return")
        self.sees("Lock now", "push button")

    def _lives(self) -> bool:
        assert self.running is not None
        ended = self.running.poll()
        assert ended is None, f"the program ended with {ended}: {self.said.read_text()}"
        return True

    def _roll_to(self, part: Node) -> None:
        """Turn the wheel until a part of a long page can be seen."""
        x, y, width, height = self.sees("coachdesk", "filler").room
        middle, foot = (x + width // 2, y + height * 3 // 4), y + height - MARGIN
        for _ in range(NOTCHES):
            if part.centre[1] < foot:
                return
            self.desktop.roll(*middle)
        raise AssertionError("the wheel does not bring it into view")

    def _find(self, name: str, roles: tuple[str, ...]) -> Node | None:
        found = (node for said, role, node in self._parts() if said == name and (not roles or role in roles))
        return next(found, None)

    def _stand(self, words: str, roles: tuple[str, ...]) -> bool:
        return any(words in name for name in self._names(*roles))

    def _names(self, *roles: str) -> list[str]:
        return [name for name, role, _node in self._parts() if not roles or role in roles]

    def _parts(self) -> list[tuple[str, str, Node]]:
        """The name and the role of everything that shows."""
        try:
            window = next((each for each in programs(self._bus) if each.name == "coachdesk"), None)
            below = tree(self._bus, window.owner, window.path).below() if window else ()
            return [(part.name, part.role, Node(self._bus, part.owner, part.path)) for _way, part in below]
        except (Gone, TimeoutError):
            return []
