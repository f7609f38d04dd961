"""What is said of backups."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from coachdesk.services.backups import Kept
from coachdesk.ui import dates

MIB = 1 << 20


def when(made: datetime, today: date) -> str:
    """ "Today, 15:04", "Friday 20 Nov 2026, 15:04"."""
    days = (today - made.date()).days
    at = dates.stamp(made)
    if days == 0:
        return _tr("Today, {time}").format(time=at)
    if days == 1:
        return _tr("Yesterday, {time}").format(time=at)
    said = _tr("{weekday}, {day}, {time}")
    return said.format(weekday=dates.weekday(made.date()), day=dates.with_year(made.date()), time=at)


def where(one: Kept) -> str:
    """In which folder, or folders, it lies."""
    if one.here and one.in_second:
        return _tr("this laptop and second folder")
    return _tr("this laptop") if one.here else _tr("second folder")


def line(one: Kept, today: date) -> str:
    """A backup in a list."""
    return _tr("{when}  ·  {where}  ·  {size} MB").format(
        when=when(one.made, today), where=where(one), size=size(one.size)
    )


def size(of: int) -> str:
    """In megabytes, one decimal."""
    return dates.locale().toString(of / MIB, "f", 1)


def noun(name: str) -> str:
    """The kind of record, as a heading of its row."""
    return {
        "teacher": _tr("Teachers"),
        "event": _tr("Events"),
        "visitnote": _tr("Visit notes"),
        "actionstep": _tr("Next steps"),
    }[name]


def _tr(text: str) -> str:
    return QCoreApplication.translate("backups", text)
