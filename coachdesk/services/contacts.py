"""Quick contacts: a word in the corridor, kept in twenty seconds."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session

from coachdesk.errors import Invalid
from coachdesk.model.quick import TOO_LONG, Person, Quick, quick
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.model.standards import catalogue
from coachdesk.services import schedule, search, tagging

KINDS = (EventKind.QUICK_CONTACT, EventKind.TECHNICAL_SUPPORT)
LONGEST = 500  # characters of what it was about
WORDS_TOO_LONG = "At most 500 characters, please."


def read(session: Session, text: str) -> Quick:
    """What a line like "rivera sign-in 5m" means, with everybody who may be meant. Writes nothing."""
    return quick(text, people(session), [standard.code for standard in catalogue().standards])


def people(session: Session) -> list[Person]:
    """Everybody a contact can be with, by family name; nobody in the archive."""
    return [who.person for who in search.teachers(session) if who.status is not TeacherStatus.ARCHIVED]


def record_contact_with(
    session: Session,
    teacher_id: UUID,
    contact: Quick,
    now: datetime,
    kind: EventKind = EventKind.QUICK_CONTACT,
) -> UUID:
    """Keep a contact, one of `KINDS`, with the one of `contact.people` that was chosen: it ends now.

    Raises Invalid where it is not clear how long it took, or too much is said of it.
    """
    if len(contact.what) > LONGEST:
        raise Invalid({"contact": WORDS_TOO_LONG})
    starts, ends = _times(contact.minutes, now)
    values = {
        "kind": kind,
        "starts": starts,
        "ends": ends,
        "title": contact.what,
        "status": EventStatus.COMPLETED,
        "teachers": [teacher_id],
    }
    event_id = schedule.create_event(session, values).id
    for code in contact.codes:
        tagging.tag_event(session, event_id, code)
    tagging.suggest(session, event_id, kind)
    return event_id


def _times(minutes: int, now: datetime) -> tuple[datetime, datetime]:
    """From so many minutes ago until now; just after midnight, from midnight on."""
    if minutes < 1:
        raise Invalid({"contact": TOO_LONG})
    ends = now.replace(second=0, microsecond=0)
    midnight = datetime.combine(now.date(), time())
    starts = max(ends - timedelta(minutes=minutes), midnight)
    return starts, ends if ends > starts else starts + timedelta(minutes=minutes)
