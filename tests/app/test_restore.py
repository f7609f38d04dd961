"""A backup comes back in the real window: from Settings, from the gate, and on a new computer."""

import shutil
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from test_program import (  # noqa: F401 - fixtures
    SECONDS,
    WORDS,
    Restarts,
    coached,
    coached_once,
    opened,
    program,
    restarts,
    unlock,
    words_on,
)

from coachdesk.paths import folders
from coachdesk.services import backups, opening, roster
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.restoring.page import RestorePage
from coachdesk.ui.wishes import RestoreBackup

pytestmark = pytest.mark.filterwarnings("error")
ESC, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return


@pytest.fixture
def kept(coached):  # noqa: F811
    """A vault of which a backup was made before a second teacher came."""
    desk = opening.open_desk(coached, WORDS)
    backups.back_up(desk)
    desk.do(roster.save_teacher, {"given_name": "Ada", "family_name": "Rookhaven"})
    desk.close()
    return backups.kept(coached)[0].path


def page_of(made, qtbot) -> RestorePage:
    page = made.shell.findChildren(RestorePage)[-1]
    qtbot.waitUntil(page.choose.look_button.isEnabled, timeout=SECONDS)
    return page


def look_inside(page, qtbot, typed=""):
    if typed:
        qtbot.keyClicks(page.choose.key, typed)
    page.choose.look_button.click()
    qtbot.waitUntil(lambda: page.inside.isVisible() or page.choose.problem.isVisible(), timeout=SECONDS)


def teachers(place):
    desk = opening.open_desk(place, WORDS)
    try:
        return len(desk.ask(roster.teachers, desk.now()))
    finally:
        desk.close()


def news(restarts):  # noqa: F811
    [(start, handed)] = restarts
    assert start.locked
    return handed.news


def test_from_settings_last_week_comes_back_and_the_program_starts_locked(
    kept,
    opened,  # noqa: F811
    restarts,  # noqa: F811
    coached,  # noqa: F811
    qtbot,
):
    opened.shell.page.open(RestoreBackup())
    page = page_of(opened, qtbot)
    assert not page.choose.key.isVisible()
    look_inside(page, qtbot)
    assert "Would come back" in words_on(page)
    assert "It opens with the passphrase you use now." in words_on(page)
    page.inside.restore_button.click()
    qtbot.waitUntil(lambda: bool(restarts), timeout=SECONDS)
    assert "Restored: the backup of" in news(restarts)
    assert "is kept as a backup of today" in news(restarts)
    assert teachers(coached) == 1
    assert len(backups.kept(coached)) == 2


def test_looking_changes_nothing_and_esc_leads_back(kept, opened, restarts, qtbot):  # noqa: F811
    workspace = opened.shell.page
    workspace.open(RestoreBackup())
    page = page_of(opened, qtbot)
    look_inside(page, qtbot)
    page.inside.test_button.click()
    qtbot.waitUntil(page.inside.outcome.isVisible, timeout=SECONDS)
    assert "This backup is whole" in page.inside.outcome.text()
    qtbot.keyClick(opened.shell, ESC)
    qtbot.waitUntil(page.choose.isVisible)
    qtbot.keyClick(opened.shell, ESC)
    qtbot.waitUntil(workspace.isVisible)
    assert not restarts
    opened.shell.page.open(RestoreBackup())
    assert page_of(opened, qtbot) is not page


