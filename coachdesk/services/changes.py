"""Undo: the last thing the coach did in this sitting, taken back row by row."""

import base64
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, delete, select, update

import coachdesk.model
from coachdesk.errors import MovedOn
from coachdesk.model import Change
from coachdesk.model.kinds import Record
from coachdesk.services.keep import Values
from coachdesk.store import recording, search

KEPT = timedelta(days=30)
FEW = 4  # rows of notes that are indexed one by one
_INDEXED = ("VisitNote", "ScriptLine")
F = TypeVar("F", bound=Callable[..., Any])


def lasting(command: F) -> F:
    """Mark a command that cannot be undone: a release, an export, a purge."""
    vars(command)["lasting"] = True
    return command


def is_lasting(command: Callable[..., Any]) -> bool:
    return bool(getattr(command, "lasting", False))


def title_of(command: Callable[..., Any]) -> str:
    """What undo calls a command: its name in words, as in "save teacher"."""
    return getattr(command, "__name__", "").strip("_").replace("_", " ")


def newest(session: Session) -> int:
    """The number of the newest change; what comes after it belongs to this sitting."""
    return session.exec(select(Change.number).order_by(col(Change.number).desc())).first() or 0


def undoable(session: Session, since: int = 0) -> str | None:
    """What `undo` would take back, in words; None if there is nothing."""
    last = _last(session, since)
    return last.title if last else None


def undo(session: Session, since: int = 0) -> str | None:
    """Take back the newest batch of changes after number `since`, and say what it was.

    Raises MovedOn, changing nothing, if one of its rows has been changed since.
    """
    last = _last(session, since)
    if last is None:
        return None
    recording.of(session).kept = False
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    newest_first = select(Change).where(Change.batch == last.batch).order_by(col(Change.number).desc())
    batch = session.exec(newest_first).all()
    many = sum(change.record in _INDEXED for change in batch) > FEW
    with search.at_once(session.connection()) if many else nullcontext():
        for change in batch:
            _take_back(session, change)
    session.connection().execute(update(Change).where(col(Change.batch) == last.batch).values(undone=True))
    return last.title


def forget_old(session: Session, now: datetime | None = None) -> int:
    """Let go of changes that are older than thirty days, and say how many there were."""
    old = col(Change.at) < (now or datetime.now(UTC)) - KEPT
    return session.connection().execute(delete(Change).where(old)).rowcount


def _last(session: Session, since: int) -> Change | None:
    asked = select(Change).where(col(Change.undone).is_(False), col(Change.number) > since)
    return session.exec(asked.order_by(col(Change.number).desc())).first()


def _take_back(session: Session, change: Change) -> None:
    """Make one row what it was before; it must still be what the change made of it."""
    record: type[Record] = getattr(coachdesk.model, change.record)
    row = session.get(record, change.key)
    if _content(recording.as_json(row) if row else None) != _content(_read(change.after)):
        raise MovedOn()
    before = _read(change.before)
    if before is None:
        session.delete(row)
    else:
        was = record.model_validate(_restored(record, before))
        if row is None:
            session.add(was)
        else:
            for name in record.model_fields.keys() - {"rev", "changed"}:
                setattr(row, name, getattr(was, name))
    session.flush()


def _read(kept: str | None) -> Values | None:
    return json.loads(kept) if kept is not None else None


def _content(values: Values | None) -> Values | None:
    """What the coach would call the record: how often and when it was written is not part of it."""
    return values and {name: value for name, value in values.items() if name not in ("rev", "changed")}


def _restored(record: type[Record], values: Values) -> Values:
    """`values` with bytes as bytes again; all else pydantic reads from JSON by itself."""
    return {
        name: base64.urlsafe_b64decode(value) if record.model_fields[name].annotation is bytes else value
        for name, value in values.items()
    }
