"""One line of the preview, with what there is to decide about it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.services.incoming import Decision, Line
from coachdesk.ui import labels, theme
from coachdesk.ui.bringing import words
from coachdesk.ui.fields import Choice
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.text import Text, badge, muted


class OneLine(QWidget):
    """Emits `decided` with a line and what to do about it, and `decided_all` when all of its kind are
    meant."""

    decided = Signal(object, object)
    decided_all = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bring_line")
        self._line: Line | None = None
        self.name = Text("", "lead", bold=True, wrap=False)
        self.name.setObjectName("bring_line_name")
        self.kind = badge("")
        self.differences = muted()
        self.differences.setObjectName("bring_line_why")
        self.choice = Choice()
        self.choice.setObjectName("bring_decision")
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._on_chosen)
        self.all_button = button("", name="bring_same_for_all")
        self.all_button.clicked.connect(self._on_all)
        self._lay_out()

    def show_line(self, line: Line, decision: Decision, alike: int) -> None:
        """Show a line as decided; `alike` counts the lines of its kind that are shown."""
        self._line = line
        self.name.setText(labels.person(line.name))
        self.kind.setText(words.kind(line.kind))
        self.kind.set_tone(words.MARKS[line.kind][1])
        self.differences.setText(self._explained(line))
        self.differences.setVisible(bool(self.differences.text()))
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for value in line.choices:
                self.choice.addItem(words.decision(line, value), value)
            self.choice.setCurrentIndex(line.choices.index(decision))
        self.choice.setEnabled(len(line.choices) > 1)
        text = self.tr("Same for all {count} shown").format(count=alike)
        self.all_button.setText(text)
        self.all_button.setAccessibleName(text)
        self.all_button.setVisible(alike > 1 and len(line.choices) > 1)

    def _explained(self, line: Line) -> str:
        said = [words.why(line)]
        if line.doubt:
            said += [words.difference(one) for one in line.differences]
        return "\n".join(filter(None, said))

    def _chosen(self) -> Decision:
        return Decision(self.choice.currentData())

    def _on_chosen(self, _index: int) -> None:
        if self._line:
            self.decided.emit(self._line, self._chosen())

    def _on_all(self) -> None:
        if self._line:
            self.decided_all.emit(self._line, self._chosen())

    def _lay_out(self) -> None:
        label = Text(self.tr("What to do"), wrap=False)
        label.setBuddy(self.choice)
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE["sm"])
        first.addWidget(self.name)
        first.addWidget(self.kind)
        first.addStretch(1)
        first.addWidget(label)
        first.addWidget(self.choice)
        first.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addLayout(first)
        column.addWidget(self.differences)
        column.addStretch(1)
        # Moving through the table must not make it jump: most lines have room for what they say.
        self.setMinimumHeight(self.choice.sizeHint().height() + 4 * self.fontMetrics().lineSpacing())
