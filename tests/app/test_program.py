"""The whole program but its process: the real window over a real vault; starting anew is handed in."""

import shutil
import tempfile
import threading
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from secret_service import key_store

from coachdesk.app import Program, keep_dressed, present
from coachdesk.errors import (
    DamagedVault,
    Invalid,
    MixedCopy,
    MovedOn,
    NotSaved,
    OpenElsewhere,
    WrongPassphrase,
)
from coachdesk.model import Teacher
from coachdesk.paths import folders
from coachdesk.services import departures, keys, opening, roster
from coachdesk.services import sample as samples
from coachdesk.services.sample.book import Shape
from coachdesk.store.parts import key_path, unborn
from coachdesk.store.vault import Vault
from coachdesk.ui import handover, theme
from coachdesk.ui.background import THREADS
from coachdesk.ui.first_steps import FirstSteps
from coachdesk.ui.gate.lost import Lost
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.refused import Refused
from coachdesk.ui.gate.sheet import SheetStep
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.widgets.waiting import Waiting
from coachdesk.ui.wishes import OpenSettings
from coachdesk.ui.workspace import Workspace

WORDS, NEW_WORDS = "five little words on paper", "nine loud geese on the ice"
SECONDS = 20_000
NOW = datetime(2026, 9, 21, 9)


class Restarts(list):
    """Stands in for becoming a new process: keeps what it was asked."""

    def __call__(self, start: Start, handed: Handover) -> None:
        self.append((start, handed))


@pytest.fixture
def restarts():
    return Restarts()


@pytest.fixture
def program(qapp, qtbot, place, restarts):
    """Makes programs; each is ended after the test."""
    theme.dress(qapp, "light")
    made = []

    def make(start: Start | None = None, handed: Handover | None = None) -> Program:
        program = Program(place, start or Start(place.data), handed or Handover(), restarts)
        made.append(program)
        program.begin()
        program.shell.activateWindow()
        qtbot.waitExposed(program.shell)
        return program

    yield make
    for program in made:
        program.shell.leave()
        program.end()
        program.shell.deleteLater()


@pytest.fixture(scope="session")
def coached_once(tmp_path_factory):
    """The profile that each test gets a copy of."""
    place = folders(tmp_path_factory.mktemp("coached") / "profile")
    desk = opening.create_desk(place, WORDS, cost=opening.QUICK)
    school = desk.do(roster.save_school, {"name": "Lincoln Middle School"})
    desk.do(roster.save_teacher, {"given_name": "Maya", "family_name": "Canary", "schools": (school.id,)})
    desk.close()
    return place.data


@pytest.fixture
def coached(place, coached_once):
    """A vault with one school and one teacher."""
    shutil.copytree(coached_once, place.data)
    return place


@pytest.fixture
def opened(program, coached, qtbot):
    made = program()
    unlock(made, qtbot)
    return made


def unlock(program: Program, qtbot, passphrase: str = WORDS) -> None:
    qtbot.keyClicks(program.shell.page.edit, passphrase + "\r")
    qtbot.waitUntil(lambda: isinstance(program.shell.page, Workspace), timeout=SECONDS)


def words_on(widget: QWidget) -> str:
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown)


def type_groups_back(page: SheetStep, qtbot) -> str:
    """As whoever has the sheet before them; what stands on it."""
    groups = page.view.groups()
    page.next_button.click()
    for field, at in zip(page.typing.fields, page.typing.asked, strict=True):
        qtbot.keyClicks(field, groups[at].lower())
    page.typing.go_button.click()
    return "-".join(groups)


def reopened(place):
    vault = Vault.open(place, WORDS)
    vault.close()
    return vault


# opening


def test_without_a_vault_the_first_run_begins_and_writes_nothing(program, place):
    made = program()
    assert isinstance(made.shell.page, NewVault)
    assert not present(place)


