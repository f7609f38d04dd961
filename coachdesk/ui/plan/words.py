"""What is said of a drawn round: when each event is, what it meets, and which days were passed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from coachdesk.model.cycles import Slot
from coachdesk.model.days import Span
from coachdesk.model.planning import Busy, Step
from coachdesk.services.rounds import Drawn
from coachdesk.ui import dates, labels


@dataclass(frozen=True)
class Remark:
    """A sentence about one event, in the tone of the look."""

    text: str
    tone: str = "muted"


def said(text: str) -> str:
    return QCoreApplication.translate("plan", text)


def when(step: Step) -> str:
    """ "Wed 10 Feb, 9:50–10:10"."""
    return f"{dates.day_of_week(step.starts.date())}, {dates.times(step.starts, step.ends)}"


def length(step: Step) -> str:
    """ "20 min"."""
    minutes = int((step.ends - step.starts).total_seconds() // 60)
    return said("{minutes} min").format(minutes=minutes)


def skips(spans: Iterable[Span], today: date) -> str:
    """ "Skips 15 Feb Presidents' Day, 21 Dec – 1 Jan Winter break."; "" where nothing is passed over."""
    told = [f"{_days(span, today)} {span.name}" for span in spans]
    return said("Skips {days}.").format(days=", ".join(told)) if told else ""


def instead(drawn: Drawn) -> str:
    """ "Use 10:30", or with the day where it is another one."""
    if drawn.instead is None:
        return ""
    same = drawn.instead.date() == drawn.step.starts.date()
    time = dates.clock(drawn.instead)
    time = time if same else f"{dates.day_of_week(drawn.instead.date())}, {time}"
    return said("Use {time}").format(time=time)


def remarks(drawn: Drawn) -> list[Remark]:
    """All there is to say of one event, what is wrong first."""
    told: list[Remark] = []
    if drawn.problem:
        told.append(Remark(said(drawn.problem), "danger"))
    if drawn.overlaps:
        told.append(Remark(_overlaps(drawn.overlaps), "warning"))
    if drawn.closed is not None:
        none = said("No school that day: {name}.") if drawn.closed else said("No school that day.")
        told.append(Remark(none.format(name=drawn.closed), "warning"))
    if drawn.too_early:
        told.append(Remark(_too_early(drawn.place[1]), "warning"))
    if drawn.step.passed_over:
        told.append(Remark(_passed_over(drawn.step)))
    return told


def _days(span: Span, today: date) -> str:
    first = labels.short_day(span.first, today)
    return first if span.first == span.last else f"{first} – {labels.short_day(span.last, today)}"


def _overlaps(others: Iterable[Busy]) -> str:
    told = [f"{labels.label(one.kind)}, {dates.times(one.starts, one.ends)}" for one in others]
    return said("Overlaps {events}.").format(events="; ".join(told))


def _too_early(slot: Slot) -> str:
    if slot is Slot.VISIT:
        return said("Starts before the planning meeting is over.")
    return said("Starts before the visit is over.")


def _passed_over(step: Step) -> str:
    days = ", ".join(dates.day_of_week(day) for day in step.passed_over)
    return said("The usual time is taken on {days}.").format(days=days)
