"""What the search box finds: teachers, notes, cycles, action steps, events, schools, pages and commands.

Notes are found in all years at each key. Cycles, steps and events are at first those of the last school year
and some more; the rest is looked through when the coach asks for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from PySide6.QtCore import QCoreApplication

from coachdesk.model import (
    ActionStep,
    CoachingCycle,
    Colleague,
    CycleTeacher,
    Event,
    EventTeacher,
    School,
    SchoolGoal,
    Teacher,
)
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventStatus
from coachdesk.services import search
from coachdesk.services.desk import Desk
from coachdesk.services.search import (
    OPEN,
    FoundCycle,
    FoundNote,
    FoundPlace,
    FoundStep,
    FoundTeacher,
    NearEvent,
)
from coachdesk.ui import dates, labels, marks, stamped
from coachdesk.ui.search import contact
from coachdesk.ui.search.rows import (
    AllYears,
    Found,
    Offer,
    Row,
    fits,
    group,
    index_of,
    marked,
    sought,
    words_of,
)
from coachdesk.ui.wishes import OpenNote, ShowEvent, ShowTeacher, StartNote

KNOWS = frozenset(
    {Teacher, Event, EventTeacher, CoachingCycle, CycleTeacher, ActionStep, School, SchoolGoal, Colleague}
)
TEACHERS, NOTES, CYCLES, STEPS, EVENTS, PLACES, OFFERS = 5, 6, 3, 3, 4, 4, 6
MANY = 12  # of each kind, where all years are looked through
_EVERY = 1_000_000
FROM = 2  # letters from which on notes are searched
SETTLED = (EventStatus.PLANNED, EventStatus.COMPLETED)

Recent = ShowTeacher | OpenNote | StartNote

translate = QCoreApplication.translate


@dataclass(frozen=True)
class _Known:
    """A line that is kept in memory, and the words it is found by."""

    index: str
    row: Row


class Finder:
    """Notes are asked for at each key; teachers, cycles, steps and near events are known from `learn` on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people: list[FoundTeacher] = []
        self._teachers: list[_Known] = []
        # A line is made of those found: there are many.
        self._cycles: list[tuple[str, FoundCycle]] = []
        self._steps: list[tuple[str, FoundStep]] = []
        self._events: list[_Known] = []
        self._places: list[_Known] = []
        self._goes_beyond = False
        self.offers: Sequence[Offer] = ()
        self.stale = True

    def learn(self) -> None:
        """Ask who there is and what happens these weeks."""
        self.stale = False
        now = self._desk.now()
        self._people = self._desk.ask(search.teachers)
        self._teachers = [_Known(_index_of_teacher(who), _teacher(who)) for who in self._people]
        near = self._desk.ask(search.near_events, now)
        days = _Days(now.date())
        self._cycles = [(_index_of_cycle(cycle), cycle) for cycle in self._desk.ask(search.cycles)]
        self._steps = [(index_of(step.text), step) for step in self._desk.ask(search.steps)]
        self._events = [_Known(_index_of_event(event, days), _event(event, days)) for event in near]
        self._places = [_Known(_index_of_place(one), _place(one)) for one in self._desk.ask(search.places)]
        self._goes_beyond = self._desk.ask(search.goes_beyond, now)

    def forget(self) -> None:
        """Let go of all that was learnt."""
        self._people, self._teachers, self._events = [], [], []
        self._cycles, self._steps, self._places = [], [], []
        self.stale = True

    def found_in_all_years(self, text: str) -> Found:
        """Cycles, steps and events of all years; a moment's work in an old vault, so it is asked for."""
        typed, days = words_of(text), _Days(self._desk.now().date())
        cycles = [(_index_of_cycle(one), one) for one in self._desk.ask(search.cycles, _EVERY)]
        steps = [(index_of(one.text), one) for one in self._desk.ask(search.steps, _EVERY)]
        beginnings = sought(typed)
        events = self._desk.ask(
            search.events_of_all_years, lambda one: fits(beginnings, _index_of_event(one, days)), MANY
        )
        rows = [
            *group(translate("search", "Cycles"), _worked_on(cycles, typed, MANY)),
            *group(translate("search", "Action steps"), _agreed(steps, typed, MANY, days.today)),
            *group(translate("search", "Events"), [_marked(_event(one, days), typed) for one in events]),
        ]
        says = "" if rows else translate("search", "Nothing found in any year.")
        return Found(rows, says, _keys() if rows else "")

    def found(self, text: str, recent: Sequence[Recent]) -> Found:
        """What to show for `text`; for none what was seen last."""
        if self.stale:
            self.learn()
        if not text.strip():
            return self._seen(recent)
        if contact.begun(text):
            known = [who.person for who in self._people if who.status is not TeacherStatus.ARCHIVED]
            return contact.understood(text, known) or self._found(text, contact.nobody())
        return self._found(text)

    def _found(self, text: str, says: str = "") -> Found:
        typed = words_of(text)
        rows = [
            *group(translate("search", "Teachers"), _those(self._teachers, typed, TEACHERS)),
            *group(translate("search", "Notes"), self._notes(text)),
            *group(translate("search", "Cycles"), _worked_on(self._cycles, typed, CYCLES)),
            *group(translate("search", "Action steps"), self._agreed(typed)),
            *group(translate("search", "Events"), _those(self._events, typed, EVENTS)),
            *group(translate("search", "Schools, goals and colleagues"), _those(self._places, typed, PLACES)),
            *group(translate("search", "Pages and commands"), self._offered(typed)),
        ]
        if not rows and not says:
            says = translate(
                "search", "Nothing found. Try the beginning of a name, or another word from the note."
            )
        if self._goes_beyond and typed:
            beyond = translate("search", "Events, steps and cycles of all years…")
            rows += group(
                translate("search", "Further back"), [Row(beyond, icon="clock", target=AllYears(text))]
            )
        return Found(rows, says, _keys() if rows else "")

    def _notes(self, text: str) -> list[Row]:
        if len(text.strip()) < FROM:
            return []
        today = self._desk.now().date()
        return [_note(note, today, text) for note in self._desk.ask(search.found_notes, text, NOTES)]

    def _agreed(self, typed: Sequence[str]) -> list[Row]:
        return _agreed(self._steps, typed, STEPS, self._desk.now().date())

    def _offered(self, typed: Sequence[str]) -> list[Row]:
        beginnings = sought(typed)
        fitting = [offer for offer in self.offers if typed and fits(beginnings, index_of(offer.title))]
        return [
            Row(marked(offer.title, typed), icon=offer.icon, keys=offer.keys, target=offer.run)
            for offer in fitting[:OFFERS]
        ]

    def _seen(self, recent: Sequence[Recent]) -> Found:
        """What the coach saw last, and what can be typed."""
        people = {who.person.id: who for who in self._people}
        rows: dict[object, Row] = {}  # by what they open: a note may be begun and opened
        for wish in recent:
            if not isinstance(wish, ShowTeacher):
                rows |= {row.target: row for row in self._note_of(wish)}
            elif wish.teacher_id in people:
                rows[wish] = _teacher(people[wish.teacher_id])
        says = translate("search", "Type a name, a word from a note, a day, or a command.")
        return Found(
            group(translate("search", "Seen just now"), list(rows.values())),
            says,
            translate("search", "“quick rivera sign-in 5m” records a contact"),
        )

    def _note_of(self, wish: OpenNote | StartNote) -> list[Row]:
        key = wish.note_id if isinstance(wish, OpenNote) else wish.event_id
        found = self._desk.ask(search.notes_named, [key] if key else [])
        return [_note(note, self._desk.now().date()) for note in found]


