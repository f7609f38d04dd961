"""Bringing in a roster as a coach does: choose or paste, name the columns, decide, bring in."""

from pathlib import Path

import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from sqlmodel import select

from coachdesk.model import Teacher
from coachdesk.services import roster
from coachdesk.services.incoming import Brought, Kind
from coachdesk.services.upload import Meaning
from coachdesk.ui.bringing import words
from coachdesk.ui.bringing.choose import ask_for_file
from coachdesk.ui.bringing.flow import BringIn

FILES = Path(__file__).parents[1] / "imports" / "files"
CELLS = "Teacher\tRm\tKontakt\nRivera, Maya\t12\tm@x.example\nOkafor, Tobe\t14\tt@x.example\n"


@pytest.fixture
def maya(desk, lincoln):
    return desk.do(
        roster.save_teacher,
        {
            "given_name": "Maya",
            "family_name": "Rivera",
            "email": "m@x.example",
            "room": "9",
            "schools": [lincoln.id],
        },
    )


@pytest.fixture
def make(qtbot, desk):
    """Shows the flow; the file the coach will pick is handed in."""

    def made(pick="", leave="Later"):
        bring = BringIn(desk, leave, lambda _parent: str(pick))
        qtbot.addWidget(bring)
        bring.resize(1000, 700)
        bring.show()
        bring.done_with = []
        bring.done.connect(bring.done_with.append)
        return bring

    return made


@pytest.fixture
def reach(qtbot):
    def reached(bring, page):
        qtbot.waitUntil(lambda: bring.step is page)
        return page

    return reached


def names(desk):
    return {teacher.name for teacher in desk.ask(lambda s: list(s.exec(select(Teacher))))}


def shown(bring):
    return [line.name for line in bring.decide.table.rows.all()]


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    widget.setFocus()
    qtbot.keyClick(widget, key, modifier)


def test_a_file_of_a_known_format_goes_straight_to_the_preview(qtbot, make, reach, desk, district):
    bring = make(district)
    bring.choose.choose_button.click()
    decide = reach(bring, bring.decide)
    assert decide.parts.chips["new"].text() == "New 4"
    assert decide.parts.chips["left_out"].text() == "Left out 8"
    assert decide.bring_button.text() == "Bring in 3 teachers"
    assert "Lincoln Middle School" in decide.about.text()
    assert names(desk) == set()
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(teachers=3, colleagues=1, schools=2)]
    assert names(desk) == {"Maya Rivera", "Tobe Okafor", "Jonna Lindqvist"}
    assert bring.step is bring.choose


def test_schools_without_names_say_which_file_is_missing(make, reach, district):
    (district.parent / "Orgs.csv").unlink()
    bring = make()
    bring.open_file(district)
    assert "orgs.csv" in reach(bring, bring.decide).about.text()


def test_pasted_cells_are_asked_about_and_brought_in_by_keyboard_alone(qtbot, make, reach, desk, lincoln):
    bring = make()
    bring.choose.paste.setFocus()
    bring.choose.paste.insertPlainText(CELLS)
    press(qtbot, bring.choose.paste, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    columns = reach(bring, bring.columns)
    assert columns.choices[Meaning.FULL_NAME].currentText() == "Teacher"
    assert columns.choices[Meaning.EMAIL].currentText() == "Kontakt"
    assert [person.family_name for person in columns.sample.rows.all()] == ["Rivera", "Okafor"]
    press(qtbot, columns.next_button, Qt.Key.Key_Space)
    decide = reach(bring, bring.decide)
    press(qtbot, decide.bring_button, Qt.Key.Key_Space)
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(teachers=2)]
    assert names(desk) == {"Maya Rivera", "Tobe Okafor"}