def test_the_first_run_makes_the_vault_and_leads_to_the_desk(program, place, tmp_path, qtbot):
    made = program()
    qtbot.keyClicks(made.shell.page.edit, WORDS)
    qtbot.keyClicks(made.shell.page.repeat, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, SheetStep), timeout=SECONDS)
    assert not present(place)
    made.shell.page.view.on_paper.emit(tmp_path / "sheet.txt", b"eight groups")
    type_groups_back(made.shell.page, qtbot)
    qtbot.waitUntil(lambda: isinstance(made.shell.page, FirstSteps), timeout=SECONDS)
    assert present(place)
    assert made.desk.keys.ways().has_sheet
    assert [one.name for one in made.desk.ask(departures.gone)] == ["sheet.txt"]
    steps = made.shell.page
    qtbot.keyClicks(steps.school.form.field("name"), "Lincoln Middle School")
    steps.school.next_button.click()
    steps.teachers.later_button.click()
    assert isinstance(made.shell.page, Workspace)
    assert made.desk.ask(roster.schools)[0].name == "Lincoln Middle School"


def test_a_first_run_broken_off_goes_on_after_unlocking(program, place, qtbot):
    opening.create_desk(place, WORDS, cost=opening.QUICK).close()
    made = program()
    qtbot.keyClicks(made.shell.page.edit, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, FirstSteps), timeout=SECONDS)


def test_the_right_passphrase_opens_the_desk(opened):
    assert [row.name for row in opened.desk.ask(roster.teachers, NOW)] == ["Maya Canary"]


def test_what_is_chosen_in_the_settings_applies_at_once_and_at_the_next_start(
    qapp, program, opened, place, qtbot
):
    keep_dressed(qapp, opened.profile.preferences)
    page = opened.shell.page
    page.open(OpenSettings())
    screen = page.current()
    qtbot.mouseClick(screen.general.theme.buttons["dark"], Qt.MouseButton.LeftButton)
    assert theme.token("window").name() == "#13171c"
    screen.tabs.setCurrentIndex(2)
    screen.privacy.minutes.setValue(12)
    assert opened.open.idle.minutes == 12
    opened.profile.preferences.change(theme="light")
    assert program().profile.preferences.now == opened.profile.preferences.now


def test_a_wrong_passphrase_is_said_and_nothing_of_the_vault_is(program, coached, qtbot):
    made = program()
    qtbot.keyClicks(made.shell.page.edit, "not these words\r")
    qtbot.waitUntil(lambda: made.shell.page.problem.text() != "", timeout=SECONDS)
    assert made.shell.page.problem.text() == WrongPassphrase.text
    assert "Lincoln" not in words_on(made.shell)


def test_what_is_built_while_a_wrong_passphrase_is_tried_serves_the_right_one(program, coached, qtbot):
    made = program()
    qtbot.waitUntil(lambda: made._lock.rehearsed is not None, timeout=SECONDS)
    qtbot.keyClicks(made.shell.page.edit, "six other words on that paper\r")
    qtbot.waitUntil(lambda: str(WrongPassphrase()) in words_on(made.shell.page), timeout=SECONDS)
    ahead = made._lock.workspace
    assert isinstance(ahead, Workspace)
    assert not ahead.isVisible()
    made.shell.page.edit.clear()
    unlock(made, qtbot)
    assert made.shell.page is ahead
    workspace = made.shell.page
    workspace.show_screen(workspace.screen_of(TeachersScreen))
    assert "Canary" in workspace.current().list.table.model().index(0, 0).data()


def test_a_vault_that_is_open_elsewhere_is_said_so(program, coached, qtbot):
    elsewhere = Vault.open(coached, WORDS)
    made = program()
    qtbot.keyClicks(made.shell.page.edit, WORDS + "\r")
    qtbot.waitUntil(lambda: made.shell.page.problem.text() != "", timeout=SECONDS)
    assert made.shell.page.problem.text() == OpenElsewhere.text
    elsewhere.close()


