"""Drafts that could not be written: sealed then, offered again once the vault opens."""

import importlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from coachdesk.store.drafts import Drafts

log = logging.getLogger(__name__)
HOME = "coachdesk.services."


@dataclass(frozen=True)
class Rescued:
    """A command that was not done and what it was to be done with; dates and keys among `args` are text."""

    path: Path
    command: Callable[..., Any]
    args: tuple[Any, ...]

    def __repr__(self) -> str:
        return f"Rescued({self.command.__name__})"


def packed(command: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    """A command and its arguments as bytes, to be sealed."""
    said = {"module": command.__module__, "name": command.__name__, "args": to_jsonable_python(args)}
    return json.dumps(said).encode()


def rescued(drafts: Drafts) -> list[Rescued]:
    """The sealed drafts that still mean something to this version."""
    opened = (_unpacked(path, content) for path, content in drafts.found())
    return [draft for draft in opened if draft]


def _unpacked(path: Path, content: bytes) -> Rescued | None:
    said = json.loads(content)
    command = _command(said["module"], said["name"])
    if command is None:
        log.warning("draft-of-another-version")
        return None
    return Rescued(path, command, tuple(said["args"]))


def _command(module: str, name: str) -> Callable[..., Any] | None:
    try:
        return getattr(importlib.import_module(module), name, None) if module.startswith(HOME) else None
    except ModuleNotFoundError:
        return None
