"""What the database library reports, as one of our errors."""

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from coachdesk.errors import CoachdeskError, DamagedVault, NotSaved, VaultError

_OURS = {1, 20, 21, 25}  # SQLITE_ERROR, MISMATCH, MISUSE, RANGE: a mistake in a statement, not in the file
_READONLY = 8
_DAMAGE = {11, 26}  # SQLITE_CORRUPT, NOTADB
_CONSTRAINT = 19
_FULL = 13


def code(error: BaseException | None) -> int:
    """SQLite's primary result code, 1 if the error is not SQLite's."""
    return getattr(error, "sqlite_errorcode", 1) & 0xFF


def is_damage(error: BaseException) -> bool:
    return code(error) in _DAMAGE


def is_full(error: BaseException | None) -> bool:
    """Whether the library says that the disk is full."""
    return code(error.orig if isinstance(error, DBAPIError) else error) == _FULL


def copying(error: OSError | sqlcipher.DatabaseError, no_room: str) -> CoachdeskError:
    """A copy of the vault that failed: what was copied is damaged, or the disk would not take it."""
    return DamagedVault() if is_damage(error) else NotSaved(no_room)


def reading(error: DBAPIError | sqlcipher.DatabaseError) -> Exception:
    """A failed read in a coach's words; a mistake of ours (a query that writes, too) as it is."""
    number = code(error.orig if isinstance(error, DBAPIError) else error)
    if number in _OURS or number == _READONLY:
        return error
    if number in _DAMAGE:
        return DamagedVault()
    return VaultError("The vault could not be read just now. Nothing was changed; try again in a moment.")


def writing(error: DBAPIError | sqlcipher.DatabaseError) -> Exception:
    """A failed write in a coach's words; a mistake of ours as it is."""
    number = code(error.orig if isinstance(error, DBAPIError) else error)
    if number in _OURS:
        return error
    if number in _DAMAGE:
        return DamagedVault()
    if number == _CONSTRAINT:
        return CoachdeskError("That does not fit with what is already kept, so nothing was changed.")
    return NotSaved()