def test_half_a_vault_is_not_made_anew(program, coached, qtbot):
    coached.vault.rename(coached.data / "elsewhere")
    made = program()
    assert isinstance(made.shell.page, Unlock)
    qtbot.keyClicks(made.shell.page.edit, WORDS + "\r")
    qtbot.waitUntil(lambda: "is missing" in made.shell.page.problem.text(), timeout=SECONDS)


def test_a_vault_whose_making_was_cut_off_is_made_anew(program, place):
    place.data.mkdir(parents=True)
    key_path(place).write_bytes(b"written, and then the power went")
    unborn(place).write_bytes(b"complete, but without its name")
    assert isinstance(program().shell.page, NewVault)


# locking


def test_locking_blanks_the_window_closes_the_vault_and_starts_anew(opened, coached, restarts, qtbot):
    workspace = opened.shell.page
    began = perf_counter()
    qtbot.keyClick(workspace, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert perf_counter() - began < 1
    [(start, handed)] = restarts
    assert start == Start(coached.data, locked=True)
    assert handed.saved_at
    assert handed.sample == ""
    assert not workspace.isVisible()
    assert words_on(opened.shell).strip() == ""
    assert reopened(coached)


def test_what_was_being_typed_is_kept_by_locking(opened, coached, restarts, qtbot):
    workspace = opened.shell.page
    workspace.show_screen(workspace.screen_of(TeachersScreen))
    field = workspace.current().file.findChild(QLineEdit, "room")
    field.setFocus()
    qtbot.keyClicks(field, "Room 12")
    opened.exit.lock()
    desk = opening.open_desk(coached, WORDS)
    assert [row.room for row in desk.ask(roster.teachers, NOW)] == ["Room 12"]
    desk.close()


def held(program):
    """The page behind which the last words are held."""
    assert isinstance(program.shell.cover, Unlock)
    return program.shell.cover


@pytest.fixture
def full(opened, qtbot):
    """A program whose last words can be neither saved nor sealed, as `page.trouble` says; locked."""
    qtbot.waitUntil(lambda: opened.open.away is not None)
    opened.open.page = FullDisk()
    opened.exit.lock()
    return opened


def test_what_can_be_neither_saved_nor_sealed_is_held_behind_the_lock(full, coached, restarts):
    page = held(full)
    assert (restarts, full.open.idle, full.open.away) == ([], None, None)
    assert "what you typed last is not saved: the disk is full" in page.news.text()
    assert page.news.property("notice") == "danger"
    assert not full.page.isVisible()
    assert not page.lost_button.isVisible() and not page.backup_button.isVisible()
    assert QApplication.focusWidget() is page.edit
    with pytest.raises(OpenElsewhere):  # it is there still
        opening.open_desk(coached, WORDS)


def test_it_locks_as_ever_once_there_is_room(full, coached, restarts, qtbot):
    full.page.trouble = None
    full.exit._held._timer.timeout.emit()
    [(start, handed)] = restarts
    assert (start.locked, handed.lost_at) == (True, "")
    assert handed.saved_at
    assert reopened(coached)


def test_the_passphrase_leads_back_to_what_was_typed(full, restarts, qtbot):
    workspace = full.shell.page
    qtbot.keyClicks(held(full).edit, "not this one\r")
    qtbot.waitUntil(lambda: held(full).problem.text() != "", timeout=SECONDS)
    assert not workspace.isVisible()
    held(full).edit.clear()
    qtbot.keyClicks(held(full).edit, WORDS + "\r")
    qtbot.waitUntil(workspace.isVisible, timeout=SECONDS)
    assert full.shell.cover is None
    assert full.open.idle is not None and full.open.away is not None
    full.exit.lock()
    assert (held(full).edit.text(), restarts) == ("", [])


def test_it_is_not_locked_under_the_fingers_of_who_types_the_passphrase(full, restarts, qtbot):
    full.page.trouble = None
    qtbot.keyClicks(held(full).edit, "five")
    full.exit._held.try_again()
    assert restarts == []
    full.exit._held._typing.stop()  # half a passphrase was left there, and nobody came back
    full.exit._held.try_again()
    assert [start.locked for start, _handed in restarts] == [True]


def test_closing_the_window_quits_once_the_words_are_kept_whatever_stands_in_the_field(
    full, coached, restarts, qtbot
):
    page = held(full)
    qtbot.keyClicks(page.edit, "five")
    full.exit.leave()
    assert page.problem.text().startswith("Not closed: what you typed last is still not saved.")
    full.page.trouble = None
    full.shell.close()
    qtbot.waitUntil(lambda: not full.shell.isVisible(), timeout=SECONDS)
    assert (restarts, full.exit._held) == ([], None)
    assert reopened(coached)


class Session:
    """The desktop's end of the session, which may be asked to wait."""

    def __init__(self, interacts: bool = True) -> None:
        self.interacts, self.asked = interacts, []

    def allowsInteraction(self) -> bool:  # noqa: N802 - as Qt calls it
        return self.interacts

    def release(self) -> None:
        self.asked.append("release")

    def cancel(self) -> None:
        self.asked.append("cancel")


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_session_does_not_end_while_words_are_held_and_the_page_says_why(full, coached, restarts, qtbot):
    full.exit.end_session(asked := Session())
    assert asked.asked == ["release", "cancel"]
    assert held(full).problem.text().startswith("Not closed: what you typed last is still not saved.")
    full.exit.end_session(deaf := Session(interacts=False))
    full.page.trouble = None
    full.exit.end_session(late := Session())
    assert (deaf.asked, late.asked, restarts) == ([], [], [])
    qtbot.waitUntil(lambda: not full.shell.isVisible(), timeout=SECONDS)
    assert reopened(coached)


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_session_waits_for_what_cannot_be_saved_and_ends_else(opened):
    opened.exit.end_session(ends := Session())
    workspace, opened.open.page = opened.open.page, FullDisk()
    opened.exit.end_session(waits := Session())
    assert (ends.asked, waits.asked) == ([], ["release", "cancel"])
    assert words_on(opened.shell.toast)
    opened.open.page = workspace


def test_a_fault_of_ours_while_words_are_held_is_noted_once_and_it_is_tried_again(full, restarts, caplog):
    full.page.trouble = ValueError
    for _time in range(3):
        full.exit._held._timer.timeout.emit()
    assert [record.getMessage().split()[:2] for record in caplog.records if "uncaught" in record.msg] == [
        ["uncaught", "ValueError"]
    ]
    full.page.trouble = None
    full.exit._held._timer.timeout.emit()
    assert [start.locked for start, _handed in restarts] == [True]


def test_what_is_held_is_neither_shown_nor_lost_by_closing_the_window_or_by_the_idle_minutes(full, restarts):
    page = held(full)
    full.shell.closing.emit()
    full.exit.leave()
    full.exit.lock()
    full.exit.cover()
    full.shell.warn("Something went wrong.")
    assert held(full) is page
    assert page.isVisible() and not full.shell.toast.isVisible()
    assert restarts == []


def test_a_seal_found_broken_while_words_are_held_leaves_them_held(full, restarts):
    page = held(full)
    full.exit.broken(MixedCopy())
    assert held(full) is page
    full.page.trouble = None
    full.exit._held.try_again()
    assert [start.locked for start, _handed in restarts] == [True]


def test_what_is_found_of_the_vault_waits_beneath_the_page_of_backups(program, coached):
    made = program()
    made.shell.page.backup_button.click()
    made._lock._has_page(MixedCopy())
    made.exit._restoring.page.choose.back_button.click()
    assert isinstance(made.shell.page, Refused) and made.shell.page.isVisible()
    made.shell.page.restore_backup.emit()
    assert made.exit._restoring.page.isVisible()


def test_it_locks_even_if_keeping_what_was_typed_fails_in_a_way_nobody_thought_of(opened, coached, restarts):
    opened.open.page = FullDisk(ValueError)
    opened.exit.lock()
    [(start, handed)] = restarts
    assert start.locked
    assert handed.saved_at == ""
    assert handed.lost_at != ""
    assert reopened(coached)


def test_a_damaged_vault_is_closed_even_if_a_page_trips_over_it_while_it_keeps_what_was_typed(
    opened, restarts
):
    opened.open.page = FullDisk(DamagedVault)
    opened.exit.broken(DamagedVault())
    [(start, handed)] = restarts
    assert (start.locked, handed.broken) == (True, "DamagedVault")
    assert handed.lost_at and handed.locked_at  # so that the lock page says it, once the vault is mended


def test_nobody_at_the_desk_locks_it(opened, restarts):
    opened.open.idle.over.emit()
    assert restarts[0][0].locked


@pytest.mark.parametrize("visit_runs", [False, True])
def test_what_the_computer_says_locks_also_while_a_visit_runs(opened, restarts, qtbot, visit_runs):
    opened.open.idle.visit_runs = lambda: visit_runs
    qtbot.waitUntil(lambda: opened.open.away is not None)
    opened.open.away.signals.gone.emit("screen")
    assert restarts[0][0].locked
    assert opened.open.away is None


class ClosedWith:
    """Stands in for what keeps the computer from sleeping."""

    def __init__(self, call):
        self.close = call


def test_the_computer_may_sleep_once_the_vault_is_closed_and_not_before(opened, qtbot):
    qtbot.waitUntil(lambda: opened.open.away is not None)
    listening, held = opened.open.away, []
    opened.open.away = ClosedWith(lambda: held.append(opened.desk))
    opened.exit.lock()
    listening.close()
    assert held == [None]


def test_after_locking_the_times_are_said(program, coached):
    made = program(Start(coached.data, locked=True), Handover("10:42", "10:41:58"))
    said = "Locked at 10:42. All you typed was saved at 10:41:58."
    assert made.shell.page.news.text() == said


def test_after_locking_in_haste_what_comes_back_is_said(program, coached):
    made = program(Start(coached.data, locked=True), Handover("10:42"))
    assert "sealed, and comes back when you unlock" in made.shell.page.news.text()


def test_after_locking_with_something_lost_nothing_is_promised(program, coached):
    made = program(Start(coached.data, locked=True), Handover("10:42", lost_at="10:41:58"))
    assert "What you typed last could not be kept" in made.shell.page.news.text()
    assert made.shell.page.news.property("notice") == "danger"
    assert "comes back" not in made.shell.page.news.text()


def test_what_was_lost_is_said_also_where_the_vault_was_found_damaged_and_is_used_in_spite_of_that(
    program, coached, qtbot
):
    handed = Handover("10:42", lost_at="10:41:58", broken="MixedCopy")
    made = program(Start(coached.data, locked=True), handed)
    qtbot.waitUntil(lambda: isinstance(made.shell.page, Refused))
    made.shell.page.use_anyway.emit()
    said = made.shell.page.news
    assert "What you typed last could not be kept" in said.text() and "will be used" in said.text()
    assert said.property("notice") == "danger"


def test_each_sealed_draft_comes_back_for_itself_and_what_cannot_stays_sealed(program, coached, qtbot):
    desk = opening.open_desk(coached, WORDS)
    [maya] = desk.ask(roster.teachers, NOW)
    newer = desk.ask(roster.revision, Teacher, maya.id) + 1
    unfit = {"family_name": "two\nlines"}
    for key, values in enumerate((unfit, {"id": maya.id, "rev": newer, "room": "118"})):
        with pytest.raises((Invalid, MovedOn)):
            desk.do_later(key, roster.save_teacher, values).result()
    assert not desk.flush()
    desk.do(roster.save_teacher, {"id": maya.id, "grades": "7"})
    desk.close()
    made = program()
    unlock(made, qtbot)
    said = made.shell.toast.said.text()
    assert said.startswith("What could not be saved before is saved now. Something typed")
    assert "(1)" in said
    assert made.shell.toast.goes_in_ms() is None
    assert made.desk.ask(roster.teachers, NOW)[0].room == "118"
    assert len(made.desk.rescued()) == 1


# leaving


class FullDisk(QWidget):
    """A page with something typed that cannot be kept."""

    def __init__(self, trouble: type[Exception] | None = NotSaved) -> None:
        super().__init__()
        self.trouble = trouble

    def flush(self) -> bool:
        if self.trouble:
            raise self.trouble
        return True


def test_leaving_keeps_a_backup_and_closes_the_vault(opened, coached, qtbot):
    opened.shell.close()
    qtbot.waitUntil(lambda: not opened.shell.isVisible(), timeout=SECONDS)
    assert len(list(coached.backups.iterdir())) == 1
    assert reopened(coached)


def test_while_leaving_the_window_says_what_it_is_doing(opened, qtbot):
    opened.exit.leave()
    assert "Keeping a backup…" in words_on(opened.shell)
    qtbot.waitUntil(lambda: not opened.shell.isVisible(), timeout=SECONDS)


def test_what_cannot_be_kept_stays_on_the_screen(opened, qtbot):
    page = FullDisk()
    opened.open.page = page
    opened.shell.show_page(page)
    opened.shell.close()
    qtbot.waitUntil(lambda: opened.shell.toast.said.text() == NotSaved.text)
    assert page.isVisible()
    assert opened.desk is not None
    opened.open.page = None


def test_a_locked_window_closes_at_once(program, coached, qtbot):
    made = program()
    made.shell.close()
    qtbot.waitUntil(lambda: not made.shell.isVisible())


def test_leaving_while_the_vault_is_opening_lets_it_go(program, coached, qtbot):
    made = program()
    qtbot.keyClicks(made.shell.page.edit, WORDS + "\r")
    made.exit.leave()
    made.end()
    assert reopened(coached)


# the sample


def test_a_sample_that_cannot_be_made_is_said_where_it_was_asked_for(program, qtbot, temporary):
    made, planted = program(), threading.Event()
    for _ in range(THREADS):  # keep every thread busy until something lies in the sample's way
        made.background.run(planted.wait, lambda _answer: None)
    made.shell.page.sample_button.click()
    [folder] = temporary.iterdir()
    (folder / "coachdesk.vault").mkdir()
    planted.set()
    qtbot.waitUntil(lambda: made.shell.page.problem.text() != "", timeout=SECONDS)
    assert isinstance(made.shell.page, NewVault)
    assert made.shell.page.next_button.isEnabled()
    assert list(temporary.iterdir()) == []


def test_a_sample_that_is_being_made_can_be_stopped(program, qtbot, temporary):
    made = program()
    page = made.shell.page
    page.sample_button.click()
    waiting = made.shell.findChild(Waiting)
    qtbot.waitUntil(lambda: waiting.bar.value() > 0, timeout=SECONDS)
    assert waiting.cancel_button.hasFocus()
    qtbot.keyClick(waiting.cancel_button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.isVisible, timeout=SECONDS)
    assert made.shell.page is page
    assert page.next_button.isEnabled()
    assert not page.problem.isVisible()
    assert list(temporary.iterdir()) == []


def test_stopping_the_demo_ends_the_program(program, qtbot, temporary):
    made = program(Start(demo=True))
    waiting = made.shell.findChild(Waiting)
    qtbot.waitUntil(lambda: waiting.bar.value() > 0, timeout=SECONDS)
    qtbot.keyClick(made.shell, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not made.shell.isVisible(), timeout=SECONDS)
    assert list(temporary.iterdir()) == []


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where throw-away folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


def test_a_sample_is_open_marked_and_gone_when_the_program_ends(program, place, temporary, qtbot):
    made = program(Start(demo=True))
    qtbot.waitUntil(lambda: isinstance(made.shell.page, Workspace), timeout=6 * SECONDS)
    assert "Sample" in words_on(made.shell)
    assert len(made.desk.ask(roster.schools)) == 3
    [folder] = temporary.iterdir()
    assert not present(place)
    made.exit.leave()
    qtbot.waitUntil(lambda: not made.shell.isVisible(), timeout=SECONDS)
    made.end()
    assert not folder.exists()


@pytest.fixture
def small_sample(temporary):
    """A throw-away vault of three teachers, as `--demo` would have left it while locked."""
    folder = handover.new_sample_folder()
    samples.make(folders(folder), Shape(date(2026, 9, 21), teachers=3, years=1)).close()
    return folder


def test_a_sample_survives_the_lock_and_opens_with_its_passphrase(program, small_sample, restarts, qtbot):
    again = program(Start(locked=True), Handover("10:42", "10:41:58", str(small_sample)))
    assert "sample" in again.shell.page.status.text()
    unlock(again, qtbot, "sample")
    assert "Sample" in words_on(again.shell)
    again.exit.lock()
    [(start, handed)] = restarts
    assert (start.locked, handed.sample) == (True, str(small_sample))
    again.end()
    assert not small_sample.exists()


def test_from_the_sample_to_a_vault_of_ones_own(program, small_sample, restarts, qtbot):
    made = program(Start(locked=True), Handover(sample=str(small_sample)))
    unlock(made, qtbot, "sample")
    made.exit.start_own_vault()
    [(start, handed)] = restarts
    assert start == Start()
    assert handed.sample == ""
    assert not small_sample.exists()


def test_no_folder_but_a_sample_is_ever_deleted(tmp_path, temporary):
    mine = tmp_path / "coachdesk-sample-mine"
    mine.mkdir()
    handover.delete_sample(mine)
    assert mine.exists()


def test_what_is_handed_over_is_taken_out_of_the_environment():
    environment: dict[str, str] = {}
    Handover("10:42", "10:41:58", "folder", "place").leave_in(environment)
    assert handover.found(environment) == Handover("10:42", "10:41:58", "folder", "place")
    assert environment == {}


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "7"])
def test_a_handover_that_means_nothing_is_none(nonsense):
    assert handover.found({handover.VARIABLE: nonsense}) == Handover()


