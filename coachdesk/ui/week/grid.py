"""Where a time of the week lies on the canvas, and which time a point of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect

SNAP = 5  # minutes: what the mouse draws and moves by
SLOT = 30  # minutes: what an arrow key goes by
DAY_MINUTES = 24 * 60
SMALLEST = 24  # pixels: an event is never lower than a finger or an unsteady hand can hit
_APART = 2
_LAST = DAY_MINUTES - SNAP


@dataclass(frozen=True)
class Grid:
    """The days side by side, each from midnight to midnight, beside the hours in the `gutter`."""

    days: tuple[date, ...]
    width: int
    gutter: int
    per_minute: float

    @property
    def height(self) -> int:
        return round(DAY_MINUTES * self.per_minute)

    def x(self, column: int) -> int:
        """Where a column begins; that after the last is the right edge."""
        return self.gutter + round((self.width - self.gutter) * column / len(self.days))

    def y(self, minutes: float) -> int:
        return round(minutes * self.per_minute)

    def column(self, day: date) -> int | None:
        return self.days.index(day) if day in self.days else None

    def column_at(self, x: int) -> int:
        """The day under a point, or the nearest."""
        found = [column for column in range(len(self.days)) if self.x(column) <= x]
        return found[-1] if found else 0

    def minutes_at(self, y: float, step: int = SNAP) -> int:
        """The time of day under a point, on the full step before."""
        minutes = int(y / self.per_minute // step * step)
        return max(0, min(DAY_MINUTES - step, minutes))

    def moment(self, point: QPoint, step: int = SNAP) -> datetime:
        return at(self.days[self.column_at(point.x())], self.minutes_at(point.y(), step))

    def rect(self, starts: datetime, ends: datetime, lane: int = 0, lanes: int = 1) -> QRect:
        """The room of an event, in its lane where several lie side by side; empty on a day not shown."""
        column = self.column(starts.date())
        if column is None:
            return QRect()
        left, right = self.x(column) + _APART + 1, self.x(column + 1) - _APART
        first, after = (left + (right - left) * n // lanes for n in (lane, lane + 1))
        top = self.y(minutes_of(starts))
        tall = max(SMALLEST, self.y((ends - starts).total_seconds() / 60) - 1)
        return QRect(first, top + 1, after - first - (_APART if lane + 1 < lanes else 0), tall)

    def lowest(self) -> timedelta:
        """How long the lowest block looks: what begins before it ends must stand beside it."""
        return timedelta(minutes=(SMALLEST + 1) / self.per_minute)


def at(day: date, minutes: int) -> datetime:
    """So many minutes into a day."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def minutes_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def within_day(starts: datetime, length: timedelta) -> datetime:
    """The nearest start at which so long an event still ends on its day."""
    latest = at(starts.date(), _LAST) - length
    return max(min(starts, latest), at(starts.date(), 0))


def latest_end(day: date) -> datetime:
    return at(day, _LAST)


Span = tuple[datetime, datetime]


def lanes(spans: Sequence[Span], lowest: timedelta) -> list[tuple[int, int]]:
    """For each of these times, in order of their start, its lane and how many lanes stand side by side."""
    placed: list[tuple[int, int]] = []
    group: list[int] = []  # the lanes of those that hang together
    free: list[datetime] = []  # when each of their lanes is free again
    for starts, ends in spans:
        if free and starts >= max(free):
            placed += [(lane, len(free)) for lane in group]
            group, free = [], []
        lane = next((n for n, when in enumerate(free) if when <= starts), len(free))
        free[lane : lane + 1] = [max(ends, starts + lowest)]
        group.append(lane)
    return placed + [(lane, len(free)) for lane in group]
