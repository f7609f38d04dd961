"""A visit after the bell: nothing is required; what was seen may be mended, a few lines and a step added."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import VisitNote
from coachdesk.model.goals import Owner
from coachdesk.model.question import questions
from coachdesk.model.script import Line
from coachdesk.model.visits import NoteState
from coachdesk.services import counters, cycles, notes, script, shared, steps, tagging, visits
from coachdesk.services.desk import Desk
from coachdesk.services.notes import NoteFile
from coachdesk.ui import labels, messages, theme, tokens
from coachdesk.ui.commands import command
from coachdesk.ui.fields import DateEdit
from coachdesk.ui.form import Form, Section
from coachdesk.ui.visit.after_head import LATER_KEYS, AfterHead
from coachdesk.ui.visit.debrief import DebriefOffer
from coachdesk.ui.visit.keeping import Keeping, Part
from coachdesk.ui.visit.next_step import NextStep
from coachdesk.ui.visit.seen import Seen
from coachdesk.ui.visit.shared_card import SharedCard
from coachdesk.ui.visit.standards import add_keys
from coachdesk.ui.visit.tags_bar import ACCEPT_KEYS, TagsBar
from coachdesk.ui.visit.writing import Writing
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import heading, muted

SIDE_BY_SIDE, TWO_COLUMNS = 1_000, 600  # widths from which the script stands beside, the rest in two columns
LINES = 3  # of a text that is seen at once
SHARED, PRIVATE = ("strength", "wondering"), ("interpretation", "reflection")


class AfterVisit(QWidget):
    """The page of a note whose visit has ended. Every text is kept as it is typed."""

    done = Signal(str, bool)  # what was done, for a toast; True where it can be undone
    failed = Signal(str)
    open = Signal(object)
    left = Signal()  # the coach is done with this note
    versions = Signal()  # how was it before?

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("after_visit")
        self.desk = desk
        self.file: NoteFile | None = None
        self.head = AfterHead()
        self.closed_notice = Notice("info", name="note_closed")
        self.seen, self.debrief, self.step, self.tags = Seen(), DebriefOffer(), NextStep(), TagsBar()
        self.shared_card = SharedCard()
        self.shared = _form("after", SHARED)
        self.private = _form("after", PRIVATE)
        self.writing = Writing(desk, self.head.state, self)
        self.writing.lacks = self.step.lacks
        self._keeping = Keeping(desk, self.writing)
        self._lines = Part(script.write_lines, self.seen.written)
        self._shared = self._keeping.form(visits.write_shared, self.shared)
        self._private = self._keeping.form(visits.write_private, self.private)
        self._step = self._keeping.form(steps.write_step, self.step.form)
        self._is_open = False
        self._connect()
        self._build()
        self.setFocusProxy(self.shared.field("strength"))

    def show_note(self, file: NoteFile, typed: Sequence[Line] | None = None) -> None:
        """Show a note; what is being typed about this very one stays as it is typed.

        `typed` is its script where the vault has not taken it yet: it is kept from here.
        """
        fresh = self.file is None or self.file.id != file.id
        if fresh:
            self.flush()
        for part in (self._lines, self._shared, self._private):
            part.about = file.id
        self._step.about = file.card.event.id
        fresh = fresh or typed is not None
        self.file = file = self._as_typed(file, typed) if fresh else file
        self._is_open = not file.closed
        self.head.show_note(file, self.desk.now().date())
        self.closed_notice.say(self._why_closed(file))
        self._fill(file, fresh)
        if typed is not None:
            self._keeping.later(self._lines)
        self._let_write(self._is_open)
        self._hint()
        if fresh:
            self.go_to_top()

    def go_to_top(self) -> None:
        """Show the page from its beginning."""
        self._area.verticalScrollBar().setValue(0)

    def flush(self) -> None:
        """Hand over what is being typed."""
        self._keeping.flush()

    def own_keys(self) -> Container[object]:
        return self.writing

    def panes(self) -> Sequence[QWidget]:
        shown = (
            self.seen.script,
            self.shared.field("strength"),
            self.step.form.field("text"),
            self.tags.chips["1A"],
            self.private.field("interpretation"),
        )
        return [pane for pane in shown if pane.isEnabled()]

    def later(self) -> None:
        """Leave the note among those to finish."""
        if self.isVisible() and self._is_draft and self._do(visits.later, self.desk.now()):
            self.done.emit(self.tr("Kept among the notes to finish."), False)
            self.left.emit()

    def finish(self) -> None:
        """Finish the note: whatever is there is enough. One that is finished stays so."""
        if not self._is_draft:
            return
        for form in (self.step.form, self.shared, self.private):
            if problems := form.problems():
                form.say(problems)
                form.focus(next(iter(problems)))
                return
        if self._do(visits.finish, self.desk.now()):
            self.done.emit(self.tr("Note finished."), True)
            self.left.emit()

    def reopen(self) -> None:
        """Put a finished note back among those to finish."""
        if self._do(visits.reopen):
            self.done.emit(self.tr("The note is among those to finish again."), True)

    def accept_suggested(self) -> None:
        """Say that all suggested standards are right."""
        if self.isVisible() and self._is_open:
            self._do(tagging.accept_suggested)

    @property
    def _is_draft(self) -> bool:
        return self.file is not None and self.file.state is NoteState.DRAFT

    def _do(self, command: Callable[..., Any], *args: Any) -> bool:
        """Hand over what is typed, do it to this note, and show what became of it."""
        if self.file is None:
            return False
        self.flush()
        try:
            self.desk.do(command, self.file.id, *args)
        except CoachdeskError as error:
            self.failed.emit(messages.words(error))
            return False
        self._again()
        return True

    def _again(self) -> None:
        if self.file is not None:
            self.show_note(self.desk.ask(notes.note, self.file.id, self.desk.now()))

    def _as_typed(self, file: NoteFile, typed: Sequence[Line] | None) -> NoteFile:
        """A note as it was typed, where the vault has not taken it all."""
        lines = self._keeping.unkept(self._lines) if typed is None else typed
        texts = {**(self._keeping.unkept(self._shared) or {}), **(self._keeping.unkept(self._private) or {})}
        return replace(file, lines=file.lines if lines is None else tuple(lines), **texts)

    def _busy(self, part: Part, fresh: bool) -> bool:
        """Whether what stands there is newer than what was read; of a `fresh` note nothing stands there."""
        return not fresh and self._keeping.busy(part)

    def _fill(self, file: NoteFile, fresh: bool) -> None:
        busy = self._busy(self._lines, fresh)
        self.seen.show_note(file, is_open=self._is_open, busy=busy, fresh=fresh)
        texts = {key: getattr(file, key) for key in (*SHARED, *PRIVATE)}
        for part, form in ((self._shared, self.shared), (self._private, self.private)):
            if not self._busy(part, fresh):
                form.fill(texts)
        self._fill_step(file, fresh)
        self.tags.show_tags(file.tags, is_open=self._is_open)
        now, event = self.desk.now(), file.card.event
        self.shared_card.show_stamps(file.id, file.shared, now.date())
        offer = self.desk.ask(cycles.debrief_offer, event.id, now) if self._is_open else None
        self.debrief.offer(offer, now.date())

    def _fill_step(self, file: NoteFile, fresh: bool) -> None:
        event = file.card.event
        who = event.teachers[0].id if event.teachers else None
        first = self.desk.ask(steps.first_step, event.id, who) if who else None
        if not self._busy(self._step, fresh):
            day = self.desk.ask(visits.check_back_day, event.id) if first is None and self._is_open else None
            blank = {"text": "", "owner": Owner.TEACHER, "due_on": None, "check_back_on": day}
            typed = self._keeping.unkept(self._step) or {}
            self.step.show_step({**(first.model_dump() if first else blank), **typed})
        others = {step.text: step for step in file.steps if first is None or step.text != first.text}
        self.step.show_others(list(others.values()))
        self.step.ask_for_it(self._is_open or first is not None)

    def _let_write(self, is_open: bool) -> None:
        asked = ((self.shared, SHARED), (self.private, PRIVATE), (self.step.form, steps.FIELDS))
        for form, keys in asked:
            for key in keys:
                _let_write(form.field(key), is_open)

    def _why_closed(self, file: NoteFile) -> str:
        if not file.closed:
            return ""
        return self.tr("Ten school days have passed, so this note is closed: it can be read, not changed.")

    def _hint(self, *_left: object) -> None:
        answers = self.shared.answers()
        named = {self.shared.field(key).accessibleName(): answers.get(key, "") for key in SHARED}
        self.seen.show_hints(named, is_open=self._is_open)

    def _connect(self) -> None:
        self.seen.edited.connect(lambda: self._keeping.later(self._lines))
        self.seen.script.left.connect(self._keeping.now)
        for left in (self.seen.script.left, self.shared.left):
            left.connect(self._hint)
        self.head.later.connect(self.later)
        self.head.finish.connect(self.finish)
        self.head.reopen.connect(self.reopen)
        self.head.back.connect(self.left)
        self.head.versions.connect(self.versions)
        add_keys(self, self._tag)
        self.tags.tagged.connect(self._tag)
        self.tags.untagged.connect(lambda code: self._do(tagging.untag, code))
        self.tags.accepted.connect(self.accept_suggested)
        self.seen.script.tagged.connect(lambda line, code: self._do(tagging.tag, code, line))
        self.seen.script.said.connect(lambda text: self.done.emit(text, False))
        self.seen.counters.counted.connect(self._count)
        self.debrief.taken.connect(self._add_debrief)
        self.shared_card.stamped.connect(self._stamp)
        self.shared_card.removed.connect(self._remove_stamp)

    def _tag(self, code: str) -> None:
        if self._is_open:
            self._do(tagging.tag, code)

    def _count(self, tally_id: UUID, number: int) -> None:
        self.writing.send(("count", tally_id), counters.set_count, tally_id, number)

    def _stamp(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        try:
            self.desk.do(shared.stamp_note, self.file.id, self.desk.now().date(), values)
        except Invalid as error:
            self.shared_card.say(error.problems)
            return
        self._again()
        self.shared_card.say({})
        self.done.emit(self.tr("Written down that it was shared."), True)

    def _remove_stamp(self, stamp_id: UUID) -> None:
        try:
            self.desk.do(shared.remove_stamp, stamp_id)
        except CoachdeskError as error:
            self.failed.emit(messages.words(error))
            return
        self._again()
        self.shared_card.ask_button.setFocus()
        self.done.emit(self.tr("Taken away."), True)

    def _add_debrief(self, starts: datetime) -> None:
        if self.file is None:
            return
        try:
            self.desk.do(cycles.add_debrief, self.file.card.event.id, starts)
        except CoachdeskError as error:
            self.failed.emit(messages.words(error))
            return
        self._again()
        when = labels.moment(starts, self.desk.now().date())
        self.done.emit(self.tr("Debrief added: {when}.").format(when=when), True)

    def _build(self) -> None:
        """From the outside in, so that each part is dressed once."""
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        column.setSpacing(theme.SPACE["md"])
        column.addWidget(self.head)
        column.addWidget(self.closed_notice)
        self._area = Scroll(parent=self)
        column.addWidget(self._area, 1)
        self._all = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._area.page)
        self._right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._all.addWidget(self.seen, 10)
        self._all.addLayout(self._right, 19)
        for layout in (self._right, self._all):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.SPACE["md"])
        self._fill_with_them(self._add_column())
        self._fill_mine(self._add_column())

    def _add_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE["md"])
        self._right.addLayout(column, 1)
        return column

    def _fill_with_them(self, column: QVBoxLayout) -> None:
        card = Card()
        column.addWidget(card)
        card.column.addWidget(heading(self.tr("For the two of you"), 3))
        card.column.addWidget(muted(self.tr("The teacher may read this."), "caption"))
        card.column.addWidget(self.shared)
        column.addWidget(self.step)
        column.addStretch(1)

    def _fill_mine(self, column: QVBoxLayout) -> None:
        column.addWidget(self.tags)
        card = Card()
        column.addWidget(card)
        card.column.addWidget(heading(self.tr("For me alone"), 3))
        card.column.addWidget(self.private)
        column.addWidget(self.debrief)
        column.addWidget(self.shared_card)
        column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._all.setDirection(across if self.width() >= SIDE_BY_SIDE else down)
        self._right.setDirection(across if self.width() >= TWO_COLUMNS else down)


@command("Finish the note later", menu="Coaching", keys=LATER_KEYS, screen="Visit note")
def finish_later(screen: Any) -> None:
    """Leave a note whose visit has ended among those to finish; all you typed is kept."""
    screen.after.later()


@command("Accept suggested standards", menu="Coaching", keys=ACCEPT_KEYS, screen="Visit note")
def accept_suggested(screen: Any) -> None:
    """Say that the dotted standards are what you were practising: only accepted ones count."""
    screen.after.accept_suggested()


def _form(name: str, keys: Sequence[str]) -> Form:
    form = Form(Section(questions(VisitNote, keys)), name=name)
    for key in keys:
        field = form.field(key)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * LINES + theme.SPACE["lg"])
    return form


def _let_write(field: QWidget, is_open: bool) -> None:
    """A closed text can still be read and copied; what is picked cannot be picked any more."""
    if isinstance(field, QLineEdit | QPlainTextEdit):
        field.setReadOnly(not is_open)
    else:
        field.setEnabled(is_open)
    if isinstance(field, DateEdit):
        field.pick.setVisible(is_open)
