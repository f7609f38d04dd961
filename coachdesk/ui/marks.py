"""Which icon and colour stand for what: colour only where it means something, and never alone."""

from types import MappingProxyType

from coachdesk.model.caseload import Reminder, TeacherRow
from coachdesk.model.roster import TeacherStatus
from coachdesk.model.schedule import EventKind

PHASE_OF_EVENT = MappingProxyType(
    {
        EventKind.PLANNING_MEETING: ("messages-square", "plan"),
        EventKind.VISIT: ("school", "visit"),
        EventKind.DEBRIEF: ("message-circle", "debrief"),
    }
)
OTHER = ("notebook-pen", "other")


def of_event(kind: EventKind) -> tuple[str, str]:
    """Icon and colour of an event."""
    return PHASE_OF_EVENT.get(kind, OTHER)


def of_standing(row: TeacherRow) -> tuple[str, str]:
    """Icon and colour of how a teacher stands; "" where there is nothing to point at."""
    if row.status is not TeacherStatus.ACTIVE:
        icons = {TeacherStatus.NOT_NOW: "hourglass", TeacherStatus.ARCHIVED: "archive"}
        return icons.get(row.status, "minus"), "muted"
    return {
        Reminder.NONE: ("", ""),
        Reminder.COMING_UP: ("clock", "text"),
        Reminder.TO_PICK_UP_AGAIN: ("repeat-2", "warning"),
    }[row.reminder]
