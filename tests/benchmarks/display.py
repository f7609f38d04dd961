"""A private X display, and the moment at which a process has painted its window on it."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy
from Xlib import X, error
from Xlib.display import Display
from Xlib.xobject.drawable import Window

SIZE = "1366x768x24"
PAINTED = 20  # so many pixels of another colour than the first
POLL = 0.001  # seconds between two looks
PATIENCE = 30.0  # seconds


class NotPainted(Exception):
    """The process ended, or painted nothing in time."""


@contextmanager
def private_display() -> Iterator[str]:
    """The name of an X server that only we use, with no window manager in it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        yield f":{os.read(read, 16).decode().strip()}"
    finally:
        os.close(read)
        server.terminate()
        server.wait()


def until_painted(name: str, words: Sequence[str | Path], env: Mapping[str, str]) -> float:
    """Start a process; the milliseconds until its window shows more than one colour. It is ended then.

    Raises:
        NotPainted: it ended first, or showed nothing in time.
    """
    display = Display(name)
    process = None
    try:
        began = time.perf_counter()
        process = subprocess.Popen(words, env={**env, "DISPLAY": name}, stdin=subprocess.DEVNULL)
        return (_watch(display, process, began + PATIENCE) - began) * 1000
    finally:
        if process is not None:
            process.kill()
            process.wait()
        _until_empty(display)
        display.close()


def _watch(display: Display, process: subprocess.Popen[bytes], deadline: float) -> float:
    while time.perf_counter() < deadline:
        if any(_is_painted(window) for window in _windows(display)):
            return time.perf_counter()
        with suppress(subprocess.TimeoutExpired):
            raise NotPainted(f"it ended with {process.wait(POLL)}")
    raise NotPainted("it showed no window in time")


def _until_empty(display: Display) -> None:
    """Wait until the server has cleared the windows of a process that was ended."""
    deadline = time.perf_counter() + PATIENCE
    while list(_windows(display)) and time.perf_counter() < deadline:
        display.sync()


def _windows(display: Display) -> Iterator[Window]:
    """Windows a person would see: top-level, mapped, larger than a tooltip."""
    with suppress(error.XError):
        for window in display.screen().root.query_tree().children:
            shape = window.get_geometry()
            mapped = window.get_attributes().map_state == X.IsViewable
            if mapped and shape.width >= 120 and shape.height >= 80:
                yield window


def _is_painted(window: Window) -> bool:
    """Whether a window shows more than one flat colour."""
    try:
        shape = window.get_geometry()
        picture = window.get_image(0, 0, shape.width, shape.height, X.ZPixmap, 0xFFFFFFFF)
    except error.XError:
        return False
    pixels = numpy.frombuffer(picture.data, dtype=numpy.uint32)
    return int((pixels != pixels[0]).sum()) > PAINTED
