"""The days of the sample: school years with their holidays, and a day that fills up without clashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coachdesk.disclosure.windows import Window, quarters
from coachdesk.model.days import Span

DAY = timedelta(days=1)
_FIRST, _LAST, _LATE = time(8, 0), time(15, 30), time(17, 0)
SCHOOL_DAY = 450  # minutes from the first to the last


@dataclass(frozen=True)
class Year:
    """A school year from a Monday in August to a Friday in June, and the days school is held."""

    name: str
    first: date
    last: date
    days: tuple[date, ...]
    closed: tuple[Span, ...] = ()

    @property
    def quarters(self) -> tuple[Window, ...]:
        return quarters(self.first, self.last)


def year_of(day: date) -> int:
    """The calendar year in which the school year of `day` begins; July belongs to the coming one."""
    return day.year if day.month >= 7 else day.year - 1


def school_year(begins: int) -> Year:
    first = _on_or_after(date(begins, 8, 15), weekday=0)
    last = _on_or_after(date(begins + 1, 6, 6), weekday=4)
    closed = tuple(_closed(begins))
    held = (day for day in _days(first, last) if day.weekday() < 5 and not any(day in off for off in closed))
    return Year(f"{begins}-{(begins + 1) % 100:02d}", first, last, tuple(held), closed)


def school_day(day: date) -> date:
    """The last day on which school was held, that one or before it."""
    years = (school_year(year_of(day) - 1), school_year(year_of(day)))
    return max(held for year in years for held in year.days if held <= day)


def _closed(begins: int) -> Iterator[Span]:
    """The days without school from autumn to summer."""
    thanksgiving = _on_or_after(date(begins, 11, 22), weekday=3)
    spring = _on_or_after(date(begins + 1, 3, 28), weekday=0)
    yield _monday("Labor Day", date(begins, 9, 1))
    yield Span(thanksgiving - DAY, thanksgiving + DAY, "Thanksgiving")
    yield Span(date(begins, 12, 22), date(begins + 1, 1, 2), "Winter break")
    yield _monday("Martin Luther King Day", date(begins + 1, 1, 15))
    yield _monday("Presidents' Day", date(begins + 1, 2, 15))
    yield Span(spring, spring + 4 * DAY, "Spring break")
    yield _monday("Memorial Day", date(begins + 1, 5, 25))


def _monday(name: str, day: date) -> Span:
    monday = _on_or_after(day, weekday=0)
    return Span(monday, monday, name)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _on_or_after(day: date, *, weekday: int) -> date:
    return day + timedelta((weekday - day.weekday()) % 7)


class DayBook:
    """Gives each event of a day the next free time; the last of a full day come after school."""

    def __init__(self) -> None:
        self._free: dict[date, datetime] = {}

    def next(self, day: date, minutes: int, pause: int) -> datetime:
        """A start for `minutes` of work, `pause` minutes after what came before, to the five minutes."""
        free, takes = self._free.get(day, datetime.combine(day, _FIRST)), timedelta(minutes=minutes)
        start = free + timedelta(minutes=pause)
        if start + takes > datetime.combine(day, _LAST):
            start = free
        if start + takes > datetime.combine(day, _LATE):
            start = datetime.combine(day, _FIRST)
        self._free[day] = start + takes
        return start
