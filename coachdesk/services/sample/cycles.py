"""The coaching of the sample: cycles of a quarter, their rounds and visits, as jobs for the calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from coachdesk.model import AgreedCounter, Chain, CoachingCycle, CycleGoal, CycleTeacher
from coachdesk.model.cycles import PHASES, Challenge, CycleStatus, Slot, Template
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services.sample.book import Book
from coachdesk.services.sample.roster import Coached, Place
from coachdesk.services.sample.words import Writer, data

VISITS_A_YEAR = 26  # with a teacher on the roster; a thousand a year with forty, for some cycles break off
_ENGAGED = 0.66  # of a school's teachers in a quarter
_PAIRS = 8  # one cycle in so many is with two teachers together
_EACH_ROUND = 3  # every third visit is the middle of a round
_MINUTES = {Slot.PLANNING: (15, 20), Slot.VISIT: (15, 20, 20, 30), Slot.DEBRIEF: (10, 15)}
_KIND = {
    Slot.PLANNING: EventKind.PLANNING_MEETING,
    Slot.VISIT: EventKind.VISIT,
    Slot.DEBRIEF: EventKind.DEBRIEF,
}
_SERVES = (0.8, 0.55, 0.35, 0.25)  # how often a cycle serves the first, second … goal of its school
_CHALLENGES = dict(zip(Challenge, (7, 4, 5, 6, 5, 2, 2, 2, 1, 2, 1, 1), strict=True))
_TEMPLATES = dict(zip(Template, (9, 4, 4, 3, 2, 2), strict=True))
_STAGES = tuple((template, phase) for template, phases in PHASES.items() for phase in phases)
_MISSED = (EventStatus.CANCELLED, EventStatus.RESCHEDULED, EventStatus.DIDNT_HAPPEN)
_COUNTERS = 2
_FRESH = timedelta(days=4)  # a visit this recent still waits for its debrief
_RUN_ON = timedelta(days=14)  # cycles of a quarter may run on for two weeks
_WAITING = 4  # teachers of a school whose cycle is proposed or agreed
_LOST_SIGHT = (timedelta(days=11), timedelta(days=22))  # ago; of every fourth group in an open quarter
_EACH_LOST = 4
_BROKEN_OFF = (CycleStatus.STOPPED_EARLY, CycleStatus.PAUSED)

Stage = tuple[CycleStatus, Template, str]
Step = tuple[Slot, date, float, EventStatus]  # its day, its place in the day's order, and what becomes of it


@dataclass(frozen=True)
class Work:
    """Who an event is with, and for which cycle."""

    school: UUID | None = None
    teachers: tuple[Coached, ...] = ()
    cycle: UUID | None = None
    challenge: Challenge = Challenge.OTHER
    strategy: str = ""


@dataclass(frozen=True)
class Job:
    """An event before it has a time of day: `order` is its place among the others of its day."""

    day: date
    order: float
    kind: EventKind
    minutes: int
    work: Work
    chain: UUID | None = None
    slot: Slot | None = None
    fate: EventStatus = EventStatus.COMPLETED


@dataclass(frozen=True)
class Span:
    """One quarter at one school: the days the coach is there, and the share of the school year it is."""

    days: tuple[date, ...]
    share: float

    def is_open(self, today: date) -> bool:
        return self.days[0] <= today <= self.days[-1] + _RUN_ON


class Coaching:
    """Plans a school's coaching, quarter by quarter."""

    def __init__(self, book: Book, writer: Writer) -> None:
        self._book, self._rng, self._writer = book, book.rng, writer

    def quarter(self, place: Place, span: Span) -> Iterator[Job]:
        """All meetings and visits of one school in one quarter."""
        willing = [teacher for teacher in place.teachers if teacher.willing]
        if not willing or not span.days:
            return
        chosen = self._rng.sample(willing, len(willing))
        count = ceil(len(place.teachers) * _ENGAGED)
        groups, idle = _groups(chosen[:count]), chosen[count:]
        visits = round(VISITS_A_YEAR * len(place.teachers) * span.share)
        running = span.is_open(self._book.today)
        for number, group in enumerate(groups):
            share = visits // len(groups) + (number < visits % len(groups))
            jobs = self._cycle(place, group, span, share)
            if running and number % _EACH_LOST == _EACH_LOST - 1:
                since = self._lose_sight(group, _LOST_SIGHT[number // _EACH_LOST % len(_LOST_SIGHT)])
                jobs = _until(since, jobs, span.days)
            yield from jobs
        if running:
            yield from self._waiting(place, idle[:_WAITING], span)
            self._lose_sight(idle[_WAITING:], _LOST_SIGHT[-1])

    def _lose_sight(self, teachers: Sequence[Coached], ago: timedelta) -> date:
        """Nothing lies ahead with them and nothing has been for a while; answers since when."""
        self._book.quiet.update(teacher.id for teacher in teachers)
        return self._book.today - ago

    def _cycle(self, place: Place, group: tuple[Coached, ...], span: Span, visits: int) -> Iterator[Job]:
        stage = self._stage(span)
        work = self._write(place, group, stage, span)
        days = _spread(span.days, visits, self._rng.random())
        if stage[0] in _BROKEN_OFF:
            end = min(span.days[len(span.days) * 2 // 3], self._book.today)
            days = [day for day in days if day < end]
        for number, day in enumerate(days):
            if number % _EACH_ROUND == 0:
                chain = self._chain(work, 1 + number // _EACH_ROUND, day)
                yield from (self._job(step, work, chain) for step in self._round(span.days, day))
            else:
                yield from (self._job(step, work, None) for step in self._visit(day, self._rng.random()))

    def _job(self, step: Step, work: Work, chain: UUID | None) -> Job:
        slot, day, order, fate = step
        minutes = self._rng.choice(_MINUTES[slot])
        return Job(day, order, _KIND[slot], minutes, work, chain, slot if chain else None, fate)

    def _visit(self, day: date, order: float) -> Iterator[Step]:
        """A visit; once in a while one that did not come about stands before it."""
        if self._book.chance(0.06):
            yield Slot.VISIT, day, order, self._rng.choice(_MISSED)
        yield Slot.VISIT, day, order + 0.1, EventStatus.COMPLETED

    def _round(self, days: tuple[date, ...], day: date) -> Iterator[Step]:
        """Meet, visit, meet. A tenth of all rounds lack a meeting."""
        index, order, lacks = days.index(day), self._rng.random(), self._rng.random()
        if lacks > 0.05:
            yield Slot.PLANNING, days[max(index - 1, 0)], order - 0.5, EventStatus.COMPLETED
        yield from self._visit(day, order)
        if lacks < 0.95:
            yield Slot.DEBRIEF, self._debriefed(days, index), order + 0.5, EventStatus.COMPLETED

    def _debriefed(self, days: tuple[date, ...], index: int) -> date:
        """The same day or the next time at the school; for the newest visits, a day still to come."""
        today = self._book.today
        if today - _FRESH <= days[index] < today:
            return next((day for day in days if day >= today), days[index])
        return days[min(index + self._rng.randint(0, 1), len(days) - 1)]

    def _waiting(self, place: Place, idle: Sequence[Coached], span: Span) -> Iterator[Job]:
        """Cycles that have not begun: proposed ones, and agreed ones with their first meeting ahead."""
        ahead = [day for day in span.days if day > self._book.today]
        for number, teacher in enumerate(idle):
            status = (CycleStatus.PROPOSED, CycleStatus.AGREED)[number % 2]
            work = self._write(place, (teacher,), (status, Template.DLP, "identify"), span)
            chain = self._chain(work, 1, self._book.today)
            if status is CycleStatus.AGREED and ahead:
                yield self._job((Slot.PLANNING, ahead[0], 0.5, EventStatus.COMPLETED), work, chain)

    def _stage(self, span: Span) -> Stage:
        """How far a cycle has come: every phase of every kind of cycle comes up in turn."""
        if span.is_open(self._book.today):
            status = CycleStatus.PAUSED if self._writer.draw("pause", range(9)) == 0 else CycleStatus.ACTIVE
            return status, *self._writer.draw("open", _STAGES)
        if self._book.chance(0.07):
            return CycleStatus.STOPPED_EARLY, *self._writer.draw("stopped", _STAGES)
        template = self._rng.choices(list(_TEMPLATES), weights=list(_TEMPLATES.values()))[0]
        return CycleStatus.COMPLETED, template, PHASES[template][-1]

    def _write(self, place: Place, group: tuple[Coached, ...], stage: Stage, span: Span) -> Work:
        status, template, phase = stage
        first, second = self._challenges()
        strategy = self._writer.draw((first, "strategy"), data("cycles")[first]["strategy"])
        values = {
            "school_id": place.id,
            "template": template,
            "phase": phase,
            "status": status,
            "challenge": first,
            "also_challenge": second,
            "strategy": strategy,
            "tool": self._rng.choice(data("lines")["tools"]),
            "cadence_days": self._rng.choice((5, 10, 10, 10)),
            **self._aim(first, status),
            **self._dates(status, span),
        }
        cycle = self._book.add(CoachingCycle, span.days[0], values)
        for teacher in group:
            self._book.add(CycleTeacher, span.days[0], {"cycle_id": cycle, "teacher_id": teacher.id})
        served = [goal for goal, often in zip(place.goals, _SERVES, strict=False) if self._book.chance(often)]
        for goal in served or place.goals[:1]:
            self._book.add(CycleGoal, span.days[0], {"cycle_id": cycle, "goal_id": goal})
        self._agree_counters(cycle, span.days[0], status)
        return Work(place.id, group, cycle, first, strategy)

    def _agree_counters(self, cycle: UUID, day: date, status: CycleStatus) -> None:
        """What will be counted in the visits of a cycle that goes on."""
        if status not in (CycleStatus.ACTIVE, CycleStatus.AGREED):
            return
        known = data("cycles")["counter"]
        for position in range(_COUNTERS):
            counter = known[(cycle.int + position) % len(known)]
            self._book.beside(AgreedCounter, day, {"cycle_id": cycle, "position": position, **counter})

    def _challenges(self) -> tuple[Challenge, Challenge | None]:
        first, second = self._rng.choices(list(_CHALLENGES), weights=list(_CHALLENGES.values()), k=2)
        return first, second if second is not first and self._book.chance(0.6) else None

    def _aim(self, challenge: Challenge, status: CycleStatus) -> dict[str, Any]:
        """What the cycle is for, in words and in a measure of its own."""
        words = data("cycles")[challenge]
        base = self._rng.randrange(15, 45)
        target = base + self._rng.randrange(25, 45)
        now = self._rng.randint(base, target + 6)
        begun = status not in (CycleStatus.PROPOSED, CycleStatus.AGREED)
        said = {
            part: self._writer.draw((challenge, part), words[part])
            for part in ("focus", "root_cause", "goal", "measure")
        }
        numbers = {"baseline": f"{base} %", "target": f"{target} %", "result": f"{now} %" if begun else ""}
        stopped = status is CycleStatus.STOPPED_EARLY
        reason = self._writer.draw("stop", data("notes")["stop_reason"]) if stopped else ""
        return {**said, **numbers, "stop_reason": reason}

    def _dates(self, status: CycleStatus, span: Span) -> dict[str, date | None]:
        if status is CycleStatus.PROPOSED:
            return {}
        over = status in (CycleStatus.COMPLETED, CycleStatus.STOPPED_EARLY)
        return {"starts_on": span.days[0], "ends_on": span.days[-1] if over else None}

    def _chain(self, work: Work, number: int, day: date) -> UUID:
        return self._book.add(Chain, day, {"cycle_id": work.cycle, "number": number})


def _groups(teachers: Sequence[Coached]) -> list[tuple[Coached, ...]]:
    """Most cycles are with one teacher; some with two."""
    pairs = len(teachers) // _PAIRS
    together = [(teachers[n], teachers[n + 1]) for n in range(0, 2 * pairs, 2)]
    return [*together, *((teacher,) for teacher in teachers[2 * pairs :])]


def _until(since: date, jobs: Iterable[Job], days: Sequence[date]) -> Iterator[Job]:
    """The jobs before that day, with a visit on the last of `days` before it."""
    before = [job for job in jobs if job.day < since]
    yield from before
    last = max((day for day in days if day < since), default=since)
    visits = [job for job in before if job.kind is EventKind.VISIT and job.chain is None]
    yield from (replace(job, day=last, fate=EventStatus.COMPLETED) for job in visits[-1:])


def _spread(days: Sequence[date], count: int, shift: float) -> list[date]:
    """`count` days, evenly over `days`."""
    return [days[int((number + shift) * len(days) / count)] for number in range(count)]