# the ways in


@pytest.fixture
def key_store_here(tmp_path_factory, monkeypatch):
    """A real key store, its keyring open."""
    with key_store(tmp_path_factory.mktemp("keys")) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


def left(made: Program, qtbot) -> None:
    made.exit.leave()
    qtbot.waitUntil(lambda: made.desk is None, timeout=SECONDS)


def test_back_from_the_sheet_shows_the_passphrase_again(program, place, qtbot):
    made = program()
    qtbot.keyClicks(made.shell.page.edit, WORDS)
    qtbot.keyClicks(made.shell.page.repeat, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, SheetStep), timeout=SECONDS)
    made.shell.page.back_button.click()
    assert isinstance(made.shell.page, NewVault)
    assert (made.shell.page.edit.text(), made.shell.page.repeat.text()) == (WORDS, WORDS)
    assert not present(place)


def test_six_words_are_suggested(program, qtbot):
    made = program()
    made.shell.page.phrase_button.click()
    qtbot.waitUntil(lambda: len(made.shell.page.edit.text().split()) == 6, timeout=SECONDS)
    assert made.shell.page.repeat.text() == ""


def test_a_lost_passphrase_is_replaced_by_the_sheet(program, coached, qtbot):
    made = program()
    unlock(made, qtbot)
    sheet = keys.new_sheet(date(2026, 8, 17))
    made.desk.keys.set_sheet(sheet)
    left(made, qtbot)
    again = program()
    again.shell.page.lost_button.click()
    page = again.shell.page
    assert isinstance(page, Lost)
    for field, words in (
        (page.key, " ".join(sheet.key.groups)),
        (page.new, NEW_WORDS),
        (page.again, NEW_WORDS),
    ):
        qtbot.keyClicks(field, words)
    page.open_button.click()
    qtbot.waitUntil(lambda: isinstance(again.shell.page, Workspace), timeout=SECONDS)
    left(again, qtbot)
    unlock(program(), qtbot, NEW_WORDS)


