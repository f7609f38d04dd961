"""What fills a coach's days beside coaching cycles: meetings, workshops, duties, roads and a few days off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.model.schedule import EventKind
from coachdesk.services.sample.book import Book
from coachdesk.services.sample.cycles import Job, Work
from coachdesk.services.sample.roster import Place


@dataclass(frozen=True)
class Habit:
    """Something that happens on a day with this chance; where in the day, and for how long."""

    kind: EventKind
    chance: float
    order: float
    minutes: tuple[int, ...]
    with_teacher: bool = False


_HABITS = (
    Habit(EventKind.PRINCIPAL_MEETING, 0.08, 0.0, (30, 45)),
    Habit(EventKind.GROUP, 0.2, 1.6, (30,)),
    Habit(EventKind.PD_SESSION, 0.05, 1.9, (45, 60)),
    Habit(EventKind.DATA_MEETING, 0.04, 1.3, (45,)),
    Habit(EventKind.QUICK_CONTACT, 0.6, 0.4, (5, 10), with_teacher=True),
    Habit(EventKind.QUICK_CONTACT, 0.4, 0.9, (5, 10), with_teacher=True),
    Habit(EventKind.PREPARATION, 0.4, 1.2, (20, 30)),
    Habit(EventKind.OWN_GROWTH, 0.09, 1.8, (45, 60)),
    Habit(EventKind.TECHNICAL_SUPPORT, 0.25, 0.7, (10, 15, 25), with_teacher=True),
    Habit(EventKind.OTHER_DUTY, 0.1, 0.8, (40,)),
    Habit(EventKind.TRAVEL, 0.2, 1.1, (15, 20)),
    Habit(EventKind.LEAVE, 0.02, 2.0, (120,)),
)
_LATELY = timedelta(days=40)
_NOT_AT_A_SCHOOL = (EventKind.OWN_GROWTH, EventKind.TRAVEL, EventKind.LEAVE)


def habits(book: Book, places: tuple[Place, ...], days: tuple[date, ...]) -> Iterator[Job]:
    """The other events of these days, each at the school where the coach is on that weekday."""
    for day in days:
        place = next(place for place in places if day.weekday() in place.weekdays)
        for habit in _HABITS:
            if book.chance(habit.chance):
                yield _job(book, habit, place, day)


def ahead(book: Book, places: tuple[Place, ...], days: tuple[date, ...]) -> Iterator[Job]:
    """One of each kind on the days to come, so that no part of the calendar is bare."""
    for number, habit in enumerate(_HABITS):
        if days:
            day = days[number % len(days)]
            yield _job(book, habit, next(p for p in places if day.weekday() in p.weekdays), day)


def _job(book: Book, habit: Habit, place: Place, day: date) -> Job:
    school = None if habit.kind in _NOT_AT_A_SCHOOL else place.id
    seen = [each for each in place.teachers if day < book.today - _LATELY or each.id not in book.quiet]
    some = (book.rng.choice(seen),) if habit.with_teacher and seen else ()
    minutes = book.rng.choice(habit.minutes)
    return Job(day, habit.order, habit.kind, minutes, Work(school, some))
