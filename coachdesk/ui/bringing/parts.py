"""The parts of a preview, as chips: everything, one kind of line, or what was left out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from coachdesk.services.incoming import Kind, Preview
from coachdesk.ui.bringing import words
from coachdesk.ui.widgets.buttons import chip
from coachdesk.ui.widgets.flow import Flow

ALL, LEFT_OUT = "all", "left_out"


class Parts(QWidget):
    """Emits `chosen` with ALL, the value of a Kind, or LEFT_OUT. Empty parts are not shown."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bring_parts")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.chips: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        flow = Flow(parent=self)
        for part in (ALL, *(kind.value for kind in Kind), LEFT_OUT):
            made = chip(self._name(part), name=f"bring_{part}", checked=part == ALL)
            made.clicked.connect(partial(self._on_clicked, part))
            group.addButton(made)
            flow.addWidget(made)
            self.chips[part] = made

    @property
    def part(self) -> str:
        """The part that is chosen."""
        return next(part for part, made in self.chips.items() if made.isChecked())

    def show_counts(self, preview: Preview) -> None:
        """Say how many lines each part has; the coach stays where they are unless that part is empty now."""
        counts = {kind.value: preview.count(kind) for kind in Kind}
        counts |= {ALL: len(preview.lines), LEFT_OUT: preview.left_out + sum(preview.mended.values())}
        for part, made in self.chips.items():
            text = self.tr("{part} {count}").format(part=self._name(part), count=counts[part])
            made.setText(text)
            made.setAccessibleName(text)
            made.setVisible(part == ALL or counts[part] > 0)
        if not counts[self.part]:
            self.chips[ALL].setChecked(True)

    def _on_clicked(self, part: str, _checked: bool = False) -> None:
        self.chosen.emit(part)

    def _name(self, part: str) -> str:
        if part == ALL:
            return self.tr("All")
        return self.tr("Left out") if part == LEFT_OUT else words.kind(Kind(part))
