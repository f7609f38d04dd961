"""The days of the sample: school years with their holidays, and a day that fills up without clashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coachdesk.disclosure.windows import Window, quarters

DAY = timedelta(days=1)
_FIRST, _LAST = time(8, 0), time(15, 30)


@dataclass(frozen=True)
class Year:
    """A school year from a Monday in August to a Friday in June, and the days school is held."""

    name: str
    first: date
    last: date
    days: tuple[date, ...]

    @property
    def quarters(self) -> tuple[Window, ...]:
        return quarters(self.first, self.last)


def year_of(day: date) -> int:
    """The calendar year in which the school year of `day` begins; July belongs to the coming one."""
    return day.year if day.month >= 7 else day.year - 1


def school_year(begins: int) -> Year:
    first = _on_or_after(date(begins, 8, 15), weekday=0)
    last = _on_or_after(date(begins + 1, 6, 6), weekday=4)
    closed = set(_closed(begins))
    held = tuple(day for day in _days(first, last) if day.weekday() < 5 and day not in closed)
    return Year(f"{begins}-{(begins + 1) % 100:02d}", first, last, held)


def _closed(begins: int) -> Iterator[date]:
    """Labor Day, Thanksgiving, winter break, two Mondays in winter, spring break and Memorial Day."""
    yield _on_or_after(date(begins, 9, 1), weekday=0)
    thanksgiving = _on_or_after(date(begins, 11, 22), weekday=3)
    yield from _days(thanksgiving - DAY, thanksgiving + DAY)
    yield from _days(date(begins, 12, 22), date(begins + 1, 1, 2))
    yield _on_or_after(date(begins + 1, 1, 15), weekday=0)
    yield _on_or_after(date(begins + 1, 2, 15), weekday=0)
    spring = _on_or_after(date(begins + 1, 3, 28), weekday=0)
    yield from _days(spring, spring + 4 * DAY)
    yield _on_or_after(date(begins + 1, 5, 25), weekday=0)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _on_or_after(day: date, *, weekday: int) -> date:
    return day + timedelta((weekday - day.weekday()) % 7)


class DayBook:
    """Gives each event of a day the next free time; a day that is full begins again at the morning."""

    def __init__(self) -> None:
        self._free: dict[date, datetime] = {}

    def next(self, day: date, minutes: int, pause: int) -> datetime:
        """A start for `minutes` of work, `pause` minutes after what came before, to the five minutes."""
        start = self._free.get(day, datetime.combine(day, _FIRST)) + timedelta(minutes=pause)
        if start + timedelta(minutes=minutes) > datetime.combine(day, _LAST):
            start = datetime.combine(day, _FIRST)
        self._free[day] = start + timedelta(minutes=minutes)
        return start
