"""A desktop of the test's own: X server, window manager, session bus; nothing of it is left behind."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

SIZE = (1366, 768)
PATIENCE = 20.0  # seconds
_PAUSE = 0.1
_never = Event()


def until(there: Callable[[], object], what: str, patience: float = PATIENCE) -> object:
    """What `there` answers, once it is something. Fails the test, naming `what`, if that takes too long."""
    deadline = monotonic() + patience
    while True:
        answer = there()
        if answer:
            return answer
        assert monotonic() < deadline, f"not seen within {patience:.0f} s: {what}"
        _never.wait(_PAUSE)


@dataclass(frozen=True)
class Desktop:
    """Its display, and the environment in which a program finds it."""

    display: Display
    environment: Mapping[str, str]
    home: Path

    def click(self, x: int, y: int) -> None:
        """Move the pointer there and press its first button."""
        self._press_at(x, y, 1)

    def roll(self, x: int, y: int) -> None:
        """Move the pointer there and turn the wheel by a notch, towards the end of the page."""
        self._press_at(x, y, 5)

    def type(self, words: str) -> None:
        self._xdotool("type", "--delay", "4", words)

    def press(self, *keys: str) -> None:
        """Press keys one after another, each as xdotool names it: "ctrl+l", "Tab"."""
        self._xdotool("key", "--delay", "4", *keys)

    def titles(self) -> set[str]:
        """The titles of the windows that are there."""
        root = self.display.screen().root
        listed = root.get_full_property(self.display.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        windows = (self.display.create_resource_object("window", number) for number in listed.value)
        return {str(window.get_wm_name()) for window in windows}

    def picture(self, path: Path) -> None:
        """What is on the screen now, for whoever looks at a failure."""
        subprocess.run(["import", "-window", "root", str(path)], env=self._env(), check=False)

    def _press_at(self, x: int, y: int, button: int) -> None:
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        for what in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self.display, what, button)
        self.display.sync()

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env(), check=True)

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """A desktop whose home and temporary files all lie in `folder`."""
    home = folder / "home"
    places = {"HOME": home, "TMPDIR": home / "tmp", "XDG_RUNTIME_DIR": home / "run"}
    for place in places.values():
        place.mkdir(mode=0o700, parents=True)
    with ExitStack() as stack:
        base = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            **{name: str(at) for name, at in places.items()},
        }
        number = _display(stack, base)
        base["DISPLAY"] = f":{number}"
        base["DBUS_SESSION_BUS_ADDRESS"] = _bus(stack, base)
        display = Display(f":{number}")
        stack.callback(display.close)
        _run(stack, ["openbox", "--sm-disable"], base)
        until(lambda: _has_window_manager(display), "the window manager")
        base |= {"QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": "generic"}  # no portal is asked
        base |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONFAULTHANDLER": "1"}
        yield Desktop(display, base, home)


def _display(stack: ExitStack, base: Mapping[str, str]) -> int:
    """An X server that picks a free number by itself."""
    read, write = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(write),
        "-screen",
        "0",
        f"{SIZE[0]}x{SIZE[1]}x24",
        "-nolisten",
        "tcp",
    ]
    _run(stack, command, base, (write,))
    os.close(write)
    with os.fdopen(read) as told:
        return int(told.readline())


def _bus(stack: ExitStack, base: Mapping[str, str]) -> str:
    read, write = os.pipe()
    _run(stack, ["dbus-daemon", "--session", "--nofork", f"--print-address={write}"], base, (write,))
    os.close(write)
    with os.fdopen(read) as told:
        return told.readline().strip()


def _run(
    stack: ExitStack, command: list[str], environment: Mapping[str, str], passed: tuple[int, ...] = ()
) -> None:
    assert shutil.which(command[0]), f"{command[0]} is not installed"
    running = subprocess.Popen(
        command, env=dict(environment), pass_fds=passed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def end() -> None:
        running.terminate()
        running.wait(10)

    stack.callback(end)


def _has_window_manager(display: Display) -> bool:
    check = display.intern_atom("_NET_SUPPORTING_WM_CHECK")
    return display.screen().root.get_full_property(check, X.AnyPropertyType) is not None