def test_the_dialog_begins_among_the_documents_or_at_home(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    parent = QWidget()
    qtbot.addWidget(parent)
    seen = []

    def look():
        [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        seen.append(Path(dialog.directory().absolutePath()))
        dialog.reject()

    for _ in range(2):
        QTimer.singleShot(0, look)
        assert ask_for_file(parent) == ""
        (tmp_path / "Documents").mkdir(exist_ok=True)
    assert seen == [tmp_path, tmp_path / "Documents"]


def test_what_the_empty_box_shows_is_understood_as_it_stands(qtbot, make, reach, desk, lincoln):
    bring = make()
    bring.open_text(bring.choose.paste.placeholderText())
    reach(bring, bring.columns).next_button.click()
    reach(bring, bring.decide).bring_button.click()
    qtbot.waitUntil(bring.decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(teachers=2)]
    rows = desk.ask(lambda s: list(s.exec(select(Teacher))))
    assert {(row.name, row.subjects, row.grades, row.room) for row in rows} == {
        ("Maya Rivera", "Science", "7", "12"),
        ("Tobe Okafor", "Math", "8", "14"),
    }


def test_the_first_rows_follow_the_columns(make, reach, qtbot, desk):
    bring = make()
    bring.open_text(CELLS)
    columns = reach(bring, bring.columns)
    room, title = columns.choices[Meaning.ROOM], columns.choices[Meaning.TITLE]
    assert [person.room for person in columns.sample.rows.all()] == ["12", "14"]
    title.setCurrentIndex(title.findText("Rm"))
    title.activated.emit(title.currentIndex())
    assert [person.room for person in columns.sample.rows.all()] == ["", ""]
    assert room.currentText() == "not in this list"


def test_what_was_chosen_for_the_columns_stands_next_time_and_says_so(make, reach, qtbot, desk, lincoln):
    bring = make()
    bring.open_text(CELLS)
    columns = reach(bring, bring.columns)
    assert "a guess" in columns.guide.text()
    title = columns.choices[Meaning.TITLE]
    title.setCurrentIndex(title.findText("Rm"))
    title.activated.emit(title.currentIndex())
    columns.next_button.click()
    reach(bring, bring.decide).bring_button.click()
    qtbot.waitUntil(bring.decide.back_button.isEnabled, timeout=20_000)
    bring.open_text("Kontakt\tRm\tTeacher\nj@x.example\tPrincipal\tLee, Jo\n")
    reach(bring, bring.columns)
    assert columns.guide.text().startswith("As you chose last time.")
    assert [title.currentText(), columns.choices[Meaning.FULL_NAME].currentText()] == ["Rm", "Teacher"]
    assert columns.choices[Meaning.ROOM].currentText() == "not in this list"
    desk.undo()
    bring.open_text(CELLS)
    qtbot.waitUntil(lambda: "a guess" in columns.guide.text())


def test_without_names_there_is_no_way_on(make, reach, desk):
    bring = make()
    bring.open_text("Colour\tShape\nred\tround\n")
    columns = reach(bring, bring.columns)
    assert not columns.next_button.isEnabled()
    assert columns.problem.text() == "Say which column holds the names."
    name = columns.choices[Meaning.FULL_NAME]
    name.setCurrentIndex(1)
    name.activated.emit(1)
    assert columns.next_button.isEnabled()
    assert columns.problem.text() == ""


def test_a_malformed_file_is_said_inline_with_row_and_column(qtbot, make, desk, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text('Name,Room\nMaya Rivera,1\nTobe Okafor,"2\n')
    bring = make(path)
    bring.choose.choose_button.click()
    qtbot.waitUntil(lambda: bring.choose.problem.text() != "")
    assert "Row 3, column B" in bring.choose.problem.text()
    assert bring.step is bring.choose
    assert bring.choose.choose_button.isEnabled()
    assert names(desk) == set()


def test_a_missing_file_is_said_inline(qtbot, make, tmp_path):
    bring = make(tmp_path / "gone.csv")
    bring.choose.choose_button.click()
    qtbot.waitUntil(lambda: bring.choose.problem.text() != "")
    assert "no such file" in bring.choose.problem.text()


def test_what_cannot_be_read_as_the_columns_say_is_said_there(qtbot, make, reach):
    bring = make()
    bring.open_text("Name,Id\n" + "".join(f"Tobe Okafor-{n},{n}\n" for n in range(300)) + "Maya Rivera,7\n")
    columns = reach(bring, bring.columns)
    columns.next_button.click()
    qtbot.waitUntil(lambda: columns.problem.text() != "")
    assert "Row 302, column B" in columns.problem.text()
    assert columns.next_button.isEnabled()


def test_a_dropped_file_is_read(make, reach, district):
    bring = make()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(district))])
    bring.choose.dropEvent(
        QDropEvent(
            QPoint(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    reach(bring, bring.decide)
    assert len(shown(bring)) == 4


def test_changing_ones_mind_about_the_file_changes_nothing(make):
    bring = make("")
    bring.choose.choose_button.click()
    assert bring.step is bring.choose
    assert bring.choose.choose_button.isEnabled()


def test_the_way_out_is_named_and_taken(qtbot, make):
    bring = make()
    assert bring.choose.leave_button.text() == "Later"
    with qtbot.waitSignal(bring.skipped):
        bring.choose.leave_button.click()


def test_chips_narrow_the_list_to_a_kind(make, reach, desk, maya):
    bring = make()
    bring.open_text(
        "Name,Email,Room,School\nTobe Okafor,t@x.example,1,Lincoln MS\nMaya Rivera,,12,Lincoln MS\n"
    )
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    assert not decide.parts.chips["changed"].isVisible()
    decide.parts.chips["new"].click()
    assert shown(bring) == ["Tobe Okafor"]
    decide.parts.chips["in_doubt"].click()
    assert shown(bring) == ["Maya Rivera"]
    assert "Somebody called Maya Rivera is at this school already." in decide.one.differences.text()
    assert "Room: 9 → 12" in decide.one.differences.text()


def test_a_doubt_is_left_unless_it_is_decided(qtbot, make, reach, desk, maya):
    bring = make()
    bring.open_text("Name,Room\nMaya Rivera,12\n")
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    assert decide.bring_button.text() == "Done"
    assert decide.status.text() == "1 in doubt is left for now"
    press(qtbot, decide.table, Qt.Key.Key_Space)
    assert decide.bring_button.text() == "Make 1 change"
    assert decide.one.choice.currentText() == "Same person"
    press(qtbot, decide.table, Qt.Key.Key_Space)
    assert decide.bring_button.text() == "Bring in 1 teacher"
    press(qtbot, decide.table, Qt.Key.Key_Return)
    assert decide.one.choice.hasFocus()
    press(qtbot, decide.one.choice, Qt.Key.Key_Up)
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(changed=1)]
    assert desk.ask(roster.teacher, maya.id).record.room == "12"


def test_one_decision_may_hold_for_all_of_a_kind(make, reach, desk, lincoln, qtbot):
    bring = make()
    bring.open_text(CELLS)
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    decide.one.choice.setCurrentIndex(1)
    decide.one.choice.activated.emit(1)
    assert decide.bring_button.text() == "Bring in 1 teacher"
    assert decide.one.all_button.text() == "Same for all 2 shown"
    decide.one.all_button.click()
    assert decide.bring_button.text() == "Done"
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought()]
    assert names(desk) == set()


def test_whoever_is_gone_is_put_away_only_if_decided(make, reach, desk, maya, qtbot):
    bring = make()
    bring.open_text("Name,School\nTobe Okafor,Lincoln MS\n")
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    decide.parts.chips["gone"].click()
    [line] = decide.table.rows.all()
    assert (line.kind, words.decision(line, line.choices[0])) == (Kind.GONE, "Keep on the roster")
    decide.one.choice.setCurrentIndex(1)
    decide.one.choice.activated.emit(1)
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(teachers=1, archived=1)]


