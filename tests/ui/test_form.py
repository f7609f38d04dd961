"""Forms: every kind of question is asked, answered, and said to be wrong where it is."""

from dataclasses import replace
from datetime import date, time
from enum import Enum

import pytest
from accessibility import audit
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QCheckBox, QLabel, QLineEdit

import coachdesk.model
from coachdesk.model import Colleague, School, SchoolYear, Teacher
from coachdesk.model.caseload import Part, Reminder
from coachdesk.model.cycles import PHASES
from coachdesk.model.kinds import Privacy
from coachdesk.model.question import Question, blank, questions
from coachdesk.model.roster import ColleagueRole, EntryRoute, TeacherStatus
from coachdesk.ui import labels
from coachdesk.ui.form import Form, Section


def shown(qtbot, *sections, values=None):
    form = Form(*sections)
    qtbot.addWidget(form)
    form.fill(values or {})
    form.resize(420, 600)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@pytest.fixture
def teacher(qtbot):
    return shown(qtbot, Section(questions(Teacher)), values=blank(Teacher))


@pytest.fixture
def school(qtbot):
    return shown(qtbot, Section(questions(School, ("name", "short_code"))), values=blank(School))


@pytest.fixture
def year(qtbot):
    return shown(qtbot, Section(questions(SchoolYear, ("first_day", "last_day"))))


def said(form, key):
    label = form.findChild(QLabel, f"{key}_problem")
    return label.text() if label.isVisible() else ""


def leave(qtbot, widget):
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Tab)


def test_the_questions_of_a_record_are_its_titled_fields_in_order():
    asked = [question.label for question in questions(School)]
    assert asked == ["School", "Short code", "Time zone", "School day starts", "School day ends"]
    kinds = [question.kind for question in questions(School)]
    assert kinds == ["line", "line", "line", "time", "time"]


def test_some_of_the_questions_come_in_the_order_they_are_wanted():
    assert [question.key for question in questions(Teacher, ("status", "room"))] == ["status", "room"]


def test_a_question_knows_who_may_read_its_answer_and_what_is_needed():
    asked = {question.key: question for question in questions(Teacher)}
    assert asked["background"].privacy is Privacy.COACH_ONLY
    assert not asked["given_name"].required
    assert [question.key for question in questions(Colleague) if question.required] == ["name", "role"]
    assert asked["entry_route"].choices == (None, *EntryRoute)
    assert asked["ask_again_on"].kind == "date"
    assert asked["may_be_named"].kind == "yes_no"


def test_a_form_gives_back_what_it_was_filled_with(qtbot, teacher):
    values = {
        **blank(Teacher),
        "given_name": "Maya",
        "family_name": "Rivera",
        "background": "Two\nlines",
        "entry_route": EntryRoute.COHORT,
        "status": TeacherStatus.NOT_NOW,
        "ask_again_on": date(2027, 9, 1),
        "may_be_quoted": True,
    }
    teacher.fill(values)
    assert teacher.answers() == values


@pytest.fixture
def two_parts(qtbot):
    """A form that is not shown yet; its second part comes later."""
    form = Form(
        Section(questions(School, ("name",))),
        Section(questions(School, ("short_code", "time_zone")), "Below", later=True),
    )
    qtbot.addWidget(form)
    form.fill({"name": "Lincoln", "short_code": "LMS", "time_zone": "UTC"})
    return form


def built(form):
    return [field.objectName() for field in form.findChildren(QLineEdit)]


def test_what_stands_far_down_comes_once_the_rest_is_painted(qtbot, two_parts):
    form = two_parts
    high = form.sizeHint().height()
    assert built(form) == ["name"] and form.answer("short_code") == "LMS"
    form.show()
    qtbot.waitUntil(lambda: built(form) == ["name", "short_code", "time_zone"])
    assert form.field("short_code").text() == "LMS"
    assert abs(form.sizeHint().height() - high) < high / 4, "room was kept for it"


