"""Above the week: which it is, the way to others, what the colours mean, and what can be begun."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.schedule import EventKind
from coachdesk.ui import labels, marks, theme
from coachdesk.ui.week import words
from coachdesk.ui.widgets.buttons import button, icon_button, link
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading

_KINDS = (EventKind.PLANNING_MEETING, EventKind.VISIT, EventKind.DEBRIEF)


class CalendarHead(QWidget):
    """`weeks` asks for so many weeks on or back, the others for what their buttons say."""

    weeks = Signal(int)
    today = Signal()
    new = Signal()
    plan = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = heading("")
        self.month.setObjectName("calendar_month")
        self.which = Text("", "body", "muted", wrap=False)
        self.which.setObjectName("calendar_week")
        self.before = icon_button("chevron-left", self.tr("Previous week"), name="previous_week")
        self.before.clicked.connect(lambda: self.weeks.emit(-1))
        self.after = icon_button("chevron-right", self.tr("Next week"), name="next_week")
        self.after.clicked.connect(lambda: self.weeks.emit(1))
        self.today_button = button(self.tr("This week"), name="this_week")
        self.today_button.clicked.connect(self.today)
        self.new_button = button(self.tr("New event"), "plus", name="new_event_button")
        self.new_button.clicked.connect(self.new)
        self.plan_button = button(self.tr("Plan a cycle"), "repeat-2", name="plan_cycle_button")
        self.plan_button.clicked.connect(self.plan)
        self.empty = self._build_empty()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.SPACE["sm"])
        self._says = _row(self.month, self.which)
        self._does = _row(self.before, self.after, self.today_button, self.new_button, self.plan_button)
        self._line.addLayout(self._says)
        self._line.addStretch(1)
        self._line.addLayout(self._does)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addLayout(self._line)
        column.addWidget(_legend())
        column.addWidget(self.empty)

    def show_week(self, first: date, last: date, *, empty: bool) -> None:
        self.month.setText(words.month(first))
        self.which.setText(words.which_week(first, last))
        self.month.setAccessibleName(
            self.tr("Calendar, {month}, {week}").format(month=self.month.text(), week=self.which.text())
        )
        self.empty.setVisible(empty)
        self._arrange()

    def _build_empty(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("empty_week")
        plan = link(self.tr("Plan a cycle"), name="empty_plan_cycle")
        plan.clicked.connect(self.plan)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xs"])
        row.addWidget(Text(self.tr("Nothing is planned this week: draw an event below, or"), wrap=False))
        row.addWidget(plan)
        row.addStretch(1)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The buttons stand beside the month where there is room for both: some months are long, some
        densities wide."""
        needed = self._says.sizeHint().width() + self._does.sizeHint().width() + 2 * theme.SPACE["sm"]
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if self.width() >= needed else down)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE["sm"])
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _legend() -> QWidget:
    holder = QWidget()
    holder.setObjectName("legend")
    flow = Flow(theme.SPACE["lg"], holder)
    known = [(marks.of_event(kind), labels.label(kind)) for kind in _KINDS]
    for (icon, phase), name in (*known, (marks.OTHER, holder.tr("Other"))):
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["xs"])
        row.addWidget(Picture(icon, phase, 16))
        row.addWidget(Text(name, "caption", "muted", wrap=False))
        flow.addWidget(entry)
    return holder
