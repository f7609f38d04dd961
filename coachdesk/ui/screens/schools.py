"""Schools: where the coach works, what each school is after, who leads it, and the school year."""

from collections.abc import Container, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coachdesk.model import Colleague, School, SchoolGoal, SchoolYear
from coachdesk.model.question import Question, blank, questions
from coachdesk.model.roster import ColleagueRole
from coachdesk.services import roster
from coachdesk.services.desk import Desk
from coachdesk.ui import theme, tokens
from coachdesk.ui.fields import Choice
from coachdesk.ui.form import Form, Section
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.school_goals import SchoolGoals
from coachdesk.ui.screen import Keys, Screen
from coachdesk.ui.widgets.buttons import button, way_back
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import heading
from coachdesk.ui.written import Written

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


class SchoolsScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Schools and goals")
    icon = "building-2"
    in_sidebar = False
    under = "Teachers"
    shows = frozenset({School})
    watches = frozenset({School, SchoolGoal, SchoolYear, Colleague})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("schools_screen")
        self._schools: Sequence[School] = ()
        self._school_id: UUID | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["lg"])
        outer.addLayout(self._build_head())
        area = Scroll(parent=self)
        outer.addWidget(area, 1)
        self._build_forms()
        self._build_body(area.page)

    def refresh(self) -> None:
        self._schools = self.desk.ask(roster.schools)
        if self._school_id is None and self._schools:
            self._school_id = self._schools[0].id
        self.which.clear()
        for school in self._schools:
            self.which.addItem(school.name, school.id)
        ids = [school.id for school in self._schools]
        self.which.setCurrentIndex(ids.index(self._school_id) if self._school_id in ids else -1)
        for widget in (self.which, self.which_label):
            widget.setVisible(len(self._schools) > 1)
        self._show_school()

    def show_record(self, record: School | type) -> None:
        self.flush()
        self._school_id = record.id if isinstance(record, School) else None
        self._stale = True
        self._refresh_if_seen()

    def flush(self) -> None:
        for part in self._parts():
            part.saving.flush()

    @property
    def is_unfinished(self) -> bool:
        return any(part.saving.is_unfit for part in self._parts()) or super().is_unfinished

    def own_keys(self) -> Container[object]:
        return Keys(*(part.saving for part in self._parts()))

    def panes(self) -> Sequence[QWidget]:
        return (self.school.form.field("name"), self.goals.add_button, self.year.form.field("first_day"))

    def leave_part(self) -> bool:
        self.flush()
        self.back.emit()
        return True

    def add_school(self) -> None:
        """Begin a school that is not known yet."""
        self.flush()
        self._school_id = None
        self.which.setCurrentIndex(-1)
        self.school.saving.take({}, blank(School))
        self._show_school()
        self.school.form.focus("name")

    def _parts(self) -> list[Written]:
        return [self.school, self.principal, self.year, *self.goals.lines]

    def _show_school(self) -> None:
        file = self.desk.ask(roster.school, self._school_id) if self._school_id else None
        self.school.show_record(file.record if file else None, {}, blank(School))
        fixed = {"school_id": self._school_id, "role": ColleagueRole.PRINCIPAL}
        self.principal.show_record(file.principal if file else None, fixed, {"name": "", "email": ""})
        year = self.desk.ask(roster.current_year, self.desk.now().date())
        self.year.show_record(year, {}, {})
        if file is not None:
            self.goals.show_goals(file.record.id, year.name if year else "", file.goals)
        self.goals.setVisible(file is not None)
        self._principal_card.setVisible(file is not None and not SHOWN.on)

    def _on_school_kept(self, school: School) -> None:
        self._school_id = school.id
        self._stale = True
        self._refresh_if_seen()

    def _on_picked(self, number: int) -> None:
        self.show_record(self._schools[number])

    def _build_forms(self) -> None:
        asked = [_with_zones(question) for question in questions(School)]
        form = Form(Section(asked[:3]), Section(asked[3:], pairs=True), name="school")
        self.school = Written(self.desk, self.tr("About the school"), form, roster.save_school, School)
        self.school.kept.connect(self._on_school_kept)
        self.goals = SchoolGoals(self.desk)
        self.goals.said.connect(self.said)
        self.goals.warned.connect(self.warned)
        form = Form(Section(questions(Colleague, ("name", "email"))), name="principal")
        self.principal = Written(self.desk, self.tr("Principal"), form, roster.save_colleague, Colleague)
        form = Form(Section(questions(SchoolYear, ("first_day", "last_day")), pairs=True), name="year")
        self.year = Written(self.desk, self.tr("School year"), form, roster.save_school_year, SchoolYear)

        for part in (self.school, self.principal, self.year):
            part.failed.connect(self.warned)

    def _build_head(self) -> QVBoxLayout:
        to_teachers = way_back(self.tr("Back to teachers"), name="back_from_schools")
        to_teachers.clicked.connect(self.leave_part)
        self.which = Choice()
        self.which.setObjectName("which_school")
        self.which.setPlaceholderText(self.tr("New school"))
        self.which.activated.connect(self._on_picked)
        self.which_label = QLabel(self.tr("Show"))
        self.which_label.setBuddy(self.which)
        add = button(self.tr("Add a school"), "plus", name="add_school")
        add.clicked.connect(self.add_school)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE["sm"])
        line.addWidget(heading(self.tr("Schools and goals")))
        line.addStretch(1)
        for widget in (self.which_label, self.which, add):
            line.addWidget(widget)
        head = QVBoxLayout()
        back = QHBoxLayout()
        back.addWidget(to_teachers)
        back.addStretch(1)
        head.addLayout(back)
        head.addLayout(line)
        return head

    def _build_body(self, page: QWidget) -> None:
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["lg"])
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(theme.SPACE["lg"])
            row.addLayout(side, 1)
        _add_card(left, self.school)
        self._principal_card = _add_card(left, self.principal)
        right.addWidget(self.goals)
        _add_card(right, self.year)
        for side in (left, right):
            side.addStretch(1)


def _add_card(column: QVBoxLayout, part: QWidget) -> Card:
    card = Card()
    column.addWidget(card)
    card.column.addWidget(part)
    return card


def _with_zones(question: Question) -> Question:
    """A time zone is picked from those of the United States, by its city."""
    if question.key != "time_zone":
        return question
    cities = tuple(zone.split("/")[1].replace("_", " ") for zone in ZONES)
    return replace(question, kind="choice", choices=ZONES, names=cities)
