"""The head of a teacher's page: who it is, how things stand, and what to do now."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.caseload import TeacherRow
from coachdesk.model.roster import TeacherStatus
from coachdesk.ui import labels, marks, theme
from coachdesk.ui.roster_list import standing
from coachdesk.ui.teacher import words
from coachdesk.ui.widgets.buttons import button, primary, way_back
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading

BESIDE = 860  # width from which the buttons have room beside the name


class TeacherHead(QWidget):
    """Tells which button was pressed."""

    back = Signal()
    start = Signal()
    plan = Signal()
    contact = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = heading("")
        self.name.setObjectName("teacher_name")
        self.name.setWordWrap(True)
        self.where = Text("", "body", "muted")
        self.standing = Text("", "body", wrap=False)
        self.standing.setObjectName("teacher_standing")
        self._picture = Picture("clock", "text", 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        self.back_button = way_back(self.tr("Back"), name="back_from_teacher")
        self.back_button.clicked.connect(self.back)
        above = QHBoxLayout()
        above.addWidget(self.back_button)
        above.addStretch(1)
        column.addLayout(above)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.SPACE["md"])
        self._line.addLayout(self._build_names(), 1)
        self._line.addLayout(self._build_buttons())
        column.addLayout(self._line)

    def show_row(self, row: TeacherRow) -> None:
        self.name.setText(labels.person(row.name))
        self.where.setText(words.where(row))
        self.where.setVisible(bool(self.where.text()))
        said = standing(row)
        self.standing.setText(said)
        icon, role = marks.of_standing(row)
        for part in (self.standing, self._picture):
            part.setVisible(bool(said))
        if said and icon:
            self._picture.set_icon(icon, role)
        for one in (self.start_button, self.plan_button, self.contact_button):
            one.setEnabled(row.status is not TeacherStatus.ARCHIVED)

    def _build_names(self) -> QVBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(theme.SPACE["xxs"])
        names.addWidget(self.name)
        names.addWidget(self.where)
        how = QHBoxLayout()
        how.setSpacing(theme.SPACE["xs"])
        how.addWidget(self._picture)
        how.addWidget(self.standing)
        how.addStretch(1)
        names.addLayout(how)
        return names

    def _build_buttons(self) -> QHBoxLayout:
        self.contact_button = button(self.tr("Quick contact"), "message-circle", name="quick_contact")
        self.contact_button.clicked.connect(self.contact)
        self.plan_button = button(self.tr("Plan a cycle"), "calendar-days", name="plan_a_cycle")
        self.plan_button.clicked.connect(self.plan)
        self.start_button = primary(self.tr("Start visit note"), "notebook-pen", name="start_visit_note")
        self.start_button.clicked.connect(self.start)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        for each in (self.start_button, self.plan_button, self.contact_button):
            row.addWidget(each)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if self.width() >= BESIDE else down)
