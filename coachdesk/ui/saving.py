"""Keeping what a form holds: nobody presses Save, and nothing says "Saved" before the vault has answered."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.errors import Invalid, MovedOn, NotSaved
from coachdesk.model.kinds import Record, new_key
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui import dates, messages, theme
from coachdesk.ui.autosave import Autosave
from coachdesk.ui.form import Form
from coachdesk.ui.widgets.buttons import link
from coachdesk.ui.widgets.notice import announce
from coachdesk.ui.widgets.text import Text

Command = Callable[..., Any]


class SaveState(QWidget):
    """ "Saved 9:58:12", "Saving…", or what went wrong, which stays until it is mended.

    `room` is how wide a sentence about that may be, in pixels; 0: as wide as two of the usual words.
    """

    retry = Signal()

    def __init__(self, room: int = 0) -> None:
        super().__init__()
        self._room = room
        self.said = Text("", "caption", "muted")
        self.said.setObjectName("save_state")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        usual = self.tr("Saved {time}").format(
            time=dates.stamp(time(22, 0))
        )  # has its place before it is said
        self._usual = QFontMetrics(self.said.font()).horizontalAdvance(usual)
        self.again = link(self.tr("Retry"), name="retry_saving")
        self.again.clicked.connect(self.retry)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xs"])
        row.addWidget(self.said, 1)
        row.addWidget(self.again)
        self.say("")

    def say(self, text: str, tone: str = "muted", *, retry: bool = False) -> None:
        if tone == "danger" and text != self.said.text():
            announce(self.said, text, urgent=True)
        self.said.setMinimumWidth(self._width_of(text, tone))
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.said.set_tone(tone)
        self.again.setVisible(retry)

    def _width_of(self, text: str, tone: str) -> int:
        """What is usual stands on one line; a sentence about what went wrong may take several."""
        whole = QFontMetrics(self.said.font()).horizontalAdvance(text) + 1
        widest = (self._room or 2 * self._usual) if tone == "danger" else whole
        return max(self._usual, min(whole, widest))

    def saving(self) -> None:
        self.say(self.tr("Saving…"))

    def saved(self) -> None:
        self.say(self.tr("Saved {time}").format(time=dates.stamp(datetime.now())))


class Saving(QObject):
    """Sends a form's answers about a `record` to a command, the newest last."""

    kept = Signal(object)
    failed = Signal(str)  # a record that is no longer shown could not be kept

    def __init__(
        self, desk: Desk, form: Form, command: Command, record: type[Record], state: SaveState
    ) -> None:
        super().__init__(form)
        self._desk, self._form, self._command, self._state = desk, form, command, state
        self._record = record
        self._identity: dict[str, Any] = {}
        self._round = 0  # which record this is; answers for an earlier one are not for this form
        self._flying = self._again = self._was_refused = False
        self._unfit = False  # something was typed, but not what a new record needs
        self._autosave = Autosave(self._send, self)
        form.edited.connect(lambda _key: self._autosave.later())
        form.left.connect(self._on_left)
        state.retry.connect(self._retry)

    @property
    def record_id(self) -> UUID | None:
        """The record being written; None where there is none, or a new one has not been kept yet."""
        return None if self.is_new else self._identity["id"]

    @property
    def key(self) -> UUID:
        """The id of the record being written, and of a new one what it will be."""
        key: UUID = self._identity["id"]
        return key

    @property
    def is_new(self) -> bool:
        return "rev" not in self._identity

    @property
    def busy(self) -> bool:
        """Whether something typed is not in the vault yet."""
        return self._autosave.waiting or self._flying or self._again or self._was_refused

    @property
    def is_unfit(self) -> bool:
        """Whether something typed cannot be kept as it stands: it is here alone."""
        return self._unfit or self._was_refused

    def __contains__(self, key: object) -> bool:
        """Whether `key` is the one that this writes under, for `Desk.on_change`.

        What was written about a record that is no longer shown here is news to the page.
        """
        return key == self._key(self._round)

    def take(self, identity: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """From now on write this record: `identity` has its id and rev, or the values fixed for a new one."""
        self.flush()
        if self._unfit:  # a new one whose form cannot be kept as it is
            self.failed.emit(_nothing_kept(self._form))
        self._round += 1
        self._flying = self._again = self._was_refused = self._unfit = False
        self._identity = {"id": new_key(), **identity}
        self._form.fill(values)
        self._state.say("")

    def refresh(self, rev: int, values: Mapping[str, Any]) -> None:
        """The record was changed elsewhere (undo, an import): show it as it is now."""
        self._identity["rev"] = rev
        self._form.fill(values)

    def flush(self) -> None:
        """Hand over what was typed. The writer does it next, whatever becomes of this window."""
        if self._was_refused:
            self._autosave.later()
        self._autosave.now()
        if self._again:
            self._submit()
        self._desk.settle()

    def drop(self) -> None:
        """What was typed about a new record, and is not kept yet, is not wanted."""
        self._autosave.forget()
        self._again = self._unfit = self._was_refused = False
        self._desk.forget_draft(self._key(self._round))

    def _on_left(self, _key: str) -> None:
        self._autosave.now()
        self._desk.settle()

    def _send(self) -> None:
        if self._flying:
            self._again = True
        else:
            self._submit()

    def _submit(self) -> None:
        if self.is_new and self._form.lacks():
            self._unfit = True
            return
        self._unfit = False
        values = {**self._identity, **self._form.answers()}
        if self._flying:  # behind our own write, whose revision is not known yet
            values.pop("rev", None)
        self._again = self._was_refused = False
        self._flying = True
        self._state.saving()
        number = self._round
        future = self._desk.do_later(self._key(number), self._command, values)
        future.add_done_callback(lambda done: self._desk.post(lambda: self._on_answered(number, done)))

    def _key(self, number: int) -> tuple[int, int]:
        return (id(self), number)

    def _on_answered(self, number: int, done: "Future[Any]") -> None:
        if not isValid(self):  # the form went while the vault was writing
            return
        error = done.exception()
        if number != self._round:
            if error is not None:
                self.failed.emit(not_saved(error))
            return
        self._flying = False
        if error is not None:
            self._refused(error)
            return
        record = done.result()
        self._identity["rev"] = record.rev
        self._say_saved()
        self.kept.emit(record)
        if self._again:
            self._submit()

    def _say_saved(self) -> None:
        problems = self._form.problems()
        if problems:
            self._state.say(" ".join(problems.values()), "danger")
        else:
            self._state.saved()

    def _refused(self, error: BaseException) -> None:
        """Say it and leave what was typed; Retry sends it again."""
        messages.note(error)
        self._was_refused = True
        self._state.say(not_saved(error), "danger", retry=True)
        if isinstance(error, Invalid):
            self._form.say(error.problems)
            self._desk.forget_draft(self._key(self._round))
        if isinstance(error, MovedOn):
            self._identity["rev"] = self._desk.ask(roster.revision, self._record, self._identity["id"])

    def _retry(self) -> None:
        self._autosave.later()
        self._autosave.now()


def not_saved(error: BaseException) -> str:
    """That it is not saved, and why."""
    why = messages.words(error)
    if isinstance(error, NotSaved):  # it says so itself
        return why
    return QCoreApplication.translate("SaveState", "Not saved — {why}").format(why=why)


def _nothing_kept(form: Form) -> str:
    why = " ".join(form.problems().values())
    return QCoreApplication.translate("SaveState", "Not kept — {why}").format(why=why)
