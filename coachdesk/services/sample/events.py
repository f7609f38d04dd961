"""The calendar of the sample: jobs become events with a time of day, and what came of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from coachdesk.model import ActionStep, Event, EventTeacher
from coachdesk.model.goals import CheckBack, Owner, StepStatus
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus, Modality, OtherDuty, VisitKind
from coachdesk.services.sample.book import Book
from coachdesk.services.sample.cycles import Job
from coachdesk.services.sample.days import SCHOOL_DAY, DayBook
from coachdesk.services.sample.notes import Notes
from coachdesk.services.sample.words import Writer, data

AHEAD = timedelta(days=14)  # how far the calendar is filled in
_PAUSES = (0, 1 / 3, 2 / 3, 1)  # of the longest that leaves room for the rest of the day
_LONGEST_PAUSE = 75  # minutes
_VISITS = dict(zip(VisitKind, (50, 18, 10, 12, 6, 4), strict=True))
_HOW = dict(zip(Modality, (88, 8, 2, 2), strict=True))
_BACK = dict(zip(CheckBack, (42, 34, 17, 7), strict=True))
_BECAME = {
    CheckBack.MET: (StepStatus.PART_OF_PRACTICE, StepStatus.TRIED),
    CheckBack.PARTLY: (StepStatus.TRIED, StepStatus.IN_PROGRESS),
    CheckBack.NOT_YET: (StepStatus.IN_PROGRESS, StepStatus.ASSIGNED),
    CheckBack.REPLACED: (StepStatus.CHANGED, StepStatus.DROPPED),
}
_MEETINGS = (EventKind.PLANNING_MEETING, EventKind.DEBRIEF)


class Calendar:
    """Writes events, one after another through each day."""

    def __init__(self, book: Book, writer: Writer) -> None:
        self._book, self._rng, self._writer = book, book.rng, writer
        self._days = DayBook()
        self._notes = Notes(book, writer)

    def write(self, jobs: Iterable[Job]) -> None:
        """All jobs up to two weeks ahead, in the order of the calendar."""
        last = self._book.today + AHEAD
        wanted = sorted((job for job in jobs if job.day <= last), key=lambda job: (job.day, job.order))
        jobs_of, minutes_of = Counter[date](), Counter[date]()
        for job in wanted:
            jobs_of[job.day] += 1
            minutes_of[job.day] += job.minutes
        for job in wanted:
            room = max(SCHOOL_DAY - minutes_of[job.day], 0) // jobs_of[job.day]
            longest = min(2 * room, _LONGEST_PAUSE)
            self._event(job, 5 * int(self._rng.choice(_PAUSES) * longest / 5))

    def _event(self, job: Job, pause: int) -> None:
        starts = self._days.next(job.day, job.minutes, pause)
        ends = starts + timedelta(minutes=job.minutes)
        status = job.fate if job.day < self._book.today else EventStatus.PLANNED
        values = {
            "kind": job.kind,
            "starts": starts,
            "ends": ends,
            "school_id": job.work.school,
            "cycle_id": job.work.cycle,
            "chain_id": job.chain,
            "slot": job.slot,
            "status": status,
            "modality": self._modality(job),
            "reason": self._rng.choice(list(DidntHappen)) if status is EventStatus.DIDNT_HAPPEN else None,
            "other_duty": self._rng.choice(list(OtherDuty)) if job.kind is EventKind.OTHER_DUTY else None,
            **self._where(job, starts),
            **self._words(job, status),
        }
        event = self._book.add(Event, min(ends, datetime.combine(self._book.today, ends.time())), values)
        for teacher in job.work.teachers:
            self._book.add(EventTeacher, job.day, {"event_id": event, "teacher_id": teacher.id})
        if status is EventStatus.COMPLETED:
            self._notes.tags(event, job, ends)
            self._done(event, job, values)

    def _done(self, event: UUID, job: Job, values: dict[str, Any]) -> None:
        if job.kind is EventKind.VISIT:
            self._notes.write(event, job, values)
        elif job.kind is EventKind.DEBRIEF:
            self._steps(event, job)

    def _modality(self, job: Job) -> Modality:
        if job.kind is EventKind.VISIT:
            return Modality.IN_PERSON
        return self._rng.choices(list(_HOW), weights=list(_HOW.values()))[0]

    def _where(self, job: Job, starts: datetime) -> dict[str, Any]:
        if job.kind is not EventKind.VISIT:
            return {}
        kind = self._rng.choices(list(_VISITS), weights=list(_VISITS.values()))[0]
        period = f"Period {(starts.hour * 60 + starts.minute - 480) // 60 + 1}"
        return {"place": f"Room {job.work.teachers[0].room}", "period": period, "visit_kind": kind}

    def _words(self, job: Job, status: EventStatus) -> dict[str, str]:
        notes = data("notes")
        if job.kind in notes["titles"]:
            return {"title": self._writer.draw((job.kind, "title"), notes["titles"][job.kind])}
        if status is EventStatus.PLANNED and job.kind in _MEETINGS:
            return {"preparation": self._writer.draw("preparation", notes["preparation"])}
        return {}

    def _steps(self, event: UUID, job: Job) -> None:
        """What was agreed in a debrief; looked at again a week or two later."""
        words = data("cycles")[job.work.challenge]
        for teacher in job.work.teachers:
            owner = Owner.COACH if self._book.chance(0.2) else Owner.TEACHER
            part = "coach_steps" if owner is Owner.COACH else "steps"
            back = job.day + timedelta(days=self._rng.choice((7, 9, 10, 14)))
            values = {
                "teacher_id": teacher.id,
                "event_id": event,
                "cycle_id": job.work.cycle,
                "owner": owner,
                "text": self._writer.draw((job.work.challenge, part), words[part]),
                "due_on": back - timedelta(days=self._rng.randint(1, 3)),
                "check_back_on": back,
                **self._result(back),
            }
            self._book.add(ActionStep, job.day, values)

    def _result(self, back: date) -> dict[str, Any]:
        if back >= self._book.today or self._book.chance(0.04):
            return {"status": self._rng.choice((StepStatus.ASSIGNED, StepStatus.IN_PROGRESS))}
        result = self._rng.choices(list(_BACK), weights=list(_BACK.values()))[0]
        return {"result": result, "status": self._rng.choice(_BECAME[result]), "checked_on": back}
