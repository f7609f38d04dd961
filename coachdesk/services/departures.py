"""What left this laptop, written down as it leaves, and told again in one list."""

import hashlib
from pathlib import Path

from sqlmodel import Session

from coachdesk.model import Departure
from coachdesk.model.departures import Left
from coachdesk.services.changes import lasting
from coachdesk.services.keep import keep

LONGEST = 500  # characters of a folder that are kept: the end tells more


@lasting
def write_down(session: Session, what: Left, path: Path | None = None, content: bytes = b"") -> Departure:
    """Keep that this left: a file at `path` with this content, or, without one, a sheet of paper."""
    if path is None:
        return keep(session, Departure, {"what": what})
    whole = path.absolute()
    facts = {"name": _line(whole.name), "folder": _line(str(whole.parent))}
    return keep(session, Departure, {"what": what, **facts, "digest": hashlib.sha256(content).hexdigest()})


def _line(text: str) -> str:
    """A name or folder as one line, however odd it is."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\r", " ").replace("\n", " ")[-LONGEST:]
