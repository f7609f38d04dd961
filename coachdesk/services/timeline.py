"""All that was and will be with one teacher, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from coachdesk.model import ActionStep, Event, EventTeacher, ScriptLine, StandardTag, VisitNote
from coachdesk.model.goals import OVER, SETTLED
from coachdesk.services import events, notes, shared
from coachdesk.services.events import EventRow
from coachdesk.services.notes import StepRow
from coachdesk.services.shared import Stamps

_EXCERPT = 3  # lines of a note that are shown before it is opened
_LETTERS = 300  # of each of them
_MANY = 400  # events of one teacher


@dataclass(frozen=True)
class Moment:
    """An event with what is known of it: its note's first lines, what was practised, what was agreed.

    A step that was agreed in no event stands alone, with no `event`.
    """

    at: datetime
    event: EventRow | None
    excerpt: tuple[str, ...] = ()
    strength: str = ""
    codes: tuple[str, ...] = ()
    steps: tuple[StepRow, ...] = ()
    shared: Stamps = ()  # of its note


@dataclass(frozen=True)
class Page:
    """Some of a timeline, newest first; `older` is what to ask the next page with, None at the end."""

    moments: tuple[Moment, ...]
    older: datetime | None


@dataclass(frozen=True)
class Steps:
    """The action steps of a teacher: `ahead` by the day to look at them, `settled` the newest first."""

    ahead: tuple[StepRow, ...]
    settled: tuple[StepRow, ...]
    more: bool  # older ones are there


def timeline(session: Session, teacher_id: UUID, before: datetime | None = None, limit: int = 40) -> Page:
    """The newest of a teacher's events and steps, those ahead first; or those `before` a moment."""
    theirs = (_with(session, teacher_id), *((Event.starts < before,) if before else ()))
    found = events.rows(session, *theirs, newest=True, limit=limit + 1)
    more = len(found) > limit
    found = _whole(found, limit) if more else found
    older = found[-1].starts if more else None
    moments = [*_moments(session, found), *_alone(session, teacher_id, before, older)]
    return Page(tuple(sorted(moments, key=lambda moment: moment.at, reverse=True)), older)


def action_steps(session: Session, teacher_id: UUID, limit: int = 50) -> Steps:
    """The newest steps agreed with a teacher: those to look at again, and those that are settled."""
    found = notes.steps(session, ActionStep.teacher_id == teacher_id, newest=True, limit=limit + 1)
    shown = found[:limit]
    left = [step for step in shown if _is_ahead(step)]
    ahead = sorted(left, key=lambda step: (step.check_back_on is None, step.check_back_on or date.max))
    return Steps(tuple(ahead), tuple(step for step in shown if step not in left), len(found) > limit)


def _is_ahead(step: StepRow) -> bool:
    """Whether somebody will look at a step again: nobody has yet, or another day was agreed for it."""
    if step.status in OVER or step.result in SETTLED:
        return False
    return step.checked_on is None or (step.check_back_on or date.min) > step.checked_on


def _with(session: Session, teacher_id: UUID) -> ColumnElement[bool]:
    """That an event is with a teacher: of many events found from the newest on, of few all at once."""
    theirs = select(func.count()).select_from(EventTeacher).where(EventTeacher.teacher_id == teacher_id)
    if session.exec(theirs).one() < _MANY:
        return events.with_teacher(teacher_id)
    link = select(EventTeacher.id).where(EventTeacher.event_id == Event.id)
    return link.where(EventTeacher.teacher_id == teacher_id).exists()


def _whole(found: tuple[EventRow, ...], limit: int) -> tuple[EventRow, ...]:
    """At most `limit` of them, but never a part of those that start together: the next page begins before."""
    cut = found[limit].starts
    page = tuple(row for row in found[:limit] if row.starts > cut)
    return page or found


def _moments(session: Session, found: tuple[EventRow, ...]) -> list[Moment]:
    ids = [row.id for row in found]
    notes_of = [row.note_id for row in found if row.note_id]
    codes: dict[UUID, tuple[str, ...]] = {}
    tagged = select(StandardTag.event_id, StandardTag.code).where(col(StandardTag.event_id).in_(ids))
    for event_id, code in session.exec(
        tagged.where(col(StandardTag.accepted)).order_by(StandardTag.code).distinct()
    ):
        codes[event_id] = (*codes.get(event_id, ()), code)
    agreed: dict[UUID | None, tuple[StepRow, ...]] = {}
    for step in notes.steps(session, col(ActionStep.event_id).in_(ids)):
        agreed[step.event_id] = (*agreed.get(step.event_id, ()), step)
    said = select(VisitNote.id, VisitNote.strength).where(col(VisitNote.id).in_(notes_of))
    strengths = {key: strength for key, strength in session.exec(said)}
    first, stamps = _excerpts(session, notes_of), shared.stamps(session, notes_of)
    return [
        Moment(
            row.starts,
            row,
            first.get(row.note_id, ()) if row.note_id else (),
            strengths.get(row.note_id, "") if row.note_id else "",
            codes.get(row.id, ()),
            agreed.get(row.id, ()),
            stamps.get(row.note_id, ()) if row.note_id else (),
        )
        for row in found
    ]


def _excerpts(session: Session, note_ids: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    shown: dict[UUID, tuple[str, ...]] = {}
    asked = select(ScriptLine.note_id, ScriptLine.text).where(col(ScriptLine.note_id).in_(note_ids))
    for note_id, text in session.exec(asked.order_by(col(ScriptLine.note_id), col(ScriptLine.position))):
        if len(shown.setdefault(note_id, ())) < _EXCERPT:
            shown[note_id] = (*shown[note_id], text[:_LETTERS])
    return shown


def _alone(
    session: Session, teacher_id: UUID, before: datetime | None, older: datetime | None
) -> list[Moment]:
    """Steps that belong to no event, within the time of this page, as they were written down."""
    created = col(ActionStep.created)
    where = [col(ActionStep.event_id).is_(None), col(ActionStep.teacher_id) == teacher_id]
    found = session.exec(select(ActionStep.id, created).where(*where)).all()
    ids = {
        key: at.replace(tzinfo=None)
        for key, at in found
        if (before is None or at.replace(tzinfo=None) < before)
        and (older is None or at.replace(tzinfo=None) >= older)
    }
    steps = notes.steps(session, col(ActionStep.id).in_(list(ids))) if ids else ()
    return [Moment(ids[step.id], None, steps=(step,)) for step in steps]
