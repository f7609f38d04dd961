"""Show to teacher: what both may see, large, and nothing that is the coach's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.script import Line
from coachdesk.ui import theme, tokens
from coachdesk.ui.visit import words
from coachdesk.ui.visit.counters import CounterButton
from coachdesk.ui.visit.script_pane import ScriptPane
from coachdesk.ui.widgets.buttons import button, quiet
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading, muted

LARGER = 1.35


@dataclass(frozen=True)
class Shared:
    """The shared layer of a note as it stands on the screen, with when its event begins."""

    starts: datetime
    lines: Sequence[Line]
    counters: Sequence[CounterButton]
    strength: str
    wondering: str


class ForTeacher(QWidget):
    """Script, counts, one strength, one wondering: the shared layer (product.md, Two layers)."""

    left = Signal()
    stamped = Signal()  # the coach wants it kept that this was shown

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("for_teacher")
        self.title = heading("")
        self.title.setWordWrap(True)
        self.back = button(self.tr("Back to my note"), "arrow-left", name="back_to_note")
        self.back.setToolTip(self.tr("Back to my note (Esc)"))
        self.back.clicked.connect(self.left)
        self.stamp_button = quiet(self.tr("Write down that it was shown"), "check", name="stamp_shown")
        self.stamp_button.clicked.connect(self.stamped)
        self._stamped = muted(self.tr("Written down: shown today"), "caption")
        self._stamped.setWordWrap(False)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self._stamped)
        top.addWidget(self.stamp_button)
        top.addWidget(self.back)
        self.script = ScriptPane(lambda: 0, LARGER)
        self.script.setReadOnly(True)
        self.script.setObjectName("shown_script")
        self.script.setAccessibleName(self.tr("Script"))
        self.counts, self.strength, self.wondering = (Text("", "h3") for _ in range(3))
        card = Card()
        card.column.addWidget(self.script, 1)
        for text in (self.counts, self.strength, self.wondering):
            card.column.addWidget(text)
        page = QVBoxLayout(self)
        page.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        page.setSpacing(theme.SPACE["md"])
        page.addLayout(top)
        page.addWidget(card, 1)

    def show_note(self, shared: Shared) -> None:
        """Show the shared layer of a note."""
        self.title.setText(words.day(shared.starts))
        self.script.show_lines(shared.lines, at_end=False)
        said = (
            (self.counts, " · ".join(button.accessibleName() for button in shared.counters), "{text}"),
            (self.strength, shared.strength, self.tr("One strength: {text}")),
            (self.wondering, shared.wondering, self.tr("One wondering: {text}")),
        )
        for where, text, pattern in said:
            where.setText(pattern.format(text=text))
            where.setVisible(bool(text))
        self.back.setFocus()

    def offer_stamp(self, wanted: bool) -> None:
        """Offer to write down that this was shown, or say that it is."""
        if not wanted and self.stamp_button.hasFocus():
            self.back.setFocus()
        self.stamp_button.setVisible(wanted)
        self._stamped.setVisible(not wanted)

    def panes(self) -> Sequence[QWidget]:
        return (self.back, self.script)
