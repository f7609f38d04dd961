"""What the import says: kinds of lines, decisions, doubts, differences, columns, and what was left out."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from coachdesk.model import Teacher
from coachdesk.services.incoming import Brought, Decision, Difference, Doubt, Kind, Line
from coachdesk.services.upload import Meaning
from coachdesk.ui import labels
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.labels import QT_TRANSLATE_NOOP

_NAMES = ("name", "given_name", "family_name", "preferred_name")
KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.IN_DOUBT: QT_TRANSLATE_NOOP("bringing", "In doubt"),
        Kind.NEW: QT_TRANSLATE_NOOP("bringing", "New"),
        Kind.CHANGED: QT_TRANSLATE_NOOP("bringing", "Changed"),
        Kind.GONE: QT_TRANSLATE_NOOP("bringing", "Gone"),
        Kind.UNCHANGED: QT_TRANSLATE_NOOP("bringing", "Unchanged"),
    }
)
MARKS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.IN_DOUBT: ("circle-help", "warning"),
        Kind.NEW: ("user-plus", "success"),
        Kind.CHANGED: ("pencil", "accent"),
        Kind.GONE: ("user-x", "muted"),
        Kind.UNCHANGED: ("check", "muted"),
    }
)
"""Icon and colour of each kind."""

_DECISIONS: Mapping[tuple[Kind, Decision], str] = MappingProxyType(
    {
        (Kind.IN_DOUBT, Decision.LEAVE): QT_TRANSLATE_NOOP("bringing", "Leave for now"),
        (Kind.IN_DOUBT, Decision.SAME_PERSON): QT_TRANSLATE_NOOP("bringing", "Same person"),
        (Kind.IN_DOUBT, Decision.DIFFERENT): QT_TRANSLATE_NOOP("bringing", "Somebody else: bring in"),
        (Kind.NEW, Decision.TAKE): QT_TRANSLATE_NOOP("bringing", "Bring in"),
        (Kind.NEW, Decision.LEAVE): QT_TRANSLATE_NOOP("bringing", "Leave out"),
        (Kind.CHANGED, Decision.TAKE): QT_TRANSLATE_NOOP("bringing", "Take the changes"),
        (Kind.CHANGED, Decision.LEAVE): QT_TRANSLATE_NOOP("bringing", "Keep as it is"),
        (Kind.GONE, Decision.LEAVE): QT_TRANSLATE_NOOP("bringing", "Keep on the roster"),
        (Kind.GONE, Decision.ARCHIVE): QT_TRANSLATE_NOOP("bringing", "Archive"),
        (Kind.UNCHANGED, Decision.LEAVE): QT_TRANSLATE_NOOP("bringing", "Nothing to do"),
    }
)
_DOUBTS: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.SAME_ID: QT_TRANSLATE_NOOP("bringing", "The id belongs to {known} on your roster."),
        Doubt.SAME_EMAIL: QT_TRANSLATE_NOOP("bringing", "The e-mail belongs to {known} on your roster."),
        Doubt.SAME_NAME: QT_TRANSLATE_NOOP("bringing", "Somebody called {known} is at this school already."),
        Doubt.TWICE: QT_TRANSLATE_NOOP(
            "bringing", "Row {twin} has the same name; nothing tells the two apart."
        ),
    }
)
_MEANINGS: Mapping[Meaning, str] = MappingProxyType(
    {
        Meaning.FULL_NAME: QT_TRANSLATE_NOOP("bringing", "Whole name"),
        Meaning.GIVEN_NAME: QT_TRANSLATE_NOOP("bringing", "First name"),
        Meaning.FAMILY_NAME: QT_TRANSLATE_NOOP("bringing", "Last name"),
        Meaning.MIDDLE_NAME: QT_TRANSLATE_NOOP("bringing", "Middle name"),
        Meaning.PREFERRED_NAME: QT_TRANSLATE_NOOP("bringing", "Goes by"),
        Meaning.PRONOUNS: QT_TRANSLATE_NOOP("bringing", "Pronouns"),
        Meaning.EMAIL: QT_TRANSLATE_NOOP("bringing", "E-mail"),
        Meaning.SCHOOL: QT_TRANSLATE_NOOP("bringing", "School"),
        Meaning.SUBJECTS: QT_TRANSLATE_NOOP("bringing", "Subjects"),
        Meaning.GRADES: QT_TRANSLATE_NOOP("bringing", "Grades"),
        Meaning.ROOM: QT_TRANSLATE_NOOP("bringing", "Room"),
        Meaning.TITLE: QT_TRANSLATE_NOOP("bringing", "Job title"),
        Meaning.ROLE: QT_TRANSLATE_NOOP("bringing", "Role"),
        Meaning.SOURCE_ID: QT_TRANSLATE_NOOP("bringing", "Id"),
    }
)
_DROPPED: Mapping[str, str] = MappingProxyType(
    {
        "student": QT_TRANSLATE_NOOP("bringing", "Students"),
        "parent": QT_TRANSLATE_NOOP("bringing", "Parents"),
        "guardian": QT_TRANSLATE_NOOP("bringing", "Guardians"),
        "relative": QT_TRANSLATE_NOOP("bringing", "Relatives"),
        "aide": QT_TRANSLATE_NOOP("bringing", "Aides"),
        "proctor": QT_TRANSLATE_NOOP("bringing", "Proctors"),
        "other_role": QT_TRANSLATE_NOOP("bringing", "Other roles"),
        "no_name": QT_TRANSLATE_NOOP("bringing", "Rows without a name"),
        "not_a_person": QT_TRANSLATE_NOOP("bringing", "Totals, vacant posts and the like"),
        "other_school": QT_TRANSLATE_NOOP("bringing", "People of other schools"),
        "already_gone": QT_TRANSLATE_NOOP("bringing", "People who left before"),
        "bad_email": QT_TRANSLATE_NOOP("bringing", "E-mail addresses that are none, left empty"),
    }
)


def kind(value: Kind) -> str:
    return _translated(KINDS[value])


def decision(line: Line, value: Decision) -> str:
    """What `value` means for a line of this kind."""
    return _translated(_DECISIONS[line.kind, value])


def meaning(value: Meaning) -> str:
    return _translated(_MEANINGS[value])


def dropped(key: str) -> str:
    return _translated(_DROPPED[key])


def why(line: Line) -> str:
    """What is to be known before deciding about a line, in one sentence or a few."""
    if line.doubt:
        return _translated(_DOUBTS[line.doubt]).format(known=labels.person(line.known_as), twin=line.twin)
    if line.kind is Kind.GONE:
        return _translated(QT_TRANSLATE_NOOP("bringing", "On your roster, and not in the file."))
    if line.kind is Kind.NEW and not line.coached:
        return _translated(QT_TRANSLATE_NOOP("bringing", "Leads a school: comes in as a colleague."))
    if line.kind is Kind.NEW and line.person:
        person = line.person
        told = (person.subjects, person.grades, person.room, shown("email", person.email))
        return " · ".join(filter(None, told))
    return "; ".join(difference(one) for one in line.differences)


def brought(what: Brought) -> str:
    """What was brought in, for a toast: "Brought in: 12 teachers, 1 colleague, 2 schools." """
    counted = (
        (
            what.teachers,
            QT_TRANSLATE_NOOP("bringing", "1 teacher"),
            QT_TRANSLATE_NOOP("bringing", "{count} teachers"),
        ),
        (
            what.colleagues,
            QT_TRANSLATE_NOOP("bringing", "1 colleague"),
            QT_TRANSLATE_NOOP("bringing", "{count} colleagues"),
        ),
        (
            what.changed,
            QT_TRANSLATE_NOOP("bringing", "1 changed"),
            QT_TRANSLATE_NOOP("bringing", "{count} changed"),
        ),
        (
            what.archived,
            QT_TRANSLATE_NOOP("bringing", "1 archived"),
            QT_TRANSLATE_NOOP("bringing", "{count} archived"),
        ),
        (
            what.schools,
            QT_TRANSLATE_NOOP("bringing", "1 new school"),
            QT_TRANSLATE_NOOP("bringing", "{count} new schools"),
        ),
    )
    said = [
        _translated(one if count == 1 else many).format(count=count) for count, one, many in counted if count
    ]
    if not said:
        return _translated(QT_TRANSLATE_NOOP("bringing", "Nothing was changed."))
    return _translated(QT_TRANSLATE_NOOP("bringing", "Brought in: {what}.")).format(what=", ".join(said))


def verb(what: Brought) -> str:
    """What the button does that writes this: "Bring in 12 teachers"."""
    counted = (
        (
            what.teachers,
            QT_TRANSLATE_NOOP("bringing", "Bring in 1 teacher"),
            QT_TRANSLATE_NOOP("bringing", "Bring in {count} teachers"),
        ),
        (
            what.colleagues,
            QT_TRANSLATE_NOOP("bringing", "Bring in 1 colleague"),
            QT_TRANSLATE_NOOP("bringing", "Bring in {count} colleagues"),
        ),
        (
            what.changed + what.archived,
            QT_TRANSLATE_NOOP("bringing", "Make 1 change"),
            QT_TRANSLATE_NOOP("bringing", "Make {count} changes"),
        ),
    )
    for count, one, many in counted:
        if count:
            return _translated(one if count == 1 else many).format(count=count)
    return _translated(QT_TRANSLATE_NOOP("bringing", "Done"))


def undecided(count: int) -> str:
    """What happens to the lines in doubt that nobody decided about."""
    one, many = (
        QT_TRANSLATE_NOOP("bringing", "1 in doubt is left for now"),
        QT_TRANSLATE_NOOP("bringing", "{count} in doubt are left for now"),
    )
    return _translated(one if count == 1 else many).format(count=count) if count else ""


def difference(one: Difference) -> str:
    """ "Room: 12 → 14"."""
    before, after = shown(one.key, one.before), shown(one.key, one.after)
    return f"{_field(one.key)}: {before or labels.NONE} → {after}"


def shown(key: str, value: str) -> str:
    """A field's value; of one that tells who somebody is what stands for it while initials do."""
    if not SHOWN.on or not value:
        return value
    if key == "email":
        return labels.NONE
    return labels.person(value) if key in _NAMES else value


def _field(key: str) -> str:
    """The title under which the coach knows a field."""
    if key == "source_id":
        return meaning(Meaning.SOURCE_ID)
    if key == "schools":
        return _translated(QT_TRANSLATE_NOOP("bringing", "Schools"))
    known = Teacher.model_fields.get(key)
    return labels.field(known.title or key) if known else labels.field("Name")


def _translated(text: str) -> str:
    return QCoreApplication.translate("bringing", text)
