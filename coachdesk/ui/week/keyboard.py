"""The week by keys: arrows go from place to place, with Alt they carry the event they are on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from coachdesk.services.events import EventRow
from coachdesk.ui.week.canvas import WeekCanvas
from coachdesk.ui.week.event_button import EventButton
from coachdesk.ui.week.grid import DAY_MINUTES, SLOT, at, minutes_of

STEP = timedelta(minutes=15)
_VERTICAL = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SLOT = timedelta(minutes=SLOT)


class Keyboard(QObject):
    """What a key means depends on where the keyboard is: on an event, or on an empty place."""

    new = Signal(datetime)
    removed = Signal(object)
    weeks = Signal(int)  # so many weeks on, or back
    today = Signal()

    def __init__(self, canvas: WeekCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        canvas.keyed.connect(self._on_key)

    def place(self) -> datetime:
        """Where a new event would begin: the empty place, or after the event the keyboard is on."""
        here = self._event()
        return here.ends if here else self._canvas.slot_at

    def _on_key(self, event: QKeyEvent) -> None:
        event.accept()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        if held == alt:
            done = self._carry(key)
        elif held == alt | shift:
            done = self._stretch(key)
        else:
            done = not held and (self._go(key) or self._act(key))
        if not done:
            event.ignore()

    def _act(self, key: Qt.Key) -> bool:
        acts = self._acts()
        if key in acts:
            acts[key]()
        return key in acts

    def _acts(self) -> dict[Qt.Key, Callable[[], object]]:
        here = self._event()
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageUp: lambda: self.weeks.emit(-1),
            Qt.Key.Key_PageDown: lambda: self.weeks.emit(1),
            Qt.Key.Key_T: self.today.emit,
            Qt.Key.Key_N: lambda: self.new.emit(self.place()),
            Qt.Key.Key_Insert: lambda: self.new.emit(self.place()),
        }
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            acts[key] = lambda: self._enter(here)
        if here:
            for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                acts[key] = lambda: self.removed.emit(here.id)
        return acts

    def _enter(self, here: EventRow | None) -> None:
        if here:
            self._canvas.opened.emit(here.id)
        else:
            self.new.emit(self.place())

    def _go(self, key: Qt.Key) -> bool:
        here = self._event()
        if key in _VERTICAL:
            self._up_or_down(here, _VERTICAL[key])
        elif key in _SIDEWAYS:
            self._sideways(here, _SIDEWAYS[key])
        return key in _VERTICAL or key in _SIDEWAYS

    def _up_or_down(self, here: EventRow | None, step: int) -> None:
        """To the next slot; to an event where one begins before it, or lies there."""
        day = at((here.starts if here else self._canvas.slot_at).date(), 0)
        if step > 0:
            first = here.ends if here else self._canvas.slot_at + _SLOT
            slot = _slot_from(first)
            there = [row for row in self._on(day) if first <= row.starts < slot + _SLOT or _at(row, first)]
            self._land(there[0] if there else None, slot, day)
        else:
            last = here.starts if here else self._canvas.slot_at
            slot = _slot_before(last)
            there = [row for row in self._on(day) if slot < row.ends <= last or _at(row, slot)]
            there = [row for row in there if here is None or row.id != here.id]
            self._land(there[-1] if there else None, slot, day)

    def _sideways(self, here: EventRow | None, step: int) -> None:
        """To what stands beside it, else to the same time on the next day."""
        if here:
            beside = [row for row in self._on(at(here.starts.date(), 0)) if _meet(row, here)]
            number = beside.index(here) + step
            if 0 <= number < len(beside):
                self._focus(beside[number])
                return
        when = here.starts if here else self._canvas.slot_at
        days = self._canvas.grid.days
        column = days.index(when.date()) + step
        if not 0 <= column < len(days):
            self.weeks.emit(step)
            days = self._canvas.grid.days
            column = 0 if step > 0 else len(days) - 1
        slot = _slot_at(at(days[column], minutes_of(when)))
        there = [row for row in self._on(slot) if slot <= row.starts < slot + _SLOT or _at(row, slot)]
        self._land(there[0] if there else None, slot, at(days[column], 0))

    def _land(self, row: EventRow | None, slot: datetime, day: datetime) -> None:
        if row:
            self._focus(row)
        elif slot.date() == day.date():
            self._canvas.go_to_slot(slot)
            self._canvas.selected.emit(None)
            self._canvas.slot.setFocus(Qt.FocusReason.TabFocusReason)
            self._canvas.pointed.emit(self._canvas.slot.geometry().center())

    def _focus(self, row: EventRow) -> None:
        button = self._canvas.button_of(row.id)
        if button:
            button.setFocus(Qt.FocusReason.TabFocusReason)
            self._canvas.pointed.emit(button.geometry().center())

    def _carry(self, key: Qt.Key) -> bool:
        here = self._event()
        if here is None or key not in {**_VERTICAL, **_SIDEWAYS}:
            return False
        if key in _VERTICAL:
            starts = here.starts + _VERTICAL[key] * STEP
        else:
            starts = self._another_day(here.starts, _SIDEWAYS[key])
        self._canvas.moved.emit(here.id, starts, starts + (here.ends - here.starts))
        return True

    def _another_day(self, starts: datetime, step: int) -> datetime:
        """The day beside it; from the last of the week to the first of the next."""
        days = self._canvas.grid.days
        column = days.index(starts.date()) + step
        if 0 <= column < len(days):
            return at(days[column], minutes_of(starts))
        beyond = starts + timedelta(days=step)
        while beyond.weekday() > 4:
            beyond += timedelta(days=step)
        return beyond

    def _stretch(self, key: Qt.Key) -> bool:
        here = self._event()
        if here is None or key not in _VERTICAL:
            return False
        ends = here.ends + _VERTICAL[key] * STEP
        if ends > here.starts:
            self._canvas.moved.emit(here.id, here.starts, ends)
        return True

    def _event(self) -> EventRow | None:
        """The event the keyboard is on."""
        focus = self._canvas.window().focusWidget()
        return focus.row if isinstance(focus, EventButton) and focus.event_id else None

    def _on(self, day: datetime) -> list[EventRow]:
        return [row for row in self._canvas.rows if row.starts.date() == day.date()]


def _at(row: EventRow, moment: datetime) -> bool:
    return row.starts <= moment < row.ends


def _meet(one: EventRow, other: EventRow) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _slot_at(moment: datetime) -> datetime:
    return at(moment.date(), minutes_of(moment) // SLOT * SLOT)


def _slot_from(moment: datetime) -> datetime:
    """The first slot that begins no earlier."""
    slots = -(-minutes_of(moment) // SLOT)
    return at(moment.date(), min(slots * SLOT, DAY_MINUTES))


def _slot_before(moment: datetime) -> datetime:
    """The last slot that begins earlier."""
    return at(moment.date(), (minutes_of(moment) - 1) // SLOT * SLOT)
