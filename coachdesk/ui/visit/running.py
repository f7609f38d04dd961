"""A visit that goes on: the script, the counters agreed beforehand and the clock, and nothing else."""

from collections.abc import Callable, Container, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.script import Line
from coachdesk.services import counters, passage, tagging
from coachdesk.services.desk import Desk
from coachdesk.services.notes import Counter, NoteFile
from coachdesk.ui import theme, tokens
from coachdesk.ui.autosave import Autosave
from coachdesk.ui.saving import SaveState
from coachdesk.ui.visit import words
from coachdesk.ui.visit.before import Before
from coachdesk.ui.visit.clock import Clock
from coachdesk.ui.visit.counters import Counters
from coachdesk.ui.visit.script_pane import ScriptPane
from coachdesk.ui.visit.standards import Tags, add_keys, letters
from coachdesk.ui.visit.veil import Veil
from coachdesk.ui.visit.writing import Writing
from coachdesk.ui.widgets.buttons import AIR, ICON, button, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

REFUSED = 420  # pixels beside the date for why something is not saved


class RunningVisit(QWidget):
    """Writes the note while the visit runs; `ended` asks for its end."""

    HINT_MS = 3_000  # for which a hint about a key that was pressed stands

    ended = Signal()
    hide_names = Signal()
    said = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("running_visit")
        self.desk = desk
        self.note_id: UUID | None = None
        self._started = datetime.min
        self._kept: tuple[Sequence[Line], str] = (), ""  # the script in the vault, and its stamp
        self._title, self._fresh = "", False  # fresh: nothing is written yet, so the card may still help
        self.where = Text("", "body", "muted")
        self.state = SaveState(room=REFUSED)
        self.writing = Writing(desk, self.state, self)
        self.tags = Tags(self)
        self.script = ScriptPane(self.elapsed)
        self.script.setPlaceholderText(
            self.tr(
                "t: teacher   s: student   a: action   x: tech   ?\u00a0question   !\u00a0strength   "
                ">\u00a0wondering   *\u00a0moment"
            )
        )
        self.clock = Clock(self.elapsed)
        self.before = Before()
        self.counters = Counters(keys_of=self)
        self.autosave = Autosave(self._write, self)
        self._moment = QTimer(self, singleShot=True, interval=self.HINT_MS)
        self._connect()
        page = QVBoxLayout(self)
        page.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        page.setSpacing(theme.SPACE["md"])
        page.addLayout(self._build_head())
        page.addWidget(self.before)
        page.addWidget(self._build_script(), 1)
        self.veil = Veil(self.script)

    def elapsed(self) -> int:
        """Seconds since the visit began, by the clock on the wall."""
        return max(0, int((self.desk.now() - self._started).total_seconds()))

    def show_note(self, file: NoteFile) -> None:
        """Show a note; what is being typed in it is newer than what was read."""
        other = file.id != self.note_id
        if other:
            self._take(file)
        elif not self._unwritten and tuple(self.script.lines.written()) != file.lines:
            self.script.show_lines(file.lines, at_end=False)
        if not self._unwritten:
            self._kept = file.lines, file.script
        self._show_counts(file.counters)
        if other or not self.writing.busy:  # tags may be on their way that the vault has not heard of
            self.tags.show(file.tags)
        if not self._moment.isActive():
            self._show_hint()

    def event(self, event: QEvent) -> bool:
        """The first key of a tag is on its way: say which letters may follow it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            number = QKeySequence(event.key()).toString()
            fitting = letters(number) if event.modifiers() == Qt.KeyboardModifier.AltModifier else ""
            if fitting:
                self._hint_for_now(self.tr("{number}…: {letters}").format(number=number, letters=fitting))
        return super().event(event)

    def hide_all(self, hidden: bool) -> None:
        """Hide the names and the words, or show them again; what is typed meanwhile is kept."""
        self.veil.setVisible(hidden)
        self.title.setText(self.tr("Visit note") if hidden else self._title)
        self.where.setVisible(not hidden)
        self.hint.setVisible(not hidden)
        self.before.setVisible(not hidden and self._fresh)
        self.hide_button.setText(self.tr("Show names") if hidden else self.tr("Hide names"))
        self.hide_button.setAccessibleName(self.hide_button.text())
        self.hide_button.setIcon(theme.icon("eye" if hidden else "eye-off", "text", ICON, AIR))

    def flush(self) -> None:
        """Hand over what was typed; the writer does it next, whatever becomes of this window."""
        if self.note_id is not None:
            self.script.finish_line()
            self.autosave.now()
            self.desk.settle()

    def hand_over(self, note_id: UUID) -> Sequence[Line] | None:
        """The script as it was typed, where the vault has not taken it: another page keeps it from now on."""
        sent = self.writing.hand_over(("script", note_id))
        return sent[1] if sent else None

    def own_keys(self) -> Container[object]:
        return self.writing

    def panes(self) -> Sequence[QWidget]:
        shown: tuple[QWidget, ...] = (self.script, *self.counters.buttons[:1], self.end_button)
        return [pane for pane in shown if pane.isVisible()]

    def tag(self, code: str) -> None:
        """Tag the current line, or the visit while nothing stands in the line; twice takes it away."""
        line = self.script.current()
        line_id = line.id if line.text.strip() else None
        if code in self.tags.of(line_id):
            self.tags.remove(line_id, code)
            self._send_tag(tagging.untag_line, line_id, code)
            self._hint_for_now(self.tr("{code} taken away").format(code=code))
        else:
            self._add_tag(line_id, code)

    def _add_tag(self, line_id: UUID | None, code: str) -> None:
        self.tags.add(line_id, code)
        self._send_tag(tagging.tag, line_id, code)
        self._show_hint(line_id)

    def _send_tag(self, command: Callable[..., Any], line_id: UUID | None, code: str) -> None:
        self.autosave.later()
        self.autosave.now()  # the line before its tag
        self.writing.send(("tag", line_id or self.note_id, code), command, self.note_id, code, line_id)

    def _take(self, file: NoteFile) -> None:
        """Another note than before."""
        self.flush()
        self.note_id, self._started = file.id, file.started
        self.autosave.forget()
        self.state.say("")
        self._title = self.tr("Visit note · {name}").format(name=words.whom(file.card.event))
        self.where.setText(words.where(file.card))
        self.before.show_card(file.card)
        self._fresh = not file.lines and not self.before.isHidden()
        self.counters.show_counters(file.counters)
        typed = self.writing.unkept(("script", file.id))
        self.script.show_lines(typed[1] if typed else file.lines)
        self.hide_all(False)
        self.clock.tick()

    def _show_counts(self, found: Sequence[Counter]) -> None:
        counts = {counter.id: counter.count for counter in found}
        for shown in self.counters.buttons:
            if not self.writing.waits_for(("tally", shown.counter_id)):
                shown.show_count(counts.get(shown.counter_id, shown.count))

    @property
    def _unwritten(self) -> bool:
        return self.autosave.waiting or self.writing.waits_for(("script", self.note_id))

    def _write(self) -> None:
        lines = self.script.lines.written()
        changed = passage.passage(lines, *self._kept)
        self.writing.send(("script", self.note_id), passage.type_lines, self.note_id, lines, changed)

    def _on_kept(self, key: object, sent: tuple[Any, ...], answer: Any) -> None:
        if key == ("script", self.note_id):
            self._kept = sent[1], answer

    def _on_edited(self) -> None:
        self.autosave.later()
        if self._fresh and self.script.blockCount() > 1:
            self._fresh = False
            self.before.hide()

    def _on_left(self) -> None:
        self.autosave.now()
        self.desk.settle()

    def _on_counted(self, counter_id: UUID, count: int) -> None:
        self.desk.settle()  # each tap is a step of undo
        self.writing.send(("tally", counter_id), counters.set_count, counter_id, count)

    def _show_hint(self, line_id: UUID | None = None) -> None:
        """Which standards stand on the line; where none does, how to write, and what a row cannot show."""
        self._moment.stop()
        line_id = line_id or self.script.current().id
        said = self.tags.words(line_id) or self.tags.words(None)
        if self.tags.of(line_id):
            self.hint.setText(self.tr("On this line you practised {standards}.").format(standards=said))
        elif said:
            self.hint.setText(self.tr("In this visit you practised {standards}.").format(standards=said))
        elif more := self.script.lines.hidden(self.script.textCursor().block()):
            self.hint.setText(self.tr("{count} more characters are kept with this line.").format(count=more))
        else:
            self.hint.setText(self.tr("What you see and hear. Enter starts a new timed line."))

    def _hint_for_now(self, said: str) -> None:
        self.hint.setText(said)
        self._moment.start()

    def _say_none_agreed(self) -> None:
        self._hint_for_now(
            self.tr("No counter is agreed for this visit. Agree on one under the teacher's Cycles.")
        )

    def _connect(self) -> None:
        self._moment.timeout.connect(self._show_hint)
        self.writing.kept.connect(self._on_kept)
        self.tags.changed.connect(lambda: self.script.show_codes(self.tags.of))
        self.script.edited.connect(self._on_edited)
        self.script.left.connect(self._on_left)
        self.script.tagged.connect(self._add_tag)
        self.script.on_line.connect(lambda: self._show_hint())
        self.script.said.connect(lambda text: self.said.emit(text, False))
        self.counters.counted.connect(self._on_counted)
        self.counters.none_agreed.connect(self._say_none_agreed)
        add_keys(self, self.tag)

    def _build_head(self) -> QVBoxLayout:
        self.title = heading("")
        self.title.setWordWrap(True)
        self.hide_button = button(self.tr("Hide names"), "eye-off", name="hide_names")
        self.hide_button.setToolTip(self.tr("Hide names and words (F9)"))
        self.hide_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide_button.clicked.connect(self.hide_names)
        self.end_button = primary(self.tr("End visit"), name="end_visit")
        self.end_button.setToolTip(self.tr("End visit (Ctrl+Enter)"))
        self.end_button.clicked.connect(self.ended)
        top, below = QHBoxLayout(), QHBoxLayout()
        for row in (top, below):
            row.setSpacing(theme.SPACE["md"])
        top.addWidget(self.title, 1)
        top.addWidget(self.hide_button)
        top.addWidget(self.end_button)
        below.addWidget(self.where, 1)
        below.addWidget(self.state)
        head = QVBoxLayout()
        head.setSpacing(theme.SPACE["xxs"])
        head.addLayout(top)
        head.addLayout(below)
        return head

    def _build_script(self) -> Card:
        card = Card()
        top = QHBoxLayout()
        top.addWidget(heading(self.tr("Script"), 3), 1)
        top.addWidget(self.clock)
        self.hint = Text("", "caption", "muted")
        self.hint.setObjectName("script_hint")
        card.column.addLayout(top)
        card.column.addWidget(self.hint)
        card.column.addWidget(self.script, 1)
        card.column.addWidget(self.counters)
        return card
