"""What a roster file comes down to: people who may be coached or led, and the schools they name."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from coachdesk.errors import BadFile
from coachdesk.imports.layout import Layout
from coachdesk.imports.nobody import is_nobody

TEACHER = "teacher"
ADMINISTRATOR = "administrator"
LEFT_OUT = ("student", "parent", "guardian", "relative", "aide", "proctor")
OTHER_ROLE = "other_role"
NO_NAME = "no_name"
NOT_A_PERSON = "not_a_person"  # totals, repeated headings, vacant posts
BAD_EMAIL = "bad_email"

_AIDES = re.compile(r"\b(aides?|paras?|paraprofessionals?|paraeducators?)\b")
_ADMINISTRATORS = re.compile(r"administrator|principal|superintendent|head ?teacher|headmaster|headmistress")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


@dataclass(frozen=True)
class PersonRow:
    """A person as the file has them; `row` is the spreadsheet's row. `schools` are keys of the file's
    SchoolRows.

    `gone` says that the file itself calls the entry deleted or disabled.
    """

    row: int
    source_id: str = ""
    given_name: str = ""
    family_name: str = ""
    middle_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    email: str = ""
    schools: tuple[str, ...] = ()
    subjects: str = ""
    grades: str = ""
    room: str = ""
    title: str = ""
    role: str = TEACHER
    gone: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class SchoolRow:
    """A school as the file has it. With an id and no name the list of schools was not beside the file."""

    source_id: str
    name: str

    @property
    def key(self) -> str:
        return self.source_id or self.name


@dataclass(frozen=True)
class RosterFile:
    """What was read. `dropped` counts the rows left out by kind, `mended` the cells left empty by kind.

    `layout` is what somebody said of the columns; None where nobody was asked.
    """

    format: str
    people: tuple[PersonRow, ...]
    schools: tuple[SchoolRow, ...]
    dropped: dict[str, int] = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)
    layout: Layout | None = None


def role_of(word: str) -> str:
    """The role a file's word stands for; what is neither taught nor led by keeps its kind, to be counted.

    A word nobody knows is `OTHER_ROLE`: it may be anything, so it is not repeated.
    """
    role = " ".join(re.findall(r"[a-z]+", word.casefold()))
    if _AIDES.search(role):
        return "aide"
    if role.removesuffix("s") in LEFT_OUT:
        return role.removesuffix("s")
    if _ADMINISTRATORS.search(role) or role in ("admin", "ap"):
        return ADMINISTRATOR
    return TEACHER if "teacher" in role or role in ("instructor", "faculty") else OTHER_ROLE


def grades_of(cell: str) -> str:
    """OneRoster's grade codes as a school says them: "07,08" is "7, 8", "KG" is "K". What is no grade is
    left out."""
    known = [_grade(code.strip()) for code in re.split(r"[,;|]", cell)]
    return ", ".join(dict.fromkeys(grade for grade in known if grade))


def _grade(code: str) -> str:
    if re.fullmatch(r"\d{1,2}", code):
        return str(int(code)) if int(code) else "K"
    return {"KG": "K", "K": "K", "TK": "TK", "PK": "PK", "PR": "PK", "IT": "IT"}.get(code.upper(), "")


class Gathering:
    """People as they are read: entries of one person joined, what is no one's business counted and
    forgotten."""

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()
        self.mended: Counter[str] = Counter()
        self._people: dict[object, PersonRow] = {}

    def add(self, person: PersonRow, *, id_column: str) -> None:
        """Keep `person`. An entry without any name, or of a vacant post, is counted and left; an e-mail that
        is none is emptied.

        One id with two names means that the ids cannot be trusted (spreadsheets round long numbers), and a
        wrong match would put one teacher's notes under another: that raises BadFile, naming `id_column`.
        """
        if not person.name:
            self.dropped[NO_NAME] += 1
            return
        if is_nobody(person.given_name, person.family_name):
            self.dropped[NOT_A_PERSON] += 1
            return
        if not person.family_name:
            person = replace(person, given_name="", family_name=person.given_name)
        if person.email and not _EMAIL.fullmatch(person.email):
            self.mended[BAD_EMAIL] += 1
            person = replace(person, email="")
        key = self._key(person)
        known = self._people.get(key)
        if known and known.name.casefold() != person.name.casefold():
            raise BadFile(
                "Row {row}, column {column}: this id already stands in row {other} with another name. "
                "Export the file again without opening it in a spreadsheet, then choose the new one.",
                row=person.row,
                column=id_column,
                other=known.row,
            )
        self._people[key] = _joined(known, person) if known else person

    def people(self) -> tuple[PersonRow, ...]:
        return tuple(self._people.values())

    def _key(self, person: PersonRow) -> object:
        """What makes two entries one person: the id; else the name with the same e-mail, or in the same
        room."""
        if person.source_id:
            return "id", person.source_id
        name = person.name.casefold()
        if person.email:
            return "email", name, person.email.casefold()
        return ("room", name, person.schools, person.room) if person.room else ("row", person.row)


def _joined(first: PersonRow, second: PersonRow) -> PersonRow:
    """A person listed twice, as Clever does for each school and secretaries for each class."""
    return replace(
        first,
        email=first.email or second.email,
        schools=tuple(dict.fromkeys(first.schools + second.schools)),
        subjects=_both(first.subjects, second.subjects),
        grades=_both(first.grades, second.grades),
        room=first.room or second.room,
        title=first.title or second.title,
        role=TEACHER if TEACHER in (first.role, second.role) else first.role,
        gone=first.gone and second.gone,
    )


def _both(first: str, second: str) -> str:
    parts = [part.strip() for part in f"{first},{second}".split(",")]
    return ", ".join(dict.fromkeys(part for part in parts if part))
