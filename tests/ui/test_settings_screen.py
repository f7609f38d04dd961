"""Settings: each choice applies at once, by mouse and by keys; another passphrase in its own time."""

from datetime import date

import pytest
from accessibility import audit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from coachdesk import settings
from coachdesk.app import keep_dressed
from coachdesk.errors import WrongPassphrase
from coachdesk.services import roster, schedule, usual
from coachdesk.store.vault import Vault
from coachdesk.ui import theme
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.screens.settings import SettingsScreen

FIRST_PAGE = SettingsScreen
CLICK, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
OLD, NEW = "five quiet herons over water", "nine loud geese on the ice"
GENERAL, CALENDAR, PRIVACY, NOTES, BACKUPS, DATA, LEAVES, KEYS, ABOUT = range(9)
TODAY = date(2026, 11, 23)


@pytest.fixture
def page(clock, workspace, qtbot) -> SettingsScreen:
    """The page as Ctrl+, brings it up."""
    clock.set(TODAY)
    qtbot.keyClick(workspace, Qt.Key.Key_Comma, CTRL)
    return workspace.current()


@pytest.fixture
def juniper(three_at_juniper):
    return three_at_juniper


def part(page, name, kind=QWidget):
    """The part of that name which is seen."""
    return next(one for one in page.findChildren(kind, name) if one.isVisible())


def show_keys(page):
    titles = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index("Passphrase"))


def press(qtbot, page, name):
    qtbot.mouseClick(part(page, name, QAbstractButton), CLICK)


def retype(qtbot, field, words):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def test_settings_come_up_by_their_key_and_last_in_the_sidebar(workspace, page):
    assert isinstance(page, SettingsScreen)
    entries = workspace.sidebar.entries
    assert entries.currentRow() == entries.count() - 1
    assert page.tabs.hasFocus()


def test_the_arrows_go_through_the_groups(qtbot, page):
    qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    assert part(page, "school_year_first_day").isVisible()
    qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    assert part(page, "idle_minutes").isVisible()


def test_the_names_of_all_groups_fit_in_a_row_of_the_smallest_window(qtbot, qapp, workspace, page):
    keep_dressed(qapp, workspace.preferences)
    press(qtbot, page, "theme_light")
    beside_the_sidebar = 704
    assert page.tabs.sizeHint().width() <= beside_the_sidebar


def test_the_theme_flips_at_once_by_mouse_and_by_keys(qtbot, qapp, workspace, page):
    keep_dressed(qapp, workspace.preferences)
    press(qtbot, page, "theme_dark")
    assert workspace.preferences.now.theme == "dark"
    assert theme.token("window").name().upper() == "#13171C"
    qtbot.keyClick(part(page, "theme_dark"), Qt.Key.Key_Up)
    assert workspace.preferences.now.theme == "light"
    assert theme.token("window").name().upper() == "#F5F6F8"


def test_density_makes_the_buttons_larger_at_once(qtbot, qapp, workspace, page):
    keep_dressed(qapp, workspace.preferences)
    before = workspace.sidebar.lock.sizeHint().height()
    press(qtbot, page, "density_touch")
    assert workspace.sidebar.lock.sizeHint().height() > before
    press(qtbot, page, "density_comfortable")
    assert workspace.sidebar.lock.sizeHint().height() == before


def test_it_is_said_that_a_visits_cover_protects_less_than_the_lock(page):
    page.tabs.setCurrentIndex(PRIVACY)
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "a cover comes after two minutes and the lock after thirty" in said
    assert "the cover is the weaker protection" in said


def test_the_minutes_before_the_lock_have_bounds(qtbot, workspace, page):
    page.tabs.setCurrentIndex(PRIVACY)
    minutes = part(page, "idle_minutes")
    qtbot.keyClick(minutes, Qt.Key.Key_Up)
    assert workspace.preferences.now.idle_minutes == 6
    minutes.setValue(1000)
    assert workspace.preferences.now.idle_minutes == 60


def test_preferences_are_kept_for_the_next_start(tmp_path):
    preferences = Preferences(tmp_path)
    told = []
    preferences.changed.connect(told.append)
    preferences.change(idle_minutes=12)
    preferences.change(idle_minutes=12)
    assert [one.idle_minutes for one in told] == [12]
    assert settings.load(tmp_path).idle_minutes == 12
    assert Preferences(tmp_path).now.idle_minutes == 12


