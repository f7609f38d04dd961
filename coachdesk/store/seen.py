"""What this laptop last saved of each vault, kept outside the vault's folder.

A syncing program, or somebody, may put an older copy in the vault's place. It opens and holds together: only
a memory that did not go back with it can tell. It is written now and then and without waiting for the disk:
what is lost of it makes it say less, never something wrong.
"""

import json
import logging
import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from coachdesk.store import files

log = logging.getLogger(__name__)

NAME = "seen.json"
LARGEST = 1 << 20


class Last(BaseModel):
    """The generation that was saved last, and when. With `older` an older copy was asked for."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    generation: int
    at: str = ""
    older: bool = False


_ALL = TypeAdapter(dict[str, Last])


class Memory:
    """What is remembered of one vault, by its id."""

    def __init__(self, folder: Path, vault: str) -> None:
        self._path = folder / NAME
        self._vault = vault

    def last(self) -> Last | None:
        return self._all().get(self._vault)

    def remember(self, generation: int) -> None:
        """It came so far. Where it cannot be written it is not remembered."""
        last = self.last()
        if last is None or last.older or last.generation < generation:
            self._write(Last(generation=generation, at=datetime.now().isoformat(timespec="seconds")))

    def allow_older(self) -> None:
        """An older copy takes the vault's place on purpose: a backup is restored. This waits for the disk."""
        last = self.last()
        if last:
            self._write(last.model_copy(update={"older": True}), flush=True)

    def _all(self) -> dict[str, Last]:
        try:
            return _ALL.validate_json(files.read_all(self._path, LARGEST))
        except (OSError, ValidationError):
            return {}

    def _write(self, last: Last, *, flush: bool = False) -> None:
        known = {**self._all(), self._vault: last}
        fresh = self._path.with_name(NAME + ".new")
        try:
            files.folder(self._path.parent)
            fresh.unlink(missing_ok=True)
            files.create(fresh)
            with fresh.open("r+b") as file:
                file.write(json.dumps({name: one.model_dump() for name, one in known.items()}).encode())
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
            fresh.replace(self._path)
            if flush:
                files.sync_folder(self._path.parent)
        except OSError:
            log.warning("seen-unkept")
