"""The desk opened by one press: the key comes out of this computer's key store, a real one."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from display import until_painted  # noqa: E402 - the whole folder of tests is on the path only now
from machine import Measured, median  # noqa: E402
from scene import MORNING, Scene, told  # noqa: E402
from secret_service import key_store  # noqa: E402
from start import BARE  # noqa: E402

from coachdesk.services import keys  # noqa: E402

ROUNDS = 5
BUS = "DBUS_SESSION_BUS_ADDRESS"


def quick(scene: Scene) -> Iterator[Measured]:
    """*Open quickly* pressed until Today is painted, against the least that a window can be."""
    what = "quick unlock pressed → Today painted, 30 years of notes"
    if not shutil.which("gnome-keyring-daemon"):
        yield Measured(what, "", "not measured: there is no gnome-keyring", "≤ 2 ×", False)
        return
    profile = scene.folder / "quickly"
    shutil.copytree(scene.lifetime, profile)
    bare = median([until_painted(scene.display, BARE, scene.environment) for _ in range(ROUNDS + 1)][1:])
    store = scene.folder / "store"
    store.mkdir()
    with key_store(store) as address:
        _let_open(scene, profile, address)
        words = ("unlocking.py", profile, MORNING.isoformat(), "quickly")
        runs = [told(scene, *words, extra={BUS: address}) for _ in range(ROUNDS)]
    our = median([run["unlock"] for run in runs])
    said = f"{our:.0f} ms, {our / bare:.2f} ×"
    yield Measured(what, f"bare PySide6 window {bare:.0f} ms", said, "≤ 2 ×", our <= 2 * bare)


def _let_open(scene: Scene, profile: Path, address: str) -> None:
    """Have the key store at `address` open the vault in `profile`."""
    before = os.environ.pop(BUS, None)
    os.environ[BUS] = address
    desk = scene.open(profile)
    desk.keys.open_quickly(keys.store_of_this_computer())
    desk.close()
    os.environ.pop(BUS)
    if before is not None:
        os.environ[BUS] = before
