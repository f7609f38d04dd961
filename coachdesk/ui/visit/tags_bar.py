"""The eighteen standards as chips: what the coach was practising in a visit."""

from collections.abc import Sequence
from functools import partial

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.model.standards import Standard, catalogue
from coachdesk.services.notes import Tag
from coachdesk.ui.widgets.buttons import chip, quiet
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.text import heading, muted, polish

ACCEPT_KEYS = "Alt+A"


class TagsBar(Card):
    """A chip that is pressed is tagged, a dotted one is suggested: it counts once it is accepted."""

    tagged = Signal(str)
    untagged = Signal(str)
    accepted = Signal()  # all that is suggested

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("standards")
        self.chips = {standard.code: self._chip(standard) for standard in catalogue().standards}
        self.accept = quiet("", "check", name="accept_suggested")
        self.accept.clicked.connect(self.accepted)
        chips = QWidget()
        flow = Flow(gap=4, parent=chips)
        for made in self.chips.values():
            flow.addWidget(made)
        self.column.addWidget(heading(self.tr("Standards"), 3))
        self.column.addWidget(muted(self.tr("What I was practising, not the teacher."), "caption"))
        self.column.addWidget(chips)
        self.column.addWidget(self.accept, 0, QtCore.Qt.AlignmentFlag.AlignLeft)

    def show_tags(self, tags: Sequence[Tag], *, is_open: bool) -> None:
        """Show what is tagged and what is suggested; a closed note takes neither."""
        on = {tag.code for tag in tags if tag.accepted}
        suggested = {tag.code for tag in tags if not tag.accepted} - on
        for standard in catalogue().standards:
            made = self.chips[standard.code]
            made.setEnabled(is_open)
            made.setChecked(standard.code in on)
            self._dot(made, standard, standard.code in suggested)
        words = self.tr("Accept {codes}").format(codes=", ".join(sorted(suggested)))
        self.accept.setText(self.tr("{words} · {keys}").format(words=words, keys=ACCEPT_KEYS))
        self.accept.setAccessibleName(words)
        self.accept.setToolTip(self.tr("Accept what is suggested ({keys})").format(keys=ACCEPT_KEYS))
        self.accept.setVisible(is_open and bool(suggested))

    def _dot(self, made: QPushButton, standard: Standard, suggested: bool) -> None:
        name = self.tr("{code} {title}").format(code=standard.code, title=standard.title)
        said = self.tr("{name}, suggested").format(name=name) if suggested else name
        made.setAccessibleName(said)
        if bool(made.property("suggested")) != suggested:
            made.setProperty("suggested", suggested)
            polish(made)

    def _chip(self, standard: Standard) -> QPushButton:
        made = chip(standard.code, name=f"standard_{standard.code.lower()}")
        made.setToolTip(f"{standard.title}\n{standard.description}")
        made.clicked.connect(partial(self._on_clicked, standard.code))
        return made

    def _on_clicked(self, code: str, *_checked: bool) -> None:
        (self.tagged if self.chips[code].isChecked() else self.untagged).emit(code)
