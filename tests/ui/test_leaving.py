"""Everything leaves, a file goes, the vault goes: by the buttons, with what is said before and after."""

from datetime import date

import coached_school
import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from coachdesk.export import sealing
from coachdesk.model import Teacher
from coachdesk.services import archive, backups, departures, hold, roster
from coachdesk.ui.screens.settings import SettingsScreen
from coachdesk.ui.screens.teacher import DETAILS, TeacherScreen
from coachdesk.ui.wishes import OpenSettings, ShowTeacher

FIRST_PAGE = SettingsScreen
CLICK = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 23)


@pytest.fixture
def page(clock, workspace) -> SettingsScreen:
    clock.set(TODAY)
    workspace.open(OpenSettings())
    return workspace.screen_of(SettingsScreen)


def show(page, words):
    titles = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index(words))


def press(qtbot, inside, name):
    shown = [one for one in inside.findChildren(QAbstractButton, name) if one.isVisible()]
    qtbot.mouseClick(shown[0], CLICK)


@pytest.fixture
def card(page, tmp_path):
    """Where everything is saved to is asked by a test."""
    show(page, "Your data")
    card = page.your_data.archive
    card.places = []

    def ask(_parent, name):
        card.places.append(tmp_path / "out" / name)
        return str(card.places[-1])

    card.ask_with(ask)
    return card


def test_a_plain_archive_is_written_only_after_its_warning_was_read(qtbot, page, card, screen_desk, tmp_path):
    card.plain.setChecked(True)
    press(qtbot, page, "save_archive")
    assert str(tmp_path / "out") in card.warning.text()
    assert "readable for anybody" in card.warning.text()
    assert card.not_now.hasFocus()
    press(qtbot, page, "not_plain")
    assert not (tmp_path / "out").exists()
    press(qtbot, page, "save_archive")
    press(qtbot, page, "write_plain")
    qtbot.waitUntil(lambda: not card.is_busy)
    [path] = (tmp_path / "out").iterdir()
    assert path.name == "coachdesk-archive-2026-11-23.zip"
    assert str(path) in card.outcome.text()
    assert [one.name for one in screen_desk.ask(departures.gone)] == [path.name]


def test_the_keyboard_stays_in_the_card_that_works(qtbot, qapp, page, card, tmp_path):
    card.plain.setChecked(True)
    press(qtbot, page, "save_archive")
    press(qtbot, page, "write_plain")
    assert card.isAncestorOf(qapp.focusWidget())
    qtbot.waitUntil(lambda: not card.is_busy)
    assert card.isAncestorOf(qapp.focusWidget())


def test_a_short_or_mistyped_passphrase_is_said_and_nobody_is_asked_where(qtbot, page, card):
    press(qtbot, page, "save_archive")
    assert "at least 8 characters" in card.passphrases.problem.text()
    card.passphrases.new.insert("seven herons over water")
    card.passphrases.again.insert("seven herons over sand")
    press(qtbot, page, "save_archive")
    assert "differ" in card.passphrases.problem.text()
    assert card.places == []


def test_an_encrypted_archive_is_what_is_written_by_default(qtbot, page, card, tmp_path):
    for field in (card.passphrases.new, card.passphrases.again):
        field.insert("seven herons over water")
    press(qtbot, page, "save_archive")
    qtbot.waitUntil(lambda: not card.is_busy, timeout=60_000)
    [path] = (tmp_path / "out").iterdir()
    assert sealing.is_sealed(path.read_bytes())
    assert card.passphrases.new.text() == card.passphrases.again.text() == ""
    assert archive.opened(path, "seven herons over water").manifest.rows >= 0


