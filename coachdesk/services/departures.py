"""What left this laptop, written down as it leaves, and told again in one list."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from coachdesk.model import Departure, Release, ReportingYear, School
from coachdesk.model.departures import Left
from coachdesk.services import saving
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault

LONGEST = 500  # characters of a folder that are kept: the end tells more


@lasting
def write_down(session: Session, what: Left, path: Path | None = None, content: bytes = b"") -> Departure:
    """Keep that this left: a file at `path` with this content, or, without one, a sheet of paper."""
    if path is None:
        return keep(session, Departure, {"what": what})
    whole = path.absolute()
    facts = {"name": _line(whole.name), "folder": _line(str(whole.parent))}
    return keep(session, Departure, {"what": what, **facts, "digest": hashlib.sha256(content).hexdigest()})


@lasting
def write_down_all(session: Session, what: Left, left: Sequence[tuple[Path | None, bytes]]) -> None:
    """As `write_down`, for several of a kind: each a path, or None, and its content."""
    for path, content in left:
        write_down(session, what, path, content)


def save(desk: Desk, what: Left, files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write `files` into `folder` as `saving.save` does, and write down that they left: both, or neither."""
    fresh = [folder / name for name in files if not (folder / name).exists()]
    written = saving.save(files, folder)
    try:
        desk.do(write_down_all, what, [(path, files[path.name]) for path in written])
    except BaseException:
        for path in fresh:
            path.unlink(missing_ok=True)
        raise
    return written


def note_sheets(vault: Vault, left: Sequence[tuple[Path | None, bytes]]) -> None:
    """Write down in a vault that is being made that its recovery sheet left before."""
    if left:
        Desk(vault).do(write_down_all, Left.RECOVERY_SHEET, left)


def _line(text: str) -> str:
    """A name or folder as one line, however odd it is."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\r", " ").replace("\n", " ")[-LONGEST:]


@dataclass(frozen=True)
class Gone:
    """Something that left: what, when by this computer's clock, and its file and folder where it has them.

    A quarter's page has the name of its quarter and its school in place of those.
    """

    what: Left
    at: datetime
    name: str = ""
    folder: str = ""
    published: bool = False


def gone(session: Session) -> list[Gone]:
    """What left, the newest first: the pages of the ledger and all that was written down here."""
    found = [
        Gone(one.what, _local(one.created), one.name, one.folder) for one in session.exec(select(Departure))
    ]
    asked = (
        select(Release.released, Release.quarter, School.name)
        .select_from(Release)
        .join(ReportingYear)
        .join(School)
    )
    pages = [
        Gone(Left.SUMMARY, _local(at), quarter, school, published=True)
        for at, quarter, school in session.exec(asked)
    ]
    return sorted([*found, *pages], key=lambda one: one.at, reverse=True)


def _local(at: datetime) -> datetime:
    """By the clock on the wall."""
    known = at if at.tzinfo else at.replace(tzinfo=UTC)
    return known.astimezone().replace(tzinfo=None)
