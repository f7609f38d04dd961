"""Settings, Backups: how it stands, one more now, the last tested, a second folder; and the clock behind."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coachdesk.services import backups, roster
from coachdesk.ui.backing_up import BackingUp
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.screens.settings import SettingsScreen
from coachdesk.ui.settings.backups import Backups

CLICK = Qt.MouseButton.LeftButton
SECONDS = 20_000


@pytest.fixture
def chosen(tmp_path):
    """What the dialog for a folder answers."""
    return [str(tmp_path / "stick")]


@pytest.fixture
def part(qtbot, dressed, screen_desk, place, chosen):
    made = Backups(screen_desk, Preferences(place.data / "settings"), ask=lambda _parent: chosen[0])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.last.text()))
    return made


def says(part, name):
    return part.findChild(QLabel, name).text()


def done(part, qtbot):
    qtbot.waitUntil(part.outcome.isVisible, timeout=SECONDS)
    qtbot.waitUntil(part.test_button.isEnabled, timeout=SECONDS)


def test_before_the_first_backup_the_section_says_when_one_is_made(part):
    assert says(part, "last_backup").startswith("None yet.")
    assert not part.test_button.isEnabled()


def test_back_up_now_makes_one_and_says_when_where_and_how_many(part, qtbot, place):
    qtbot.mouseClick(part.now_button, CLICK)
    assert part.stop_button.isVisible()
    assert not part.restore_button.isEnabled()
    done(part, qtbot)
    assert part.outcome.text() == "Backup made and verified."
    qtbot.waitUntil(lambda: says(part, "last_backup").startswith("Last: Today, "))
    assert f"It is the only one, in {place.backups}" in says(part, "last_backup")
    assert len(backups.kept(place)) == 1


def test_the_last_backup_is_tested_and_a_damaged_one_is_told(part, qtbot, place):
    part.back_up()
    done(part, qtbot)
    part.outcome.clear()
    qtbot.mouseClick(part.test_button, CLICK)
    done(part, qtbot)
    assert "every byte and every record" in part.outcome.text()
    path = backups.kept(place)[0].path
    content = bytearray(path.read_bytes())
    content[5_000] ^= 1
    path.write_bytes(content)
    part.outcome.clear()
    part.test()
    done(part, qtbot)
    assert "changed or damaged" in part.outcome.text()


def test_a_backup_that_finds_no_room_is_said(part, qtbot, place):
    place.backups.write_bytes(b"a file where the folder should be")
    part.back_up()
    qtbot.waitUntil(part.outcome.isVisible, timeout=SECONDS)
    assert "could not be written" in part.outcome.text()


def test_a_second_folder_gets_the_newest_and_a_stick_that_is_away_is_a_quiet_sentence(
    part, qtbot, chosen, tmp_path
):
    part.back_up()
    done(part, qtbot)
    (tmp_path / "stick").mkdir()
    qtbot.mouseClick(part.choose_button, CLICK)
    qtbot.waitUntil(lambda: part.folder_state.text() == "The last backup is there too.", timeout=SECONDS)
    assert len(list((tmp_path / "stick").iterdir())) == 1
    (tmp_path / "stick").rename(tmp_path / "in the drawer")
    part.refresh()
    qtbot.waitUntil(lambda: part.folder_state.text().startswith("It is not there just now."))
    qtbot.mouseClick(part.forget_button, CLICK)
    qtbot.waitUntil(lambda: says(part, "second_folder") == "None is chosen.")
    chosen[0] = ""
    qtbot.mouseClick(part.choose_button, CLICK)
    assert part.preferences.now.second_folder == ""


class SlowAtFirst:
    """A desk whose first answer waits for `go_on`."""

    def __init__(self, desk):
        self.desk, self.go_on, self.asked = desk, Event(), 0

    def __getattr__(self, name):
        self.asked += 1
        if self.asked == 1:
            self.go_on.wait(SECONDS / 1000)
        return getattr(self.desk, name)


def test_an_older_answer_that_comes_late_says_nothing(qtbot, screen_desk, place, tmp_path):
    screen_desk.back_up()
    desk, preferences = SlowAtFirst(screen_desk), Preferences(place.data / "settings")
    part = Backups(desk, preferences)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(lambda: desk.asked == 1)
    preferences.change(second_folder=str(tmp_path / "in the drawer"))
    part.refresh()
    qtbot.waitUntil(part.folder_state.isVisible, timeout=SECONDS)
    desk.go_on.set()
    qtbot.waitUntil(lambda: not part._background._jobs, timeout=SECONDS)
    told = []
    part._background.run(lambda: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert part.folder_state.isVisible()


def test_restore_is_asked_of_the_program(workspace, qtbot):
    screen = workspace.screen_of(SettingsScreen)
    with qtbot.waitSignal(workspace.restore_wanted):
        screen.backups.restore_wanted.emit()


def test_after_unlocking_and_every_half_hour_what_changed_is_backed_up(qtbot, screen_desk, place):
    clock = BackingUp(screen_desk, Preferences())
    assert clock.timer.interval() == 30 * 60_000
    assert clock.soon.isActive()

    def ring():
        with qtbot.waitSignal(clock.made, timeout=SECONDS):
            clock.timer.timeout.emit()
        return len(backups.kept(place))

    assert ring() == 1
    assert ring() == 1
    screen_desk.do(roster.save_school, {"name": "Lincoln"})
    assert ring() == 2
    clock.close()
    assert not clock.timer.isActive()


def test_a_backup_that_cannot_be_made_is_said_once_until_one_can(qtbot, screen_desk, place):
    clock, heard = BackingUp(screen_desk, Preferences()), []
    clock.failed.connect(heard.append)
    place.backups.write_bytes(b"a file where the folder should be")
    clock.back_up()
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=SECONDS)
    clock.back_up()
    qtbot.waitUntil(lambda: not clock._busy, timeout=SECONDS)
    assert len(heard) == 1
    place.backups.unlink()
    with qtbot.waitSignal(clock.made, timeout=SECONDS):
        clock.back_up()
    clock.close()
