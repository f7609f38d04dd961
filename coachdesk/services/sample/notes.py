"""The notes of the sample: script lines, counters, and the standards the coach was practising."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from coachdesk.model import ScriptLine, SharedStamp, StandardTag, Tally, VisitNote
from coachdesk.model.schedule import EventKind
from coachdesk.model.standards import SUGGESTED
from coachdesk.model.visits import NoteState, SharedHow, SharedWith
from coachdesk.services.sample.book import Book
from coachdesk.services.sample.cycles import Job
from coachdesk.services.sample.words import Lesson, Writer, data

# What a coach practises in visits; 1D, the visit itself, comes on top of these.
_IN_VISITS = {
    "1A": 8, "1B": 5, "1C": 5, "1D": 8, "1E": 4, "1F": 6, "2A": 3, "2B": 4, "2C": 2,
    "2D": 4, "3A": 1, "3B": 3, "3C": 1, "3D": 1, "3E": 3, "3F": 1, "4A": 1, "4B": 1,
}  # fmt: skip
_ELSEWHERE: dict[EventKind, tuple[str, ...]] = {
    **SUGGESTED,
    EventKind.PRINCIPAL_MEETING: ("3A", "3B", "3D"),
    EventKind.GROUP: ("3C", "3E", "2A"),
    EventKind.PD_SESSION: ("3C", "3E", "3F"),
    EventKind.DATA_MEETING: ("2B", "1F", "3B"),
    EventKind.PREPARATION: ("3D", "1C"),
    EventKind.OWN_GROWTH: ("4A", "4B", "2C"),
    EventKind.QUICK_CONTACT: ("2A", "2D"),
}
_DRAFT_DAYS, _OPEN_DAYS = timedelta(days=4), timedelta(days=14)
_WRITTEN = ("strength", "wondering", "interpretation", "reflection")
_COUNTERS = 3
_SHARED = 7  # one note of so many is shared


class Notes:
    """Writes the notes of visits, and the coach's own tags for any event."""

    def __init__(self, book: Book, writer: Writer) -> None:
        self._book, self._rng, self._writer = book, book.rng, writer

    def write(self, event: UUID, job: Job, values: dict[str, Any]) -> None:
        """The note of one visit, with its lines, counters and tags."""
        starts, ends = values["starts"], values["ends"]
        taught = self._writer.lesson(job.work.teachers[0].subject, job.work.strategy)
        state = self._state(job.day)
        note = self._book.add(
            VisitNote,
            ends,
            {
                "event_id": event,
                "state": state,
                "started": starts,
                "finished": None if state is NoteState.DRAFT else ends,
                **self._sentences(state, taught),
            },
        )
        lines = [
            self._book.add(ScriptLine, ends, {"note_id": note, "position": position, **line})
            for position, line in enumerate(self._writer.script(taught, job.minutes, values["visit_kind"]))
        ]
        for position, counter in enumerate(self._rng.sample(data("cycles")["counter"], _COUNTERS)):
            count = self._rng.randint(0, job.minutes)
            self._book.add(Tally, ends, {"note_id": note, "position": position, "count": count, **counter})
        if state is not NoteState.DRAFT and note.int % _SHARED == 0:
            shared = {"note_id": note, "day": job.day, "whom": SharedWith.TEACHER, "how": SharedHow.SHOWN}
            self._book.beside(SharedStamp, ends, shared)
        codes = self._rng.choices(list(_IN_VISITS), weights=list(_IN_VISITS.values()), k=2)
        for code in dict.fromkeys(("1D" if self._book.chance(0.6) else codes[0], codes[1])):
            line = self._rng.choice(lines) if self._book.chance(0.4) else None
            self._tag(event, code, ends, {"note_id": note, "line_id": line})

    def tags(self, event: UUID, job: Job, at: datetime) -> None:
        """What the coach was practising in an event other than a visit."""
        if job.kind in _ELSEWHERE and job.kind is not EventKind.VISIT and self._book.chance(0.5):
            self._tag(event, self._writer.draw(job.kind, _ELSEWHERE[job.kind]), at, {})

    def _tag(self, event: UUID, code: str, at: datetime, on: dict[str, Any]) -> None:
        own = self._writer.draw("own_words", data("notes")["own_words"]) if self._book.chance(0.1) else ""
        values = {"event_id": event, "code": code, "accepted": self._book.chance(0.93), "own_words": own}
        self._book.add(StandardTag, at, {**values, **on})

    def _state(self, day: date) -> NoteState:
        """A few of the newest are still drafts; after ten school days a note is closed."""
        ago = self._book.today - day
        if ago <= _DRAFT_DAYS and self._book.chance(0.4):
            return NoteState.DRAFT
        return NoteState.FINISHED if ago <= _OPEN_DAYS else NoteState.CLOSED

    def _sentences(self, state: NoteState, taught: Lesson) -> dict[str, str]:
        if state is NoteState.DRAFT:
            return {}
        return {part: self._writer.note(part, taught) for part in _WRITTEN if self._book.chance(0.8)}
