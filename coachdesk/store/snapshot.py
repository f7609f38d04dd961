"""The vault as it is this moment, for a question that takes long.

A connection that reads holds every save back until it has its answer. So a long question is asked of a copy:
encrypted with the vault's own key, beside the vault, and gone once the answer is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlmodel import Session

from coachdesk.paths import Folders
from coachdesk.store import copying, faults
from coachdesk.store.connection import Engines
from coachdesk.store.copying import Report, Source
from coachdesk.store.parts import journal

NO_ROOM = "There is not enough room on the disk for this. Free some space, then try again."


def path_of(place: Folders) -> Path:
    """Where the copy lies while it is read; left behind only by a crash."""
    return place.vault.with_name(place.vault.name + ".copy")


@contextmanager
def taken(source: Source, place: Folders, report: Report = copying.nobody) -> Iterator[Session]:
    """A session over a copy. Raises NotSaved where there is no room, DamagedVault or, if `report` does,
    Cancelled."""
    path = path_of(place)
    engines = Engines()
    try:
        clear(place)
        source.call(lambda connection: copying.copy(connection, path, source, report))
        engines.read(path, source.key.dek)
        with Session(engines.reading, expire_on_commit=False, autoflush=False) as session:
            yield session
    except (OSError, sqlcipher.DatabaseError) as error:
        raise faults.copying(error, NO_ROOM) from error
    finally:
        engines.reading.dispose()
        clear(place)


def forget(place: Folders) -> None:
    """Take away what a crash left, as far as it goes: it may hold what was deleted for good since."""
    with suppress(OSError):
        clear(place)


def clear(place: Folders) -> None:
    """Take the copy away."""
    for path in (path_of(place), journal(path_of(place))):
        path.unlink(missing_ok=True)
