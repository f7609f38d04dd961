"""Notes that were begun and not finished; what they say is not shown here."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from coachdesk.services.notes import Unfinished
from coachdesk.ui import marks, wishes
from coachdesk.ui.today import words
from coachdesk.ui.widgets.lines import Act, Lines, Told


class NoteLines(Lines):
    """Each is gone on with by one button."""

    def __init__(self, title: str, name: str, wish: Callable[[object], None]) -> None:
        super().__init__(title, name)
        self._wish = wish

    def show_notes(self, notes: Sequence[Unfinished], today: date) -> None:
        self.show_lines([self._line(note, today) for note in notes])

    def _line(self, note: Unfinished, today: date) -> Told:
        icon, role = marks.of_event(note.event.kind)
        go_on = Act("continue_note", self.tr("Continue"), partial(self._wish, wishes.OpenNote(note.id)))
        return Told(
            words.who(note.event), words.begun(note.event, note.started, today), icon, role, acts=(go_on,)
        )
