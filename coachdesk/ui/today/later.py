"""Events of the day, or of the next one: a line each."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication

from coachdesk.services.events import EventRow
from coachdesk.ui import dates, labels, marks, wishes
from coachdesk.ui.today import words
from coachdesk.ui.widgets.lines import Act, Lines, Told


class EventLines(Lines):
    """Each with its stripe, icon and word; it opens on the calendar."""

    def __init__(self, title: str, name: str, wish: Callable[[object], None]) -> None:
        super().__init__(title, name)
        self._wish = wish

    def show_events(self, events: Sequence[EventRow], today: date) -> None:
        self.show_lines([self._line(event, today) for event in events])

    def _line(self, event: EventRow, today: date) -> Told:
        icon, role = marks.of_event(event.kind)
        on_day = event.starts.date() == today
        when = dates.clock(event.starts) if on_day else labels.moment(event.starts, today)
        see = partial(self._wish, wishes.ShowEvent(event.id))
        return Told(
            f"{when}  {words.who(event)}",
            words.kind_and_place(event),
            icon,
            role,
            stripe=True,
            acts=(Act("open_event", QCoreApplication.translate("today", "Open"), see),),
        )
