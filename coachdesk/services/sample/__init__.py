"""A vault of an invented coach, to look around in, to test with and to measure.

Everything in it follows from its seed: the same seed, size and day make the same records with the same keys.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from random import Random
from threading import Event as Signal

from sqlmodel import Session

from coachdesk.errors import Cancelled
from coachdesk.model import Chain, Event
from coachdesk.paths import Folders
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk, Post, direct
from coachdesk.services.keep import keep_many
from coachdesk.services.opening import QUICK, create_desk
from coachdesk.services.sample.book import ORDER, Book, Shape
from coachdesk.services.sample.calendar import ahead, habits
from coachdesk.services.sample.cycles import Coaching, Job, Span
from coachdesk.services.sample.days import Year, school_year, year_of
from coachdesk.services.sample.events import AHEAD, Calendar
from coachdesk.services.sample.roster import Place, roster
from coachdesk.services.sample.words import Writer
from coachdesk.store.seen import NAME as SEEN
from coachdesk.store.vault import parts

PASSPHRASE = "sample"
MARK = "sample"  # the file in the data folder that says: nothing here is real
Report = Callable[[int, int], object]
"""Told, on the writer's thread, how much is done, of how much; stops the work by raising Cancelled."""

_MARKED = "Everything in this vault is invented.\n"


def _nobody(_done: int, _of: int) -> None: ...


def build(desk: Desk, *, teachers: int = 40, years: int = 2, seed: int = 1, today: date) -> None:
    """Fill an empty desk with `years` years of work up to `today` and two weeks beyond.

    All of it is kept, or none.

    Raises:
        CoachdeskError: a size that no sample can have.
    """
    _fill(desk, Shape(today, teachers, years, seed), _nobody)


def _fill(desk: Desk, shape: Shape, report: Report) -> None:
    stop = Signal()
    try:
        desk.do(_write, shape, stop, report)
    except BaseException:
        stop.set()  # the writer is on a thread of its own and would go on after Ctrl+C
        raise


def make(
    place: Folders,
    shape: Shape,
    post: Post = direct,
    passphrase: str = PASSPHRASE,
    report: Report = _nobody,
) -> Desk:
    """Make a vault in `place`, marked as a sample, and open the desk over it.

    Where that fails, nothing is left behind.

    Raises:
        VaultExists: there is a vault already.
        Cancelled: `report` did.
    """
    desk = create_desk(place, passphrase, post, QUICK)
    try:
        (place.data / MARK).write_text(_MARKED, encoding="utf-8")
        _fill(desk, shape, report)
    except BaseException:
        desk.close()
        seen = place.memory / SEEN.format(vault=desk.key.vault)
        for left in (*parts(place), place.data / MARK, seen):
            if left.is_file():
                left.unlink()
        with suppress(OSError):  # there is something else in it, or it is not there
            place.state.rmdir()
        raise
    return desk


def is_sample(place: Folders) -> bool:
    """Whether the vault in `place` was made by `make`."""
    return (place.data / MARK).is_file()


def books(shape: Shape) -> Iterator[Book]:
    """The rows of a sample, a school year at a time."""
    began = year_of(shape.today)
    years = [school_year(begins) for begins in range(began - shape.years, began + 1)]
    book = Book(Random(shape.seed), shape.today, years[0].first)
    writer = Writer(book.rng)
    places = roster(book, writer, shape, years)
    coaching, calendar = Coaching(book, writer), Calendar(book, writer)
    for year in years:
        calendar.write(_jobs(book, coaching, places, year))
        _drop_empty_rounds(book)
        yield book
        book.rows.clear()


def _drop_empty_rounds(book: Book) -> None:
    """Nobody plans a round and puts nothing on the calendar: one without any event is none."""
    filled = {event.get("chain_id") for event in book.rows.get(Event, ())}
    book.rows[Chain] = [chain for chain in book.rows.get(Chain, ()) if chain["id"] in filled]


def _jobs(book: Book, coaching: Coaching, places: tuple[Place, ...], year: Year) -> Iterator[Job]:
    """All that is on the calendar of one school year."""
    for quarter in year.quarters:
        held = tuple(day for day in year.days if day in quarter)
        for place in places:
            there = tuple(day for day in held if day.weekday() in place.weekdays)
            if there and there[0] <= book.today + AHEAD:
                yield from coaching.quarter(place, Span(there, len(held) / len(year.days)))
    yield from habits(book, places, tuple(day for day in year.days if day <= book.today + AHEAD))
    yield from ahead(book, places, tuple(day for day in year.days if book.today < day <= book.today + AHEAD))


@lasting
def _write(session: Session, shape: Shape, stop: Signal, report: Report) -> None:
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # see ORDER
    steps = (shape.years + 1) * len(ORDER)
    for year, book in enumerate(books(shape)):
        for number, record in enumerate(ORDER):
            if stop.is_set():
                raise Cancelled
            report(year * len(ORDER) + number, steps)
            if rows := book.rows.get(record):
                keep_many(session, record, rows)
