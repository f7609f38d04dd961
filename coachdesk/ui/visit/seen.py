"""What was seen and heard in a visit, to read and mend once it is over: script, counts, a gentle hint."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.model.loaded import loaded, loaded_lines
from coachdesk.model.script import Line, clock
from coachdesk.model.visits import NoteState
from coachdesk.services.notes import NoteFile, Tag
from coachdesk.ui import theme
from coachdesk.ui.visit.counters import Counters
from coachdesk.ui.visit.script_pane import ScriptPane
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading, muted

SHORTEST = 200  # height of the script where all stands in one column
MOST_HINTS = 2


class Seen(Card):
    """The teacher's data. A line that is added now bears the time of the last one."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seen")
        self.script = ScriptPane(self._last_stamp)
        self.script.setMinimumHeight(SHORTEST)
        self.script.edited.connect(self._on_edited)
        self.counters = Counters()
        self.hint = Hint()
        self._lines: tuple[Line, ...] = ()
        self._codes: dict[UUID, list[str]] = {}
        self._filling = False
        self.column.addWidget(heading(self.tr("Script"), 3))
        self.column.addWidget(muted(self.tr("What you saw and heard. The teacher may read it."), "caption"))
        self.column.addWidget(self.script, 1)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.counters)

    def show_note(self, file: NoteFile, *, is_open: bool, busy: bool, fresh: bool) -> None:
        """Show the script as it is kept, unless something typed here is not kept yet.

        In a `fresh` one to finish the caret stands where the visit ended.
        """
        self._lines = file.lines
        if not busy and (
            tuple(self.script.lines.written()) != file.lines or self.script.isReadOnly() is is_open
        ):
            self._filling = True
            self.script.setReadOnly(not is_open)
            self.script.show_lines(file.lines, at_end=fresh and file.state is NoteState.DRAFT)
            self._filling = False
        self._show_codes(file.tags)
        self.counters.show_counters(file.counters)
        for button, counter in zip(self.counters.buttons, file.counters, strict=False):
            button.show_count(counter.count)
        self.counters.setEnabled(is_open)

    def _show_codes(self, tags: Sequence[Tag]) -> None:
        """What was tagged stands at its line, as it did while the visit ran."""
        self._codes = {}
        for tag in tags:
            if tag.accepted and tag.line_id:
                self._codes.setdefault(tag.line_id, []).append(tag.code)
        if self._codes or self.script.line_codes.needs():
            most = max(map(len, self._codes.values()), default=0)
            self.script.show_codes(lambda line_id: self._codes.get(line_id, ()), most)

    def written(self) -> Sequence[Line]:
        """The lines as they stand here."""
        return self.script.lines.written()

    def show_hints(self, texts: Mapping[str, str], *, is_open: bool) -> None:
        """Hint at words that judge, in the script and in `texts` by their names, while that can be mended."""
        found = [(clock(line.offset), word) for line, word in loaded_lines(self.written())]
        found += [(name, word) for name, text in texts.items() for word in loaded(text)[:1]]
        self.hint.say(found if is_open else ())

    def _last_stamp(self) -> int:
        return max((line.offset for line in self._lines), default=0)

    def _on_edited(self) -> None:
        if not self._filling:
            self.edited.emit()


class Hint(QWidget):
    """A question, never a refusal; without any it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loaded_words")
        self.said = Text("", "caption", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Picture("info", "muted", 16, at_top=True))
        row.addWidget(self.said, 1)
        self.hide()

    def say(self, found: Sequence[tuple[str, str]]) -> None:
        """Ask about the first few of `found`: where, and which word."""
        shown = found[:MOST_HINTS]
        said = [self.tr("{where}: “{word}”.").format(where=where, word=word) for where, word in shown]
        self.said.setText(" ".join([*said, self.tr("What did you see or hear?")]) if said else "")
        self.setVisible(bool(said))
