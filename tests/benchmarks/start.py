"""Process start until the lock screen is painted, against the least that PySide6 can be."""

import sys
from collections.abc import Iterator
from pathlib import Path

from display import until_painted
from machine import Measured, median
from scene import Scene

ROUNDS = 9
BARE = (sys.executable, Path(__file__).with_name("bare.py"))


def start(scene: Scene) -> Iterator[Measured]:
    """Both take turns on the same display; the first round only warms the disk's cache."""
    profile, _ = scene.sample("small")
    ours = [sys.executable, "-P", "-m", "coachdesk", "--profile", str(profile)]
    bare_ms, our_ms = [], []
    for _ in range(ROUNDS + 1):
        bare_ms.append(until_painted(scene.display, BARE, scene.environment))
        our_ms.append(until_painted(scene.display, ours, scene.environment))
    bare, our = median(bare_ms[1:]), median(our_ms[1:])
    yield Measured(
        "start → lock screen painted",
        f"bare PySide6 window {bare:.0f} ms",
        f"{our:.0f} ms, {our / bare:.2f} ×",
        "≤ 1.3 ×",
        our <= 1.3 * bare,
    )