def test_what_was_left_out_is_counted_by_kind(make, reach, district):
    bring = make()
    bring.open_file(district)
    decide = reach(bring, bring.decide)
    decide.parts.chips["left_out"].click()
    said = [label.text() for label in decide.left_out.findChildren(QLabel)]
    assert {"Students", "Parents", "2"} <= set(said)
    assert not decide.one.isVisible()


def test_a_list_without_schools_asks_which_one_it_is_about(make, reach, desk, lincoln, qtbot):
    adams = desk.do(roster.save_school, {"name": "Adams"})
    bring = make()
    bring.open_text(CELLS)
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    assert decide.school.isVisible()
    assert "Choose the school" in decide.problem.text()
    assert shown(bring) == []
    assert not decide.bring_button.isEnabled()
    decide.school.setCurrentIndex(decide.school.findText("Adams"))
    decide.school.activated.emit(decide.school.currentIndex())
    assert {line.schools for line in decide.table.rows.all()} == {("Adams",)}
    assert decide.problem.text() == ""
    decide.school.setCurrentIndex(0)
    decide.school.activated.emit(0)
    assert "Choose the school" in decide.problem.text()
    assert decide.school.currentText() == "Adams"
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    [tobe] = [t for t in desk.ask(lambda s: list(s.exec(select(Teacher)))) if t.name == "Tobe Okafor"]
    assert desk.ask(roster.teacher, tobe.id).schools == (adams.id,)


