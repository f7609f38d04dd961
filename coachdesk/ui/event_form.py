"""What an event is about, as a form: the way to move it without dragging."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from coachdesk.model import Event
from coachdesk.model.question import Question, questions
from coachdesk.model.schedule import EventKind
from coachdesk.services import events, schedule
from coachdesk.ui import people_edit
from coachdesk.ui.fields import TimeEdit, Unreadable
from coachdesk.ui.form import Form, Section
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.people_edit import PeopleEdit
from coachdesk.ui.week.grid import Span

NAME = "event"
_ANY_DAY = datetime(2000, 1, 1)


class EventForm(Form):
    """Moving the start takes the end along; a visit needs somebody, a workshop does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        people_edit.register()
        about, rest = _about(), questions(Event, ("place", "title", "preparation"))
        super().__init__(
            Section(about[:3]),
            Section(about[3:], pairs=True),
            Section(rest, later=True),
            name=NAME,
            parent=parent,
        )
        self._length = timedelta(minutes=20)
        people = self.field("teachers")
        assert isinstance(people, PeopleEdit)
        self.people = people
        for label in self.findChildren(QLabel):
            if label.buddy() is people:
                label.setBuddy(people.choice)
        self.edited.connect(self._on_change)

    def fill(self, values: Any) -> None:
        super().fill(values)
        self._need_people()
        span = self.span()
        self._length = span[1] - span[0] if span and span[1] > span[0] else self._length

    def span(self) -> Span | None:
        """The times that stand in the form, where they can be read."""
        day, starts, ends = (self.answer(key) for key in ("day", "starts", "ends"))
        if day is None or starts is None or ends is None:
            return None
        return datetime.combine(day, starts), datetime.combine(day, ends)

    def _on_change(self, key: str) -> None:
        if key == "kind":
            self._need_people()
        elif key == "starts":
            self._take_end_along()
        elif key == "ends":
            span = self.span()
            self._length = span[1] - span[0] if span and span[1] > span[0] else self._length

    def _take_end_along(self) -> None:
        starts, ends = self._time("starts"), self.field("ends")
        if starts is not None and isinstance(ends, TimeEdit):
            after = datetime.combine(_ANY_DAY, starts) + self._length
            if after.date() == _ANY_DAY.date():
                ends.show_time(after.time())

    def _time(self, key: str) -> time | None:
        field = self.field(key)
        assert isinstance(field, TimeEdit)
        try:
            return field.answer()
        except Unreadable:
            return None

    def _need_people(self) -> None:
        kind = self.answer("kind")
        self.require("teachers", kind is None or EventKind(kind) in events.WITH_A_TEACHER)


def _about() -> list[Question]:
    [kind] = questions(Event, ("kind",))
    whom = people_edit.question("teachers", QT_TRANSLATE_NOOP("fields", "With"), schedule.NO_TEACHER)
    day = Question("day", QT_TRANSLATE_NOOP("fields", "Day"), "date", required=True)
    starts = Question("starts", QT_TRANSLATE_NOOP("fields", "From"), "time", required=True)
    ends = replace(starts, key="ends", label=QT_TRANSLATE_NOOP("fields", "To"))
    return [kind, whom, day, starts, ends]
