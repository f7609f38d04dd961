"""The whole desk in an open format: one ZIP of plain files that any program can read.

    README.txt            what all of this is, in words
    manifest.json         version, time, and for each table its rows and digest; the digest of them all
    schema.json           every table as a JSON Schema, with what its columns point to
    json/<table>.json     the rows: a JSON array with one row a line, ordered by `id`
    csv/<table>.csv       the same rows for a spreadsheet

A table's digest is the SHA-256 of its rows' lines, each without a comma at its end and with a line feed; the
digest of all is the SHA-256 of the lines "<table> <rows> <digest>", ordered by table. Reading goes by the
JSON files; a row that was changed, lost or added is noticed.
"""

import csv
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from coachdesk.errors import BadFile
from coachdesk.export.csv import harmless

FORMAT = "coachdesk archive"
VERSION = 1
MOST_BYTES = 8 << 30  # that a whole archive may unpack to
LONGEST_ROW = 64 << 20  # bytes; a note of 10 MB is one row
SMALL = 4 << 20  # bytes of manifest and schema
ZIP = b"PK\x03\x04"  # what every ZIP with a file in it begins with
_DAY = (1980, 1, 1, 0, 0, 0)  # the files of the ZIP bear no time of day

_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Row = Mapping[str, Any]
Report = Callable[[int, int], object]

DAMAGED = "This archive is damaged, so nothing was brought in. Use another copy of it."
FOREIGN = "This is not an archive of coachdesk, so nothing was brought in. Choose another file."
CUT_OFF = (
    "This ZIP file is cut off or damaged, so nothing was brought in. Copy it here once more, or use another "
    "copy of it."
)
NEWER = "This archive was made by a newer coachdesk. Install the newer version to bring it in."


@dataclass(frozen=True)
class Table:
    """A table to be written: its columns, how many rows it has, and those, ordered by `id`, as plain JSON."""

    name: str
    columns: tuple[str, ...]
    count: int
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Words:
    """What the archive says of itself: `schema` is JSON Schema by table, `about` what else is to know."""

    readme: str
    schema: Mapping[str, Any]
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """How many rows a table holds, and their digest."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself."""

    about: Mapping[str, Any]
    tables: Mapping[str, Held]
    digest: str

    @property
    def rows(self) -> int:
        return sum(held.rows for held in self.tables.values())


