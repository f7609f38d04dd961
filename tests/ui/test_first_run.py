from datetime import date, datetime
from time import perf_counter

import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from coachdesk.errors import VaultExists
from coachdesk.model.caseload import Wanted
from coachdesk.services import roster
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.first_steps import FirstSteps, likely_school_year
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.widgets.passphrase import score

TODAY = date(2026, 9, 21)
WORDS = "five little words on paper"


@pytest.fixture
def new_vault(qapp, qtbot):
    theme.dress(qapp, "light")
    background = Background()
    page = NewVault(background)
    qtbot.addWidget(page)
    page.resize(900, 760)
    page.show()
    page.settle()
    yield page
    background.close()


@pytest.fixture
def wanted(new_vault):
    passphrases = []
    new_vault.wanted.connect(passphrases.append)
    return passphrases


@pytest.fixture
def steps(qapp, qtbot, desk):
    theme.dress(qapp, "light")
    steps = FirstSteps(desk, TODAY)
    qtbot.addWidget(steps)
    steps.resize(1100, 800)
    steps.show()
    return steps


def shown(page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def type_into(qtbot, page, name: str, text: str) -> None:
    field = page.findChild(QLineEdit, name)
    field.clear()
    qtbot.keyClicks(field, text)


def fill_school(qtbot, steps, name: str = "Lincoln Middle School") -> None:
    type_into(qtbot, steps.school, "first_name", name)
    type_into(qtbot, steps.school, "first_short_code", "LMS")


# the vault


def test_the_passphrase_typed_twice_alike_is_wanted(new_vault, wanted, qtbot):
    qtbot.keyClicks(new_vault.edit, WORDS)
    qtbot.keyClicks(new_vault.repeat, WORDS + "\r")
    assert wanted == [WORDS]
    assert new_vault.status.text() == "One moment…"
    assert not new_vault.edit.isEnabled()


def test_two_that_differ_are_said_on_leaving_the_field_and_nothing_is_made(new_vault, wanted, qtbot):
    qtbot.keyClicks(new_vault.edit, WORDS)
    qtbot.keyClicks(new_vault.repeat, "five little words on papre")
    new_vault.edit.setFocus()
    new_vault.repeat.editingFinished.emit()
    assert new_vault.problem.text() == "The two passphrases differ. Type the same one twice."
    new_vault.next_button.click()
    assert wanted == []


def test_a_short_one_is_refused_with_what_to_do(new_vault, wanted, qtbot):
    qtbot.keyClicks(new_vault.edit, "short")
    qtbot.keyClicks(new_vault.repeat, "short\r")
    assert wanted == []
    assert new_vault.problem.text() == "Use at least 8 characters; five or more words are best."


def test_how_strong_it_is_is_said_in_words(new_vault, qtbot):
    assert new_vault.strength.says.text() == "5+ words. No rules, just length."
    qtbot.keyClicks(new_vault.edit, "password")
    qtbot.waitUntil(lambda: new_vault.strength.says.text().startswith("very easy to guess:"))
    new_vault.edit.clear()
    qtbot.keyClicks(new_vault.edit, WORDS)
    qtbot.waitUntil(lambda: new_vault.strength.says.text().startswith("very good:"))


def test_six_suggested_words_are_to_be_written_down_and_typed_again(new_vault, wanted, qtbot):
    new_vault.suggest("brisk ladle uncut thorn wafer dimly")
    assert new_vault.edit.displayText() == "brisk ladle uncut thorn wafer dimly"
    assert new_vault.repeat.text() == ""
    assert "Write the six words down" in new_vault.phrase_news.text()
    qtbot.waitUntil(lambda: new_vault.strength.says.text().startswith("very good:"))
    new_vault.next_button.click()
    assert wanted == []
    qtbot.keyClicks(new_vault.repeat, "brisk ladle uncut thorn wafer dimly\r")
    assert wanted == ["brisk ladle uncut thorn wafer dimly"]


def test_words_of_ones_own_put_the_suggestion_away(new_vault, qtbot):
    new_vault.suggest("brisk ladle uncut thorn wafer dimly")
    qtbot.keyClicks(new_vault.edit, "x")
    assert new_vault.phrase_news.isHidden()


@pytest.mark.parametrize(
    ("called", "says", "can"),
    [("KWallet", "seven days or until the computer is started again", True), ("", "no key store", False)],
)
def test_opening_quickly_is_offered_plainly_and_not_ticked(new_vault, called, says, can):
    assert not new_vault.quick.isChecked()
    new_vault.offer_quick(called)
    assert says in new_vault.quick_says.text()
    assert called in new_vault.quick_says.text()
    assert (new_vault.quick.isEnabled(), new_vault.quick.isChecked()) == (can, False)


def test_strength_follows_length_and_not_rules():
    assert score("") == 0
    assert score("P@ssw0rd1") < score(WORDS)


def test_a_page_pasted_as_a_passphrase_is_weighed_at_once():
    began = perf_counter()
    assert score("All work and no play makes Jack a dull boy. " * 5000) == 4
    assert perf_counter() - began < 1


def test_what_went_wrong_is_said_and_what_was_typed_stays(new_vault, wanted, qtbot):
    qtbot.keyClicks(new_vault.edit, WORDS)
    qtbot.keyClicks(new_vault.repeat, WORDS + "\r")
    new_vault.refuse(VaultExists())
    assert new_vault.problem.text() == VaultExists.text
    assert new_vault.edit.text() == new_vault.repeat.text() == WORDS
    assert new_vault.next_button.isEnabled()


def test_the_sample_is_offered_before_anything_is_made(new_vault, qtbot):
    with qtbot.waitSignal(new_vault.sample_wanted):
        qtbot.mouseClick(new_vault.sample_button, Qt.MouseButton.LeftButton)
    assert not new_vault.next_button.isEnabled()


def test_enter_goes_from_the_first_field_to_the_second(new_vault, qtbot):
    new_vault.activateWindow()
    new_vault.edit.setFocus()
    qtbot.keyClick(new_vault.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(new_vault.repeat.hasFocus)


# the school year and the school


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 9, 21), date(2026, 8, 17), date(2027, 6, 11)),
        (date(2027, 2, 1), date(2026, 8, 17), date(2027, 6, 11)),
        (date(2027, 6, 11), date(2026, 8, 17), date(2027, 6, 11)),
        (date(2027, 7, 1), date(2027, 8, 16), date(2028, 6, 9)),
    ],
)
def test_the_school_year_is_guessed_from_the_day(today, first, last):
    assert likely_school_year(today) == (first, last)