def test_a_sample_keeps_its_own_preferences(tmp_path):
    own, sample = tmp_path / "own", tmp_path / "sample"
    preferences = Preferences(own)
    preferences.change(theme="dark")
    preferences.keep_in(sample)
    assert preferences.now.theme == "dark"
    preferences.change(theme="light")
    assert settings.load(own).theme == "dark"
    again = Preferences(own)
    again.keep_in(sample)
    assert again.now.theme == "light"


def test_a_choice_that_the_disk_will_not_keep_applies_and_says_so(qtbot, workspace, page, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    workspace.preferences._folder = tmp_path / "taken"
    press(qtbot, page, "theme_dark")
    assert workspace.preferences.now.theme == "dark"
    assert "applies until you quit" in workspace.toast.findChild(QLabel).text()


def test_the_school_year_and_the_hours_are_written_where_they_stand(qtbot, screen_desk, juniper, page):
    page.tabs.setCurrentIndex(CALENDAR)
    retype(qtbot, part(page, "school_year_last_day"), "18/6/2027")
    retype(qtbot, part(page, "school_hours_day_starts"), "7:45")
    page.flush()
    qtbot.waitUntil(lambda: screen_desk.ask(roster.schools)[0].day_starts.hour == 7)
    assert screen_desk.ask(roster.current_year, TODAY).last_day == date(2027, 6, 18)


def test_hours_are_of_the_school_that_is_chosen(qtbot, screen_desk, juniper, page):
    screen_desk.do(roster.save_school, {"name": "Zebra Creek"})
    page.tabs.setCurrentIndex(CALENDAR)
    qtbot.keyClick(part(page, "hours_of_school"), Qt.Key.Key_Down)
    retype(qtbot, part(page, "school_hours_day_ends"), "14:10")
    page.flush()
    qtbot.waitUntil(lambda: screen_desk.ask(roster.schools)[1].day_ends.hour == 14)
    assert screen_desk.ask(roster.schools)[0].day_ends.hour == 15


def test_hours_that_end_before_they_start_are_said_under_their_field(qtbot, juniper, page):
    page.tabs.setCurrentIndex(CALENDAR)
    retype(qtbot, part(page, "school_hours_day_ends"), "7:00")
    page.flush()
    said = page.findChild(QLabel, "school_hours_day_ends_problem")
    qtbot.waitUntil(said.isVisible)
    assert said.text() == "The school day must end after it starts."


def closed(desk):
    return [(one.name, one.first_day, one.last_day) for one in desk.ask(schedule.no_school)]


def test_a_single_day_without_school_is_added(qtbot, screen_desk, juniper, page):
    page.tabs.setCurrentIndex(CALENDAR)
    press(qtbot, page, "add_no_school")
    qtbot.keyClicks(part(page, "no_school_name"), "Presidents' Day")
    qtbot.keyClicks(part(page, "no_school_first_day"), "15/2/2027")
    press(qtbot, page, "no_school_done")
    monday = date(2027, 2, 15)
    qtbot.waitUntil(lambda: closed(screen_desk) == [("Presidents' Day", monday, monday)])
    qtbot.waitUntil(lambda: len(page.findChildren(QAbstractButton, "change_no_school")) == 1)
    assert not page.year.closed.written.isVisible()


def test_days_are_changed_and_removed_and_undo_brings_them_back(qtbot, screen_desk, workspace, juniper, page):
    first, last = date(2026, 12, 21), date(2027, 1, 1)
    screen_desk.do(schedule.save_no_school, {"name": "Winter break", "first_day": first, "last_day": last})
    page.tabs.setCurrentIndex(CALENDAR)
    press(qtbot, page, "change_no_school")
    retype(qtbot, part(page, "no_school_last_day"), "4/1/2027")
    qtbot.keyClick(part(page, "no_school_last_day"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: closed(screen_desk) == [("Winter break", first, date(2027, 1, 4))])
    assert workspace.current() is page
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in page.findChildren(QAbstractButton, "remove_no_school"))
    )
    press(qtbot, page, "remove_no_school")
    assert closed(screen_desk) == []
    qtbot.mouseClick(workspace.toast.undo_button, CLICK)
    qtbot.waitUntil(lambda: len(closed(screen_desk)) == 1)


