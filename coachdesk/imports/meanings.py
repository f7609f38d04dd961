"""What a column may hold, and the words and contents that say so."""

import re
from collections.abc import Callable
from enum import StrEnum

from coachdesk.imports.cells import fold
from coachdesk.imports.names import is_address

_MOST = 0.6  # share of a column's cells that must look alike to say what it is


class Meaning(StrEnum):
    """What a column may hold, in the order in which it is offered."""

    FULL_NAME = "full_name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    EMAIL = "email"
    SCHOOL = "school"
    SUBJECTS = "subjects"
    GRADES = "grades"
    ROOM = "room"
    ROLE = "role"
    TITLE = "title"
    PREFERRED_NAME = "preferred_name"
    PRONOUNS = "pronouns"
    MIDDLE_NAME = "middle_name"
    SOURCE_ID = "source_id"


_SAID: dict[Meaning, str] = {
    Meaning.FULL_NAME: (
        "name|teacher|teachers|teacher name|teacher s name|full name|staff|staff name"
        "|staff member|employee|employee name|display name|instructor|instructor name|faculty"
        "|teacher full name|name last first|last name first name|last first|teacher last first"
    ),
    Meaning.GIVEN_NAME: (
        "first name|first|given name|givenname|fname|forename|teacher first name|teacher first"
        "|staff first name|name first|teacher name first|legal first name"
    ),
    Meaning.FAMILY_NAME: (
        "last name|last|family name|familyname|lname|surname|teacher last name|teacher last"
        "|staff last name|name last|teacher name last|legal last name"
    ),
    Meaning.MIDDLE_NAME: "middle name|middle|middle initial|mi|additional name",
    Meaning.PREFERRED_NAME: "preferred name|preferred first name|nickname|goes by|known as|preferred",
    Meaning.PRONOUNS: "pronouns|pronoun",
    Meaning.EMAIL: (
        "email|e mail|mail|email address|e mail address|teacher email|staff email|work email"
        "|school email|e mail 1 value|contact email|contact e mail|teacher e mail|email 1"
        "|district email"
    ),
    Meaning.SCHOOL: (
        "school|school name|site|campus|building|location|school site|organization name"
        "|organization 1 name|company|work location"
    ),
    Meaning.SUBJECTS: (
        "subject|subjects|subject area|subject s|subjects taught|dept|department|dpt|content area"
        "|teaches|course|courses|course name|assignment|class|classes|organization department"
        "|organization 1 department"
    ),
    Meaning.GRADES: "gr|grs|grade|grades|grade level|grade levels|grade s|gr lvl|grades taught",
    Meaning.ROOM: "rm|room|room number|room no|rm no|room nbr|rm nbr|classroom|homeroom|room s",
    Meaning.TITLE: "title|job title|position|organization title|organization 1 title|job|position title",
    Meaning.ROLE: "role|staff type|user type|staff role|user role|type of staff|person type",
    Meaning.SOURCE_ID: (
        "id|teacher id|staff id|employee id|sourcedid|sourced id|teacher number|emp id"
        "|employee number|employee no|staff number|local id|sis id|teacherid|employeeid|user id"
    ),
}
_MEANS = {words: meaning for meaning, said in _SAID.items() for words in said.split("|")}
_SECRET = re.compile(
    r"\b(pass ?words?|passwd|pwd|pass ?code|pin|phones?|tel|telephone|mobile|cell|cellphone|sms|text|fax|ssn"
    r"|social security|birth ?day|birth ?date|dob|salary|pay|home address|street|zip|gender|sex|race"
    r"|ethnicity|emergency|medical|parents?|guardians?|students?)\b"
)
_PHONE = re.compile(r"(\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]\d{4}")
_NAME_WITH_COMMA = re.compile(r"[^\W\d][^,\d@]{0,40}, ?[^\W\d][^,\d@]{0,40}")


def said_by(title: str) -> Meaning | None:
    """What a heading says by itself."""
    return _MEANS.get(fold(title))


def meaning_of(title: str, column: list[str]) -> Meaning | None:
    """What a column holds: its content has the last word where it can be told from it."""
    said = said_by(title)
    emails = _share(column, lambda cell: "@" in cell)
    if emails >= _MOST:
        return Meaning.EMAIL
    if said is Meaning.EMAIL:
        return said if emails or not column else None
    if said is Meaning.SOURCE_ID:
        return said if len(set(column)) == len(column) else None
    if said is Meaning.TITLE and _share(column, is_address) >= _MOST:
        return None  # "Ms.", not "Principal": Outlook has that in a column of its own
    if not fold(title) and _share(column, lambda cell: bool(_NAME_WITH_COMMA.fullmatch(cell))) >= _MOST:
        return Meaning.FULL_NAME
    return said


def is_secret(title: str, column: list[str]) -> bool:
    """Whether a column is none of the coach's business: by its heading, or because it is full of phone
    numbers."""
    if said_by(title) is None and _SECRET.search(fold(title)):
        return True
    return _share(column, lambda cell: bool(_PHONE.fullmatch(cell))) >= _MOST


def _share(column: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, column)) / len(column) if column else 0.0
