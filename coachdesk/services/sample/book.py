"""The rows of the sample before they are kept: plain values by kind of record, every key from the seed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any
from uuid import UUID, uuid5

from coachdesk.errors import CoachdeskError
from coachdesk.model import (
    ActionStep,
    AgreedCounter,
    Agreement,
    Chain,
    CoachingCycle,
    Colleague,
    CycleGoal,
    CycleTeacher,
    Event,
    EventTeacher,
    NoSchool,
    Placement,
    School,
    SchoolGoal,
    SchoolYear,
    ScriptLine,
    SharedStamp,
    StandardTag,
    Tally,
    Teacher,
    VisitNote,
)
from coachdesk.model.kinds import Record, key_at

# Parents before children; but lines before their notes, so that a note is indexed once, with all its lines.
ORDER: tuple[type[Record], ...] = (
    School,
    SchoolYear,
    NoSchool,
    SchoolGoal,
    Teacher,
    Placement,
    Colleague,
    CoachingCycle,
    CycleTeacher,
    CycleGoal,
    AgreedCounter,
    Agreement,
    Chain,
    Event,
    EventTeacher,
    ScriptLine,
    VisitNote,
    SharedStamp,
    Tally,
    ActionStep,
    StandardTag,
)
_WRITTEN = time(16)
_OURS = UUID(int=0, version=4)
TEACHERS, YEARS = (1, 5000), (1, 60)
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Shape:
    """How large a sample is, and the day on which it stands.

    Raises:
        CoachdeskError: more or less than a sample can hold.
    """

    today: date
    teachers: int = 40
    years: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        for name, number, (low, high) in (
            ("teachers", self.teachers, TEACHERS),
            ("years", self.years, YEARS),
        ):
            if not low <= number <= high:
                raise CoachdeskError(
                    "A sample has {low} to {high} {name}; {number} is not possible.",
                    name=name,
                    low=low,
                    high=high,
                    number=number,
                )
        if not FIRST_DAY <= self.today <= LAST_DAY:
            raise CoachdeskError(
                "A sample's day lies between {low} and {high}.", low=FIRST_DAY, high=LAST_DAY
            )


@dataclass
class Book:
    """Collects rows of a sample that `began` and stands on `today`.

    The same generator gives the same keys and times, whenever it runs.
    """

    rng: Random
    today: date
    began: date
    quiet: set[UUID] = field(default_factory=set)  # teachers whom the coach has lost sight of lately
    rows: dict[type[Record], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, record: type[Record], at: date, values: dict[str, Any]) -> UUID:
        """A row made on the day, or at the moment, `at`; answers its key."""
        return self._add(self.rng.getrandbits(128) >> 54, record, at, values)

    def beside(self, record: type[Record], at: date, values: dict[str, Any]) -> UUID:
        """As `add`, for what chance has no part in: its key follows from what it says."""
        bits = uuid5(_OURS, f"{record.__name__} {sorted(values.items())}").int & (1 << 74) - 1
        return self._add(bits, record, at, values)

    def _add(self, bits: int, record: type[Record], at: date, values: dict[str, Any]) -> UUID:
        moment = (at if isinstance(at, datetime) else datetime.combine(at, _WRITTEN)).replace(tzinfo=UTC)
        key = key_at(moment, bits)
        row = {"id": key, "created": moment, "changed": moment, "rev": 0, **values}
        self.rows.setdefault(record, []).append(row)
        return key

    def chance(self, of: float) -> bool:
        return self.rng.random() < of
