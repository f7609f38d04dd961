"""What the week says: of days, times and events, as long as there is room for it."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services.events import EventRow
from coachdesk.ui import dates, labels
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.labels import QT_TRANSLATE_NOOP

SHORT: Mapping[EventKind, str] = MappingProxyType(
    {
        EventKind.PLANNING_MEETING: QT_TRANSLATE_NOOP("week", "Planning"),
        EventKind.VISIT: QT_TRANSLATE_NOOP("week", "Visit"),
        EventKind.DEBRIEF: QT_TRANSLATE_NOOP("week", "Debrief"),
        EventKind.PRINCIPAL_MEETING: QT_TRANSLATE_NOOP("week", "Principal"),
        EventKind.GROUP: QT_TRANSLATE_NOOP("week", "Group"),
        EventKind.PD_SESSION: QT_TRANSLATE_NOOP("week", "PD"),
        EventKind.DATA_MEETING: QT_TRANSLATE_NOOP("week", "Data"),
        EventKind.QUICK_CONTACT: QT_TRANSLATE_NOOP("week", "Contact"),
        EventKind.PREPARATION: QT_TRANSLATE_NOOP("week", "Prep"),
        EventKind.OWN_GROWTH: QT_TRANSLATE_NOOP("week", "Growth"),
        EventKind.TECHNICAL_SUPPORT: QT_TRANSLATE_NOOP("week", "Tech"),
        EventKind.OTHER_DUTY: QT_TRANSLATE_NOOP("week", "Duty"),
        EventKind.TRAVEL: QT_TRANSLATE_NOOP("week", "Travel"),
        EventKind.LEAVE: QT_TRANSLATE_NOOP("week", "Leave"),
    }
)
"""A word for each kind that fits where the whole name does not."""

OFF = (EventStatus.CANCELLED, EventStatus.RESCHEDULED, EventStatus.DIDNT_HAPPEN)


def span(row: EventRow) -> str:
    """ "9:50–10:10"."""
    return dates.times(row.starts, row.ends)


def month(first: date) -> str:
    """ "February 2027": that of the week's Thursday, which has most of its days."""
    return dates.month(date.fromordinal(first.toordinal() + 3))


def which_week(first: date, last: date) -> str:
    """ "1–5 February · week 5"."""
    says = QCoreApplication.translate("week", "{days} · week {number}")
    return says.format(days=dates.days(first, last), number=first.isocalendar().week)


def slot(starts: datetime, *, free: bool = True) -> str:
    """What a place of the grid is called."""
    says = QCoreApplication.translate("week", "{day} {time}, free" if free else "{day} {time}")
    return says.format(day=dates.day(starts.date()), time=dates.clock(starts))


def event(row: EventRow) -> str:
    """An event in full, as assistive tools say it."""
    says = QCoreApplication.translate("week", "{day} {starts} to {ends}")
    when = says.format(
        day=dates.day(row.starts.date()), starts=dates.clock(row.starts), ends=dates.clock(row.ends)
    )
    what = (labels.label(row.kind), *_who(row), row.title, when, row.place, standing(row))
    return ", ".join(filter(None, what))


def standing(row: EventRow) -> str:
    """ "planned", "completed", "didn't happen"."""
    word = labels.label(row.status)
    return word[:1].lower() + word[1:]


def about(row: EventRow) -> tuple[str, ...]:
    """Whom or what an event is about, the longest first: what fits is shown."""
    names = _who(row)
    if not names:
        kind = labels.label(row.kind)
        short = QCoreApplication.translate("week", SHORT[row.kind])
        return tuple(filter(None, (row.title, kind, short)))
    if SHOWN.on:
        return (", ".join(names), f"{names[0]} +{len(names) - 1}" if len(names) > 1 else names[0], names[0])
    families = tuple(_family(name) for name in names)
    more = f"{families[0]} +{len(names) - 1}" if len(names) > 1 else families[0]
    given = names[0].split()[0] if names[0].split() else names[0]
    shorter = (given,) if len(names) == 1 and len(given) < len(families[0]) else ()
    return (", ".join(names), ", ".join(families), more, *shorter, _initials(names[0]))


def one_line(row: EventRow) -> tuple[str, ...]:
    """Whom an event is with and its kind, where there is one line for both."""
    names = about(row)
    if not row.teachers:
        return names
    kind = labels.label(row.kind)
    short = QCoreApplication.translate("week", SHORT[row.kind])
    return (f"{names[0]} · {kind}", f"{names[0]} · {short}", f"{names[1]} · {short}", *names[1:])


def below(row: EventRow) -> tuple[str, ...]:
    """What stands on the second line, the longest first: when, and what it is or became of it."""
    kind, short = labels.label(row.kind), QCoreApplication.translate("week", SHORT[row.kind])
    when, from_when = span(row), dates.clock(row.starts)
    if row.status in OFF:
        became = labels.label(row.status)
        return (f"{when} · {became}", became, when, from_when)
    if not row.teachers:
        return (f"{when} · {kind}", f"{when} · {short}", when, from_when) if row.title else (when, from_when)
    return (f"{when} · {kind}", f"{when} · {short}", short, when, from_when)


def _who(row: EventRow) -> tuple[str, ...]:
    return tuple(labels.person(name) for name in row.names)


def _family(name: str) -> str:
    return name.split()[-1] if name.split() else name


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:3])