class _Days:
    """The days of these weeks as a coach may write them, each worked out once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._index: dict[date, str] = {}
        self._near = {
            today - timedelta(1): translate("search", "yesterday"),
            today: translate("search", "today"),
            today + timedelta(1): translate("search", "tomorrow"),
        }

    def index(self, day: date) -> str:
        if day not in self._index:
            written = dates.day(day)
            self._index[day] = index_of(written, self._near.get(day, ""))
        return self._index[day]


def _keys() -> str:
    return translate("search", "Enter opens  ·  ↑ ↓ choose  ·  Esc closes")


def _worked_on(known: Iterable[tuple[str, FoundCycle]], typed: Sequence[str], most: int) -> list[Row]:
    beginnings = sought(typed)
    fitting = (cycle for index, cycle in known if typed and fits(beginnings, index))
    return [_cycle(cycle, typed) for cycle in islice(fitting, most)]


def _agreed(
    known: Iterable[tuple[str, FoundStep]], typed: Sequence[str], most: int, today: date
) -> list[Row]:
    beginnings = sought(typed)
    fitting = (step for index, step in known if typed and fits(beginnings, index))
    return [_step(step, today, typed) for step in islice(fitting, most)]


def _those(known: Iterable[_Known], typed: Sequence[str], most: int) -> list[Row]:
    rows: list[Row] = []
    beginnings = sought(typed)
    for one in known if typed else ():
        if fits(beginnings, one.index):
            rows.append(_marked(one.row, typed))
            if len(rows) == most:
                break
    return rows


def _marked(row: Row, typed: Sequence[str]) -> Row:
    return Row(marked(row.text, typed), marked(row.detail, typed), "", row.icon, row.tone, "", row.target)


def _index_of_teacher(who: FoundTeacher) -> str:
    return index_of(*who.person.names, who.subjects, who.room)


def _index_of_cycle(cycle: FoundCycle) -> str:
    return index_of(cycle.focus, cycle.goal)


def _index_of_place(place: FoundPlace) -> str:
    if place.goal or place.colleague:
        return index_of(place.goal, place.colleague)
    return index_of(place.school.name if place.school else "")


def _place(place: FoundPlace) -> Row:
    target: object = place.school or School
    name = place.school.name if place.school else ""
    if place.goal:
        return Row(place.goal, name, icon="target", target=target)
    if place.colleague:
        detail = " · ".join(filter(None, (labels.label(place.role) if place.role else "", name)))
        return Row(labels.person(place.colleague), detail, icon="users", target=target)
    return Row(name, icon="school", target=target)


def _index_of_event(event: NearEvent, days: _Days) -> str:
    said = index_of(labels.label(event.kind), event.names, event.title, event.place)
    return said + days.index(event.starts.date())


def _teacher(who: FoundTeacher) -> Row:
    room = translate("search", "Room {room}").format(room=who.room) if who.room else ""
    away = labels.label(who.status) if who.status is not TeacherStatus.ACTIVE else ""
    detail = " · ".join(part for part in (who.subjects, room, away) if part)
    return Row(labels.person(who.person.name), detail, icon="users", target=ShowTeacher(who.person.id))


def _cycle(cycle: FoundCycle, typed: Sequence[str]) -> Row:
    target = ShowTeacher(cycle.teacher_id, cycles=True)
    about = marked(cycle.focus or cycle.goal, typed)
    if OPEN not in about:
        about = marked(cycle.goal, typed)
    return Row(labels.person(cycle.name), labels.label(cycle.status), about, "repeat-2", target=target)


def _step(step: FoundStep, today: date, typed: Sequence[str]) -> Row:
    agreed = translate("search", "Agreed {day}").format(day=labels.short_day(step.agreed.date(), today))
    text = marked(" ".join(step.text.split()), typed)
    return Row(labels.person(step.name), agreed, text, "target", target=ShowTeacher(step.teacher_id))


def _people(names: str) -> str:
    """Names that came apart by commas."""
    return labels.people(names.split(", "))


def _event(event: NearEvent, days: _Days) -> Row:
    icon, tone = marks.of_event(event.kind)
    kind = labels.label(event.kind)
    what = (
        translate("search", "{kind} with {names}").format(kind=kind, names=_people(event.names))
        if event.names
        else kind
    )
    off = labels.label(event.status) if event.status not in SETTLED else ""
    when = labels.moment(event.starts, days.today)
    detail = " · ".join(part for part in (when, event.title, event.place, off) if part)
    return Row(what, detail, icon=icon, tone=tone, target=ShowEvent(event.id))


def _note(note: FoundNote, today: date, text: str = "") -> Row:
    icon, tone = marks.of_event(note.kind)
    day = labels.short_day(note.starts.date(), today)
    below = " · ".join(line.strip() for line in note.snippet.splitlines() if line.strip())
    if note.own:
        below = translate("search", "In words that only you can read")
    what = labels.label(note.kind) if note.names else ""
    detail = " · ".join(filter(None, (what, day, stamped.newest(note.shared, today))))
    wish = OpenNote(note.note_id, text)
    return Row(
        _people(note.names) if note.names else labels.label(note.kind), detail, below, icon, tone, target=wish
    )
