"""A disk as a power cut may leave it: rebuilt from the calls that a program made, cut off anywhere.

    program = Recorded(folder, work, "words")    # runs `work(folder, "words")` in a process of its own
    for disk in program.cuts(1000, chance):      # each a cut at a random call
        disk.lay(fresh)                          # the files that were left, in the folder `fresh`
        disk.said                                # what the program had said by `said(…)` before the cut

The model, as of a journalling file system on an honest drive: what a file holds is safe after an fsync of
that file; names (created, removed, moved) are safe after an fsync of their folder, else as many of them as a
random moment of the file system's own journal took. Of what was written and not flushed any part may have
arrived, in any order, a write itself torn at a sector of 512 bytes. The fsync of a new file makes its name
safe too.
"""

import os
import random
import struct
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shim import compiled

SECTOR = 512
_HEAD = struct.Struct("<cHHqI")
_ARRIVE = (0.0, 0.1, 0.5, 0.9, 1.0)  # how much of what was not flushed, from one cut to the next
_TORN = 0.3


@dataclass(frozen=True)
class Call:
    """One call that changed the folder: C(reate), W(rite), T(runcate), S(ync), U(nlink), R(ename), L(ink);
    or A, by which the program said something."""

    kind: str
    name: str
    other: str
    at: int
    data: bytes


@dataclass
class Disk:
    """The files that a cut left, by their path below the folder; and what had been said."""

    files: dict[str, bytes]
    said: list[str]

    def lay(self, folder: Path) -> None:
        """Write the files into `folder`."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(content)
            path.chmod(0o600)


class Recorded:
    """What `work` did to `folder` and said meanwhile. What lies there before counts as safe.

    `work(folder, *words)` runs in a process of its own; what it raises fails it. Raises CannotRun without a C
    compiler.
    """

    def __init__(self, folder: Path, work: Callable[..., None], *words: str) -> None:
        self._folder = folder
        self._before = {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        log = folder.with_name(f"{folder.name}.calls")
        code = "import importlib, pathlib, sys; m, w, f, *rest = sys.argv[1:]; "
        code += "getattr(importlib.import_module(m), w)(pathlib.Path(f), *rest)"
        subprocess.run(
            [sys.executable, "-c", code, work.__module__, work.__name__, str(folder), *words],
            env={**os.environ, **preloaded(folder, log), "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
        )
        self.calls = _read(log, folder)
        log.unlink()

    def cuts(self, times: int, chance: random.Random) -> Iterator[Disk]:
        """Disks after cuts at random calls; the last after all that was said."""
        for left in reversed(range(times)):
            yield self.cut(chance.randint(1, len(self.calls)) if left else len(self.calls), chance)

    def cut(self, at: int, chance: random.Random) -> Disk:
        """The disk after a cut behind call number `at`."""
        state = _State()
        for name, content in self._before.items():
            state.safe[name] = state.born(name)
            state.content[state.safe[name]] = bytearray(content)
        for call in self.calls[:at]:
            state.do(call)
        return state.cut(chance)


def preloaded(folder: Path, log: Path | None = None) -> dict[str, str]:
    """The environment in which calls below `folder` are written to `log`, and fail when asked."""
    shim = compiled("filecalls", folder.parent)
    outside = {"LD_PRELOAD": str(shim), "CALLS_UNDER": str(folder)}
    return {**outside, "CALLS_LOG": str(log)} if log else outside


def said(what: str) -> None:
    """Note among the calls that the program has said `what`: for what it promises from here on."""
    name = what.encode()
    handle = os.open(os.environ["CALLS_LOG"], os.O_WRONLY | os.O_APPEND)
    os.write(handle, _HEAD.pack(b"A", len(name), 0, 0, 0) + name)
    os.close(handle)


def _read(log: Path, folder: Path) -> list[Call]:
    content, calls, at = log.read_bytes(), [], 0
    while at < len(content):
        kind, length, other, offset, size = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        texts = content[at : at + length].decode(), content[at + length : at + length + other].decode()
        at += length + other
        size = size if kind == b"W" else 0
        names = texts if kind == b"A" else (text and _below(text, folder) for text in texts)
        calls.append(Call(kind.decode(), *names, offset, content[at : at + size]))
        at += size
    return calls


def _below(name: str, folder: Path) -> str:
    """The path below `folder`; of the folder itself a dot."""
    return os.path.relpath(name, folder)


Names = tuple[str, str, int | None]  # a name that goes, one that comes, and the file it is of


def _folders(names: Names) -> set[str]:
    """The folders in which names changed; of the folder itself a dot."""
    return {str(Path(name).parent) for name in names[:2] if name}


@dataclass
class _State:
    """Files have numbers, so that a name can pass from one to another."""

    content: dict[int, bytearray] = field(default_factory=dict)
    safe: dict[str, int] = field(default_factory=dict)  # names that a cut leaves
    live: dict[str, int] = field(default_factory=dict)  # names as the program sees them
    unflushed: dict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    unnamed: list[Names] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def born(self, name: str) -> int:
        number = len(self.content)
        self.content[number] = bytearray()
        self.live[name] = number
        return number

    def do(self, call: Call) -> None:
        if call.kind == "A":
            self.said.append(call.name)
        elif call.kind == "C":
            self.unnamed.append(("", call.name, self.born(call.name)))
        elif call.kind in "WT" and call.name in self.live:
            self.unflushed[self.live[call.name]].append(call)
        elif call.kind == "S":
            self._flush(call.name)
        elif call.kind in "URL":
            self._name(call)

    def _name(self, call: Call) -> None:
        number = self.live.get(call.name)
        if call.kind != "L":
            self.live.pop(call.name, None)
        if call.kind != "U" and number is not None:
            self.live[call.other] = number
        gone = "" if call.kind == "L" else call.name
        self.unnamed.append((gone, call.other, number))

    def _flush(self, name: str) -> None:
        number = self.live.get(name)
        if number is None:
            self._settle([names for names in self.unnamed if name in _folders(names)])
            return
        for call in self.unflushed.pop(number, []):
            self._apply(number, call)
        births = [at for at, (gone, _come, file) in enumerate(self.unnamed) if file == number and not gone]
        self._settle(self.unnamed[: births[0] + 1] if births else [])

    def _settle(self, some: list[Names]) -> None:
        """These changed names are safe."""
        for names in some:
            gone, come, number = names
            self.safe.pop(gone, None)
            if come and number is not None:
                self.safe[come] = number
            self.unnamed.remove(names)

    def _apply(self, number: int, call: Call, size: int | None = None) -> None:
        content, data = self.content[number], call.data[:size]
        end = call.at + len(data)
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        if call.kind == "W":
            content[call.at : end] = data
        else:
            del content[call.at :]

    def cut(self, chance: random.Random) -> Disk:
        self._settle(self.unnamed[: chance.randint(0, len(self.unnamed))])
        arrives = chance.choice(_ARRIVE)
        for number, calls in self.unflushed.items():
            for call in calls:
                if chance.random() < arrives:
                    torn = len(call.data) > SECTOR and chance.random() < _TORN
                    self._apply(number, call, chance.randrange(0, len(call.data), SECTOR) if torn else None)
        return Disk({name: bytes(self.content[number]) for name, number in self.safe.items()}, self.said)
