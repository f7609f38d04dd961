"""The same records in SQLite that does not encrypt: what a vault is measured against."""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlite  # without a key it is SQLite as it comes, of the vault's own version
from scene import PASSPHRASE

from coachdesk import paths
from coachdesk.store import keys
from coachdesk.store.connection import connect
from coachdesk.store.vault import key_path

CAREFUL = (
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
    "fullfsync = ON",
    "secure_delete = ON",
    "cache_size = -16000",
)


def copy(profile: Path, path: Path) -> Path:
    """Every table, index and trigger of a sample vault, in a plain file at `path`; made once."""
    if not path.exists():
        place = paths.folders(profile)
        dek = keys.unlock(keys.read(key_path(place)), PASSPHRASE).dek
        connection = connect(place.vault, dek)
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.close()
    return path


def careful(path: Path) -> sqlite.Connection:
    """One that flushes and remembers pages as a vault does; what is done on it is one commit each."""
    connection = sqlite.connect(path, isolation_level=None)
    for pragma in CAREFUL:
        connection.execute(f"PRAGMA {pragma}")
    return connection
