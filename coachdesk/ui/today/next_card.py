"""The card on top of the day: the note that runs, or what comes next, and the one thing to do about it."""

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.services.events import EventRow
from coachdesk.services.notes import Card as Known
from coachdesk.services.notes import Unfinished
from coachdesk.ui import dates, labels, marks, theme
from coachdesk.ui.today import words
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.stripe import Stripe
from coachdesk.ui.widgets.text import Text, heading


class EventCard(Card):
    """One event with its stripe, icon and word; buttons stand at its foot."""

    def __init__(self, name: str) -> None:
        super().__init__(padding=0, gap=0)
        self.setObjectName(name)
        self._stripe = Stripe()
        self.when = Text("", "body", "accent", bold=True, wrap=False)
        self._picture = Picture("school", "visit", 20)
        self._kind = Text("", bold=True, wrap=False)
        self.title = heading("", 2)
        self.title.setWordWrap(True)
        self.where = Text("", "body", "muted")
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SPACE["sm"])
        self.body.addLayout(self._build_head())
        self.body.addWidget(self.title)
        self.body.addWidget(self.where)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.SPACE["sm"])
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE["md"], *[theme.SPACE["lg"]] * 3)
        row.setSpacing(theme.SPACE["lg"])
        row.addWidget(self._stripe)
        row.addLayout(self.body, 1)
        self.column.addLayout(row)
        self.hide()

    def show_event(self, event: EventRow, when: str, where: str) -> None:
        """Say what it is, with whom, where and when."""
        icon, role = marks.of_event(event.kind)
        self._stripe.set_role(role)
        self._picture.set_icon(icon, role)
        self._kind.setText(labels.label(event.kind))
        self.when.setText(when)
        self.title.setText(f"{dates.clock(event.starts)}  {words.who(event)}")
        self.where.setText(" · ".join(filter(None, (words.span(event), where))))
        self.show()

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE["sm"])
        head.addWidget(self._picture)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self.when)
        return head

    def add_foot(self, *buttons: QWidget) -> None:
        self.body.addSpacing(theme.SPACE["xs"])
        self.body.addLayout(self.foot)
        for each in buttons:
            self.foot.addWidget(each)
        self.foot.addStretch(1)


class NextCard(EventCard):
    """What comes next. `start` begins the note of a visit, `see` opens an event on the calendar."""

    start = Signal()
    see = Signal()

    def __init__(self) -> None:
        super().__init__("next_event")
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, theme.SPACE["xs"], 0, 0)
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["xs"])
        grid.setColumnStretch(1, 1)
        self.focus_words = self._fact(grid, 0, self.tr("Focus"), "next_focus")
        self.agreed = self._fact(grid, 1, self.tr("Last time we agreed"), "next_agreed")
        self.body.addWidget(self._facts)
        self.start_button = primary(self.tr("Start visit note"), "notebook-pen", name="start_visit_note")
        self.start_button.clicked.connect(self.start)
        self.open_button = primary(self.tr("Open"), "calendar-days", name="open_event")
        self.open_button.clicked.connect(self.see)
        self.move_button = button(self.tr("Move…"), "calendar-days", name="move_event")
        self.move_button.clicked.connect(self.see)
        self.add_foot(self.start_button, self.open_button, self.move_button)

    def show_next(self, known: Known, now: datetime, *, leads: bool = True) -> None:
        """Show it with what to know before going in; a note that runs takes the lead from it."""
        event, today = known.event, now.date()
        self.show_event(event, words.until(event.starts, now), words.where(event, known.room))
        focus = known.focus or (self.tr("To be agreed") if event.cycle_id else "")
        self._show_fact(self.focus_words, focus)
        last = words.agreed(known.last_agreed, today) if known.last_agreed else ""
        self._show_fact(self.agreed, last)
        self._facts.setVisible(bool(focus or last))
        begins = words.can_begin(event, today)
        self.start_button.setVisible(begins and leads)
        self.move_button.setVisible(begins or not leads)
        self.open_button.setVisible(leads and not begins)

    def _fact(self, grid: QGridLayout, line: int, name: str, key: str) -> tuple[Text, Text]:
        pair = (Text(name, "body", "muted", wrap=False), Text())
        pair[1].setObjectName(key)
        grid.addWidget(pair[0], line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(pair[1], line, 1)
        return pair

    def _show_fact(self, pair: tuple[Text, Text], text: str) -> None:
        pair[1].setText(text)
        for each in pair:
            each.setVisible(bool(text))


class RunningCard(EventCard):
    """The visit that goes on: back to its note."""

    go_on = Signal()

    def __init__(self) -> None:
        super().__init__("running_note")
        self.go_on_button = primary(self.tr("Go on with the note"), "notebook-pen", name="go_on_with_note")
        self.go_on_button.clicked.connect(self.go_on)
        self.add_foot(self.go_on_button)

    def show_running(self, note: Unfinished, today: date) -> None:
        same_day = note.started.date() == today
        since = dates.clock(note.started) if same_day else labels.moment(note.started, today)
        begun = self.tr("running since {time}").format(time=since)
        self.show_event(note.event, begun, words.where(note.event))
