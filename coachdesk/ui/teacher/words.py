"""What a teacher's page says of events, notes and rounds."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from coachdesk.model.caseload import TeacherRow
from coachdesk.model.cycles import Slot
from coachdesk.model.schedule import EventStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import NoteState
from coachdesk.services.cycles import Round
from coachdesk.services.events import EventRow
from coachdesk.services.notes import StepRow
from coachdesk.services.timeline import Moment
from coachdesk.ui import labels, stamped


def _tr(text: str) -> str:
    return QCoreApplication.translate("teacher", text)


def where(row: TeacherRow) -> str:
    """ "Science · Grade 7 · Room 12 · Lincoln MS"."""
    return " · ".join(filter(None, (row.subjects, grades(row.grades), room(row.room), *row.school_names)))


def grades(written: str) -> str:
    if not written[:1].isdigit():
        return written
    said = _tr("Grade {grades}") if written.isdigit() else _tr("Grades {grades}")
    return said.format(grades=written)


def room(written: str) -> str:
    return _tr("Room {room}").format(room=written) if written else ""


def title(moment: Moment) -> str:
    """ "Classroom visit · 22 min"; of a step that stands alone that it is one."""
    event = moment.event
    if event is None:
        return _tr("Action step")
    minutes = _tr("{count} min").format(count=event.minutes)
    return " · ".join(filter(None, (labels.label(event.kind), minutes, state(event))))


def beside(moment: Moment, today: date) -> str:
    """ "1D 2C · Shared 12 Nov with the teacher": what was practised, and the stamp of its note."""
    return " · ".join(filter(None, (" ".join(moment.codes), stamped.newest(moment.shared, today))))


def state(event: EventRow) -> str:
    """What is to be known of how an event stands; "" of one that took place and is written up."""
    if event.status is EventStatus.DIDNT_HAPPEN and event.reason:
        return f"{labels.label(event.status)}: {labels.label(event.reason)}"
    if event.status is not EventStatus.COMPLETED:
        return labels.label(event.status)
    return _tr("note to finish") if event.note_state is NoteState.DRAFT else ""


def excerpt(moment: Moment) -> str:
    """The first words of what is known: of its note, else of what it was about."""
    if moment.event is None:
        return moment.steps[0].text
    place = " · ".join(filter(None, (moment.event.place, moment.event.title)))
    return " / ".join(line.strip() for line in moment.excerpt) or moment.strength or place


def agreed(moment: Moment) -> str:
    """The step that was agreed, and how it went."""
    if moment.event is None or not moment.steps:
        return ""
    first = moment.steps[0]
    return step(first.text, result(first))


def step(text: str, how: str) -> str:
    said = _tr("Agreed: {step}").format(step=text)
    return f"{said} ({how})" if how else said


def result(one: StepRow) -> str:
    return labels.label(one.result) if one.result else ""


def spoken(moment: Moment, today: date) -> str:
    """All that the line shows, for assistive tools."""
    parts = (
        labels.moment(moment.at, today),
        title(moment),
        beside(moment, today),
        excerpt(moment),
        agreed(moment),
    )
    return ". ".join(filter(None, parts))


def script(lines: tuple[Line, ...]) -> str:
    """The lines of a note, each with when it was written."""
    return "\n".join(f"{line.offset // 60}:{line.offset % 60:02}  {line.text}" for line in lines if line.text)


def slot(one: Round, of: Slot, today: date) -> str:
    """ "Classroom visit, 4 Feb", or that the step is missing."""
    row = one.steps.get(of)
    if row is None:
        return _tr("{step}: not planned").format(step=labels.label(of))
    return f"{labels.label(of)}, {labels.short_day(row.starts.date(), today)}"
