"""What the calendar does to an event, and what it says then: with the way back, or why it could not be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model.schedule import DidntHappen
from coachdesk.services import schedule
from coachdesk.services.desk import Desk
from coachdesk.services.events import EventRow
from coachdesk.services.schedule import Placed
from coachdesk.ui import dates, labels, messages


class EventChanges(QObject):
    """Each answers whether it was done; the `doer` need not hear of it from the desk."""

    said = Signal(str, bool)
    warned = Signal(str)

    def __init__(self, desk: Desk, doer: QObject) -> None:
        super().__init__(doer)
        self._desk = desk

    def move(self, row: EventRow, starts: datetime, ends: datetime) -> bool:
        """Give an event other times."""
        done: list[Placed] = []
        longer = row.starts == starts
        what, to = (schedule.resize_event, (ends,)) if longer else (schedule.reschedule_event, (starts, ends))
        if not self._do(done, what, row.id, *to):
            return False
        says = self.tr("Now {when} to {ends}.") if longer else self.tr("Moved to {when}.")
        said = says.format(when=when(starts), ends=dates.clock(ends))
        self.said.emit(" ".join(filter(None, (said, _overlap(done[0])))), True)
        return True

    def delete(self, row: EventRow) -> bool:
        """Take an event off the calendar."""
        says = self.tr("Deleted the event of {when}.").format(when=when(row.starts))
        return self._say_if(says, schedule.delete_event, row.id)

    def took_place(self, key: UUID) -> bool:
        return self._say_if(self.tr("It took place."), schedule.took_place, key)

    def didnt_happen(self, key: UUID, reason: DidntHappen) -> bool:
        return self._say_if(self.tr("It didn't happen."), schedule.didnt_happen, key, reason)

    def _say_if(self, saying: str, what: Callable[..., Any], *args: object) -> bool:
        done = self._do([], what, *args)
        if done:
            self.said.emit(saying, True)
        return done

    def _do(self, answers: list[Any], what: Callable[..., Any], *args: object) -> bool:
        """Have it done, and its answer put among `answers`; else say why not."""
        try:
            answers.append(self._desk.do_as(self.parent(), what, *args))
        except CoachdeskError as error:
            self.warned.emit(_sentence(error))
            return False
        return True


def when(moment: datetime) -> str:
    """ "Tuesday 9:50"."""
    return f"{dates.weekday(moment.date())} {dates.clock(moment)}"


def _overlap(placed: Placed) -> str:
    if not placed.overlaps:
        return ""
    says = QCoreApplication.translate("fields", placed.says)
    first = placed.overlaps[0]
    return says.format(starts=dates.clock(first.starts), ends=dates.clock(first.ends))


def _sentence(error: CoachdeskError) -> str:
    """What is wrong; of several fields, what is wrong with each."""
    if isinstance(error, Invalid):
        return " ".join(labels.field(problem) for problem in error.problems.values())
    return messages.words(error)
