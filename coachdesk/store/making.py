"""A new vault: complete before it has its name, and nothing left of it where that fails."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import insert

from coachdesk.errors import VaultExists
from coachdesk.paths import Folders
from coachdesk.store import files, parts, schema
from coachdesk.store.drafts import new_key
from coachdesk.store.keys import Key
from coachdesk.store.recording import Recording
from coachdesk.store.writer import Writer


def bear(
    place: Folders,
    key: Key,
    about: Mapping[str, bytes] = MappingProxyType({}),
    fill: Callable[[Path], object] | None = None,
) -> None:
    """Put a new vault in `place` that knows `about` itself; where that fails nothing is left of it.

    It is empty, unless `fill` puts something into the file before it is the vault.
    """
    unborn = parts.unborn(place)
    _no_journal(place)
    try:
        _remove(unborn)
        make(place, unborn, key, about)
        if fill:
            fill(unborn)
        files.write_whole(parts.key_path(place), key.file)
        unborn.rename(place.vault)
        _remove(unborn)
        files.sync_folder(place.data)
    except BaseException:
        if unborn.exists():
            # first: a key file without a vault is never made over
            parts.key_path(place).unlink(missing_ok=True)
            _remove(unborn)
        raise


def _remove(unborn: Path) -> None:
    for path in (unborn, parts.journal(unborn)):
        path.unlink(missing_ok=True)


def _no_journal(place: Folders) -> None:
    """What a vault that went left half done would be rolled back into the new one."""
    journal = parts.journal(place.vault)
    if os.path.lexists(journal) and journal.lstat().st_size:
        raise VaultExists(
            "The file {name} belongs to a vault that is no longer here. Put that vault back beside it, "
            "or move the file away.",
            name=journal.name,
        )
    journal.unlink(missing_ok=True)


def make(place: Folders, path: Path, key: Key, about: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Make a new, empty vault at `path`. Raises FileExistsError rather than write over a file."""
    files.folder(place.data)
    files.create(path)
    writer = Writer(path, key.dek)
    try:
        writer.migrate(0).result()
        known = {
            schema.VAULT_ID: key.vault.encode(),
            schema.DRAFT_KEY: new_key(),
            **about,
        }
        rows = [{"name": name, "value": value} for name, value in known.items()]
        writer.submit(lambda s: s.connection().execute(insert(schema.about), rows), Recording()).result()
    finally:
        writer.close()