def test_the_vault_goes_only_after_a_word_was_typed(qtbot, page, workspace):
    show(page, "Your data")
    card, wanted = page.your_data.delete, []
    workspace.end_wanted.connect(wanted.append)
    press(qtbot, page, "look_before_deleting")
    qtbot.waitUntil(lambda: card.question.isVisible())
    assert str(page.desk.place.data) in card.what.text()
    assert not card.delete_button.isEnabled()
    qtbot.keyClicks(card.typed, "delet")
    assert not card.delete_button.isEnabled()
    press(qtbot, page, "keep_vault")
    press(qtbot, page, "look_before_deleting")
    qtbot.waitUntil(lambda: card.question.isVisible())
    qtbot.keyClicks(card.typed, "Delete")
    press(qtbot, page, "delete_for_good")
    assert wanted == [False]


def test_while_hold_is_on_the_vault_stays(qtbot, page, screen_desk):
    screen_desk.do(hold.switch, True)
    show(page, "Your data")
    card = page.your_data.delete
    card.look()
    qtbot.waitUntil(lambda: bool(card.outcome.text()))
    assert "Hold is on" in card.outcome.text()
    assert not card.question.isVisible()


@pytest.fixture
def who(screen_desk):
    screen_desk.do(coached_school.year)
    made = screen_desk.do(coached_school.school, teachers=2)
    return made.teachers[0]


def test_a_day_that_has_come_is_listed_and_leads_to_the_teacher(qtbot, screen_desk, who, page, workspace):
    screen_desk.do(roster.save_teacher, {"id": who, "keep_until": date(2026, 11, 20)})
    show(page, "Your data")
    lines = page.your_data.retention.lines
    assert "was to be kept until" in lines.lines[0]._told.detail
    press(qtbot, lines, "open_due")
    assert isinstance(workspace.current(), TeacherScreen)


def test_a_teachers_file_goes_for_good_from_their_page(qtbot, screen_desk, who, workspace):
    workspace.open(ShowTeacher(who))
    screen = workspace.screen_of(TeacherScreen)
    screen.tabs.setCurrentIndex(DETAILS)
    assert not screen.forget.isVisible()
    screen_desk.do(roster.archive_teacher, who)
    qtbot.waitUntil(lambda: screen.forget.isVisible())
    press(qtbot, screen, "look_before_forgetting")
    assert "Zofia Abernethy" in screen.forget.goes.text()
    press(qtbot, screen, "keep_file")
    press(qtbot, screen, "look_before_forgetting")
    press(qtbot, screen, "forget_for_good")
    qtbot.waitUntil(lambda: screen.forget.old.isVisible())
    assert screen_desk.ask(lambda s: s.get(Teacher, who)) is None
    assert "1 here" in screen.forget.old_words.text()
    press(qtbot, screen, "drop_older_backups")
    qtbot.waitUntil(lambda: not screen.forget.is_busy)
    assert len(list(screen_desk.backups.folder.glob("*.vault-backup"))) == 1


def test_what_left_is_told_with_day_and_place(qtbot, page, screen_desk, tmp_path):
    show(page, "What leaves")
    part = page.what_leaves
    assert "no network connection" in part.promise.text()
    assert not part.history.isVisible()
    path = tmp_path / "a.zip"
    screen_desk.do(departures.write_down, "plain_archive", path, b"x")
    part.refresh()
    told = part.history.lines[0]._told
    assert (told.title, str(tmp_path) in told.detail) == ("Archive, not encrypted", True)
    qtbot.waitUntil(lambda: "second folder" in part.backups.text())


def test_the_backups_that_lie_in_the_second_folder_are_listed(qtbot, page, screen_desk, tmp_path):
    second = tmp_path / "stick"
    second.mkdir()
    backups.back_up(screen_desk, second)
    backups.back_up(screen_desk)
    page.backups.preferences.change(second_folder=str(second))
    show(page, "What leaves")
    listed = page.what_leaves.in_second
    qtbot.waitUntil(listed.isVisible)
    [line] = listed.lines
    assert backups.kept(screen_desk.place, second)[1].path.name in line.detail.text()
    assert str(second) in page.what_leaves.backups.text()


@pytest.mark.parametrize("words", ["Your data", "What leaves"])
def test_the_pages_can_be_used_without_sight(qtbot, page, words):
    show(page, words)
    assert audit(page) == []
