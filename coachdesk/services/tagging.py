"""Standards tagged as the coach works: what *they* were practising, never what a teacher was."""

from uuid import UUID

from sqlmodel import Session, select

from coachdesk.model import ScriptLine, StandardTag, VisitNote
from coachdesk.model.schedule import EventKind
from coachdesk.model.standards import SUGGESTED
from coachdesk.services import notes
from coachdesk.services.keep import keep, remove
from coachdesk.services.notes import key_of


def suggest(session: Session, event_id: UUID, kind: EventKind, note_id: UUID | None = None) -> None:
    """Suggest what such an event usually practises (product.md, StandardTag): it counts once accepted."""
    known = {tag.code for tag in notes.tags(session, event_id)}
    for code in SUGGESTED.get(kind, ()):
        if code not in known:
            values = {"event_id": event_id, "note_id": note_id, "code": code, "accepted": False}
            keep(session, StandardTag, values)


def tag(session: Session, note_id: UUID, code: str, line_id: UUID | None = None) -> UUID:
    """Tag what the coach was practising, in the visit or in one of its lines; a suggested tag is accepted."""
    note = session.get_one(VisitNote, key_of(note_id))
    line = key_of(line_id) if line_id else None
    if line is not None and session.get(ScriptLine, line) is None:
        line = None  # the line went while this waited: the visit keeps the tag
    return _tag(session, note.event_id, code, note_id=note.id, line_id=line)


def tag_event(session: Session, event_id: UUID, code: str) -> UUID:
    """Tag what the coach was practising in an event that has no note."""
    return _tag(session, event_id, code, note_id=None, line_id=None)


def accept_tag(session: Session, tag_id: UUID) -> None:
    """Say that a suggested tag is right: only accepted ones count."""
    keep(session, StandardTag, {"id": tag_id, "accepted": True})


def accept_suggested(session: Session, note_id: UUID) -> int:
    """Say that all that was suggested for a note is right; answers how many tags that were."""
    note = session.get_one(VisitNote, key_of(note_id))
    suggested = [tag.id for tag in notes.tags(session, note.event_id) if not tag.accepted]
    for tag_id in suggested:
        accept_tag(session, tag_id)
    return len(suggested)


def untag(session: Session, note_id: UUID, code: str) -> None:
    """Take a standard away from a note, wherever in it it was tagged."""
    note = session.get_one(VisitNote, key_of(note_id))
    for tag in notes.tags(session, note.event_id):
        if tag.code == code:
            remove_tag(session, tag.id)


def untag_line(session: Session, note_id: UUID, code: str, line_id: UUID | None) -> None:
    """Take a standard away from one line of a note, or, with None, from the visit as a whole."""
    note = session.get_one(VisitNote, key_of(note_id))
    line = key_of(line_id) if line_id else None
    for tag in notes.tags(session, note.event_id):
        if (tag.code, tag.line_id) == (code, line):
            remove_tag(session, tag.id)


def remove_tag(session: Session, tag_id: UUID) -> None:
    """Take a tag away, suggested or accepted; one that is gone already does no harm."""
    found = session.get(StandardTag, key_of(tag_id))
    if found is not None:
        remove(session, found)


def _tag(session: Session, event_id: UUID, code: str, *, note_id: UUID | None, line_id: UUID | None) -> UUID:
    same = select(StandardTag).where(StandardTag.event_id == event_id, StandardTag.code == code)
    for old in session.exec(same).all():
        if old.line_id == line_id:
            return keep(session, StandardTag, {"id": old.id, "accepted": True}).id
    values = {"event_id": event_id, "note_id": note_id, "line_id": line_id, "code": code}
    return keep(session, StandardTag, values).id
