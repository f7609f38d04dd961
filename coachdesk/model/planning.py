"""Finding time: which events clash, where the next free time is, and when a round's three events may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachdesk.model.cycles import Slot
from coachdesk.model.days import Calendar, Hours
from coachdesk.model.schedule import EventKind
from coachdesk.model.usual import VISIT_MINUTES

GRID = 5  # minutes: free times begin on it
LOOK_AHEAD = 60  # days in which a free time is looked for
MEETING = 30  # minutes of a planning meeting and of a debrief
KIND = {
    Slot.PLANNING: EventKind.PLANNING_MEETING,
    Slot.VISIT: EventKind.VISIT,
    Slot.DEBRIEF: EventKind.DEBRIEF,
}
TO_THE_VISIT = 2  # school days from the planning meeting to the visit
_SAME_TIME = 5  # school days on which the usual time is looked for before any other is taken

ACROSS_MIDNIGHT = "An event ends on the day it begins, at 23:59 at the latest."
NOT_AFTER = "The end must come after the start."
CLOCKS_CHANGE = "The clocks change between these times. Choose times before or after."
NO_TIME = "No free time was found in the next {days} days. Choose another day, or check the school year."


@dataclass(frozen=True, order=True)
class Busy:
    """A time that is taken, by the clock on the wall, and by which event."""

    starts: datetime
    ends: datetime
    event_id: UUID | None = None
    kind: EventKind | None = None

    def meets(self, starts: datetime, ends: datetime) -> bool:
        """Whether both share a minute; one that ends as the other begins does not."""
        return self.starts < ends and starts < self.ends


@dataclass(frozen=True)
class Openings:
    """What a free time is looked for in."""

    calendar: Calendar
    hours: Hours
    busy: tuple[Busy, ...] = ()
    visit_minutes: int = VISIT_MINUTES

    def taken(self, *more: Busy) -> "Openings":
        return replace(self, busy=(*self.busy, *more))

    def step(self, slot: Slot, starts: datetime, passed_over: Sequence[date] = ()) -> "Step":
        """The event of a round that begins then, as long as is usual."""
        return Step(slot, starts, starts + timedelta(minutes=self.minutes(slot)), tuple(passed_over))

    def minutes(self, slot: Slot) -> int:
        return self.visit_minutes if slot is Slot.VISIT else MEETING

    def fits(self, starts: datetime, minutes: int) -> bool:
        """Whether the time lies within school hours and nothing else is there."""
        ends = starts + timedelta(minutes=minutes)
        in_hours = self.hours.opens <= starts.time() and ends <= datetime.combine(
            starts.date(), self.hours.closes
        )
        return in_hours and not clashes(self.busy, starts, ends)


@dataclass(frozen=True)
class Step:
    """One of the three events of a round; `passed_over` are the days its usual time was taken on."""

    slot: Slot
    starts: datetime
    ends: datetime
    passed_over: tuple[date, ...] = ()

    @property
    def kind(self) -> EventKind:
        return KIND[self.slot]


def clashes(busy: Iterable[Busy], starts: datetime, ends: datetime) -> tuple[Busy, ...]:
    """What else is at that time, earliest first."""
    return tuple(sorted(one for one in busy if one.meets(starts, ends)))


def problem(starts: datetime, ends: datetime, zone: str = "") -> str:
    """Why an event cannot be at that time, as a sentence; "" if it can."""
    if ends.date() != starts.date():
        return ACROSS_MIDNIGHT if ends > starts else NOT_AFTER
    if ends <= starts:
        return NOT_AFTER
    return CLOCKS_CHANGE if _clocks_change(starts, ends, zone) else ""


def free_time(within: Openings, after: datetime, minutes: int) -> datetime | None:
    """The first free time of that length from `after` on, in school hours of a school day."""
    for day in within.calendar.ahead(after.date(), LOOK_AHEAD):
        for starts in _candidates(within, day, after):
            if within.fits(starts, minutes):
                return starts
    return None


def last_free_time(within: Openings, after: datetime, minutes: int) -> datetime | None:
    """The last free time of that length on the day of `after`, not before it."""
    length, day = timedelta(minutes=minutes), after.date()
    here = [one.starts - length for one in within.busy if one.starts.date() == day]
    late = [datetime.combine(day, within.hours.closes) - length, *here]
    fitting = [starts for starts in late if starts >= after and within.fits(starts, minutes)]
    return max(fitting, default=None) if within.calendar.is_school_day(day) else None


def usual(within: Openings, after: datetime, at: time) -> Step | None:
    """A visit at the usual time on the first school day it is free; any free time where it never is."""
    minutes = within.visit_minutes
    passed_over: list[date] = []
    for day in islice(within.calendar.ahead(after.date(), LOOK_AHEAD), _SAME_TIME):
        starts = datetime.combine(day, at)
        if starts < after:
            continue
        if not clashes(within.busy, starts, starts + timedelta(minutes=minutes)) and not problem(
            starts, starts + timedelta(minutes=minutes)
        ):
            return within.step(Slot.VISIT, starts, passed_over)
        passed_over.append(day)
    free = free_time(within, after, minutes)
    return within.step(Slot.VISIT, free, passed_over) if free else None


def round_of_three(within: Openings, starting: datetime, at: time | None) -> tuple[Step, ...]:
    """Meet, visit, meet: the meeting at once, the visit two school days later, the debrief the same day.

    Where the day of the visit is full, the debrief comes on the next school day (product.md: same day best).
    Empty where there is no time for one of them.
    """
    first = free_time(within, starting, MEETING)
    if first is None:
        return ()
    planning = within.step(Slot.PLANNING, first)
    visit = _visit(within.taken(_busy(planning)), first, at)
    if visit is None:
        return ()
    debrief = debrief_after(within.taken(_busy(planning), _busy(visit)), visit.ends)
    return (planning, visit, debrief) if debrief else ()


def debrief_after(within: Openings, visited: datetime) -> Step | None:
    """The last free time of the visit's day, when lessons are over; else the next school day's first."""
    starts = last_free_time(within, visited, MEETING)
    if starts is None:
        starts = free_time(within, datetime.combine(visited.date() + timedelta(days=1), time()), MEETING)
    return within.step(Slot.DEBRIEF, starts) if starts else None


def _visit(within: Openings, met: datetime, at: time | None) -> Step | None:
    day = datetime.combine(within.calendar.later(met.date(), TO_THE_VISIT), time())
    if at is not None:
        return usual(within, day, at)
    free = free_time(within, day, within.visit_minutes)
    return within.step(Slot.VISIT, free) if free else None


def _busy(step: Step) -> Busy:
    return Busy(step.starts, step.ends, kind=step.kind)


def _candidates(within: Openings, day: date, after: datetime) -> list[datetime]:
    """The opening of the day, `after` itself, and the ends of what is there: nothing else can be first."""
    opens = datetime.combine(day, within.hours.opens)
    ends = [one.ends for one in within.busy if one.ends.date() == day]
    return sorted(on_the_grid(max(one, opens, after)) for one in {opens, *ends})


def on_the_grid(moment: datetime) -> datetime:
    """The next full five minutes."""
    plain = moment.replace(second=0, microsecond=0)
    if plain < moment:
        plain += timedelta(minutes=1)
    return plain + timedelta(minutes=-plain.minute % GRID)


def _clocks_change(starts: datetime, ends: datetime, zone: str) -> bool:
    """Whether one of the times does not exist, comes twice, or lies on the other side of the change."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    both = [m.replace(tzinfo=place, fold=fold) for m in (starts, ends) for fold in (0, 1)]
    return len({moment.utcoffset() for moment in both}) > 1
