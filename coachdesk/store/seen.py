"""What this computer last saved of each vault, kept outside the vault's folder.

A syncing program, or somebody, may put an older copy in the vault's place, or the folder may be copied and
both used. Each opens and holds together: only a memory that did not go with it can tell. Beside how far the
vault came it has the number of the last turn this computer took at saving it, and the vault itself has that
number too (`Turn`): one that lacks the last turn was not made from what was saved here.

It is written now and then and without waiting for the disk: what is lost of it makes it say less, never
something wrong.
"""

import json
import logging
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coachdesk.errors import OlderCopy, OtherCopy, PartedCopy, VaultError
from coachdesk.paths import Folders
from coachdesk.store import files, key_file, lock
from coachdesk.store.parts import key_path, lock_path

log = logging.getLogger(__name__)

NAME = "seen-{vault}.json"
LARGEST = 1 << 20
MOST = 8  # folders of one vault that are remembered
_TURN = "turn {computer}"
_LINE = "line"
_WRITE = "INSERT OR REPLACE INTO main.vault_about (name, value) VALUES (?, ?)"


class Last(BaseModel):
    """The generation that was saved last, when, where, and in which turn. With `older` what is not made from
    it was asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    generation: int
    at: str = ""
    older: bool = False
    turn: int = 0
    folder: str = ""


class _Seen(BaseModel):
    """All about one vault: the `folders` it was opened in, and the copies that are kept `apart`, by folder,
    with the names of their `lines`.

    By `computer` the vault knows whose turns it has.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    computer: str = Field(default_factory=lambda: secrets.token_hex(8))
    last: Last | None = None
    folders: list[str] = []
    apart: dict[str, Last] = {}
    lines: dict[str, str] = {}


class Turn:
    """The turns of this computer at saving one vault: the first save after opening it begins another.

    It writes the `line` into the vault as well, where this is one of two copies that are kept apart.
    """

    def __init__(self, computer: str, about: Mapping[str, bytes], last: Last | None, line: str = "") -> None:
        """`about` is what the vault knows of itself. A computer that cannot remember takes no turns."""
        self._line = line.encode() if line.encode() != about.get(_LINE) else b""
        self._name = _TURN.format(computer=computer)
        self.number = int.from_bytes(about.get(self._name, b""), "big")  # what the vault has
        self._next = max(self.number, last.turn if last else 0) + 1 if computer else self.number

    def write(self, connection: sqlcipher.Connection) -> None:
        """In each transaction: what the vault is to know."""
        if self.number != self._next:
            connection.execute(_WRITE, (self._name, self._next.to_bytes(8, "big")))
        if self._line:
            connection.execute(_WRITE, (_LINE, self._line))

    @property
    def begins_a_line(self) -> bool:
        """Whether the vault does not know yet of which line it is."""
        return bool(self._line)

    def kept(self) -> None:
        """COMMIT has kept it."""
        self.number, self._line = self._next, b""


def line_of(connection: sqlcipher.Connection) -> str:
    """Which of two copies kept apart this vault is: a random name; "" for the one that was there before."""
    row = connection.execute("SELECT value FROM vault_about WHERE name = ?", (_LINE,)).fetchone()
    return str(row[0].decode()) if row else ""


