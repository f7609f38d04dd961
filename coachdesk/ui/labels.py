"""The words for every enumeration, and dates and times as a coach reads them.

The values in the database never change; these words may, and are translated.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from coachdesk.model.agreements import AgreementKind, AgreementStatus, Participation
from coachdesk.model.caseload import Part, Reminder, TeacherRow
from coachdesk.model.cycles import ChainState, Challenge, CycleStatus, Focus, Slot, Template
from coachdesk.model.goals import CheckBack, Owner, StepStatus
from coachdesk.model.roster import ColleagueRole, EntryRoute, TeacherStatus
from coachdesk.model.schedule import (
    DidntHappen,
    EventKind,
    EventStatus,
    Modality,
    OtherDuty,
    TimeCategory,
    VisitKind,
)
from coachdesk.model.visits import LineKind, NoteState, SharedHow, SharedWith
from coachdesk.ui import dates
from coachdesk.ui.initials import SHOWN

NONE = "—"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for lupdate, which goes by this name; Qt's own is typed as giving any object."""
    return text


WORDS: Mapping[type[Enum], tuple[str, ...]] = MappingProxyType(
    {
        TeacherStatus: (
            QT_TRANSLATE_NOOP("labels", "Active"),
            QT_TRANSLATE_NOOP("labels", "Not now"),
            QT_TRANSLATE_NOOP("labels", "Declined"),
            QT_TRANSLATE_NOOP("labels", "Archived"),
        ),
        EntryRoute: (
            QT_TRANSLATE_NOOP("labels", "Came by themselves"),
            QT_TRANSLATE_NOOP("labels", "I invited them"),
            QT_TRANSLATE_NOOP("labels", "An administrator recommended it"),
            QT_TRANSLATE_NOOP("labels", "The whole team takes part"),
            QT_TRANSLATE_NOOP("labels", "Cohort"),
            QT_TRANSLATE_NOOP("labels", "Induction"),
        ),
        ColleagueRole: (
            QT_TRANSLATE_NOOP("labels", "Principal"),
            QT_TRANSLATE_NOOP("labels", "District leader"),
            QT_TRANSLATE_NOOP("labels", "Other coach"),
            QT_TRANSLATE_NOOP("labels", "Advocate"),
            QT_TRANSLATE_NOOP("labels", "Content expert"),
            QT_TRANSLATE_NOOP("labels", "Other"),
        ),
        Part: (
            QT_TRANSLATE_NOOP("labels", "All"),
            QT_TRANSLATE_NOOP("labels", "In a cycle"),
            QT_TRANSLATE_NOOP("labels", "No contact for 30 days"),
            QT_TRANSLATE_NOOP("labels", "Archived"),
        ),
        Reminder: (
            QT_TRANSLATE_NOOP("labels", "—"),
            QT_TRANSLATE_NOOP("labels", "Coming up"),
            QT_TRANSLATE_NOOP("labels", "To pick up again"),
        ),
        EventKind: (
            QT_TRANSLATE_NOOP("labels", "Planning meeting"),
            QT_TRANSLATE_NOOP("labels", "Classroom visit"),
            QT_TRANSLATE_NOOP("labels", "Debrief meeting"),
            QT_TRANSLATE_NOOP("labels", "Principal meeting"),
            QT_TRANSLATE_NOOP("labels", "Group meeting"),
            QT_TRANSLATE_NOOP("labels", "PD session"),
            QT_TRANSLATE_NOOP("labels", "Data meeting"),
            QT_TRANSLATE_NOOP("labels", "Quick contact"),
            QT_TRANSLATE_NOOP("labels", "Preparation"),
            QT_TRANSLATE_NOOP("labels", "Own growth"),
            QT_TRANSLATE_NOOP("labels", "Technical support"),
            QT_TRANSLATE_NOOP("labels", "Other duty"),
            QT_TRANSLATE_NOOP("labels", "Travel"),
            QT_TRANSLATE_NOOP("labels", "Leave"),
        ),
        VisitKind: (
            QT_TRANSLATE_NOOP("labels", "Watch what we agreed"),
            QT_TRANSLATE_NOOP("labels", "Co-teach"),
            QT_TRANSLATE_NOOP("labels", "Model"),
            QT_TRANSLATE_NOOP("labels", "Co-teach with data"),
            QT_TRANSLATE_NOOP("labels", "Peer visit"),
            QT_TRANSLATE_NOOP("labels", "Video review"),
        ),
        Modality: (
            QT_TRANSLATE_NOOP("labels", "In person"),
            QT_TRANSLATE_NOOP("labels", "Online"),
            QT_TRANSLATE_NOOP("labels", "Hybrid"),
            QT_TRANSLATE_NOOP("labels", "In our own time"),
        ),
        EventStatus: (
            QT_TRANSLATE_NOOP("labels", "Planned"),
            QT_TRANSLATE_NOOP("labels", "Completed"),
            QT_TRANSLATE_NOOP("labels", "Cancelled"),
            QT_TRANSLATE_NOOP("labels", "Rescheduled"),
            QT_TRANSLATE_NOOP("labels", "Didn't happen"),
        ),
        DidntHappen: (
            QT_TRANSLATE_NOOP("labels", "Somebody was absent"),
            QT_TRANSLATE_NOOP("labels", "Testing"),
            QT_TRANSLATE_NOOP("labels", "No cover"),
            QT_TRANSLATE_NOOP("labels", "I was called elsewhere"),
            QT_TRANSLATE_NOOP("labels", "Other"),
        ),
        OtherDuty: (
            QT_TRANSLATE_NOOP("labels", "Substitute cover"),
            QT_TRANSLATE_NOOP("labels", "Testing"),
            QT_TRANSLATE_NOOP("labels", "Devices"),
            QT_TRANSLATE_NOOP("labels", "Supervision"),
            QT_TRANSLATE_NOOP("labels", "Other"),
        ),
        TimeCategory: (
            QT_TRANSLATE_NOOP("labels", "In a cycle"),
            QT_TRANSLATE_NOOP("labels", "Just in time"),
            QT_TRANSLATE_NOOP("labels", "Group PD"),
            QT_TRANSLATE_NOOP("labels", "Technical support"),
            QT_TRANSLATE_NOOP("labels", "Preparation"),
            QT_TRANSLATE_NOOP("labels", "Leadership"),
            QT_TRANSLATE_NOOP("labels", "Own growth"),
            QT_TRANSLATE_NOOP("labels", "Other duty"),
            QT_TRANSLATE_NOOP("labels", "Travel"),
            QT_TRANSLATE_NOOP("labels", "Leave"),
        ),
        Template: (
            QT_TRANSLATE_NOOP("labels", "DLP cycle"),
            QT_TRANSLATE_NOOP("labels", "Impact Cycle"),
            QT_TRANSLATE_NOOP("labels", "Student-centred cycle"),
            QT_TRANSLATE_NOOP("labels", "Before, during, after"),
            QT_TRANSLATE_NOOP("labels", "One round"),
            QT_TRANSLATE_NOOP("labels", "Just in time"),
        ),
        CycleStatus: (
            QT_TRANSLATE_NOOP("labels", "Proposed"),
            QT_TRANSLATE_NOOP("labels", "Agreed"),
            QT_TRANSLATE_NOOP("labels", "Active"),
            QT_TRANSLATE_NOOP("labels", "Paused"),
            QT_TRANSLATE_NOOP("labels", "Completed"),
            QT_TRANSLATE_NOOP("labels", "Stopped early"),
        ),
        Challenge: (
            QT_TRANSLATE_NOOP("labels", "Engagement"),
            QT_TRANSLATE_NOOP("labels", "Differentiation"),
            QT_TRANSLATE_NOOP("labels", "Assessment and feedback"),
            QT_TRANSLATE_NOOP("labels", "Collaboration and discussion"),
            QT_TRANSLATE_NOOP("labels", "Student agency"),
            QT_TRANSLATE_NOOP("labels", "Device management"),
            QT_TRANSLATE_NOOP("labels", "Understanding of content"),
            QT_TRANSLATE_NOOP("labels", "Accessibility and language"),
            QT_TRANSLATE_NOOP("labels", "Digital citizenship"),
            QT_TRANSLATE_NOOP("labels", "Workflow"),
            QT_TRANSLATE_NOOP("labels", "Family communication"),
            QT_TRANSLATE_NOOP("labels", "Other"),
        ),
        Focus: (
            QT_TRANSLATE_NOOP("labels", "Engagement and agency"),
            QT_TRANSLATE_NOOP("labels", "Access and differentiation"),
            QT_TRANSLATE_NOOP("labels", "Assessment and feedback"),
            QT_TRANSLATE_NOOP("labels", "Devices and workflow"),
        ),
        Slot: (
            QT_TRANSLATE_NOOP("labels", "Planning meeting"),
            QT_TRANSLATE_NOOP("labels", "Classroom visit"),
            QT_TRANSLATE_NOOP("labels", "Debrief meeting"),
        ),
        ChainState: (
            QT_TRANSLATE_NOOP("labels", "Empty round"),
            QT_TRANSLATE_NOOP("labels", "Planned round"),
            QT_TRANSLATE_NOOP("labels", "Visited"),
            QT_TRANSLATE_NOOP("labels", "Complete round"),
            QT_TRANSLATE_NOOP("labels", "Round with a missing step"),
        ),
        Owner: (QT_TRANSLATE_NOOP("labels", "The teacher's"), QT_TRANSLATE_NOOP("labels", "Mine")),
        StepStatus: (
            QT_TRANSLATE_NOOP("labels", "Agreed"),
            QT_TRANSLATE_NOOP("labels", "In progress"),
            QT_TRANSLATE_NOOP("labels", "Tried"),
            QT_TRANSLATE_NOOP("labels", "Part of practice"),
            QT_TRANSLATE_NOOP("labels", "Changed"),
            QT_TRANSLATE_NOOP("labels", "Dropped"),
        ),
        CheckBack: (
            QT_TRANSLATE_NOOP("labels", "Met"),
            QT_TRANSLATE_NOOP("labels", "Partly"),
            QT_TRANSLATE_NOOP("labels", "Not yet"),
            QT_TRANSLATE_NOOP("labels", "Replaced"),
        ),
        AgreementKind: (
            QT_TRANSLATE_NOOP("labels", "Principal and coach"),
            QT_TRANSLATE_NOOP("labels", "Teacher and coach"),
            QT_TRANSLATE_NOOP("labels", "One cycle"),
        ),
        AgreementStatus: (
            QT_TRANSLATE_NOOP("labels", "None yet"),
            QT_TRANSLATE_NOOP("labels", "Draft"),
            QT_TRANSLATE_NOOP("labels", "Agreed"),
            QT_TRANSLATE_NOOP("labels", "Time to review"),
            QT_TRANSLATE_NOOP("labels", "Ended"),
        ),
        Participation: (
            QT_TRANSLATE_NOOP("labels", "Who, and when"),
            QT_TRANSLATE_NOOP("labels", "Only who agrees"),
            QT_TRANSLATE_NOOP("labels", "Nothing"),
        ),
        NoteState: (
            QT_TRANSLATE_NOOP("labels", "Draft"),
            QT_TRANSLATE_NOOP("labels", "Finished"),
            QT_TRANSLATE_NOOP("labels", "Closed"),
        ),
        SharedWith: (
            QT_TRANSLATE_NOOP("labels", "The teacher"),
            QT_TRANSLATE_NOOP("labels", "The principal"),
            QT_TRANSLATE_NOOP("labels", "Somebody else"),
        ),
        SharedHow: (
            QT_TRANSLATE_NOOP("labels", "Shown"),
            QT_TRANSLATE_NOOP("labels", "Handed over"),
            QT_TRANSLATE_NOOP("labels", "Sent"),
        ),
        LineKind: (
            QT_TRANSLATE_NOOP("labels", "Teacher"),
            QT_TRANSLATE_NOOP("labels", "Student"),
            QT_TRANSLATE_NOOP("labels", "Action"),
            QT_TRANSLATE_NOOP("labels", "Question"),
            QT_TRANSLATE_NOOP("labels", "Strength"),
            QT_TRANSLATE_NOOP("labels", "Wondering"),
            QT_TRANSLATE_NOOP("labels", "Tech"),
            QT_TRANSLATE_NOOP("labels", "Moment"),
        ),
    }
)

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "identify": QT_TRANSLATE_NOOP("labels", "Identify"),
        "investigate": QT_TRANSLATE_NOOP("labels", "Investigate"),
        "select": QT_TRANSLATE_NOOP("labels", "Select"),
        "implement": QT_TRANSLATE_NOOP("labels", "Implement"),
        "reflect": QT_TRANSLATE_NOOP("labels", "Reflect"),
        "learn": QT_TRANSLATE_NOOP("labels", "Learn"),
        "improve": QT_TRANSLATE_NOOP("labels", "Improve"),
        "goal": QT_TRANSLATE_NOOP("labels", "Goal"),
        "baseline": QT_TRANSLATE_NOOP("labels", "Baseline"),
        "co_plan_teach": QT_TRANSLATE_NOOP("labels", "Co-plan and co-teach"),
        "post": QT_TRANSLATE_NOOP("labels", "Measure again"),
        "before": QT_TRANSLATE_NOOP("labels", "Before"),
        "during": QT_TRANSLATE_NOOP("labels", "During"),
        "after": QT_TRANSLATE_NOOP("labels", "After"),
        "round": QT_TRANSLATE_NOOP("labels", "Round"),
    }
)


