"""What the day's page says, from what the desk answers; product.md has the words."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from coachdesk.model.schedule import EventKind
from coachdesk.services.agenda import PickUp, Why
from coachdesk.services.events import EventRow
from coachdesk.services.notes import StepRow
from coachdesk.ui import dates, labels


def _tr(text: str) -> str:
    return QCoreApplication.translate("today", text)


def span(event: EventRow) -> str:
    """ "9:50–10:10"."""
    return dates.times(event.starts, event.ends)


def until(at: datetime, now: datetime) -> str:
    """How far an event is off: "now", "in 12 minutes", "at 13:00", "tomorrow"."""
    minutes = -((now - at).total_seconds() // 60)
    days = (at.date() - now.date()).days
    if minutes <= 0:
        return _tr("now")
    if days == 0 and minutes < 60:
        said = _tr("in 1 minute") if minutes == 1 else _tr("in {count} minutes")
        return said.format(count=round(minutes))
    if days == 0:
        return _tr("at {time}").format(time=dates.clock(at))
    return _tr("tomorrow") if days == 1 else dates.day(at.date())


def who(event: EventRow) -> str:
    """With whom an event is; of one with nobody what it is called."""
    names = ", ".join(labels.person(name) for name in event.names)
    return names or event.title or labels.label(event.kind)


def where(event: EventRow, room: str = "") -> str:
    """ "Room 12 · Period 2": its own place, or else the teacher's `room`."""
    place = event.place or (_tr("Room {room}").format(room=room) if room else "")
    period = _tr("Period {period}").format(period=event.period) if event.period.isdigit() else event.period
    return " · ".join(filter(None, (place, period)))


def kind_and_place(event: EventRow) -> str:
    """ "Planning meeting · Room 12", without saying twice what stands for a name."""
    kind = labels.label(event.kind)
    return " · ".join(filter(None, (kind if who(event) != kind else "", where(event))))


def picked_up(one: PickUp, today: date) -> str:
    """Why something is to be picked up again, as a sentence."""
    if one.why is Why.NO_DEBRIEF:
        return _days(
            one.days,
            _tr("Visited 1 school day ago; the debrief is still open."),
            _tr("Visited {count} school days ago; the debrief is still open."),
        )
    if one.why is Why.CONTACT:
        return _days(
            one.days,
            _tr("No contact for 1 school day, and none planned."),
            _tr("No contact for {count} school days, and none planned."),
        )
    if one.why is Why.MISSING_STEP:
        steps = ", ".join(labels.label(slot) for slot in one.missing)
        return _tr("Round with a missing step: {steps}.").format(steps=steps) if steps else _open_round()
    return _about_event(one, today)


def _open_round() -> str:
    return _tr("Round with a missing step: say whether it took place.")


def _about_event(one: PickUp, today: date) -> str:
    if one.event is None:
        return ""
    said = (
        _tr("{when}, {kind}: did it take place?")
        if one.why is Why.TOOK_PLACE
        else _tr("{when}, {kind}: planned with somebody in the archive.")
    )
    kind = labels.label(one.event.kind)
    return said.format(kind=kind[:1].lower() + kind[1:], when=labels.moment(one.event.starts, today))


def icon_of(one: PickUp) -> str:
    """The picture beside what is to be picked up again."""
    return {Why.CONTACT: "clock", Why.ARCHIVED: "archive", Why.TOOK_PLACE: "circle-help"}.get(
        one.why, "repeat-2"
    )


def checked_back(step: StepRow, today: date) -> str:
    """ "Maya Rivera · check back today"."""
    name = labels.person(step.teacher)
    if step.check_back_on is None or step.check_back_on == today:
        when = _tr("check back today")
    else:
        when = _tr("check back since {day}").format(day=labels.short_day(step.check_back_on, today))
    return f"{name} · {when}"


def agreed(step: StepRow, today: date) -> str:
    """The step that was agreed last, with how it went or when to look at it again."""
    if step.result is not None:
        return f"{step.text} ({labels.label(step.result)})"
    if step.check_back_on is None:
        return step.text
    said = _tr("{step} (check back {day})")
    return said.format(step=step.text, day=labels.short_day(step.check_back_on, today))


def begun(event: EventRow, started: datetime, today: date) -> str:
    """ "Classroom visit · 29 Jan": of a note that is not finished."""
    return f"{labels.label(event.kind)} · {labels.short_day(started.date(), today)}"


def can_begin(event: EventRow, today: date) -> bool:
    """Whether the note of an event is what comes next: of a visit, on its day."""
    return event.kind is EventKind.VISIT and event.starts.date() == today and not event.all_archived


def _days(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count=count)