def test_days_that_end_before_they_begin_are_said_under_their_field(qtbot, screen_desk, juniper, page):
    page.tabs.setCurrentIndex(CALENDAR)
    press(qtbot, page, "add_no_school")
    qtbot.keyClicks(part(page, "no_school_name"), "Testing")
    qtbot.keyClicks(part(page, "no_school_first_day"), "15/2/2027")
    qtbot.keyClicks(part(page, "no_school_last_day"), "12/2/2027")
    page.flush()
    said = page.findChild(QLabel, "no_school_last_day_problem")
    qtbot.waitUntil(said.isVisible)
    assert "on or after the first" in said.text()
    assert closed(screen_desk) == []


def test_without_a_school_the_calendar_says_where_one_is_written_down(screen_desk, page):
    page.tabs.setCurrentIndex(CALENDAR)
    assert screen_desk.ask(roster.schools) == []
    assert not page.year.hours.isVisible()
    assert page.year.no_school_yet.isVisible()


def test_the_notices_are_shown(page):
    page.tabs.setCurrentIndex(ABOUT)
    assert "SQLCipher" in part(page, "notices").toPlainText()
    assert any("Coachdesk 0." in label.text() for label in page.findChildren(QLabel))


@pytest.mark.usefixtures("juniper")
def test_every_group_can_be_used_in_a_small_window_without_seeing_it(workspace, page):
    workspace.resize(800, 560)
    for group in range(page.tabs.count()):
        page.tabs.setCurrentIndex(group)
        if group == CALENDAR:
            page.year.closed.add()
        assert audit(workspace) == []


class TestNewPassphrase:
    """On a vault that has a passphrase, with a derivation that takes its time."""

    @pytest.fixture
    def vault(self, place, locked_vault):
        locked_vault(place, OLD)
        vault = Vault.open(place, OLD)
        yield vault
        vault.close()

    @pytest.fixture
    def card(self, page):
        show_keys(page)
        return page.ways_in.passphrase

    def fill(self, qtbot, card, old, new, again):
        for field, words in ((card.old, old), (card.new, new), (card.again, again)):
            retype(qtbot, field, words)

    def opens(self, place, vault, passphrase):
        vault.close()
        try:
            Vault.open(place, passphrase).close()
        except WrongPassphrase:
            return False
        return True

    def test_another_passphrase_opens_the_vault_from_now_on(self, qtbot, workspace, place, vault, card):
        self.fill(qtbot, card, OLD, NEW, NEW)
        qtbot.keyClick(card.again, Qt.Key.Key_Return)
        assert card.is_busy
        assert card.doing.text().startswith("Changing")
        qtbot.waitUntil(lambda: not card.is_busy, timeout=20_000)
        assert "Backups made before today's change still need the old one" in card.outcome.text()
        assert [field.text() for field in (card.old, card.new, card.again)] == ["", "", ""]
        assert not self.opens(place, vault, OLD)
        assert self.opens(place, vault, NEW)

    def test_a_wrong_old_passphrase_is_said_under_its_field(self, qtbot, place, vault, card):
        self.fill(qtbot, card, "not this one", NEW, NEW)
        press(qtbot, card, "change_passphrase")
        qtbot.waitUntil(lambda: not card.is_busy, timeout=20_000)
        said = part(card, "passphrase_now_problem", QLabel)
        assert said.text() == "That is not the passphrase you have now. Check Caps Lock."
        assert card.new.text() == NEW
        assert card.old.hasFocus()
        assert self.opens(place, vault, OLD)

    def test_what_will_not_do_is_said_before_anything_is_derived(self, qtbot, card):
        self.fill(qtbot, card, "", "short", "shorter")
        press(qtbot, card, "change_passphrase")
        assert not card.is_busy
        for name, words in (
            ("passphrase_now_problem", "Type the passphrase that opens your notes now."),
            ("new_passphrase_problem", "Use at least 8 characters; five or more words are best."),
            ("repeat_new_passphrase_problem", "The two passphrases differ. Type the same one twice."),
        ):
            assert part(card, name, QLabel).text() == words

    def test_how_strong_the_new_one_is_shows_as_it_is_typed(self, qtbot, card):
        before = card.strength.says.text()
        qtbot.keyClicks(card.new, NEW)
        qtbot.waitUntil(lambda: card.strength.says.text() != before, timeout=10_000)
        assert "good" in card.strength.says.text()

    def test_no_passphrase_waits_in_a_field_that_is_not_looked_at(self, qtbot, page, card):
        self.fill(qtbot, card, OLD, NEW, NEW)
        page.tabs.setCurrentIndex(GENERAL)
        show_keys(page)
        assert [field.text() for field in (card.old, card.new, card.again)] == ["", "", ""]

    def test_the_keyboard_stays_in_the_card_while_it_waits(self, qtbot, card):
        self.fill(qtbot, card, "not this one", NEW, NEW)
        press(qtbot, card, "change_passphrase")
        assert QApplication.focusWidget() is card.old
        qtbot.waitUntil(lambda: not card.is_busy, timeout=20_000)


