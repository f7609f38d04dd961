"""The table of measurements, made by `python3 packaging/dev.py bench [rows …]`."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from day import calendar, tapping, typing, visiting
from display import private_display
from growth import growth
from machine import Measured, description
from quickly import quick
from saving import save
from scene import Scene
from searching import search
from start import start
from summing_up import summary
from working import backing_up, building, jumping, roster, switching, unlock

ROWS: dict[str, Callable[[Scene], Iterable[Measured]]] = {
    "start": start,
    "unlock": unlock,
    "quick": quick,
    "search": search,
    "typing": typing,
    "tap": tapping,
    "visit": visiting,
    "week": calendar,
    "save": save,
    "box": jumping,
    "roster": roster,
    "switch": switching,
    "summary": summary,
    "backup": backing_up,
    "sample": building,
}

OPT_IN: dict[str, Callable[[Scene], Iterable[Measured]]] = {"growth": growth}  # takes many minutes


def main(wanted: Sequence[str]) -> int:
    """Print one line for each measurement of the wanted rows, or of all; 1 if a bound is missed."""
    rows = ROWS | OPT_IN
    unknown = [name for name in wanted if name not in rows]
    if unknown:
        print(f"No such row: {', '.join(unknown)}. There are: {', '.join(rows)}.", file=sys.stderr)
        return 2
    print(f"{description()}\n", flush=True)
    print("| what | peer, same run | measured | bound | |\n|---|---|---|---|---|", flush=True)
    kept = True
    with private_display() as display, tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder), display)
        for name in wanted or ROWS:
            for line in rows[name](scene):
                verdict = "kept" if line.kept else "**missed**"
                print(f"| {line.what} | {line.peer} | {line.ours} | {line.bound} | {verdict} |", flush=True)
                kept &= line.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