def test_what_is_the_matter_with_the_vault_has_its_page_for_a_lost_passphrase_too(program, coached, qtbot):
    made = program()
    unlock(made, qtbot)
    sheet = keys.new_sheet(date(2026, 8, 17))
    made.desk.keys.set_sheet(sheet)
    left(made, qtbot)
    again = program()
    again.shell.page.lost_button.click()
    coached.vault.write_bytes(b"")
    page = again.shell.page
    qtbot.keyClicks(page.key, " ".join(sheet.key.groups))
    for field in (page.new, page.again):
        qtbot.keyClicks(field, NEW_WORDS)
    page.open_button.click()
    qtbot.waitUntil(lambda: isinstance(again.shell.page, Refused), timeout=SECONDS)


def test_this_computer_opens_it_with_one_key_once_it_was_told_to(program, coached, key_store_here, qtbot):
    made = program()
    assert made.shell.page.quick_button.isHidden()
    unlock(made, qtbot)
    made.desk.keys.open_quickly(keys.store_of_this_computer())
    left(made, qtbot)
    again = program()
    qtbot.keyClick(again.shell.page.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(again.shell.page, Workspace), timeout=SECONDS)


def test_where_the_key_store_is_gone_a_sentence_asks_for_the_passphrase(
    program, coached, key_store_here, qtbot, monkeypatch
):
    made = program()
    unlock(made, qtbot)
    made.desk.keys.open_quickly(keys.store_of_this_computer())
    left(made, qtbot)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    again = program()
    page = again.shell.page
    page.quick_button.click()
    qtbot.waitUntil(lambda: "no key store" in page.problem.text(), timeout=SECONDS)
    assert page.quick_button.isHidden()
    unlock(again, qtbot)


