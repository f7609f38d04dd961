"""A quick contact typed into the search box, said in plain words before it is recorded."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from coachdesk.model import quick as reading
from coachdesk.model.quick import Person, Quick
from coachdesk.model.schedule import EventKind
from coachdesk.model.standards import catalogue
from coachdesk.services import contacts
from coachdesk.ui import labels
from coachdesk.ui.search.rows import Contact, Found, Row, group

BEGINS = "quick "
MOST = 6  # people to choose from

translate = QCoreApplication.translate


def begun(text: str) -> bool:
    """Whether `text` is the beginning of a contact."""
    return text.lstrip().lower().startswith(BEGINS)


def nobody() -> str:
    """What to say where no teacher is meant."""
    return translate("errors", reading.NOBODY)


def understood(text: str, people: Sequence[Person]) -> Found | None:
    """What would be recorded, with doubt in words; None where nobody of that name is on the list."""
    read = reading.quick(text, people, [standard.code for standard in catalogue().standards])
    if read.problem == reading.NOBODY:
        return None
    if read.problem and read.problem != reading.SEVERAL:
        return Found(says=translate("errors", read.problem))
    choices = {kind: _choices(read, kind) for kind in contacts.KINDS}
    says = ""
    if read.problem:
        says = translate(
            "search", "More than one teacher may be meant. Choose one, or write more of the name."
        )
        choices = {kind: group(labels.label(kind), rows) for kind, rows in choices.items()}
    hint = translate("search", "Enter records it  ·  ↑ ↓ choose  ·  Esc closes")
    return Found([row for rows in choices.values() for row in rows], says, hint, bool(read.problem))


def recorded(contact: Contact) -> str:
    """What was done, for the toast."""
    said = translate("search", "Recorded {what} with {name}, {minutes} min.")
    return said.format(
        what=labels.label(contact.kind).lower(), name=contact.name, minutes=contact.quick.minutes
    )


def _choices(read: Quick, kind: EventKind) -> list[Row]:
    return [_row(Contact(who.id, labels.person(who.name), read, kind)) for who in read.people[:MOST]]


def _row(contact: Contact) -> Row:
    support = contact.kind is EventKind.TECHNICAL_SUPPORT
    said = (
        translate("search", "Technical support for {name}")
        if support
        else translate("search", "Quick contact with {name}")
    )
    return Row(
        said.format(name=contact.name),
        below=_about(contact.quick),
        icon="settings" if support else "message-circle",
        tone="other" if support else "accent",
        keys=translate("search", "Enter records it"),
        target=contact,
    )


def _about(read: Quick) -> str:
    """ "sign-in · 5 minutes · just now · 1D" """
    length = (
        translate("search", "1 minute")
        if read.minutes == 1
        else translate("search", "{count} minutes").format(count=read.minutes)
    )
    return " · ".join(
        part for part in (read.what, length, translate("search", "just now"), *read.codes) if part
    )