def test_a_school_that_is_added_elsewhere_has_hours_here(qtbot, screen_desk, juniper, page):
    page.tabs.setCurrentIndex(CALENDAR)
    assert not part(page, "school_hours").isHidden()
    screen_desk.do(roster.save_school, {"name": "Aspen"})
    qtbot.waitUntil(lambda: page.year.which.count() == 2)


def test_how_long_a_visit_is_planned_is_kept_at_once_and_undone(qtbot, screen_desk, workspace, page):
    page.tabs.setCurrentIndex(NOTES)
    minutes = part(page, "visit_minutes")
    assert minutes.value() == 20
    qtbot.keyClick(minutes, Qt.Key.Key_Up)
    assert screen_desk.ask(usual.visit_minutes) == 25
    workspace.undo()
    qtbot.waitUntil(lambda: minutes.value() == 20)
    retype(qtbot, minutes, "35")
    page.flush()
    assert screen_desk.ask(usual.visit_minutes) == 35


def stops_after(qtbot, widget, number):
    """Where Tab leads from here, so often."""
    widget.setFocus()
    for _ in range(number):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        yield QApplication.focusWidget()


def test_tab_goes_down_the_counters_as_they_stand(qtbot, page):
    page.tabs.setCurrentIndex(NOTES)
    counters = page.notes.counters
    assert next(stops_after(qtbot, page.tabs, 1)) is counters.rows[0].name
    qtbot.mouseClick(counters.rows[2].up, CLICK)
    second = counters.rows[1]
    assert list(stops_after(qtbot, counters.rows[0].away, 2)) == [second.name, second.counts]
    assert next(stops_after(qtbot, counters.rows[-1].away, 1)) is counters.add_button


def counters_on(page):
    return [(row.name.text(), row.counts.text()) for row in page.notes.counters.rows]


def offered(desk):
    return [each.name for each in desk.ask(usual.own_counters) or ()]


def test_a_counter_is_worded_anew_added_taken_away_and_brought_back(qtbot, screen_desk, workspace, page):
    page.tabs.setCurrentIndex(NOTES)
    counters = page.notes.counters
    assert [name for name, _counts in counters_on(page)][:2] == ["Student handles the device", "Creating"]
    retype(qtbot, counters.rows[1].name, "Making")
    press(qtbot, page, "add_usual_counter")
    assert audit(workspace) == []
    qtbot.keyClicks(QApplication.focusWidget(), "Wait time")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert offered(screen_desk)[1::3] == ["Making", "Wait time"]
    qtbot.mouseClick(counters.rows[0].away, CLICK)
    assert offered(screen_desk) == ["Making", "Tech trouble", "Student to student", "Wait time"]
    workspace.undo()
    qtbot.waitUntil(lambda: counters_on(page)[0][0] == "Student handles the device")
    press(qtbot, page, "ready_made_counters")
    assert screen_desk.ask(usual.own_counters) is None
    assert [name for name, _counts in counters_on(page)][1:2] == ["Creating"]


def test_what_was_undone_stays_so_with_the_keyboard_in_a_line_that_goes(qtbot, screen_desk, workspace, page):
    page.tabs.setCurrentIndex(NOTES)
    first = page.notes.counters.rows[0]
    retype(qtbot, first.name, "Making")
    qtbot.keyClick(first.name, Qt.Key.Key_Return)
    assert offered(screen_desk)[0] == "Making"
    workspace.undo()
    qtbot.waitUntil(lambda: counters_on(page)[0][0] == "Student handles the device")
    assert screen_desk.ask(usual.own_counters) is None


def test_the_counters_go_up_by_their_button_and_typing_is_kept_on_leaving(qtbot, screen_desk, page):
    page.tabs.setCurrentIndex(NOTES)
    counters = page.notes.counters
    qtbot.mouseClick(counters.rows[2].up, CLICK)
    assert offered(screen_desk)[:2] == ["Student handles the device", "Tech trouble"]
    assert not counters.rows[0].up.isEnabled()
    counters.rows[0].counts.setFocus()
    counters.rows[0].counts.setText("The hands on the keys")
    page.flush()
    assert screen_desk.ask(usual.own_counters)[0].definition == "The hands on the keys"
