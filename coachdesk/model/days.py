"""School days: which days the school year counts, and how far apart two of them are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice

from pydantic import model_validator
from sqlmodel import Field

from coachdesk.model.kinds import PlainLine, Record

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST = 366  # days that a span can have besides its first: those of a school year


class NoSchool(Record, table=True):
    """A holiday, a break or another day without school; both days are without."""

    name: PlainLine = Field(title="Name", min_length=1, description="For example Winter break")
    first_day: date = Field(title="First day", index=True)
    last_day: date = Field(title="Last day")

    @model_validator(mode="after")
    def _in_order(self) -> "NoSchool":
        if not 0 <= (self.last_day - self.first_day).days <= 120:
            raise ValueError("The last day must come on or after the first, and within 120 days.")
        return self


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included, and what they are called."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """From when to when a school day goes, by the clock on the wall."""

    opens: time = time(8, 0)
    closes: time = time(15, 30)


@dataclass(frozen=True)
class Calendar:
    """The days that count: weekdays within the school years, but for those without school.

    A coach who has written down no school year has every weekday. Years and days without school come in the
    order of their first days.
    """

    years: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and self.in_a_year(day) and not self._closed_on(day)

    def in_a_year(self, day: date) -> bool:
        return not self.years or any(day in year for year in _around(self.years, day))

    def name_of(self, day: date) -> str:
        """What a day without school is called; "" of any other, and of a weekend."""
        span = self._closed_on(day)
        return span.name if span else ""

    def count(self, after: date, until: date) -> int:
        """The school days after one day, up to and including another; 0 if that is not later."""
        return sum(1 for day in _days(after + _DAY, until) if self.is_school_day(day))

    def _closed_on(self, day: date) -> Span | None:
        return next((span for span in _around(self.closed, day) if day in span), None)

    def ahead(self, first: date, most: int) -> Iterable[date]:
        """The school days among the `most` calendar days from `first` on."""
        return (day for day in _days(first, first + most * _DAY - _DAY) if self.is_school_day(day))

    def later(self, day: date, school_days: int, most: int = 200) -> date:
        """The day that lies so many school days after `day`; that many weekdays where the year ends."""
        found = list(islice(self.ahead(day + _DAY, most), school_days))
        if len(found) == school_days and found:
            return found[-1]
        return [d for d in Calendar().ahead(day + _DAY, 2 * school_days + 7)][school_days - 1]


def _around(spans: Sequence[Span], day: date) -> Sequence[Span]:
    """The spans that may hold `day`: those that began a year before it or less, however many there were."""
    this = day.toordinal()
    first, end = (bisect_left(spans, n, key=_first_day) for n in (this - _LONGEST, this + 1))
    return spans[first:end]


def _first_day(span: Span) -> int:
    return span.first.toordinal()


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))
