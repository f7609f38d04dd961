"""A moment in full: the lines of its note, what was agreed, and, if wanted, the coach's own words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.services.notes import NoteFile
from coachdesk.services.timeline import Moment
from coachdesk.ui import labels, theme
from coachdesk.ui.teacher import words
from coachdesk.ui.widgets.buttons import button, link
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text

INDENT = 132


class Detail(QWidget):
    """`open_note` and `see_event` go where the whole of it is."""

    open_note = Signal()
    see_event = Signal()

    def __init__(self, moment: Moment, note: NoteFile | None) -> None:
        super().__init__()
        self.setObjectName("moment_detail")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INDENT, 0, theme.SPACE["xl"], theme.SPACE["md"])
        self._column.setSpacing(theme.SPACE["sm"])
        if note is not None:
            self._show_note(note)
        for step in moment.steps:
            self._fact(self.tr("Agreed"), step.text + (f" ({words.result(step)})" if step.result else ""))
        self._show_private(moment, note)
        self._show_buttons(moment)

    def _show_note(self, note: NoteFile) -> None:
        said = words.script(note.lines)
        if said:
            self._column.addWidget(Text(said))
        counted = " · ".join(f"{each.name} {each.count}" for each in note.counters)
        self._fact(self.tr("Counted"), counted)
        self._fact(self.tr("One strength"), note.strength)
        self._fact(self.tr("One wondering"), note.wondering)

    def _show_private(self, moment: Moment, note: NoteFile | None) -> None:
        """The coach-only words stay closed until they are asked for."""
        own = [
            (self.tr("What I make of it"), note.interpretation if note else ""),
            (self.tr("My own reflection"), note.reflection if note else ""),
            (self.tr("To prepare"), moment.event.preparation if moment.event else ""),
        ]
        if not any(text for _name, text in own):
            return
        self._private = QWidget()
        column = QVBoxLayout(self._private)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        mark = QHBoxLayout()
        mark.setSpacing(theme.SPACE["xs"])
        mark.addWidget(Picture("lock", "muted", 14))
        mark.addWidget(Text(self.tr("Only you can read this"), "caption", "muted", wrap=False), 1)
        column.addLayout(mark)
        for name, text in own:
            if text:
                column.addWidget(Text(name, "caption", "muted"))
                column.addWidget(Text(text))
        self._private.hide()
        self._own = link(self.tr("Show my own words"), name="show_own_words")
        self._own.clicked.connect(self._show_own)
        self._column.addWidget(self._own)
        self._column.addWidget(self._private)

    def _show_own(self) -> None:
        shown = self._private.isHidden()
        self._private.setVisible(shown)
        said = self.tr("Hide my own words") if shown else self.tr("Show my own words")
        self._own.setText(said)
        self._own.setAccessibleName(said)

    def _show_buttons(self, moment: Moment) -> None:
        event = moment.event
        if event is None:
            return
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        if event.note_id:
            note = button(self.tr("Open the note"), "notebook-pen", name="open_note")
            note.clicked.connect(self.open_note)
            row.addWidget(note)
        see = button(self.tr("Show on the calendar"), "calendar-days", name="show_event")
        see.clicked.connect(self.see_event)
        see.setAccessibleDescription(labels.label(event.kind))
        row.addWidget(see)
        row.addStretch(1)
        self._column.addLayout(row)

    def _fact(self, name: str, text: str) -> None:
        if text:
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE["md"])
            row.addWidget(Text(name, "body", "muted", wrap=False))
            row.addWidget(Text(text), 1)
            self._column.addLayout(row)