class Memory:
    """What is remembered of one vault, by its id."""

    def __init__(self, place: Folders, vault: str) -> None:
        self._place, self._vault = place, vault
        self._path = place.memory / NAME.format(vault=vault)
        self._fresh = self._path.with_name(self._path.name + ".new")
        self._here = str(place.data.resolve()) if place.on_computer else ""
        self._begins_a_line = False

    def last(self) -> Last | None:
        seen = self._seen()
        return seen.apart.get(self._here, seen.last) if seen else None

    def turn(self, about: Mapping[str, bytes]) -> Turn:
        """The turn that begins with the next save of the vault that knows `about` itself."""
        if self._seen() is None:
            self._write(_Seen())
        seen = self._seen()
        line = seen.lines.get(self._here, "") if seen else ""
        turn = Turn(seen.computer if seen else "", about, self.last(), line)
        self._begins_a_line = turn.begins_a_line
        return turn

    def behind(self, generation: int, turn: int) -> int:
        """Where a copy counts on that is to be used though it lacks what was saved last, or that does
        not know yet that it is kept apart; 0 for any other.

        Raises OlderCopy, PartedCopy or OtherCopy where it was not asked for.
        """
        last = self.last()
        if last is None:
            return 0
        if not last.older:
            self._look_beside(last, lacks=generation < last.generation or turn < last.turn)
            if generation < last.generation:
                raise OlderCopy()
            if turn < last.turn:
                raise PartedCopy()
            return generation + 1 if self._begins_a_line else 0
        return last.generation + 1 if generation <= last.generation or turn < last.turn else 0

    def remember(self, generation: int, turn: int = 0) -> None:
        """It came so far. Where it cannot be written it is not remembered.

        Nor where it cannot be read after a turn was taken: a number is worth nothing without whose it is.
        """
        seen = self._seen()
        if seen is None and turn:
            log.warning("seen-unread")
            return
        last, seen = self.last(), seen or _Seen()
        if last is None or last.older or (last.turn, last.generation) < (turn, generation):
            now = datetime.now().isoformat(timespec="seconds")
            fresh = Last(generation=generation, at=now, turn=turn, folder=self._here)
            self._write(self._with(seen, fresh))
        elif self._here and self._here not in seen.folders[-1:]:
            self._write(self._with(seen, last))

    def allow_older(self) -> None:
        """A copy that lacks what was saved takes the vault's place on purpose: a backup is restored. This
        waits for the disk."""
        last, seen = self.last(), self._seen()
        if last and seen:
            self._write(self._with(seen, last.model_copy(update={"older": True})), flush=True)

    def keep_apart(self) -> None:
        """This copy is another vault from now on, as far as this computer is concerned: it begins a line of
        its own, so that neither takes away the other's backups. This waits for the disk."""
        seen = self._seen() or _Seen()
        apart = {**seen.apart, self._here: Last(generation=0)}
        lines = {**seen.lines, self._here: secrets.token_hex(8)}
        self._write(seen.model_copy(update={"apart": apart, "lines": lines}), flush=True)

    def left(self) -> list[Path]:
        """The folders that this vault was moved away from, the latest first: it was opened there and is no
        more, though what they lie in is there. Of a stick that is not plugged in nothing is known."""
        seen = self._seen()
        folders = [Path(name) for name in reversed(seen.folders)] if seen and self._here else []
        return [one for one in folders if one.parent.is_dir() and not self._lies_in(one)]

    def forget(self) -> None:
        """The vault did not come about, so nothing is remembered of it."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def leave(self) -> None:
        """The vault that lay here was deleted. What is remembered of a copy that was kept apart from it, and
        lies where it lay, stays. Raises OSError."""
        seen = self._seen() or _Seen()
        left = {name for name in {*seen.folders, *seen.apart} - {self._here} if self._lies_in(Path(name))}
        if self._here not in seen.apart and left.isdisjoint(seen.apart):
            left.clear()
        if left:
            self._write(_of(seen, left))
            return
        for path in (self._path, self._fresh):
            path.unlink(missing_ok=True)

    def _lies_in(self, folder: Path) -> bool:
        return (folder / self._place.vault.name).exists()

    def _look_beside(self, last: Last, *, lacks: bool) -> None:
        """Raise OtherCopy if another folder has what this one lacks, or is open now."""
        seen = self._seen()
        if not self._here or seen is None or self._here in seen.apart:
            return
        for folder in seen.folders:
            if not self._is_here(folder) and folder not in seen.apart and self._is_open(Path(folder)):
                raise OtherCopy(OtherCopy.OPEN, folder=folder)
        if lacks and last.folder and not self._is_here(last.folder):
            raise OtherCopy(folder=last.folder)

    def _is_here(self, folder: str) -> bool:
        """Whether it is this very folder; one that is mounted twice has two names."""
        try:
            return Path(folder).samefile(self._here)
        except OSError:
            return False

    def _is_open(self, folder: Path) -> bool:
        """Whether this vault is open there."""
        if not lock.is_held(folder / lock_path(self._place).name):
            return False
        try:
            return key_file.unpacked(key_file.read(folder / key_path(self._place).name)).vault == self._vault
        except VaultError:
            return False

    def _with(self, seen: _Seen, last: Last) -> _Seen:
        folders = [folder for folder in seen.folders if folder != self._here]
        fresh: dict[str, object] = {"folders": [*folders, self._here][-MOST:] if self._here else folders}
        if self._here in seen.apart:
            fresh["apart"] = {**seen.apart, self._here: last}
        else:
            fresh["last"] = last
        return seen.model_copy(update=fresh)

    def _seen(self) -> _Seen | None:
        try:
            return _Seen.model_validate_json(files.read_all(self._path, LARGEST))
        except (OSError, ValidationError):
            return None

    def _write(self, seen: _Seen, *, flush: bool = False) -> None:
        fresh = self._fresh
        try:
            files.folder(self._path.parent)
            fresh.unlink(missing_ok=True)
            files.create(fresh)
            with fresh.open("r+b") as file:
                file.write(json.dumps(seen.model_dump()).encode())
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
            fresh.replace(self._path)
            if flush:
                files.sync_folder(self._path.parent)
        except OSError:
            log.warning("seen-unkept")


def _of(seen: _Seen, folders: set[str]) -> _Seen:
    """What concerns those folders alone."""
    return seen.model_copy(
        update={
            "last": None if folders <= seen.apart.keys() else seen.last,
            "folders": [name for name in seen.folders if name in folders],
            "apart": {name: last for name, last in seen.apart.items() if name in folders},
            "lines": {name: line for name, line in seen.lines.items() if name in folders},
        }
    )
