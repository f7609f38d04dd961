"""How a day and a time are written: as the desktop's locale has it, and everywhere alike.

Days stand in the order of the locale's own long dates ("2 Feb" or "Feb 2"), times by twenty-four hours or by
two halves ("13:05" or "1:05 PM"). Where the desktop does not say, as in these examples' first halves.
"""

from datetime import date, datetime, time
from re import sub

from PySide6.QtCore import QDate, QLocale, QTime

SOON = 300  # days within which a day is known without its year


def locale() -> QLocale:
    """Whose names of days and months are used: the desktop's; English where it does not say."""
    return QLocale() if _is_said() else QLocale(QLocale.Language.English)


def typed() -> str:
    """The pattern in which a field shows a day; the year in full."""
    pattern = locale().dateFormat(QLocale.FormatType.ShortFormat) if _is_said() else "d/M/yyyy"
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")


def short(on: date, today: date) -> str:
    """ "26 Jan", with the year where it is not this one."""
    if abs((on - today).days) < SOON:
        return _in_order(on, "d MMM", "MMM d")
    return with_year(on)


def with_year(on: date) -> str:
    """ "26 Jan 2027"."""
    return _in_order(on, "d MMM yyyy", "MMM d, yyyy")


def day(on: date) -> str:
    """ "Tuesday 2 February"."""
    return _in_order(on, "dddd d MMMM", "dddd, MMMM d")


def day_of_week(on: date) -> str:
    """ "Tue 2 Feb"."""
    return _in_order(on, "ddd d MMM", "ddd MMM d")


def weekday(on: date) -> str:
    """ "Tuesday"."""
    return _written(on, "dddd")


def short_weekday(on: date) -> str:
    """ "Tue"."""
    return _written(on, "ddd")


def month(on: date) -> str:
    """ "February 2027"."""
    return _written(on, "MMMM yyyy")


def days(first: date, last: date) -> str:
    """ "1–5 February"; "29 March–2 April"."""
    one_month = first.month == last.month
    begin = _in_order(first, "d" if one_month else "d MMMM", "MMMM d")
    return f"{begin}–{_in_order(last, 'd MMMM', 'd' if one_month else 'MMMM d')}"


def clock(at: datetime | time) -> str:
    """ "9:50"."""
    return _read(at, "H:mm", "h:mm AP")


def stamp(at: datetime | time) -> str:
    """ "9:50:12"."""
    return _read(at, "H:mm:ss", "h:mm:ss AP")


def times(starts: datetime | time, ends: datetime | time) -> str:
    """ "9:50–10:10"; the half of the day is said once where it is one."""
    one_half = by_halves() and (starts.hour < 12) == (ends.hour < 12)  # noqa: PLR2004 - noon
    begin = clock(starts).partition(" ")[0] if one_half else clock(starts)
    return f"{begin}–{clock(ends)}"


def hour(of_day: int) -> str:
    """ "13:00"; "1 PM"."""
    return _read(time(of_day), "H:mm", "h AP")


def by_halves() -> bool:
    """Whether clocks are read by the two halves of the day."""
    return _is_said() and "ap" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).lower()


def _is_said() -> bool:
    return QLocale().language() != QLocale.Language.C


def _in_order(on: date, day_first: str, month_first: str) -> str:
    long = sub("dddd?", "", QLocale().dateFormat(QLocale.FormatType.LongFormat))
    return _written(on, month_first if long.find("M") < long.find("d") else day_first)


def _written(on: date, pattern: str) -> str:
    return locale().toString(QDate(on.year, on.month, on.day), pattern)


def _read(at: datetime | time, whole: str, halved: str) -> str:
    """The words for the halves are English: a field for a time understands what it shows."""
    pattern = halved if by_halves() else whole
    return QLocale(QLocale.Language.English).toString(QTime(at.hour, at.minute, at.second), pattern)
