"""Tagging while a visit runs: which standard the coach was practising, in two strokes."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.model.standards import catalogue
from coachdesk.services.notes import Tag


class Tags(QObject):
    """What is tagged, by line; None stands for the whole visit."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._codes: dict[UUID | None, list[str]] = {}
        self._titles = {one.code: one.title for one in catalogue().standards}

    def show(self, tags: Sequence[Tag]) -> None:
        """These are in the vault; a suggested one counts only once it is accepted."""
        self._codes = {}
        for tag in tags:
            if tag.accepted:
                self._codes.setdefault(tag.line_id, []).append(tag.code)
        self.changed.emit()

    def of(self, line_id: UUID | None) -> list[str]:
        return self._codes.get(line_id, [])

    def add(self, line_id: UUID | None, code: str) -> None:
        if code not in self.of(line_id):
            self._codes.setdefault(line_id, []).append(code)
            self.changed.emit()

    def remove(self, line_id: UUID | None, code: str) -> None:
        self._codes[line_id] = [one for one in self.of(line_id) if one != code]
        self.changed.emit()

    def words(self, line_id: UUID | None) -> str:
        """ "1D Supports …", or only the codes of several."""
        codes = self.of(line_id)
        return f"{codes[0]} {self._titles[codes[0]]}" if len(codes) == 1 else ", ".join(codes)


def letters(domain: str) -> str:
    """The letters that may follow the number of a domain: "A B C D" for "1"; "" where there is none."""
    return " ".join(one.code[1] for one in catalogue().standards if one.code[0] == domain)


def add_keys(inside: QWidget, tag: Callable[[str], object]) -> None:
    """Alt+1, D and its like call `tag` with the code while the keyboard is `inside`."""
    for standard in catalogue().standards:
        shortcut = QShortcut(QKeySequence(f"Alt+{standard.code[0]}, {standard.code[1]}"), inside)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(partial(tag, standard.code))