def test_a_school_nobody_in_the_list_works_at_is_said_and_not_taken(make, reach, desk, district):
    desk.do(roster.save_school, {"name": "Roosevelt High"})
    bring = make()
    bring.open_file(district)
    decide = reach(bring, bring.decide)
    decide.school.setCurrentIndex(decide.school.findText("Roosevelt High"))
    decide.school.activated.emit(decide.school.currentIndex())
    assert "Nobody in the file works at that school" in decide.problem.text()
    assert decide.school.currentText() == "Every school it names"
    assert len(shown(bring)) == 4


def test_a_roster_changed_meanwhile_is_shown_anew_and_nothing_is_written(make, reach, desk, maya, qtbot):
    bring = make()
    bring.open_text("Name,Email,Room\nMaya Rivera,m@x.example,12\nTobe Okafor,t@x.example,3\n")
    reach(bring, bring.columns).next_button.click()
    decide = reach(bring, bring.decide)
    desk.do(roster.save_teacher, {"id": maya.id, "room": "10"})
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert "nothing was brought in" in decide.problem.text()
    assert bring.done_with == []
    assert names(desk) == {"Maya Rivera"}
    assert "Room: 10 → 12" in words.why(
        next(line for line in decide.table.rows.all() if line.name == "Maya Rivera")
    )
    decide.bring_button.click()
    qtbot.waitUntil(decide.back_button.isEnabled, timeout=20_000)
    assert bring.done_with == [Brought(teachers=1, changed=1)]


def test_back_leads_through_the_steps_that_were_asked(make, reach, district):
    bring = make()
    bring.open_text(CELLS)
    reach(bring, bring.columns).next_button.click()
    reach(bring, bring.decide).back_button.click()
    assert bring.step is bring.columns
    bring.columns.back_button.click()
    assert bring.step is bring.choose
    assert not bring.step_back()
    bring.open_file(district)
    reach(bring, bring.decide).back_button.click()
    assert bring.step is bring.choose


def test_every_step_can_be_met_by_assistive_tools(make, reach, district, lincoln, maya):
    bring = make()
    assert audit(bring) == []
    bring.open_text(CELLS)
    reach(bring, bring.columns)
    assert audit(bring) == []
    bring.columns.next_button.click()
    decide = reach(bring, bring.decide)
    assert audit(bring) == []
    assert tab_order(bring).index(decide.table) < tab_order(bring).index(decide.bring_button)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Brought(), "Nothing was changed."),
        (Brought(teachers=1), "Brought in: 1 teacher."),
        (
            Brought(12, 1, 2, 1, 2),
            "Brought in: 12 teachers, 1 colleague, 2 changed, 1 archived, 2 new schools.",
        ),
    ],
)
def test_what_was_brought_in_is_said(what, said):
    assert words.brought(what) == said


def test_every_kind_of_row_left_out_has_a_word(make, reach, qtbot):
    for key in (
        "student",
        "other_role",
        "no_name",
        "not_a_person",
        "other_school",
        "already_gone",
        "bad_email",
    ):
        assert words.dropped(key)[0].isupper()
