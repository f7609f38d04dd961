"""What happens in a visit, on its way into the vault: queued, answered, and tried again if refused."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from coachdesk.errors import NotSaved
from coachdesk.services.desk import Desk
from coachdesk.ui import messages
from coachdesk.ui.saving import SaveState, not_saved

Sent = tuple[Callable[..., Any], tuple[Any, ...]]
Flight = tuple[int, Sent, "Future[Any]"]


class Writing(QObject):
    """Sends commands under keys, the newest of each; `state` says "Saved" once the vault has answered."""

    RETRY_MS = 3_000

    kept = Signal(object, tuple, object)  # what was sent last under a key: its arguments, and the answer

    def __init__(self, desk: Desk, state: SaveState, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._state = desk, state
        self._numbers = count()
        self._flying: dict[Hashable, Flight] = {}
        self._refused: dict[Hashable, Sent] = {}
        self._sent: set[Hashable] = set()
        self._again = QTimer(self, singleShot=True, interval=self.RETRY_MS)
        self._again.timeout.connect(self.retry)
        self.lacks: Callable[[], str] = str  # what is still to be said before all that was typed is kept
        state.retry.connect(self._on_retry)

    def __contains__(self, key: object) -> bool:
        """Whether this writes under `key`, for `Desk.on_change`."""
        return key in self._sent

    def waits_for(self, key: Hashable) -> bool:
        """Whether what was sent under `key` is not in the vault yet."""
        return key in self._flying or key in self._refused

    def unkept(self, key: Hashable) -> tuple[Any, ...] | None:
        """What was sent last under `key` and is not in the vault: newer than what can be read there."""
        sent = self._refused.get(key)
        if sent is None and key in self._flying:
            _number, sent, done = self._flying[key]
            sent = None if done.done() and done.exception() is None else sent
        return sent[1] if sent else None

    def hand_over(self, key: Hashable) -> tuple[Any, ...] | None:
        """As `unkept`; whoever takes it keeps it from now on, and this tries no more."""
        left = self.unkept(key)
        if left is not None:
            self._refused.pop(key, None)
            self._flying.pop(key, None)
            self._desk.forget_draft(key)
            if not self.busy:
                self._state.say("")
        return left

    @property
    def busy(self) -> bool:
        """Whether anything is not in the vault yet."""
        return bool(self._flying or self._refused)

    def send(self, key: Hashable, command: Callable[..., Any], *args: Any) -> None:
        """Queue a command in place of what waits under the same key."""
        self._sent.add(key)
        if not self._refused:  # until then it stays said that something is not saved
            self._state.saving()
        self._refused.pop(key, None)
        number = next(self._numbers)
        future = self._desk.do_later(key, command, *args)
        self._flying[key] = (number, (command, args), future)
        future.add_done_callback(lambda _done: self._desk.post(lambda: self._on_answered(key, number)))

    def retry(self) -> None:
        """Try again what was refused."""
        self._again.stop()
        for key, (command, args) in list(self._refused.items()):
            self.send(key, command, *args)

    def _on_retry(self) -> None:
        self._state.saving()
        self.retry()

    def _on_answered(self, key: Hashable, number: int) -> None:
        if not isValid(self) or key not in self._flying or self._flying[key][0] != number:
            return  # the page has gone, or something newer is on its way
        _number, sent, done = self._flying.pop(key)
        error = done.exception()
        if error is not None:
            self._refused[key] = sent
            self.say_refused(error)
            return
        self.kept.emit(key, sent[1], done.result())
        if not self.busy:
            self._say_saved()

    def _say_saved(self) -> None:
        if lacks := self.lacks():
            self._state.say(lacks)
        else:
            self._state.saved()

    def say_refused(self, error: BaseException) -> None:
        """Say why; where the disk is at fault it is tried again in a moment, and what was typed stays."""
        messages.note(error)
        self._state.say(not_saved(error), "danger", retry=True)
        if isinstance(error, NotSaved):
            self._again.start()
