"""What the page "What leaves" says is true: no connection is opened, and no file is written that it lacks."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import coachdesk

OURS = Path(coachdesk.__file__).parent
NETWORK = (
    *(
        "socket",
        "ssl",
        "http",
        "urllib.request",
        "ftplib",
        "smtplib",
        "poplib",
        "imaplib",
        "telnetlib",
        "xmlrpc",
    ),
    *("socketserver", "asyncio", "requests", "httpx", "aiohttp", "webbrowser"),
    *("PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"),
)
LOCAL_ONLY = {"ui/asked_to_end.py", "ui/one_window.py"}
"""Modules that talk within this computer: a signal to its own process, a second start to the first window."""

SAVING = {"services/departures.py", "services/archive.py", "ui/sheet_view.py"}
"""Who writes a file where the coach wants it: `departures.save`, which writes it down; what unpacks an
archive, as the page says; the view of a sheet, which tells whoever shows it: there may be no vault yet."""

WALK = """
import os, socket, sys, tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # what Python keeps of our modules is not the program's doing
made, asked = [], set()
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def heard(event, args):
    if event == "open":
        path, mode, flags = args
        if isinstance(path, (str, bytes, os.PathLike)) and (flags or 0) & WRITES:
            made.append(os.fsdecode(path))
    elif event in ("os.rename", "shutil.copyfile"):
        made.append(os.fsdecode(args[1]))
    elif event == "socket.connect":
        asked.add(repr(args[1])[:80])


tempfile.gettempdir()  # finding it tries to write there: the walk's own folder, not the program's
sys.addaudithook(heard)
from contextlib import closing
from datetime import date
from coachdesk.services.sample.book import Shape
from coachdesk.ui import tour
from coachdesk.ui.walk import settle, walk

planted = sys.argv[1:]
with tour._trip(Shape(tour.school_day(date.today()), **tour.SMALL), tour.WINDOW) as trip:
    root = str(trip.folder)
    with closing(walk(trip)) as stops:
        for _stop in stops:
            settle()
            if planted:
                Path(planted[0]).write_text("x")
                socket.socket(socket.AF_UNIX).connect_ex(planted[0])
                break
outside = sorted({path for path in made if not path.startswith(root) and path != os.devnull})
print("CONNECTED", *sorted(asked), sep="\\n")
print("OUTSIDE", *outside, sep="\\n")
print("LEFT", *sorted({Path(p).parent.name for p in made if p.startswith(root)}), sep="\\n")
"""


@cache
def imported(path: Path) -> set[str]:
    """The modules that a module names, with what it takes from them, as dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def reaching_out(folder: Path) -> list[str]:
    """Modules below `folder` that could open a connection to somewhere else."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if any(f"{name}.".startswith(f"{one}.") for name in imported(path) for one in NETWORK)
    )


def test_no_module_of_ours_can_open_a_connection():
    assert set(reaching_out(OURS)) <= LOCAL_ONLY


@pytest.mark.parametrize(
    "line", ["import socket", "from urllib.request import urlopen", "from PySide6 import QtNetwork"]
)
def test_a_planted_connection_would_be_found(tmp_path, line):
    (tmp_path / "sender.py").write_text(f"def send():\n    {line}\n")
    assert reaching_out(tmp_path) == ["sender.py"]


def saving(folder: Path) -> list[str]:
    """Modules below `folder` that write files by `saving.save`, whatever they call it."""
    found = []
    for path in folder.rglob("*.py"):
        names = imported(path)
        if {"coachdesk.services.saving", "coachdesk.services.saving.save"} & names:
            found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def test_what_is_saved_for_the_coach_is_written_down_as_it_leaves():
    assert set(saving(OURS)) == SAVING


def test_a_planted_way_out_would_be_found(tmp_path):
    (tmp_path / "quietly.py").write_text("from coachdesk.services import saving as s\n")
    (tmp_path / "more_quietly.py").write_text("from coachdesk.services.saving import save\n")
    assert saving(tmp_path) == ["more_quietly.py", "quietly.py"]


def walk(*words):
    """The command of a walk past the whole window that listens to itself."""
    return [sys.executable, "-c", WALK, *words]


def heard(said):
    """What that walk said: what it connected to, wrote outside its folder, and wrote within it."""
    connected, _, rest = said.partition("OUTSIDE\n")
    outside, _, within = rest.partition("LEFT\n")
    return connected.split("\n")[1:-1], outside.splitlines(), within.splitlines()


def test_a_file_written_elsewhere_and_a_connection_would_be_noticed(tmp_path):
    ran = subprocess.run(walk(str(tmp_path / "elsewhere.txt")), capture_output=True, text=True, check=True)
    connected, outside, _within = heard(ran.stdout)
    assert str(tmp_path / "elsewhere.txt") in outside
    assert connected == [repr(str(tmp_path / "elsewhere.txt"))[:80]]
