"""The quarters of a school year: the only spans of time a page may speak of.

They are disjoint, together they are the whole year, and a page is made only when its quarter is over. There
are no other spans, so nothing can be learnt by taking one page from another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from coachdesk.errors import NotShareable

QUARTERS = 4
LONGEST = timedelta(days=366)


@dataclass(frozen=True, order=True)
class Window:
    """A span of whole days, both ends included."""

    first: date
    last: date
    name: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def school_year(first: date, last: date) -> str:
    """A school year's name: 2026-27, or 2026 where it lies within one calendar year."""
    return f"{first:%Y}" if first.year == last.year else f"{first:%Y}-{last:%y}"


def quarters(first: date, last: date) -> tuple[Window, ...]:
    """The four quarters of a school year that runs from `first` to `last`, both included.

    Blocks of whole weeks from Monday, the longer blocks first. The year's first and last week may be short.

    Raises:
        NotShareable: days in the wrong order, or a year too short or too long.
    """
    if last < first:
        raise NotShareable("The school year ends before it begins. Check its first and last day.")
    if last - first > LONGEST:
        raise NotShareable("The school year is longer than a calendar year. Check its first and last day.")
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    if weeks < QUARTERS:
        raise NotShareable(
            "The school year is shorter than four weeks, so it has no quarters. Check its days."
        )
    whole, left = divmod(weeks, QUARTERS)
    lengths = [whole + (number < left) for number in range(QUARTERS)]
    starts = [monday + timedelta(weeks=sum(lengths[:number])) for number in range(QUARTERS + 1)]
    starts[0], starts[-1] = first, last + timedelta(days=1)
    name = school_year(first, last)
    return tuple(
        Window(start, after - timedelta(days=1), f"{name} Q{number}")
        for number, (start, after) in enumerate(pairwise(starts), start=1)
    )


def closed(window: Window, today: date) -> bool:
    """Whether the window is over: its last day is yesterday or earlier."""
    return today > window.last


def window_of(day: date, windows: Sequence[Window]) -> Window | None:
    """The window a day lies in, if any."""
    return next((window for window in windows if day in window), None)
