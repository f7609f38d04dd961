"""Notes that were begun and not finished; what they say is not shown here."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from coachdesk.services.notes import Unfinished
from coachdesk.ui import marks, wishes
from coachdesk.ui.today import words
from coachdesk.ui.widgets.buttons import link
from coachdesk.ui.widgets.lines import Act, Lines, Told


class NoteLines(Lines):
    """Each is gone on with by one button."""

    def __init__(self, title: str, name: str, wish: Callable[[object], None]) -> None:
        super().__init__(title, name)
        self._wish = wish
        self._older = 0
        self.older = link("", name="older_to_finish")
        self.older.clicked.connect(lambda: wish(wishes.ShowNotes()))
        self.column.addWidget(self.older)

    def show_notes(self, notes: Sequence[Unfinished], today: date, older: int = 0) -> None:
        """Show these; `older` are further ones, which Visits lists."""
        self._older = older
        said = self.tr("{count} older ones under Visits").format(count=older)
        self.older.setText(said)
        self.older.setAccessibleName(said)
        self.older.setVisible(older > 0)
        self.show_lines([self._line(note, today) for note in notes])
        self.count.setText(str(len(notes) + older))

    def _show_all(self) -> None:
        super()._show_all()
        self.count.setText(str(len(self._told) + self._older))

    def _line(self, note: Unfinished, today: date) -> Told:
        icon, role = marks.of_event(note.event.kind)
        go_on = Act("continue_note", self.tr("Continue"), partial(self._wish, wishes.OpenNote(note.id)))
        return Told(
            words.who(note.event), words.begun(note.event, note.started, today), icon, role, acts=(go_on,)
        )
