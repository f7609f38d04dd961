"""A roster as student information systems send it: all its files in one ZIP archive. Only the roster's are
unpacked."""

import io
import zipfile
from pathlib import PurePosixPath

from coachdesk.errors import BadFile

ROSTERS = ("users.csv", "teachers.csv")
BESIDE = ("orgs.csv", "roles.csv", "schools.csv")
MAX_BYTES = 20_000_000  # of each file, unpacked

_DAMAGED = "The ZIP archive is damaged. Ask for it again, or unpack it and choose the file inside."


def unpacked(data: bytes) -> dict[str, bytes]:
    """The roster's files in `data` by name; none when it is another archive. Raises BadFile when it is
    damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {PurePosixPath(part.filename).name.casefold(): part for part in archive.infolist()}
            found = {name: parts[name] for name in (*ROSTERS, *BESIDE) if name in parts}
            if any(part.file_size > MAX_BYTES for part in found.values()):
                raise BadFile("The archive unpacks to more than a roster can be. Choose another file.")
            return {name: archive.read(part) for name, part in found.items()}
    except BadFile:
        raise
    except Exception as error:  # bad checksums, unknown packing, passwords: zipfile has an exception for each
        raise BadFile(_DAMAGED) from error
