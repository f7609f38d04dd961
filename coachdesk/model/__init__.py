"""The records of a coach's work: plain tables and pure rules, with no screen and no file in them."""

from coachdesk.model.agreements import Agreement
from coachdesk.model.changes import Change
from coachdesk.model.cycles import Chain, CoachingCycle, CycleGoal, CycleTeacher
from coachdesk.model.days import NoSchool
from coachdesk.model.departures import Departure
from coachdesk.model.goals import ActionStep
from coachdesk.model.lists import ListLayout
from coachdesk.model.reporting import Release, ReleaseFigure, ReleaseFile, ReportingRow, ReportingYear
from coachdesk.model.roster import Colleague, Placement, School, SchoolGoal, SchoolYear, Teacher
from coachdesk.model.schedule import Event, EventTeacher
from coachdesk.model.standards import StandardTag
from coachdesk.model.usual import Usual, UsualCounter
from coachdesk.model.visits import AgreedCounter, ScriptLine, SharedStamp, Tally, VisitNote

__all__ = [
    "ActionStep",
    "AgreedCounter",
    "Agreement",
    "Chain",
    "Change",
    "CoachingCycle",
    "Colleague",
    "CycleGoal",
    "CycleTeacher",
    "Departure",
    "Event",
    "EventTeacher",
    "ListLayout",
    "NoSchool",
    "Placement",
    "Release",
    "ReleaseFigure",
    "ReleaseFile",
    "ReportingRow",
    "ReportingYear",
    "School",
    "SchoolGoal",
    "SchoolYear",
    "ScriptLine",
    "SharedStamp",
    "StandardTag",
    "Tally",
    "Teacher",
    "Usual",
    "UsualCounter",
    "VisitNote",
]