def test_a_first_run_with_the_tick_has_this_computer_open_it(program, place, key_store_here, qtbot):
    made = program()
    page = made.shell.page
    qtbot.waitUntil(lambda: page.quick.isEnabled(), timeout=SECONDS)
    assert not page.quick.isChecked()
    page.quick.click()
    qtbot.keyClicks(page.edit, WORDS)
    qtbot.keyClicks(page.repeat, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, SheetStep), timeout=SECONDS)
    made.shell.page.decline_button.click()
    qtbot.keyClicks(made.shell.page.declining.fields[0], "if i forget my passphrase my notes are lost\r")
    qtbot.waitUntil(lambda: isinstance(made.shell.page, FirstSteps), timeout=SECONDS)
    qtbot.waitUntil(lambda: made.desk.keys.ways().opens_quickly, timeout=SECONDS)
    assert not made.desk.keys.ways().has_sheet


def test_a_passphrase_that_costs_little_to_guess_can_be_made_to_cost_more(program, coached, qtbot):
    made = program()
    unlock(made, qtbot)
    vault, toast = made.desk._vault, made.shell.toast
    before = vault.key.file
    vault._key = replace(vault.key, seconds=0.1)  # as on a computer that is not busy with other tests
    made._entry.keep(WORDS)
    made._entry.entered(made.desk)
    assert "harder to guess" in toast.said.text()
    toast.undo_button.click()
    qtbot.waitUntil(lambda: "stays the same" in toast.said.text(), timeout=SECONDS)
    assert vault.key.file != before
    left(made, qtbot)
    unlock(program(), qtbot)


def test_one_that_costs_enough_is_left_alone(program, coached, qtbot):
    made = program()
    unlock(made, qtbot)
    made.shell.toast.hide()
    made.desk._vault._key = replace(made.desk._vault.key, seconds=0.8)
    made._entry.keep(WORDS)
    made._entry.entered(made.desk)
    assert made.shell.toast.isHidden()
