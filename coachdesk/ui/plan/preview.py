"""The round as it would be on the calendar: three events, each with a day and a time that can be changed."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.planning import Step
from coachdesk.services.rounds import Draft, Drawn, Place
from coachdesk.ui import labels, marks, theme, tokens
from coachdesk.ui.fields import DateEdit, TimeEdit, Unreadable
from coachdesk.ui.plan import words
from coachdesk.ui.widgets.buttons import link
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading, polish

STRIPE, ICON = 4, 20
DAY_WIDTH, TIME_WIDTH = 132, 94
NARROW = 460  # width of a row under which day and time stand below the words


class Preview(QWidget):
    """Emits `moved` with which event, and when it is to begin."""

    moved = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Place, StepRow] = {}
        self._heads: list[Text] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE["sm"])

    def show_draft(self, draft: Draft, before: int) -> None:
        """Show these events; `before` is how many rounds the cycle has already."""
        places = [one.place for one in draft.drawn]
        if places != list(self.rows):
            self._build(places)
        for number, head in enumerate(self._heads, before + 1):
            head.setText(self.tr("Round {number}").format(number=number))
            head.setVisible(len(self._heads) > 1 or before > 0)
        for one in draft.drawn:
            self.rows[one.place].show_drawn(one)

    def problems(self) -> list[str]:
        """Why what stands in a row is no day or no time."""
        return [wrong for row in self.rows.values() if (wrong := row.problem())]

    def _build(self, places: Sequence[Place]) -> None:
        for widget in (*self.rows.values(), *self._heads):
            widget.setParent(None)
            widget.deleteLater()
        self.rows, self._heads = {}, []
        many = len({number for number, _slot in places}) > 1
        for place in places:
            if place[0] > len(self._heads):
                self._heads.append(heading("", 3))
                self._column.addWidget(self._heads[-1])
            row = StepRow(place, many)
            row.moved.connect(self.moved)
            self.rows[place] = row
            self._column.addWidget(row)


class StepRow(QWidget):
    """One event: stripe, icon and word of its kind, when it is, and what there is to say of it."""

    moved = Signal(object, object)

    def __init__(self, place: Place, many: bool) -> None:
        super().__init__()
        self._place = place
        self._drawn: Drawn | None = None
        name = f"plan_{place[1].value}_{place[0]}"
        self.setObjectName(name)
        said = labels.label(place[1])
        if many:
            said = self.tr("{event}, round {number}").format(event=said, number=place[0])
        self.day = DateEdit(said)
        self.time = TimeEdit()
        self._name_fields(name, said)
        self._picture = Picture("notebook-pen", "other", ICON)
        self._kind = Text("", bold=True, wrap=False)
        self._when = Text("", "body", "muted")
        self._when.setObjectName(f"{name}_when")
        self._said: list[Text] = []
        self._remarked: Sequence[words.Remark] = []
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(theme.SPACE["xxs"])
        self.instead = link("", name=f"{name}_instead")
        self.instead.clicked.connect(self._use_instead)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def show_drawn(self, drawn: Drawn) -> None:
        self._drawn = drawn
        icon, role = marks.of_event(drawn.step.kind)
        self._picture.set_icon(icon, role)
        self._kind.setText(labels.label(drawn.step.kind))
        self._when.setText(f"{words.when(drawn.step)} · {words.length(drawn.step)}")
        self._fill(drawn.step)
        self._say([*words.remarks(drawn)])
        self.instead.setText(words.instead(drawn))
        self.instead.setAccessibleName(self.instead.text())
        self.instead.setVisible(drawn.instead is not None)
        self.update()

    def problem(self) -> str:
        """Why what stands here is no day or no time; "" if it is."""
        try:
            self._answer()
        except Unreadable as unreadable:
            return str(unreadable)
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the fields stand below the words."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if self.width() < NARROW else way.LeftToRight)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tint of its kind with the strong stripe at its left edge, as on the calendar."""
        role = marks.of_event(self._drawn.step.kind)[1] if self._drawn else "other"
        whole = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.token(role))
            painter.drawRoundedRect(whole, tokens.RADIUS["control"], tokens.RADIUS["control"])
            painter.setBrush(theme.token(f"{role}_soft"))
            painter.drawRoundedRect(whole.adjusted(STRIPE, 0, 0, 0), 3, 3)

    def _fill(self, step: Step) -> None:
        """Show when it is, unless that stands there already, or is being written."""
        try:
            same = self._answer() == step.starts
        except Unreadable:
            same = self.day.hasFocus() or self.time.hasFocus()
        if not same:
            self.day.show_day(step.starts.date())
            self.time.show_time(step.starts.time())
            self._mark(None)

    def _answer(self) -> datetime:
        day, time = self.day.answer(), self.time.answer()
        if day is None:
            raise Unreadable(self.tr("Choose a day."))
        return datetime.combine(day, time)

    def _on_edited(self) -> None:
        try:
            starts = self._answer()
        except Unreadable:
            return
        self._mark(None)
        if self._drawn is None or starts != self._drawn.step.starts:
            self.moved.emit(self._place, starts)

    def _on_left(self) -> None:
        """What cannot be read is said once the field is left; what was typed stays."""
        for field in (self.day, self.time):
            try:
                wrong = "" if field.answer() is not None else self.tr("Choose a day.")
            except Unreadable as unreadable:
                wrong = str(unreadable)
            if wrong:
                self._mark(field)
                self._say([words.Remark(wrong, "danger")])

    def _mark(self, wrong: QWidget | None) -> None:
        for field in (self.day, self.time):
            if bool(field.property("wrong")) != (field is wrong):
                field.setProperty("wrong", field is wrong)
                polish(field)

    def _use_instead(self) -> None:
        if self._drawn and self._drawn.instead:
            self.time.setFocus()
            self.moved.emit(self._place, self._drawn.instead)

    def _say(self, remarks: Sequence[words.Remark]) -> None:
        if remarks == self._remarked:
            return
        self._remarked = remarks
        for old in self._said:
            old.setParent(None)
            old.deleteLater()
        self._said = [Text(remark.text, "caption", remark.tone) for remark in remarks]
        for number, text in enumerate(self._said):
            text.setObjectName(f"{self.objectName()}_remark_{number}")
            self._remarks.addWidget(text)
        described = " ".join(remark.text for remark in remarks)
        for field in (self.day, self.time):
            field.setAccessibleDescription(described)

    def _name_fields(self, name: str, said: str) -> None:
        fields = (
            (self.day, f"{name}_day", self.tr("Day of: {event}"), DAY_WIDTH),
            (self.time, f"{name}_time", self.tr("Time of: {event}"), TIME_WIDTH),
        )
        for field, object_name, called, width in fields:
            field.setObjectName(object_name)
            field.setAccessibleName(called.format(event=said))
            field.setFixedWidth(width)
            field.textEdited.connect(self._on_edited)
            field.editingFinished.connect(self._on_left)

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(theme.SPACE["xxs"])
        text.addWidget(self._kind)
        text.addWidget(self._when)
        fields = QHBoxLayout()
        fields.setSpacing(theme.SPACE["xs"])
        for field in (self.day, self.time):
            fields.addWidget(field)
        fields.addStretch(1)
        self._sides.setSpacing(theme.SPACE["xs"])
        self._sides.addLayout(text, 1)
        self._sides.addLayout(fields)
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE["sm"])
        first.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(self._sides, 1)
        said = QHBoxLayout()
        said.addSpacing(ICON + theme.SPACE["sm"])
        said.addLayout(self._remarks, 1)
        said.addWidget(self.instead, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(
            theme.SPACE["md"] + STRIPE, theme.SPACE["sm"], theme.SPACE["md"], theme.SPACE["sm"]
        )
        column.setSpacing(theme.SPACE["xs"])
        column.addLayout(first)
        column.addLayout(said)