def test_year_school_and_principal_are_kept_as_the_step_is_left(steps, desk, qtbot):
    fill_school(qtbot, steps)
    type_into(qtbot, steps.school, "first_principal", "Dr. Ana Whitfield")
    steps.school.next_button.click()
    [school] = desk.ask(roster.schools)
    assert (school.name, school.short_code) == ("Lincoln Middle School", "LMS")
    assert desk.ask(roster.current_year, TODAY).first_day == date(2026, 8, 17)
    assert desk.ask(roster.principal, school.id).name == "Dr. Ana Whitfield"
    assert steps.currentWidget() is steps.teachers


def test_a_school_that_was_typed_is_kept_if_the_window_locks_here(steps, desk, qtbot):
    type_into(qtbot, steps.school, "first_name", "Lincoln Middle School")
    type_into(qtbot, steps.school, "first_principal", "Ms Harlow")
    assert steps.flush(10_000)
    steps.school.next_button.click()
    [school] = desk.ask(roster.schools)
    assert school.name == "Lincoln Middle School"
    assert desk.ask(roster.principal, school.id).name == "Ms Harlow"


def test_a_school_without_a_name_is_refused_under_its_field(steps, desk):
    steps.school.next_button.click()
    assert "School is needed." in shown(steps.school)
    assert desk.ask(roster.schools) == []


def test_a_year_that_ends_before_it_begins_is_refused_under_its_field(steps, desk, qtbot):
    fill_school(qtbot, steps)
    type_into(qtbot, steps.school, "first_last_day", "2026-06-01")
    steps.school.next_button.click()
    assert "The last day must come 4 weeks to a year after the first." in shown(steps.school)
    assert desk.ask(roster.schools) == []


def test_going_back_and_on_again_changes_the_school_and_makes_no_second_one(steps, desk, qtbot):
    fill_school(qtbot, steps)
    steps.school.next_button.click()
    steps.teachers.back_button.click()
    assert steps.school.form.field("name").text() == "Lincoln Middle School"
    fill_school(qtbot, steps, "Lincoln Intermediate")
    steps.school.next_button.click()
    assert [school.name for school in desk.ask(roster.schools)] == ["Lincoln Intermediate"]


def test_escape_goes_back_a_step(steps, qtbot):
    fill_school(qtbot, steps)
    steps.school.next_button.click()
    steps.teachers.bring_button.click()
    seen = []
    for _ in range(4):
        qtbot.keyClick(steps, Qt.Key.Key_Escape)
        seen.append(steps.currentWidget())
    assert seen == [steps.teachers, steps.school, steps.vault, steps.vault]


def test_going_back_to_the_vault_says_it_is_made_and_loses_nothing(steps, qtbot):
    fill_school(qtbot, steps)
    steps.school.back_button.click()
    assert "Your vault is made, and your passphrase opens it." in shown(steps.vault)
    steps.vault.next_button.click()
    assert steps.school.form.field("name").text() == "Lincoln Middle School"


def test_a_first_run_broken_off_goes_on_with_the_year_that_was_kept(desk, qapp, qtbot):
    desk.do(roster.save_school_year, {"first_day": date(2026, 8, 24), "last_day": date(2027, 6, 4)})
    again = FirstSteps(desk, TODAY)
    qtbot.addWidget(again)
    assert again.school.form.answers()["first_day"] == date(2026, 8, 24)


# the teachers


@pytest.fixture
def at_teachers(steps, qtbot):
    fill_school(qtbot, steps)
    steps.school.next_button.click()
    return steps.teachers


def names(desk) -> list[str]:
    return [row.name for row in desk.ask(roster.teachers, datetime(2026, 9, 21, 9), Wanted())]


