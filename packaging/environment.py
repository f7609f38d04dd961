"""The virtual environment in `.venv`: made once, brought up to date when a lock file changes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
BIN = FOLDER / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = FOLDER / "coachdesk-stamp.json"

RUN = "requirements.lock"
TEST = "requirements-dev.lock"
"""The lock files. What the second names holds all of the first, version for version."""

SETTLED = "a folder of downloaded wheels in PIP_FIND_LINKS or a package index in PIP_INDEX_URL"


class NotReady(Exception):
    """The environment could not be made; the text says in one sentence what to do."""


def is_ready(lock: str) -> bool:
    """Whether `.venv` already holds what `lock` names, for this Python."""
    stamp = _stamp()
    satisfying = {_digest(lock), _digest(TEST)}
    return PYTHON.exists() and stamp.get("python") == sys.version and stamp.get("lock") in satisfying


def make(lock: str) -> None:
    """Create `.venv` if need be and install what `lock` names, checked against its hashes.

    The stamp is written last: what was interrupted is done again.
    """
    STAMP.unlink(missing_ok=True)
    if not _works():
        _create()
    print(f"Fetching what coachdesk is built on ({lock}): about half a minute.", flush=True)
    _fetch(lock)
    _link()
    _run([PYTHON, "-m", "compileall", "-q", ROOT / "coachdesk"], "coachdesk could not be compiled")
    _write_stamp(lock)


def _works() -> bool:
    """Whether `.venv` is of the Python that runs this, and has pip."""
    asked = [str(PYTHON), "-c", "import pip, sys; print(sys.version)"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == sys.version


def _create() -> None:
    print(f"Making a virtual environment in {FOLDER.name}", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    _run([sys.executable, "-m", "venv", FOLDER], "The virtual environment could not be made")


def _fetch(lock: str) -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    wanted = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / "packaging" / lock)]
    _run(
        [*pip, *wanted],
        f"The parts coachdesk is built on could not be fetched: connect to the internet, or name {SETTLED}, "
        "and type the same line again",
    )


def _link() -> None:
    """Let the environment find coachdesk here: a line in a path file, so nothing has to be built."""
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    purelib = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    (Path(purelib) / "coachdesk-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def _run(words: Sequence[str | Path], complaint: str) -> None:
    answer = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if answer.returncode:
        said = [line for line in answer.stderr.splitlines() if line.strip()] or [f"exit {answer.returncode}"]
        cause = next((line for line in said if line.startswith("ERROR")), said[-1])
        raise NotReady(f"{complaint}. ({cause.strip()})")


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "packaging" / lock).read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        read = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) and read.get("root") == str(ROOT) else {}


def _write_stamp(lock: str) -> None:
    written = {"python": sys.version, "root": str(ROOT), "lock": _digest(lock)}
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(written), encoding="utf-8")
    fresh.replace(STAMP)
