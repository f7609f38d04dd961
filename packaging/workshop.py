"""The commands of `dev.py`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import environment
import system

USAGE = """\
python3 packaging/dev.py run [words …]     set coachdesk up and start it; the words are passed on to it
python3 packaging/dev.py test [words …]    set up, run every check and test; the words are passed on to pytest
python3 packaging/dev.py bench [rows …]    set up and print the table of measurements
python3 packaging/dev.py reliability [--full] [R1 …]   set up and print the reliability table
python3 packaging/dev.py attacks [years]   set up and print what a principal could prove from the pages
python3 packaging/dev.py coverage   set up and print the branches that no test takes where none may be left"""

TOUR = "coachdesk-tour"
SPREAD = ("-n", str((os.cpu_count() or 1) + 2), "--dist", "worksteal")  # two more than cores: many tests wait
PLAIN = {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_PLATFORMTHEME": "generic"}  # no desktop's portal is asked
MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30  # bytes


def main(words: Sequence[str]) -> int:
    """Do the command in the first word; the exit code is that of what was run."""
    commands = {
        "run": run,
        "test": test,
        "bench": bench,
        "reliability": reliability,
        "attacks": attacks,
        "coverage": coverage,
    }
    if not words or words[0] not in commands:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return commands[words[0]](words[1:])
    except environment.NotReady as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(words: Sequence[str]) -> int:
    """Set up, then become coachdesk; without a display and without words, make its tour instead."""
    _set_up(environment.RUN, system.libraries_missing())
    if words or _has_display():
        return _become_coachdesk(words)
    print(f"There is no display here, so coachdesk makes a tour of itself in ./{TOUR}/", flush=True)
    return _coachdesk(["tour", "--out", TOUR])  # it names what it made


def test(words: Sequence[str]) -> int:
    """Set up, then every check and the tests, all of them even where one fails.

    Without words the quick tier of the reliability table follows.
    """
    _set_up(environment.TEST, [*system.libraries_missing(), *system.programs_missing()])
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "import contracts": ["lint-imports"],
    }
    passed = [_check(name, str(environment.BIN / step[0]), *step[1:]) for name, step in checks.items()]
    with tempfile.TemporaryDirectory() as runtime:
        outside = {"XDG_RUNTIME_DIR": runtime, **PLAIN, **_in_memory(), **os.environ}
        outside.pop("PYTHONDONTWRITEBYTECODE", None)  # what one of many Pythons compiles is for all of them
        tests = _on_a_bus([str(environment.PYTHON), "-m", "pytest", *SPREAD, *words])
        passed.append(_step("tests", tests, outside))
    if not words:
        passed.append(_step("reliability", [str(environment.PYTHON), str(_table("reliability"))], os.environ))
    print("All is well." if all(passed) else "Not all is well: see above.", flush=True)
    return 0 if all(passed) else 1


def bench(words: Sequence[str]) -> int:
    """Set up, then print the measurements as a table; 1 where a bound is missed."""
    _set_up(environment.TEST, [*system.libraries_missing(), *system.programs_missing()])
    return subprocess.run([environment.PYTHON, _table("benchmarks"), *words], check=False).returncode


def reliability(words: Sequence[str]) -> int:
    """Set up, then print what holds when things go wrong, as a table; 1 where a bound is missed."""
    fuller = system.programs_missing(system.FULLER) if "--full" in words else []
    _set_up(environment.TEST, [*system.libraries_missing(), *system.programs_missing(), *fuller])
    return subprocess.run([environment.PYTHON, _table("reliability"), *words], check=False).returncode


def attacks(words: Sequence[str]) -> int:
    """Set up, then print the attacks on the page, counted; 1 where one finds something."""
    _set_up(environment.TEST, system.libraries_missing())
    return subprocess.run([environment.PYTHON, _table("disclosure"), *words], check=False).returncode


def coverage(_words: Sequence[str]) -> int:
    """Set up, then test the modules that pyproject.toml names for `coverage`; 1 where a branch is missed."""
    _set_up(environment.TEST, [*system.libraries_missing(), *system.programs_missing()])
    tests = [f"tests/{name}" for name in ("disclosure", "store", "services")]
    with tempfile.TemporaryDirectory() as folder:
        outside = {**PLAIN, **_in_memory(), **os.environ, "COVERAGE_FILE": str(Path(folder, "coverage"))}
        measured = [str(environment.PYTHON), "-m", "coverage"]
        passed = _step("tests", _on_a_bus([*measured, "run", "-m", "pytest", "-n", "0", *tests]), outside)
        return 0 if _step("every branch", [*measured, "report"], outside) and passed else 1


def _in_memory() -> dict[str, str]:
    """Where the tests put their files, if there is room for them in memory: no flush is waited for there."""
    if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return {"TMPDIR": str(MEMORY)}
    return {}


def _table(name: str) -> Path:
    """What prints a table when Python is given it."""
    return environment.ROOT / "tests" / name


def _set_up(lock: str, missing: Sequence[str]) -> None:
    ready = environment.is_ready(lock)
    system.provide([*([] if ready else system.venv_missing()), *missing])
    if not ready:
        if system.venv_missing():
            raise environment.NotReady("This Python cannot make a virtual environment: see the line above.")
        environment.make(lock)


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _become_coachdesk(words: Sequence[str]) -> int:
    """Where the system can, this process turns into coachdesk: signals and the terminal are then its own."""
    if os.name != "nt":
        os.execv(environment.PYTHON, [str(environment.PYTHON), "-P", "-m", "coachdesk", *words])
    return _coachdesk(words)


def _coachdesk(words: Sequence[str]) -> int:
    return subprocess.run([environment.PYTHON, "-P", "-m", "coachdesk", *words], check=False).returncode


def _on_a_bus(words: list[str]) -> list[str]:
    """With a session bus of its own where there is one to be had, or Qt leaves a stray one behind."""
    return ["dbus-run-session", "--", *words] if shutil.which("dbus-run-session") else words


def _check(name: str, *words: str) -> bool:
    """A step that is only heard where it fails."""
    began = time.perf_counter()
    answer = subprocess.run(words, cwd=environment.ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        print(answer.stdout + answer.stderr, flush=True)
    return _told(name, answer.returncode, began)


def _step(name: str, words: Sequence[str], outside: Mapping[str, str]) -> bool:
    """A step that is heard as it goes; `outside` is its environment."""
    began = time.perf_counter()
    code = subprocess.run(words, cwd=environment.ROOT, env=outside, check=False).returncode
    return _told(name, code, began)


def _told(name: str, code: int, began: float) -> bool:
    verdict = "passed" if code == 0 else f"FAILED (exit {code})"
    print(f"{name:<18}{verdict:<18}{time.perf_counter() - began:6.1f} s", flush=True)
    return code == 0