def test_teachers_typed_by_hand_are_on_the_roster_at_the_school(steps, at_teachers, desk, qtbot):
    type_into(qtbot, at_teachers, "given_name_1", "Maya")
    type_into(qtbot, at_teachers, "family_name_1", "Rivera")
    type_into(qtbot, at_teachers, "subjects_1", "Science")
    type_into(qtbot, at_teachers, "room_1", "12")
    type_into(qtbot, at_teachers, "family_name_2", "Okafor")
    assert at_teachers.add_button.text() == "Add 2 teachers"
    with qtbot.waitSignal(steps.done):
        at_teachers.add_button.click()
    [school] = desk.ask(roster.schools)
    assert desk.ask(roster.school, school.id).teachers == 2
    assert len(names(desk)) == 2


def test_a_line_without_any_name_is_said_and_nothing_is_added(at_teachers, desk, qtbot):
    type_into(qtbot, at_teachers, "family_name_1", "Rivera")
    type_into(qtbot, at_teachers, "subjects_3", "Science")
    at_teachers.add_button.click()
    assert at_teachers.problem.text() == "Line 3 needs a name."
    assert names(desk) == []


def test_what_is_typed_is_kept_if_the_window_locks_here(steps, at_teachers, desk, qtbot):
    type_into(qtbot, at_teachers, "given_name_1", "Maya")
    assert steps.flush(10_000)
    assert names(desk) == ["Maya"]
    type_into(qtbot, at_teachers, "family_name_1", "Rivera")
    assert steps.flush(10_000)
    assert names(desk) == ["Maya Rivera"]


def test_there_is_always_one_more_line(at_teachers, qtbot):
    for number in range(1, 7):
        type_into(qtbot, at_teachers, f"family_name_{number}", "Rivera")
    qtbot.waitUntil(at_teachers.findChild(QLineEdit, "family_name_7").isVisible)


def test_enter_goes_down_the_lines_and_in_an_empty_one_ends(steps, at_teachers, qtbot):
    steps.activateWindow()
    field = at_teachers.findChild(QLineEdit, "family_name_1")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Rivera\r")
    following = at_teachers.findChild(QLineEdit, "given_name_2")
    qtbot.waitUntil(following.hasFocus)
    with qtbot.waitSignal(steps.done):
        qtbot.keyClick(following, Qt.Key.Key_Return)


def test_it_can_be_done_later(steps, at_teachers, desk, qtbot):
    with qtbot.waitSignal(steps.done):
        at_teachers.later_button.click()
    assert names(desk) == []


def test_the_import_is_one_button_away_and_leads_back(steps, at_teachers, qtbot):
    at_teachers.bring_button.click()
    assert steps.bringing.choose.isVisible()
    steps.bringing.choose.leave_button.click()
    assert steps.currentWidget() is at_teachers


def test_a_list_that_is_brought_in_ends_the_first_run(steps, at_teachers, desk, qtbot, tmp_path):
    roster_file = tmp_path / "list.csv"
    roster_file.write_text("First name,Last name,Email\nMaya,Rivera,maya@school.example\n", encoding="utf-8")
    at_teachers.bring_button.click()
    steps.bringing.open_file(roster_file)
    qtbot.waitUntil(lambda: steps.bringing.step is not steps.bringing.choose)
    if steps.bringing.step is steps.bringing.columns:
        steps.bringing.columns.next_button.click()
        qtbot.waitUntil(lambda: steps.bringing.step is steps.bringing.decide)
    with qtbot.waitSignal(steps.done):
        steps.bringing.decide.bring_button.click()
    assert len(names(desk)) == 1


def test_every_control_of_every_step_has_its_name(steps, new_vault, qtbot):
    assert audit(new_vault) == []
    for page in (steps.vault, steps.school, steps.teachers):
        steps.setCurrentWidget(page)
        assert audit(page) == []


def test_tab_goes_from_the_passphrase_straight_to_its_repetition(new_vault):
    assert [widget.accessibleName() for widget in tab_order(new_vault)] == [
        "Passphrase",
        "Repeat passphrase",
        "Show passphrase",
        "Suggest six words",
        "Show repeat passphrase",
        "Explore with sample data first",
        "Next",
        "I have a backup",
        "From an archive…",
    ]


def test_a_click_and_a_letter_with_alt_come_back_from_the_eyes(new_vault, qtbot):
    new_vault.activateWindow()
    qtbot.waitUntil(new_vault.isActiveWindow)
    for edit, letter in ((new_vault.edit, Qt.Key.Key_P), (new_vault.repeat, Qt.Key.Key_R)):
        edit.eye.setFocus()
        qtbot.keyClicks(edit.eye, "words")
        assert edit.text() == ""
        qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
        assert edit.hasFocus()
        edit.eye.setFocus()
        qtbot.keyClick(edit.eye, letter, Qt.KeyboardModifier.AltModifier)
        assert edit.hasFocus()
        qtbot.keyClicks(QApplication.focusWidget(), "four")
        assert edit.text() == "four"
        edit.clear()
