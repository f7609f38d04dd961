"""The two commands of a fresh machine, where they cannot do their work."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT

OUTSIDE = {"PATH": os.defpath, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout that has never been set up."""
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def dev(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, place / "packaging" / "dev.py", *words],
        cwd=place,
        env={**OUTSIDE, "HOME": str(place)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", [[], ["dance"]])
def test_a_word_it_does_not_know_is_answered_with_those_it_does(words: list[str], fresh: Path) -> None:
    answer = dev(fresh, *words)
    assert answer.returncode == 2
    assert "packaging/dev.py run" in answer.stderr and "packaging/dev.py test" in answer.stderr


def test_without_a_network_it_says_what_to_do_and_an_environment_left_half_made_is_no_obstacle(
    fresh: Path,
) -> None:
    (fresh / ".venv" / "bin").mkdir(parents=True)
    (fresh / ".venv" / "bin" / "python").write_text("not a program", encoding="utf-8")
    answer = dev(fresh, "run")
    assert answer.returncode == 1
    assert "connect to the internet" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (fresh / ".venv" / "coachdesk-stamp.json").exists()


def test_the_readme_shows_exactly_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^python3 packaging/dev\.py (\w+)$", readme, re.MULTILINE)
    assert shown == ["run", "test"]
