"""The days without school: a list, and a form for the one that is being written."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError
from coachdesk.model import NoSchool
from coachdesk.model.question import blank, questions
from coachdesk.services import schedule
from coachdesk.services.desk import Desk
from coachdesk.ui import labels, messages, theme
from coachdesk.ui.form import Form, Section
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button, icon_button, quiet
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.text import Text, heading
from coachdesk.ui.written import Written


class ClosedDays(Card):
    """`said` tells what happened, and whether it can be undone; `warned` what went wrong."""

    said = Signal(str, bool)
    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[QWidget] = []
        self._since = date.min
        self.add_button = button(self.tr("Add days"), "plus", name="add_no_school")
        self.add_button.clicked.connect(self.add)
        head = QHBoxLayout()
        head.addWidget(heading(self.tr("Days without school"), 3), 1)
        head.addWidget(self.add_button)
        self._none = Text(
            self.tr("Write down holidays and breaks: planning steps around them."), "body", "muted"
        )
        self._room = QVBoxLayout()
        self._room.setSpacing(theme.SPACE["xxs"])
        self.written = self._build_form()
        self.column.addLayout(head)
        self.column.addWidget(self.written)
        self.column.addWidget(self._none)
        self.column.addLayout(self._room)

    def refresh(self, since: date | None = None) -> None:
        """Show those of this school year and later; what is being written stays."""
        self._since = since or self._since
        days = [one for one in self._desk.ask(schedule.no_school) if one.last_day >= self._since]
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = [self._row(one) for one in days]
        for row in self._rows:
            self._room.addWidget(row)
        self._none.setVisible(not days)
        shown = {one.id: one for one in days}.get(self.written.saving.key) if self._is_open else None
        if shown is not None:
            self.written.show_record(shown, {}, {})
        elif self._is_open and not self.written.saving.is_new:
            self.written.hide()  # it was taken away, or its adding was undone

    def add(self) -> None:
        """Begin days that are not written down yet."""
        self.written.saving.take({}, blank(NoSchool))
        self._open()

    def close_form(self) -> bool:
        """Put the form away; what was typed is kept. False if none is open."""
        if not self._is_open:
            return False
        self.written.saving.flush()
        self.written.hide()
        self.add_button.setFocus()
        return True

    @property
    def _is_open(self) -> bool:
        return not self.written.isHidden()

    def _open(self) -> None:
        self.written.show()
        self.written.form.focus("name")
        into_view.bring(self.written)

    def _change(self, key: UUID) -> None:
        record = next((one for one in self._desk.ask(schedule.no_school) if one.id == key), None)
        if record is not None:
            self.written.show_record(record, {}, {})
            self._open()

    def _remove(self, key: UUID) -> None:
        if self._is_open and self.written.saving.key == key:
            self.close_form()
            self._desk.flush()
        try:
            self._desk.do(schedule.remove_no_school, key)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
        else:
            self.said.emit(self.tr("Days removed."), True)

    def _row(self, one: NoSchool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xxs"])
        across = QHBoxLayout()
        across.setSpacing(theme.SPACE["sm"])
        across.addWidget(Text(one.name, wrap=False))
        across.addWidget(Text(self._days(one), "body", "muted"), 1)
        change = quiet(self.tr("Change"), name="change_no_school")
        change.setAccessibleName(self.tr("Change {name}").format(name=one.name))
        change.clicked.connect(partial(self._change, one.id))
        remove = icon_button("x", self.tr("Remove {name}").format(name=one.name), name="remove_no_school")
        remove.clicked.connect(partial(self._remove, one.id))
        across.addWidget(change)
        across.addWidget(remove)
        column.addWidget(line())
        column.addLayout(across)
        return row

    def _days(self, one: NoSchool) -> str:
        today = self._desk.now().date()
        first, last = labels.short_day(one.first_day, today), labels.short_day(one.last_day, today)
        return first if first == last else f"{first} – {last}"

    def _build_form(self) -> Written:
        name, first, last = questions(NoSchool, ("name", "first_day", "last_day"))
        last = replace(last, required=False, help=self.tr("Empty for a single day"))
        form = Form(Section([name]), Section([first, last], pairs=True), name="no_school")
        written = Written(self._desk, "", form, schedule.save_no_school, NoSchool)
        written.failed.connect(self.warned)
        written.kept.connect(lambda _record: self.refresh())
        done = quiet(self.tr("Done"), "check", name="no_school_done")
        done.clicked.connect(self.close_form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(done)
        column = written.layout()
        if isinstance(column, QVBoxLayout):
            column.addLayout(foot)
        written.hide()
        return written
