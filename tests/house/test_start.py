"""What may be in memory before the lock screen is painted: the start is measured against a bare window."""

import json
import subprocess
import sys
from pathlib import Path

from checkout import ROOT

LATER = {
    "alembic",
    "asyncio",
    "cryptography",
    "keyring",
    "nacl",
    "openpyxl",
    "pydantic",
    "pypdf",
    "sqlalchemy",
    "sqlcipher3",
    "sqlmodel",
    "typst",
    "zxcvbn",
}
"""Libraries that wait until the lock screen has been painted."""

PROGRAM = """
import json, os, sys
from pathlib import Path
from coachdesk import app, paths, settings
from coachdesk.ui.handover import Handover, Start

def tell():
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)

profile = Path(sys.argv[1])
place = paths.folders(profile)
place.vault.write_bytes(b"locked")
running = app.make_app(settings.load(place.settings))
program = app.Program(place, Start(profile), Handover(), print)
program.shell.painted.connect(tell)
program.begin()
running.exec()
"""


def loaded_when_painted(profile: Path, before: str = "") -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-P", "-c", before + PROGRAM, str(profile)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_the_lock_screen_is_painted_before_anything_slow_is_fetched(tmp_path: Path) -> None:
    loaded = loaded_when_painted(tmp_path)
    assert "coachdesk.ui.gate.unlock" in loaded
    assert {name.split(".")[0] for name in loaded} & LATER == set()
    assert [name for name in loaded if name.startswith(("coachdesk.services", "coachdesk.store"))] == []
    assert [name for name in loaded if name.startswith("coachdesk.ui.screens")] == []


def test_something_slow_would_be_noticed(tmp_path: Path) -> None:
    loaded = loaded_when_painted(tmp_path, before="import coachdesk.ui.inside")
    assert {"sqlalchemy", "pydantic", "coachdesk.ui.screens"} <= loaded


SOURCES = "import linecache; from coachdesk import app; print(len(linecache.cache))"
"""How many modules' source is in memory once the program is."""


def sources_kept(before: str = "") -> int:
    answer = subprocess.run(
        [sys.executable, "-P", "-c", before + SOURCES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(answer.stdout)


def test_qt_does_not_keep_the_source_of_every_module_in_memory() -> None:
    assert sources_kept() < 10


def test_sources_in_memory_would_be_noticed() -> None:
    assert sources_kept(before="import PySide6.QtCore; ") > 50
