"""The last step: what the list would change, line by line, each to be decided; then it is brought in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.services.incoming import NO_PREVIEW, Decision, Kind, Line, Preview
from coachdesk.ui import labels, theme
from coachdesk.ui.bringing import words
from coachdesk.ui.bringing.left_out import LeftOut
from coachdesk.ui.bringing.one_line import OneLine
from coachdesk.ui.bringing.parts import ALL, LEFT_OUT, Parts
from coachdesk.ui.fields import Choice
from coachdesk.ui.tables import Column, Table
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading, muted

SMALLEST_TABLE = 160


class DecidePage(QWidget):
    """Emits `decided` with the decisions by line key, `school_chosen` with a school's id or None, or
    `back`."""

    decided = Signal(object)
    school_chosen = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bring_decide")
        self._preview: Preview | None = None
        self._decisions: dict[str, Decision] = {}
        self.about = muted()
        self.school = Choice()
        self.school.setObjectName("bring_school")
        self.school.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.school.activated.connect(self._on_school)
        self._school_row = self._build_school_row()
        self.parts = Parts()
        self.parts.chosen.connect(self._narrow)
        self.table = self._build_table()
        self.left_out = LeftOut()
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.left_out)
        self.one = OneLine()
        self.one.decided.connect(self._decide)
        self.one.decided_all.connect(self._decide_all)
        self.problem = Notice("danger", name="bring_problem")
        self.back_button = button(self.tr("Back"), "arrow-left", name="bring_back")
        self.back_button.clicked.connect(self.back)
        self.bring_button = primary("", "check", name="bring_in")
        self.bring_button.clicked.connect(self._finish)
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("bring_status")
        self._lay_out()

    def offer_schools(self, schools: Sequence[tuple[UUID, str]], named: int) -> None:
        """Ask which school the list is about, where that can be asked: `named` are the schools it names
        itself."""
        with QSignalBlocker(self.school):
            self.school.clear()
            self.school.addItem(
                self.tr("Every school it names") if named else self.tr("Choose a school"), None
            )
            for id, name in schools:
                self.school.addItem(name, id)
        self._school_row.setVisible(bool(schools) if named > 1 else len(schools) > 1 and not named)

    def choose_school(self, school: UUID | None) -> None:
        """Show which school the list is taken to be about."""
        with QSignalBlocker(self.school):
            # Qt compares Python values by identity, so it would not find an equal id.
            known = [self.school.itemData(at) for at in range(self.school.count())]
            self.school.setCurrentIndex(known.index(school) if school in known else 0)

    def show_preview(self, preview: Preview) -> None:
        """Show a preview; what was decided about lines that it still has stays decided."""
        self._preview = preview
        self.bring_button.setEnabled(True)
        known = {line.key for line in preview.lines}
        self._decisions = {key: decision for key, decision in self._decisions.items() if key in known}
        self.about.setText(self._said_about(preview))
        self.left_out.show_counts(preview.dropped, preview.mended)
        self.parts.show_counts(preview)
        self._narrow()
        self._say_what_comes()
        self.table.setFocus()

    def ask_for_school(self, why: str) -> None:
        """Show nothing, and say that the school must be chosen first."""
        self.show_preview(NO_PREVIEW)
        self.about.setText("")
        self.bring_button.setEnabled(False)
        self.problem.say(why, "info")
        self.school.setFocus()

    def forget(self) -> None:
        """The next list is another one."""
        self._decisions = {}
        self.problem.clear()

    def set_busy(self, doing: str) -> None:
        """While something is under way it is said, and not begun twice."""
        for part in (self.back_button, self.bring_button):
            part.setEnabled(not doing)
        self.status.setText(doing)
        if not doing:
            self._say_what_comes()

    def refuse(self, why: str) -> None:
        self.problem.say(why, "danger")

    def _finish(self) -> None:
        self.problem.clear()
        self.decided.emit(dict(self._decisions))

    def _on_school(self, _index: int) -> None:
        self.school_chosen.emit(self.school.currentData())

    def _narrow(self) -> None:
        part = self.parts.part
        lines = self._preview.lines if self._preview else ()
        self.table.show_rows([line for line in lines if part in (ALL, line.kind.value)])
        self._body.setCurrentWidget(self.left_out if part == LEFT_OUT else self.table)
        self._show_one(self.table.current())

    def _show_one(self, line: Line | None) -> None:
        self.one.setVisible(line is not None and self.parts.part != LEFT_OUT)
        if line is not None:
            alike = sum(1 for other in self.table.rows.all() if other.kind is line.kind)
            self.one.show_line(line, line.decided(self._decisions), alike)

    def _decide(self, line: Line, decision: Decision) -> None:
        self._decisions[line.key] = decision
        self._decided()

    def _decide_all(self, line: Line, decision: Decision) -> None:
        """The same for every line of this kind that is shown."""
        self._decisions |= {other.key: decision for other in self.table.rows.all() if other.kind is line.kind}
        self._decided()

    def _next_choice(self) -> None:
        line = self.table.current()
        if line is not None:
            at = line.choices.index(line.decided(self._decisions))
            self._decide(line, line.choices[(at + 1) % len(line.choices)])

    def _decided(self) -> None:
        self.table.show_rows(self.table.rows.all())
        self._show_one(self.table.current())
        self._say_what_comes()

    def _say_what_comes(self) -> None:
        if self._preview is not None:
            self.bring_button.setText(words.verb(self._preview.expected(self._decisions)))
            self.bring_button.setAccessibleName(self.bring_button.text())
            self.status.setText(words.undecided(self._preview.undecided(self._decisions)))

    def _said_about(self, preview: Preview) -> str:
        said = {
            "OneRoster": self.tr("A OneRoster list."),
            "Clever": self.tr("A Clever list."),
        }.get(preview.format, self.tr("A list read by its columns."))
        if preview.new_schools:
            new = self.tr("New schools: {schools}.").format(schools=", ".join(preview.new_schools))
            said = f"{said} {new}"
        if preview.nameless_schools:
            beside = self.tr(
                "Put the list of schools (orgs.csv or schools.csv) beside the file to have their names."
            )
            said = f"{said} {beside}"
        return said

    def _build_table(self) -> Table:
        table = Table(self._columns(), lambda line: line.key)
        table.setObjectName("bring_table")
        table.setAccessibleName(self.tr("What would change"))
        table.setMinimumHeight(SMALLEST_TABLE)
        table.chosen.connect(self._show_one)
        table.opened.connect(self._go_to_choice)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._next_choice)
        return table

    def _go_to_choice(self, _line: Line) -> None:
        self.one.choice.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        order = list(Kind)

        def decision(line: Line) -> str:
            return words.decision(line, line.decided(self._decisions))

        def place(line: Line) -> Any:
            return line.row or 0

        return (
            Column(
                self.tr("Kind"),
                lambda line: words.kind(line.kind),
                lambda line: order.index(line.kind),
                icon=lambda line: words.MARKS[line.kind][0],
                tone=lambda line: words.MARKS[line.kind][1],
                width=116,
            ),
            Column(self.tr("Name"), lambda line: labels.person(line.name), width=150),
            Column(self.tr("School"), lambda line: ", ".join(line.schools), width=180, needs=860),
            Column(self.tr("Details"), words.why, stretch=True, needs=540),
            Column(self.tr("What to do"), decision, width=170),
            Column(self.tr("Row"), lambda line: str(line.row or ""), place, width=60, needs=760),
        )

    def _build_school_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["sm"])
        label = Text(self.tr("The list is about"), wrap=False)
        label.setBuddy(self.school)
        row.addWidget(label)
        row.addWidget(self.school)
        row.addStretch(1)
        return holder

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addWidget(heading(self.tr("What this list would change"), 2))
        column.addWidget(self.about)
        column.addWidget(self._school_row)
        column.addWidget(self.parts)
        column.addWidget(self._body, 1)
        column.addWidget(self.one)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE["sm"])
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.status)
        buttons.addWidget(self.bring_button)
        column.addLayout(buttons)