def digest_of(tables: Mapping[str, Held]) -> str:
    """The digest of all tables together."""
    lines = (f"{name} {held.rows} {held.digest}\n" for name, held in sorted(tables.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def line_of(row: Row) -> str:
    """A row as it stands in the archive, on one line."""
    return _LINE.encode(row)


def write(file: IO[bytes], tables: Iterable[Table], words: Words, report: Report) -> Manifest:
    """Write an archive; `report` hears how many rows of how many are written, and may stop it by raising."""
    tables = list(tables)
    total, done = sum(table.count for table in tables), 0
    held: dict[str, Held] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as into:
        for table in tables:
            report(done, total)
            held[table.name] = _write_table(into, table, partial(_further, report, done, total))
            done += held[table.name].rows
        manifest = Manifest(dict(words.about), held, digest_of(held))
        _write_text(into, "manifest.json", _json(_packed(manifest)))
        _write_text(into, "schema.json", _json(words.schema))
        _write_text(into, "README.txt", words.readme)
    report(total, total)
    return manifest


def _further(report: Report, done: int, total: int, rows: int) -> None:
    report(done + rows, total)


def _packed(manifest: Manifest) -> dict[str, Any]:
    tables = {
        name: {"rows": held.rows, "sha256": held.digest} for name, held in sorted(manifest.tables.items())
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        **manifest.about,
        "tables": tables,
        "sha256": manifest.digest,
    }


def _write_table(into: zipfile.ZipFile, table: Table, report: Callable[[int], object]) -> Held:
    """Both files of a table. A ZIP is written one file after the other, so the second waits in memory."""
    cells = io.StringIO(newline="")
    sheet = csv.writer(cells, lineterminator="\r\n")
    sheet.writerow(table.columns)
    digest, count = hashlib.sha256(), 0
    with into.open(_entry(f"json/{table.name}.json"), "w", force_zip64=True) as out:
        out.write(b"[")
        for values in table.rows:
            line = line_of(dict(zip(table.columns, values, strict=True))).encode()
            digest.update(line + b"\n")
            out.write((b",\n" if count else b"\n") + line)
            sheet.writerow([_cell(value) for value in values])
            count += 1
            if not count % 1000:
                report(count)
        out.write(b"\n]\n")
    _write_text(into, f"csv/{table.name}.csv", "\ufeff" + cells.getvalue())
    return Held(count, digest.hexdigest())


def _write_text(into: zipfile.ZipFile, name: str, text: str) -> None:
    into.writestr(_entry(name), text.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _cell(value: Any) -> str:
    """A value for a spreadsheet: nothing for None, JSON for lists, and no formula."""
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else harmless(_LINE.encode(value))


class Reader:
    """An archive that is read back. Raises BadFile if it is foreign, damaged or too new."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:  # an unknown packing
            file.seek(0)
            raise BadFile(CUT_OFF if file.read(4) == ZIP else FOREIGN) from error
        self.manifest = self._read_manifest()

    def verify(self, report: Report) -> None:
        """Every row is as it was written. Raises BadFile."""
        done = 0
        for name, held in self.manifest.tables.items():
            digest, count = hashlib.sha256(), 0
            for line in self._lines(name):
                digest.update(line + b"\n")
                count += 1
                if not count % 1000:
                    report(done + count, self.manifest.rows)
            if Held(count, digest.hexdigest()) != held:
                raise BadFile(DAMAGED)
            done += count

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table."""
        for line in self._lines(name):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadFile(DAMAGED) from error
            if not isinstance(row, dict):
                raise BadFile(DAMAGED)
            yield row

    def names(self) -> list[str]:
        """Every file in the archive; none of them leads out of a folder it is unpacked to."""
        names = self._zip.namelist()
        if any(name.startswith("/") or ".." in name or "\\" in name or ":" in name for name in names):
            raise BadFile(FOREIGN)
        return names

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of one file, a piece at a time."""
        try:
            with self._zip.open(name) as file:
                while piece := file.read(1 << 20):
                    yield piece
        except _BROKEN as error:
            raise BadFile(DAMAGED) from error

    def _lines(self, name: str) -> Iterator[bytes]:
        """The rows of a table's JSON file as they stand there, without what is between them."""
        try:
            with self._zip.open(f"json/{name}.json") as file:
                if file.readline(8) != b"[\n":
                    raise BadFile(DAMAGED)
                while (line := file.readline(LONGEST_ROW)) and line != b"]\n":
                    if line != b"\n":  # a table without rows
                        yield line.removesuffix(b"\n").removesuffix(b",")
        except _BROKEN as error:
            raise BadFile(DAMAGED) from error

    def _read_manifest(self) -> Manifest:
        names = self._zip.namelist()
        if "manifest.json" not in names:
            raise BadFile(FOREIGN)
        if len(names) != len(set(names)) or sum(e.file_size for e in self._zip.infolist()) > MOST_BYTES:
            raise BadFile(DAMAGED)
        try:
            return _unpacked(json.loads(self._read("manifest.json")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadFile(DAMAGED) from error

    def _read(self, name: str) -> bytes:
        if self._zip.getinfo(name).file_size > SMALL:
            raise BadFile(DAMAGED)
        return b"".join(self.pieces(name))


_BROKEN = (
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    KeyError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
"""What reading a ZIP raises where it is not whole."""


def _unpacked(said: dict[str, Any]) -> Manifest:
    if said["format"] != FORMAT:
        raise BadFile(FOREIGN)
    if int(said["version"]) > VERSION:
        raise BadFile(NEWER)
    tables = {str(name): Held(int(t["rows"]), str(t["sha256"])) for name, t in said["tables"].items()}
    if digest_of(tables) != said["sha256"]:
        raise BadFile(DAMAGED)
    about = {
        key: value for key, value in said.items() if key not in ("format", "version", "tables", "sha256")
    }
    return Manifest(about, tables, str(said["sha256"]))