@pytest.mark.parametrize(
    "want",
    [
        lambda form: form.field("short_code"),
        lambda form: form.focus("time_zone"),
        lambda form: form.answers(),
        lambda form: form.problems(),
        lambda form: form.say({"short_code": "Too long"}),
    ],
)
def test_what_comes_later_is_there_at_once_where_it_is_wanted(two_parts, want):
    edits = []
    two_parts.edited.connect(edits.append)
    want(two_parts)
    assert built(two_parts) == ["name", "short_code", "time_zone"]
    assert two_parts.answers()["short_code"] == "LMS"
    assert edits == []


def test_a_question_that_is_not_asked_is_not_asked_when_it_comes(two_parts):
    two_parts.offer("short_code", False)
    assert "short_code" not in two_parts.answers()
    assert two_parts.field("short_code").parentWidget().isHidden()


def test_filling_is_not_an_edit_but_typing_is(qtbot, teacher):
    edits = []
    teacher.edited.connect(edits.append)
    teacher.fill(
        {**blank(Teacher), "family_name": "Ng", "background": "text", "status": TeacherStatus.ACTIVE}
    )
    assert edits == []
    qtbot.keyClicks(teacher.field("room"), "1")
    qtbot.keyClicks(teacher.field("background"), "x")
    assert edits == ["room", "background"]


def test_filling_with_what_stands_there_leaves_the_caret_alone(qtbot, teacher):
    room = teacher.field("room")
    qtbot.keyClicks(room, "204")
    room.setCursorPosition(1)
    teacher.fill({**blank(Teacher), "room": "204"})
    assert room.cursorPosition() == 1


def test_what_is_wrong_is_said_under_the_field_when_it_is_left(qtbot, school):
    assert said(school, "name") == ""
    leave(qtbot, school.field("name"))
    assert said(school, "name") == "School is needed."
    assert school.field("name").accessibleDescription() == "School is needed."
    assert "name" not in school.answers()
    assert school.lacks()
    qtbot.keyClicks(school.field("name"), "Lincoln")
    assert said(school, "name") == ""
    assert not school.lacks()


def test_blanks_are_not_a_name(qtbot, school):
    qtbot.keyClicks(school.field("name"), "   ")
    assert school.problems() == {"name": "School is needed."}


def test_a_line_that_is_too_long_stays_and_is_said_to_be(qtbot):
    form = shown(qtbot, Section(questions(School, ("name", "short_code"))), values={"name": "Lincoln"})
    form.field("short_code").setText("ABCDEFGHIJKLM")
    leave(qtbot, form.field("short_code"))
    assert said(form, "short_code") == "At most 12 characters, please."
    assert form.field("short_code").text() == "ABCDEFGHIJKLM"


@pytest.mark.parametrize("typed", ["11/6/2027", "2027-06-11", "11 Jun 2027", "Jun 11, 2027", " 11/6/2027 "])
def test_a_day_is_read_however_it_is_written(year, typed):
    year.field("last_day").setText(typed)
    assert year.answers()["last_day"] == date(2027, 6, 11)


@pytest.mark.parametrize("typed", ["soon", "45/13/2027", "11/6", "1/1/0001"])
def test_what_is_no_day_stays_and_is_said_to_be_none(qtbot, year, typed):
    year.field("last_day").setText(typed)
    leave(qtbot, year.field("last_day"))
    assert said(year, "last_day") == "Write a date like 11/6/2027."
    assert year.field("last_day").text() == typed
    assert "last_day" not in year.answers()


