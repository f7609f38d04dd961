"""Undo: the last thing the coach did in this sitting, taken back row by row."""

import base64
import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, col, delete, func, select, update

import coachdesk.model
from coachdesk.errors import MovedOn
from coachdesk.model import Change
from coachdesk.model.kinds import Record
from coachdesk.services import hold
from coachdesk.services.keep import Values
from coachdesk.store import recording, search

KEPT = timedelta(days=30)
FEW = 4  # rows of notes that are indexed one by one
_INDEXED = ("VisitNote", "ScriptLine")
Step = tuple[Change, str | None, str | None]  # a change, what its row is now, and what it is to be


@dataclass(frozen=True)
class Undone:
    """What was taken back or done again, in words, and the batch of its changes."""

    title: str
    batch: UUID


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


def call(session: Session, command: Callable[..., Any]) -> None:
    """Have undo call what is being done now by the name of `command`: one command may do two things."""
    recording.of(session).title = title_of(command)


def newest(session: Session) -> int:
    """The number of the newest change; what comes after it belongs to this sitting."""
    return session.exec(select(func.max(Change.number))).one() or 0


def undo(session: Session, since: int = 0) -> Undone | None:
    """Take back the newest batch of changes after number `since`, and say what it was.

    One after which all was as before, as with a word that was typed and deleted, is passed over.
    Raises MovedOn, changing nothing, if one of its rows has been changed since.
    """
    while last := _last(session, since):
        newest_first = select(Change).where(Change.batch == last.batch).order_by(col(Change.number).desc())
        changed = session.exec(newest_first).all()
        _mark(session, last.batch, undone=True)
        if not _came_to_nothing(changed):
            _go(session, [(change, change.after, change.before) for change in changed])
            return Undone(changed[-1].title, last.batch)  # what it began with: typing may have gone on since
    return None


def redo(session: Session, batch: UUID) -> Undone | None:
    """Do again a batch that `undo` took back, and say what it was.

    Raises MovedOn, changing nothing, if one of its rows has been changed since.
    """
    undone = (Change.batch == batch, col(Change.undone).is_(True))
    changed = session.exec(select(Change).where(*undone).order_by(col(Change.number))).all()
    if not changed:
        return None
    _go(session, [(change, change.before, change.after) for change in changed])
    _mark(session, batch, undone=False)
    return Undone(changed[0].title, batch)


def has_old(session: Session, now: datetime | None = None) -> bool:
    """Whether there is anything to forget; while Hold is on there is nothing."""
    if hold.is_on(session):
        return False
    oldest = session.exec(select(Change.at).order_by(col(Change.number)).limit(1)).first()
    return oldest is not None and oldest.replace(tzinfo=UTC) < (now or datetime.now(UTC)) - KEPT


def forget_old(session: Session, now: datetime | None = None) -> int:
    """Let go of changes that are older than thirty days, and say how many; while Hold is on, of none."""
    if hold.is_on(session):
        return 0
    old = col(Change.at) < (now or datetime.now(UTC)) - KEPT
    return session.connection().execute(delete(Change).where(old)).rowcount


def _last(session: Session, since: int) -> Change | None:
    asked = select(Change).where(col(Change.undone).is_(False), col(Change.number) > since)
    return session.exec(asked.order_by(col(Change.number).desc()).limit(1)).first()


def _mark(session: Session, batch: UUID, *, undone: bool) -> None:
    session.connection().execute(update(Change).where(col(Change.batch) == batch).values(undone=undone))


def _go(session: Session, steps: Sequence[Step]) -> None:
    """Take rows from what they are now to what they are to be, without recording it as a change."""
    recording.of(session).kept = False
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    many = sum(change.record in _INDEXED for change, _is, _becomes in steps) > FEW
    with search.at_once(session.connection()) if many else nullcontext():
        for step in steps:
            _put(session, *step)


def _put(session: Session, change: Change, now: str | None, becomes: str | None) -> None:
    """Make one row what it `becomes`; it must still be what it is said to be `now`."""
    record: type[Record] = getattr(coachdesk.model, change.record)
    row = session.get(record, change.key)
    if _content(recording.as_json(row) if row else None) != _content(_read(now)):
        raise MovedOn()
    values = _read(becomes)
    if values is not None:
        to_be = record.model_validate(_restored(record, values))
        if row is None:
            session.add(to_be)
        else:
            for name in record.model_fields.keys() - {"rev", "changed"}:
                setattr(row, name, getattr(to_be, name))
    elif row is not None:  # else it came and went while the coach typed
        session.delete(row)
    session.flush()


def _came_to_nothing(newest_first: Sequence[Change]) -> bool:
    """Whether each row was in the end what it had been at first."""
    last = {(one.record, one.key): one.after for one in reversed(newest_first)}
    first = {(one.record, one.key): one.before for one in newest_first}
    return all(_content(_read(last[row])) == _content(_read(first[row])) for row in last)


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