def label(value: Enum | None) -> str:
    """The word for a member of an enumeration; for None that nothing is set."""
    if value is None:
        return QCoreApplication.translate("labels", "Not said")
    kind = type(value)
    return QCoreApplication.translate("labels", WORDS[kind][list(kind).index(value)])


def phase(key: str) -> str:
    """The word for a phase of a cycle; a phase of the coach's own is shown as it is."""
    return QCoreApplication.translate("labels", PHASES[key]) if key in PHASES else key


def person(name: str) -> str:
    """A person's name, or the initials in its place; or that it is not known yet."""
    if not name:
        return QCoreApplication.translate("labels", "No name yet")
    return SHOWN.of(name) if SHOWN.on else name


def people(names: Iterable[str]) -> str:
    """Several of them, apart by commas."""
    return ", ".join(map(person, names)) or person("")


def listed(row: TeacherRow) -> str:
    """A teacher's name as rosters sort it: "Rivera, Maya"."""
    return person(row.name if SHOWN.on else row.listed)


def field(text: str) -> str:
    """The title or help of a field, which the model holds in English."""
    return QCoreApplication.translate("fields", text) if text else ""


def short_day(day: date | None, today: date) -> str:
    """ "26 Jan", with the year where it is not this one; "—" for none."""
    return NONE if day is None else dates.short(day, today)


def moment(at: datetime, today: date) -> str:
    """ "Today 9:50", "Tue 9:50" within a week, else "2 Feb, 9:50"."""
    ahead = (at.date() - today).days
    clock = dates.clock(at)
    if ahead == 0:
        return "{} {}".format(QCoreApplication.translate("labels", "Today"), clock)
    if 0 < ahead < 7:
        return f"{dates.short_weekday(at.date())} {clock}"
    return f"{short_day(at.date(), today)}, {clock}"
