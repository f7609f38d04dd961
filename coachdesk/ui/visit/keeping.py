"""Keeping what the page of an ended visit holds: parts of one note, each written by its own command."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from coachdesk.services.desk import Desk
from coachdesk.ui.autosave import Autosave
from coachdesk.ui.form import Form
from coachdesk.ui.visit.writing import Writing


@dataclass(eq=False)
class Part:
    """What writes a part of a note: `command` takes what it is `about`, and the `answer`."""

    command: Callable[..., Any]
    answer: Callable[[], Any]
    about: UUID | None = None

    @property
    def key(self) -> Hashable:
        return ("after", self.command.__name__, self.about)


class Keeping(QObject):
    """Sends each part a moment after it was edited, and at once when the coach leaves it."""

    def __init__(self, desk: Desk, writing: Writing) -> None:
        super().__init__(writing)
        self._desk, self._writing = desk, writing
        self._edited: list[Part] = []
        self._autosave = Autosave(self._send, self)

    def form(self, command: Callable[..., Any], form: Form) -> Part:
        """Keep what a form holds."""
        part = Part(command, form.answers)
        form.edited.connect(lambda _key: self.later(part))
        form.left.connect(lambda _key: self.now())
        return part

    def busy(self, part: Part) -> bool:
        """Whether something typed there is not in the vault yet: then nothing may be shown in its place."""
        return part in self._edited or self._writing.waits_for(part.key)

    def unkept(self, part: Part) -> Any:
        """What was typed there last, where the vault has not taken it; else None."""
        sent = self._writing.unkept(part.key)
        return sent[1] if sent else None

    def later(self, part: Part) -> None:
        """This part was edited."""
        if part not in self._edited:
            self._edited.append(part)
        self._autosave.later()

    def now(self) -> None:
        """Hand over what was typed, as one step of undo."""
        self._autosave.now()
        self._desk.settle()

    def flush(self) -> None:
        """Hand over all, what was refused once more."""
        self.now()
        self._writing.retry()

    def _send(self) -> None:
        edited, self._edited = self._edited, []
        for part in edited:
            self._writing.send(part.key, part.command, part.about, part.answer())
