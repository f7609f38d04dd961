"""This checkout, as the tests of the house read and copy it."""

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "build", "dist", "coachdesk-tour"
)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".typ",
    ".html",
    ".qss",
    ".svg",
    ".pyi",
    ".mako",
    ".ini",
    ".csv",
    ".txt",
    "",
}


def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def copied(target: Path) -> Path:
    """A copy of all that is ours, in the folder `target`."""
    shutil.copytree(ROOT, target, ignore=NOT_OURS)
    return target


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every text file of ours."""
    entries = list(folder.iterdir())
    ignored = NOT_OURS(str(folder), [entry.name for entry in entries])
    for entry in sorted(entries):
        if entry.name in ignored or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from text_files(entry)
        elif entry.suffix in TEXT:
            yield entry


def modules() -> Iterator[Path]:
    """Every module of the program."""
    return (path for path in text_files(ROOT / "coachdesk") if path.suffix == ".py")
