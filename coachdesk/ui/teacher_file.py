"""One teacher: how things stand, and everything the coach keeps about them, saved as it is typed."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model import School, Teacher
from coachdesk.model.caseload import TeacherRow
from coachdesk.model.question import Question, blank, questions
from coachdesk.model.roster import TeacherStatus
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui import labels, theme
from coachdesk.ui.fields import Several
from coachdesk.ui.form import Form, Section
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.roster_list import next_event, phase, standing
from coachdesk.ui.saving import SaveState, Saving
from coachdesk.ui.teacher import words
from coachdesk.ui.widgets.buttons import button, way_back
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text, heading, muted

NAMES = ("given_name", "family_name", "preferred_name", "email")
WHO = ("given_name", "family_name", "preferred_name", "pronouns", "email")
AT_SCHOOL = ("subjects", "grades", "room", "programme")
TOGETHER = ("status", "ask_again_on", "times_offered", "preferences", "background", "entry_route")
NO_ALIGNMENT = Qt.AlignmentFlag(0)
KEEPING = ("may_be_quoted", "may_be_named", "keep_until")


class TeacherFile(Card):
    """A card with one teacher's file, or a new teacher's; `archive` and `restore` ask for it.

    Where it stands alone it is `named`: it says whose file it is, how things stand, and offers to begin a
    note, to plan, or to open the teacher's page. On that page it need not.
    """

    start = Signal()
    plan = Signal()
    page = Signal()
    kept = Signal(object)
    failed = Signal(str)
    archive = Signal()
    restore = Signal()
    back = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, named: bool = True) -> None:
        super().__init__(padding=0, gap=0, parent=parent)
        self.setObjectName("teacher_file")
        self._named = named
        self.desk = desk
        self.row: TeacherRow | None = None
        self.state = SaveState()
        self.column.addWidget(self._build_head())
        page = self._build_page()
        self.glance, self.form = self._build_glance(page), self._build_form(page)
        self._lay_out(page)
        self.saving = Saving(desk, self.form, roster.save_teacher, Teacher, self.state)
        self.saving.kept.connect(self._on_kept)
        self.saving.failed.connect(self.failed)
        self.form.edited.connect(self._on_edited)

    @property
    def is_new(self) -> bool:
        """Whether this is the file of a teacher who is not on the roster yet."""
        return self.row is None

    def offer_schools(self, schools: Sequence[School]) -> None:
        """Ask where the teacher works: at which of these."""
        boxes = self.form.field("schools")
        assert isinstance(boxes, Several)
        boxes.offer([school.id for school in schools], [school.name for school in schools])
        self.form.offer("schools", bool(schools))

    def show_teacher(self, row: TeacherRow) -> None:
        """Show a teacher; the one shown before is handed over to be kept."""
        if self.saving.record_id == row.id and self.saving.busy:
            self.show_standing(row)  # what is being typed is newer than what was read
            return
        file = self.desk.ask(roster.teacher, row.id)
        if self.saving.record_id == row.id:
            self.saving.refresh(file.record.rev, file.values())
        else:
            self.saving.take({"id": row.id, "rev": file.record.rev}, file.values())
        self.form.offer("status", row.status is not TeacherStatus.ARCHIVED)
        self._offer_names(not SHOWN.on)
        self._offer_ask_again()
        self.show_standing(row)

    def show_standing(self, row: TeacherRow) -> None:
        """Show how things stand with the teacher, above the form."""
        self.row = row
        archived = row.status is TeacherStatus.ARCHIVED
        self.name.setText(labels.person(row.name))
        self.where.setText(words.where(row))
        self._show_acts(known=True, archived=archived)
        self.archive_button.setVisible(not archived)
        self.restore_button.setVisible(archived)
        self._show_glance(row)

    def new(self, school_ids: Sequence[UUID]) -> None:
        """Show an empty file for a teacher who is not on the roster yet."""
        self.row = None
        self.saving.take({}, {**blank(Teacher), "schools": tuple(school_ids)})
        self.form.offer("status", True)
        self._offer_names(True)
        self._offer_ask_again()
        self.name.setText(self.tr("New teacher"))
        self.where.setText(self.tr("Write what you know; the rest can wait."))
        self.glance.hide()
        self._show_acts(known=False, archived=False)
        self.archive_button.hide()
        self.restore_button.hide()
        self.start_editing()

    def start_editing(self) -> None:
        self.form.focus("given_name")

    def first_field(self) -> QWidget:
        """Where the form begins; what says a name is not asked while initials stand in its place."""
        return self.form.field("pronouns" if SHOWN.on and not self.is_new else "given_name")

    def flush(self) -> None:
        self.saving.flush()

    def _show_acts(self, *, known: bool, archived: bool) -> None:
        """Offer what can be done now; with one in the archive nothing new is begun."""
        self._acts.setVisible(self._named and known)
        for each in (self.start_button, self.plan_button):
            each.setVisible(not archived)

    def _on_kept(self, record: Teacher) -> None:
        self.name.setText(labels.person(record.name))
        self.kept.emit(record)

    def _on_edited(self, key: str) -> None:
        if key == "status":
            self._offer_ask_again()

    def _offer_ask_again(self) -> None:
        """When to ask again is a question only about one who said not now."""
        self.form.offer("ask_again_on", self.form.answer("status") is TeacherStatus.NOT_NOW)

    def _offer_names(self, wanted: bool) -> None:
        """Ask for what tells who somebody is: of a file that is there, not while initials stand for it."""
        for key in NAMES:
            self.form.offer(key, wanted)
        self._unasked.setVisible(not wanted)

    def _show_glance(self, row: TeacherRow) -> None:
        goal = (row.cycle.goal or row.cycle.focus) if row.cycle else ""
        for key, text in (
            ("standing", standing(row)),
            ("phase", phase(row)),
            ("goal", goal),
            ("next", self._next(row)),
            ("last", labels.short_day(row.last_visit, row.today) if row.last_visit else ""),
        ):
            for widget in self._facts[key]:
                widget.setVisible(bool(text))
            self._facts[key][1].setText(text)
        self.glance.setVisible(self._named and any(not pair[1].isHidden() for pair in self._facts.values()))

    def _next(self, row: TeacherRow) -> str:
        if row.next_event is None:
            return ""
        return f"{labels.label(row.next_event.kind)}, {next_event(row)}"

    def _build_form(self, parent: QWidget) -> Form:
        placed = Question("schools", self.tr("Schools"), "several", "")
        form = Form(
            Section(questions(Teacher, WHO), pairs=True),
            Section([*questions(Teacher, AT_SCHOOL), placed], self.tr("At school"), pairs=True),
            Section(questions(Teacher, TOGETHER), self.tr("Working together"), later=True),
            Section(questions(Teacher, KEEPING), self.tr("Permission and keeping"), later=True),
            parent=parent,
        )
        form.offer("schools", False)
        return form

    def _build_head(self) -> QWidget:
        self.name = heading("", 2)
        self.name.setWordWrap(True)
        self.where = Text("", "body", "muted")
        self.back_button = way_back(self.tr("Back to teachers"), name="back_to_teachers")
        self.back_button.clicked.connect(self.back)
        self.archive_button = button(self.tr("Archive"), "archive", name="archive_teacher")
        self.archive_button.clicked.connect(self.archive)
        self.restore_button = button(self.tr("Restore"), "archive-restore", name="restore_teacher")
        self.restore_button.clicked.connect(self.restore)
        head = QFrame(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(*[theme.SPACE[side] for side in ("lg", "lg", "lg", "sm")])
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._acts = self._build_acts(head)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        if not self._named:
            line.addStretch(1)
        line.addWidget(self.archive_button)
        line.addWidget(self.restore_button)
        column.addLayout(line)
        column.addWidget(self.where)
        column.addWidget(self._acts)
        column.addWidget(self.state)
        for each in (self.name, self.where, self.back_button):
            each.setVisible(self._named)
        return head

    def _build_acts(self, parent: QWidget) -> QWidget:
        self.start_button = button(self.tr("Start visit note"), "notebook-pen", name="start_note_from_file")
        self.start_button.clicked.connect(self.start)
        self.plan_button = button(self.tr("Plan a cycle"), name="plan_from_file")
        self.plan_button.clicked.connect(self.plan)
        self.page_button = button(self.tr("Open page"), name="open_page")
        self.page_button.clicked.connect(self.page)
        acts = QWidget(parent)
        flow = Flow(theme.SPACE["xs"], acts)
        for each in (self.start_button, self.plan_button, self.page_button):
            flow.addWidget(each)
        return acts

    def _build_page(self) -> QWidget:
        area = Scroll("teacher_scroll", self)
        self.column.addWidget(area, 1)
        return area.page

    def _lay_out(self, page: QWidget) -> None:
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SPACE["lg"], 0, theme.SPACE["lg"], theme.SPACE["lg"])
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self.glance)
        self._unasked = muted(
            self.tr("Names and email are not shown while initials stand for them."), "caption"
        )
        self._unasked.hide()
        column.addWidget(self._unasked)
        column.addWidget(self.form)
        column.addStretch(1)

    def _build_glance(self, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["xs"])
        grid.setColumnStretch(1, 1)
        self._facts: dict[str, tuple[Text, Text]] = {}
        names = {
            "standing": self.tr("Contact"),
            "phase": self.tr("Cycle"),
            "goal": self.tr("Goal"),
            "next": self.tr("Next"),
            "last": self.tr("Last visit"),
        }
        for line, (key, name) in enumerate(names.items()):
            pair = (Text(name, "body", "muted", wrap=False), Text(""))
            pair[1].setObjectName(f"fact_{key}")
            self._facts[key] = pair
            for side, widget in enumerate(pair):
                grid.addWidget(widget, line, side, Qt.AlignmentFlag.AlignTop if side == 0 else NO_ALIGNMENT)
        return holder
