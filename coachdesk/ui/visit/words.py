"""How a visit is named on its page."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from coachdesk.services.events import EventRow
from coachdesk.services.notes import Card
from coachdesk.ui import dates, labels
from coachdesk.ui.initials import SHOWN


def short_name(name: str) -> str:
    """ "M. Rivera" for "Maya Rivera"; a single name stays as it is."""
    first, _space, rest = name.strip().partition(" ")
    return f"{first[0]}. {rest}" if rest else labels.person(first)


def whom(event: EventRow) -> str:
    if SHOWN.on:
        return labels.people(event.names)
    return labels.person(", ".join(short_name(name) for name in event.names))


def where(card: Card) -> str:
    """ "Tuesday 2 February · 9:50 · Room 12 · Period 2 · Round 2"."""
    nth = QCoreApplication.translate("VisitNote", "Round {number}").format(number=card.round)
    return " · ".join(filter(None, (day(card.event.starts), *place(card), nth if card.round else "")))


def place(card: Card) -> tuple[str, str]:
    """ "Room 12" and "Period 2"; "" for what is not known."""
    room = _named(card.room, QCoreApplication.translate("VisitNote", "Room {name}"))
    return room, _named(card.event.period, QCoreApplication.translate("VisitNote", "Period {name}"))


def day(at: datetime) -> str:
    return f"{dates.day(at.date())} · {dates.clock(at)}"


def _named(text: str, pattern: str) -> str:
    """A bare number gets its noun: "Room 12"; words stay as they are."""
    return pattern.format(name=text) if text[:1].isdigit() else text