def test_a_day_that_may_stay_open_may_be_empty(teacher):
    assert teacher.answers()["keep_until"] is None
    assert "keep_until" not in teacher.problems()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_day_is_picked_from_a_calendar(qtbot, year):
    edits = []
    year.edited.connect(edits.append)
    year.fill({"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)})
    qtbot.mouseClick(year.field("first_day").pick, Qt.MouseButton.LeftButton)
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    assert calendar.selectedDate().toPython() == date(2026, 8, 17)
    calendar.setSelectedDate(date(2026, 8, 24))
    calendar.activated.emit(calendar.selectedDate())
    assert year.answers()["first_day"] == date(2026, 8, 24)
    assert edits == ["first_day"]
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_keys_meant_for_the_calendar_button_do_not_reach_the_day(qtbot, year):
    year.fill({"first_day": date(2026, 8, 17)})
    edit = year.field("first_day")
    before = edit.text()
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.pick.hasFocus()
    qtbot.keyClicks(edit.pick, "12")
    qtbot.keyClick(edit.pick, Qt.Key.Key_Backspace)
    assert edit.text() == before
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert edit.hasFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    label = next(label for label in year.findChildren(QLabel) if label.buddy() is edit)
    label.setText("&First day")
    qtbot.keyClick(edit.pick, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert edit.hasFocus()


@pytest.mark.parametrize(
    ("typed", "read"),
    [("8:05", time(8, 5)), ("14:30", time(14, 30)), ("2:30 pm", time(14, 30)), ("8.05", time(8, 5))],
)
def test_a_time_is_read_however_it_is_written(qtbot, typed, read):
    form = shown(qtbot, Section(questions(School, ("day_starts",))), values={"day_starts": time(8)})
    assert form.field("day_starts").text() == "8:00"
    form.field("day_starts").setText(typed)
    assert form.answers() == {"day_starts": read}


def test_what_is_no_time_is_said_to_be_none(qtbot):
    form = shown(qtbot, Section(questions(School, ("day_starts", "day_ends"))))
    form.field("day_starts").setText("early")
    leave(qtbot, form.field("day_starts"))
    assert said(form, "day_starts") == "Write a time like 8:05 or 14:30."


def test_the_wheel_never_changes_a_choice(qtbot, teacher):
    box = teacher.field("status")
    before = box.currentText()
    down = QPoint(0, -120)
    middle = QPointF(box.rect().center())
    QApplication.sendEvent(
        box,
        QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            down,
            down,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert box.currentText() == before


def test_several_are_ticked_and_kept_together(qtbot):
    asked = Question("schools", "Schools", "several", choices=(1, 2, 3), names=("Lincoln", "Harbor", "Hill"))
    form = shown(qtbot, Section([asked]), values={"schools": (2,)})
    boxes = {box.text(): box for box in form.findChildren(QCheckBox)}
    assert boxes["Harbor"].isChecked()
    qtbot.mouseClick(boxes["Hill"], Qt.MouseButton.LeftButton, pos=QPoint(8, boxes["Hill"].height() // 2))
    assert form.answers() == {"schools": (2, 3)}


def test_a_question_that_is_not_offered_is_neither_asked_nor_answered(teacher):
    teacher.offer("family_name", False)
    assert not teacher.field("family_name").isVisible()
    assert "family_name" not in teacher.answers()
    assert teacher.problems() == {}


def test_every_label_leads_to_its_field(qtbot):
    form = shown(qtbot, Section(questions(Colleague), pairs=True), values=blank(Colleague))
    for label in form.findChildren(QLabel):
        if label.buddy():
            assert label.text() == label.buddy().accessibleName()
    assert audit(form) == []


def test_two_forms_on_a_page_have_names_of_their_own(qtbot):
    goal = replace(questions(Colleague)[0], label="Principal")
    form = shown(qtbot, Section([goal]), values={"name": "x"})
    named = Form(Section([goal]), name="principal")
    qtbot.addWidget(named)
    assert form.field("name").objectName() == "name"
    assert named.findChild(QLineEdit, "principal_name").accessibleName() == "Principal"


def test_every_member_of_every_enumeration_has_a_word():
    kinds = {ColleagueRole, Part, Reminder}
    for name in coachdesk.model.__all__:
        for question in questions(getattr(coachdesk.model, name)):
            kinds |= {type(choice) for choice in question.choices if isinstance(choice, Enum)}
    for kind in kinds:
        words = [labels.label(member) for member in kind]
        assert all(words)
        assert len(set(words)) == len(words)


def test_every_phase_of_every_kind_of_cycle_has_a_word():
    for phases in PHASES.values():
        for phase in phases:
            assert labels.phase(phase) != phase


def test_the_words_on_screen_judge_nobody():
    spoken = [labels.label(member).lower() for kind in labels.WORDS for member in kind]
    for word in ("overdue", "slipping", "no-show", "score", "deficit", "compliance", "observ", "broken"):
        assert not any(word in text for text in spoken)
