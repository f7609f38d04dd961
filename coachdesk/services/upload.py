"""A roster file as the coach hands it over: chosen from the disk, or pasted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coachdesk.errors import BadFile
from coachdesk.imports import listing, package, roster
from coachdesk.imports.mapping import ColumnMap, Sheet
from coachdesk.imports.meanings import Meaning
from coachdesk.imports.people import PersonRow, RosterFile
from coachdesk.imports.tabular import MAX_BYTES

__all__ = [
    "ColumnMap",
    "Meaning",
    "PersonRow",
    "RosterFile",
    "Sheet",
    "Upload",
    "look",
    "opened",
    "pasted",
    "read",
    "sample",
]


@dataclass(frozen=True)
class Upload:
    """Bytes not yet looked at, with those of the files that lie beside."""

    data: bytes = field(repr=False)
    beside: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def opened(path: Path) -> Upload:
    """The file at `path`, with the lists of schools and roles beside it. Raises BadFile when it cannot be
    read."""
    return Upload(
        _bytes_of(path), {name: _bytes_of(found) for name, found in _beside(path).items() if found != path}
    )


def pasted(text: str) -> Upload:
    """What the coach pasted: lines of CSV, or cells copied from a spreadsheet."""
    return Upload(text.encode("utf-8", "replace"))


def look(upload: Upload) -> Sheet | None:
    """What to ask about the columns; None when the file's format is known. Raises BadFile."""
    return roster.look(upload.data)


def read(upload: Upload, columns: ColumnMap | None = None) -> RosterFile:
    """The people in it, its columns read as `columns` says or else as guessed. Raises BadFile."""
    return roster.read(upload.data, beside=upload.beside, mapping=columns)


def sample(sheet: Sheet, columns: ColumnMap) -> tuple[PersonRow, ...]:
    """The first rows as `columns` would have them read. Raises BadFile."""
    return listing.shown(sheet, columns)


def _beside(path: Path) -> dict[str, Path]:
    try:
        neighbours = list(path.parent.iterdir())
    except OSError:
        return {}
    return {one.name.casefold(): one for one in neighbours if one.name.casefold() in package.BESIDE}


def _bytes_of(path: Path) -> bytes:
    """At most a byte more than a roster may have: the reader refuses that, and a huge file is not loaded
    first."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadFile("There is no such file. Check its name and folder.") from None
    except IsADirectoryError:
        raise BadFile("That is a folder. Choose the roster file inside it.") from None
    except (OSError, ValueError):
        raise BadFile(
            "The file cannot be read. Check that you may open it, or copy it somewhere else."
        ) from None
