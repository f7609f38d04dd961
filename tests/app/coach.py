"""A coach at a real desktop: sees what is on the screen, and works with the mouse or with keys alone."""

import subprocess
import sys
from pathlib import Path

from desktop import Desktop, until
from jeepney.io.blocking import DBusConnection
from reader import FOCUSED, Ears, Gone, Node, programs

TABS = 80  # presses after which a part counts as out of reach


class Coach:
    """Drives one process of coachdesk after the other, all on the same profile."""

    def __init__(self, desktop: Desktop, bus: DBusConnection, profile: Path, with_mouse: bool) -> None:
        self.desktop, self.profile = desktop, profile
        self._bus, self._with_mouse = bus, with_mouse
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

    def reads(self, words: str) -> None:
        """Wait until these words stand somewhere on the screen."""
        until(lambda: self._lives() and any(words in each for each in self._names()), f"the words {words!r}")

    def go_to(self, name: str, *roles: str) -> Node:
        """Have the keyboard in the part of that name."""
        part = self.sees(name, *roles)
        if self._with_mouse:
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
        """Type into a field."""
        field = self.go_to(name, "text", "password text")
        self.desktop.type(words)
        until(lambda: len(field.text) == len(words), f"what was typed into {name!r}")

    def press(self, name: str) -> None:
        """Press a button."""
        if self._with_mouse:
            self.desktop.click(*self.sees(name, "push button").centre)
        else:
            self.go_to(name, "push button")
            self.desktop.press("space")

    def show_page(self, name: str, key: str) -> None:
        """Go to a page by the sidebar, or by its key."""
        entry = self.sees(name, "list item")
        if self._with_mouse:
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

    def _lives(self) -> bool:
        assert self.running is not None
        ended = self.running.poll()
        assert ended is None, f"the program ended with {ended}: {self.said.read_text()}"
        return True

    def _window(self) -> Node | None:
        return next((each for each in programs(self._bus) if each.name == "coachdesk"), None)

    def _find(self, name: str, roles: tuple[str, ...]) -> Node | None:
        try:
            window = self._window()
            for part in window.below() if window else ():
                if part.name == name and (not roles or part.role in roles):
                    return part
        except (Gone, TimeoutError):
            pass
        return None

    def _names(self) -> list[str]:
        try:
            window = self._window()
            return [part.name for part in window.below()] if window else []
        except (Gone, TimeoutError):
            return []