def test_the_desk_is_locked_from_there_too(kept, opened, restarts, qtbot):  # noqa: F811
    opened.shell.page.open(RestoreBackup())
    page_of(opened, qtbot)
    qtbot.keyClick(opened.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert [start.locked for start, _handed in restarts] == [True]


def test_from_the_gate_a_damaged_vault_is_set_aside(kept, program, restarts, coached, qtbot):  # noqa: F811
    coached.vault.write_bytes(coached.vault.read_bytes()[:9_000])
    made = program()
    made.exit.restore_backup()
    page = page_of(made, qtbot)
    look_inside(page, qtbot, "another passphrase")
    assert "passphrase of its day" in page.choose.problem.text()
    page.choose.key.clear()
    look_inside(page, qtbot, WORDS)
    assert "In the backup" in words_on(page)
    assert "Would come back" not in words_on(page)
    page.inside.restore_button.click()
    qtbot.waitUntil(lambda: bool(restarts), timeout=SECONDS)
    assert "set aside" in news(restarts)
    assert teachers(coached) == 1


def test_the_gate_offers_it_and_says_afterwards_what_was_restored(kept, program, coached, qtbot):  # noqa: F811
    made = program(Start(coached.data, locked=True), Handover(news="Restored: the backup of today."))
    assert isinstance(made.shell.page, Unlock)
    assert "Restored: the backup of today." in words_on(made.shell)
    made.shell.page.backup_button.click()
    page = page_of(made, qtbot)
    assert page.choose.key.isVisible()
    qtbot.keyClick(made.shell, ESC)
    qtbot.waitUntil(made.shell.page.isVisible)


def test_on_a_new_computer_one_file_is_enough(kept, program, restarts, coached, qtbot):  # noqa: F811
    stick = coached.data.parent / "stick" / kept.name
    stick.parent.mkdir()
    shutil.copy(kept, stick)
    shutil.rmtree(coached.data)
    made = program()
    assert isinstance(made.shell.page, NewVault)
    made.shell.page.backup_button.click()
    page = page_of(made, qtbot)
    assert "no backups in the usual folder" in words_on(page)
    page.choose.take_file(stick)
    assert page.findChild(QListWidget, "backup_list").currentItem().text() == f"The file {kept.name}"
    look_inside(page, qtbot, WORDS)
    page.inside.restore_button.click()
    qtbot.waitUntil(lambda: bool(restarts), timeout=SECONDS)
    assert teachers(coached) == 1


def test_a_backup_that_is_damaged_meanwhile_is_refused_on_its_page(kept, program, restarts, coached, qtbot):  # noqa: F811
    made = program()
    made.exit.restore_backup()
    page = page_of(made, qtbot)
    look_inside(page, qtbot, WORDS)
    content = bytearray(kept.read_bytes())
    content[9_000] ^= 1
    kept.write_bytes(content)
    page.inside.restore_button.click()
    qtbot.waitUntil(page.inside.outcome.isVisible, timeout=SECONDS)
    assert "changed or damaged" in page.inside.outcome.text()
    assert not restarts
    assert teachers(coached) == 2


def test_quitting_keeps_a_backup_in_the_second_folder_too(opened, coached, tmp_path, qtbot):  # noqa: F811
    stick = tmp_path / "stick"
    stick.mkdir()
    opened.profile.preferences.change(second_folder=str(stick))
    opened.exit.leave()
    qtbot.waitUntil(lambda: not opened.shell.isVisible(), timeout=SECONDS)
    assert [(one.here, one.in_second) for one in backups.kept(coached, stick)] == [(True, True)]
    assert folders(coached.data).vault.is_file()


@pytest.fixture
def others():
    """The threads that other tests left."""
    return set(threading.enumerate())


def at_work(others):
    return [one for one in set(threading.enumerate()) - others if one.name.startswith("background")]


@pytest.mark.usefixtures("kept")
def test_closing_the_window_while_a_backup_is_put_in_place_stops_that(
    others,
    opened,  # noqa: F811
    restarts,  # noqa: F811
    coached,  # noqa: F811
    qtbot,
):
    opened.shell.page.open(RestoreBackup())
    page = page_of(opened, qtbot)
    look_inside(page, qtbot)
    page.inside.restore_button.click()
    opened.shell.close()
    qtbot.waitUntil(lambda: not opened.shell.isVisible(), timeout=SECONDS)
    opened.end()
    assert not at_work(others)
    assert not restarts
    assert teachers(coached) == 2
    assert not [one for one in coached.data.rglob("*") if "restored" in one.name or "partial" in one.name]


def test_the_program_ends_with_nobody_at_work_on_a_backup(others, kept, program, qtbot):  # noqa: F811
    made = program()
    made.exit.restore_backup()
    page = page_of(made, qtbot)
    page.choose.key.setText(WORDS)
    page.choose.look_button.click()  # the passphrase takes a while
    made.shell.close()
    qtbot.waitUntil(lambda: not made.shell.isVisible(), timeout=SECONDS)
    made.end()
    assert not at_work(others)
