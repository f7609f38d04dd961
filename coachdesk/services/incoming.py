"""What a roster file would change, line by line, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from coachdesk.imports.layout import Layout
from coachdesk.imports.people import PersonRow


class Kind(StrEnum):
    """What a line is about, in the order of what needs the coach's eye."""

    IN_DOUBT = "in_doubt"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    UNCHANGED = "unchanged"


class Decision(StrEnum):
    TAKE = "take"  # bring in the new one, take over the changes
    LEAVE = "leave"  # write nothing
    SAME_PERSON = "same_person"  # the doubt resolved: change the one that is known
    DIFFERENT = "different"  # the doubt resolved: somebody else, bring in
    ARCHIVE = "archive"  # put away the file of one who is gone


class Doubt(StrEnum):
    SAME_ID = "same_id"  # the id is known, but both names differ
    SAME_EMAIL = "same_email"  # the e-mail is known, under another name
    SAME_NAME = "same_name"  # the name is known at that school
    TWICE = "twice"  # an earlier row of the file has the name, and nothing tells the two apart


CHOICES: dict[Kind, tuple[Decision, ...]] = {
    Kind.IN_DOUBT: (Decision.LEAVE, Decision.SAME_PERSON, Decision.DIFFERENT),
    Kind.NEW: (Decision.TAKE, Decision.LEAVE),
    Kind.CHANGED: (Decision.TAKE, Decision.LEAVE),
    Kind.GONE: (Decision.LEAVE, Decision.ARCHIVE),
    Kind.UNCHANGED: (Decision.LEAVE,),
}
"""What may be decided about a line; the first is what happens unless the coach says otherwise."""


@dataclass(frozen=True)
class Difference:
    """A field of a record (its key) as it is, and as the file has it; schools are written as their names."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One person: in the file, in the vault, or in both.

    `row` is the file's spreadsheet row, None for one who is only in the vault. `record_id` is who in the
    vault it is or might be, called `known_as` there; `twin` is the row of the file's other entry of that
    name.
    """

    key: str
    kind: Kind
    name: str
    coached: bool  # False: an administrator, to be kept as a colleague
    row: int | None = None
    schools: tuple[str, ...] = ()
    doubt: Doubt | None = None
    record_id: UUID | None = None
    known_as: str = ""
    twin: int | None = None
    differences: tuple[Difference, ...] = ()
    person: PersonRow | None = None
    at: tuple[UUID, ...] = ()

    @property
    def choices(self) -> tuple[Decision, ...]:
        return CHOICES[self.kind]

    def decided(self, decisions: Mapping[str, Decision]) -> Decision:
        """What to do: what the coach decided, or else the first choice."""
        decision = decisions.get(self.key, self.choices[0])
        return decision if decision in self.choices else self.choices[0]


@dataclass(frozen=True)
class Place:
    """A school of the file: one the vault has, or one it will have; not `named` if the file says its id
    only."""

    id: UUID
    name: str
    source_id: str = ""
    new: bool = False
    named: bool = True


@dataclass(frozen=True)
class Preview:
    """Everything a file would do. `roster` is the state of the vault's roster it was made from, `layout` what
    was said of the file's columns."""

    format: str
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    dropped: Mapping[str, int]
    mended: Mapping[str, int]
    roster: str = field(repr=False)
    layout: Layout | None = field(default=None, repr=False)

    @property
    def new_schools(self) -> tuple[str, ...]:
        return tuple(place.name for place in self.places if place.new)

    @property
    def nameless_schools(self) -> bool:
        """Whether the file lacks the names of schools: they stand in another file that should lie beside
        it."""
        return any(not place.named for place in self.places)

    def count(self, kind: Kind) -> int:
        return Counter(line.kind for line in self.lines)[kind]

    @property
    def left_out(self) -> int:
        """How many rows of the file were dropped."""
        return sum(self.dropped.values())

    def expected(self, decisions: Mapping[str, Decision]) -> "Brought":
        """What `bring` would write, but for schools; rows joined to an earlier one count with that."""
        counted = Counter(_outcome(line, line.decided(decisions)) for line in self.lines)
        return Brought(counted["teacher"], counted["colleague"], counted["change"], counted["archive"])

    def undecided(self, decisions: Mapping[str, Decision]) -> int:
        """How many lines in doubt would be left as they are."""
        doubts = (line for line in self.lines if line.kind is Kind.IN_DOUBT)
        return sum(1 for line in doubts if line.decided(decisions) is Decision.LEAVE)


NO_PREVIEW = Preview("", (), (), {}, {}, "")
"""Before the coach has said which school the file is about."""


def _outcome(line: Line, decision: Decision) -> str:
    if decision is Decision.LEAVE or (decision is Decision.SAME_PERSON and line.doubt is Doubt.TWICE):
        return ""
    if decision is Decision.ARCHIVE:
        return "archive"
    if decision is Decision.SAME_PERSON or line.kind is Kind.CHANGED:
        return "change"
    return "teacher" if line.coached else "colleague"


@dataclass(frozen=True)
class Brought:
    """What was written: people by what happened to them, and new schools."""

    teachers: int = 0
    colleagues: int = 0
    changed: int = 0
    archived: int = 0
    schools: int = 0
