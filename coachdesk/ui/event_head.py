"""The head of an event's panel: what it is, when, how it stands, and what can be done about it."""

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import events, schedule
from coachdesk.services.event_file import EventFile
from coachdesk.services.events import EventRow, Who
from coachdesk.ui import dates, labels, marks, theme
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.week import words
from coachdesk.ui.week.grid import Span
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, badge

_TONES = {EventStatus.COMPLETED: "success", EventStatus.DIDNT_HAPPEN: "warning"}
_ARCHIVED = QT_TRANSLATE_NOOP(
    "fields", "The teacher of this event is in the archive. Take the file out again, or delete the event."
)


class EventHead(QWidget):
    """`start`, `read` and `meet` ask for the note and for a teacher's page."""

    start = Signal()
    read = Signal()
    meet = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture("calendar-days", "muted", 22, at_top=True)
        self.kind = Text("", "h3", bold=True)
        self.kind.setObjectName("event_kind_shown")
        self.standing = badge("")
        self.standing.setObjectName("event_standing")
        self.when = Text()
        self.when.setObjectName("event_when")
        self.round = Text("", "body", "muted")
        self.round.setObjectName("event_round")
        self.overlap = Notice("warning", name="event_overlap")
        self.archived = Notice("warning", name="event_archived")
        self.start_button = primary(self.tr("Start visit note"), "notebook-pen", name="event_start_note")
        self.start_button.clicked.connect(self.start)
        self.read_button = button(self.tr("Open note"), "file-text", name="event_open_note")
        self.read_button.clicked.connect(self.read)
        self._links = QWidget()
        self._flow = Flow(theme.SPACE["sm"], self._links)
        self._linked: tuple[Who, ...] = ()
        self._lay_out()

    def show_event(self, file: EventFile) -> None:
        row = file.row
        icon, phase = marks.of_event(row.kind)
        self.picture.set_icon(icon, phase)
        self.kind.setText(labels.label(row.kind))
        self._show_standing(row)
        self.when.setText(_when(row.starts, row.ends))
        self._show_round(file)
        self.overlap.setVisible(False)
        if file.overlaps:
            first = file.overlaps[0]
            says = labels.field(schedule.OVERLAP)
            self.overlap.say(says.format(starts=dates.clock(first.starts), ends=dates.clock(first.ends)))
        self._warn_of_archive(row)
        self._offer_note(row)
        self._link(row.teachers)

    def show_new(self, kind: EventKind | None, span: Span | None) -> None:
        """An event that is not kept yet."""
        icon, phase = marks.of_event(kind) if kind else marks.OTHER
        self.picture.set_icon(icon, phase)
        self.kind.setText(self.tr("New event"))
        self.when.setText(_when(*span) if span and span[1] > span[0] else "")
        self.round.setText(
            self.tr("Choose whom it is with: then it is kept.")
            if kind in events.WITH_A_TEACHER
            else self.tr("It is kept as soon as you change something.")
        )
        self.round.show()
        for widget in (self.standing, self.overlap, self.archived, self.start_button, self.read_button):
            widget.hide()
        self._link(())

    def _show_standing(self, row: EventRow) -> None:
        says = labels.label(row.status)
        if row.status is EventStatus.DIDNT_HAPPEN and row.reason:
            says = f"{says} · {labels.label(row.reason)}"
        self.standing.setText(says)
        self.standing.set_tone(_TONES.get(row.status, ""))
        self.standing.adjustSize()
        self.standing.show()

    def _show_round(self, file: EventFile) -> None:
        number = self.tr("Round {number}").format(number=file.round_number) if file.round_number else ""
        self.round.setText(" · ".join(filter(None, (number, file.focus))))
        self.round.setVisible(bool(self.round.text()))

    def _warn_of_archive(self, row: EventRow) -> None:
        stale = row.all_archived and row.status is EventStatus.PLANNED
        if stale != bool(self.archived.text()):
            self.archived.say(labels.field(_ARCHIVED) if stale else "")

    def _offer_note(self, row: EventRow) -> None:
        """A note is begun of what lies ahead or took place, and opened once there is one."""
        noted = row.kind in events.WITH_A_TEACHER and row.kind is not EventKind.QUICK_CONTACT
        begins = noted and not row.note_id and row.status not in words.OFF and not row.all_archived
        visit = row.kind is EventKind.VISIT
        says = self.tr("Start visit note") if visit else self.tr("Start note")
        self.start_button.setText(says)
        self.start_button.setAccessibleName(says)
        self.start_button.setVisible(begins)
        self.read_button.setVisible(row.note_id is not None)

    def _link(self, teachers: tuple[Who, ...]) -> None:
        self._links.setVisible(bool(teachers))
        if teachers == self._linked:
            return
        self._linked = teachers
        while self._flow.count():
            gone = self._flow.takeAt(0)
            widget = gone.widget() if gone else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for who in teachers:
            self._flow.addWidget(self._to_teacher(who, alone=len(teachers) == 1))
        self._links.updateGeometry()

    def _to_teacher(self, who: Who, *, alone: bool) -> QPushButton:
        says = self.tr("Open teacher")
        if not alone:
            says = self.tr("Open {name}").format(name=labels.person(who.name))
        made = button(says, "users", name="event_open_teacher")
        made.clicked.connect(partial(self._on_meet, who.id))
        return made

    def _on_meet(self, key: UUID, *_checked: object) -> None:
        self.meet.emit(key)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE["sm"])
        line.addWidget(self.picture)
        line.addWidget(self.kind, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        column.addLayout(line)
        column.addWidget(self.when)
        column.addWidget(self.standing, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.round, self.overlap, self.archived, self.start_button, self.read_button):
            column.addWidget(widget)
        column.addWidget(self._links)


def _when(starts: datetime, ends: datetime) -> str:
    """ "Tuesday 2 February · 9:50–10:10 · 20 min"; what belongs together is not torn apart."""
    minutes = int((ends - starts).total_seconds() // 60)
    length = QCoreApplication.translate("week", "{minutes} min").format(minutes=minutes)
    parts = (dates.day(starts.date()), dates.times(starts, ends), length)
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)
