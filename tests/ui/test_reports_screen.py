"""Reports as a coach uses it: choose, look, save; seen on the page, in the folder and in the vault."""

import stat
from datetime import timedelta
from functools import partial
from pathlib import Path

import coached_school as made
import pytest
from accessibility import audit, tab_order
from coached_school import Q1, Q2, TODAY
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from sqlmodel import select
from worlds import world

from coachdesk.export.formats import FORMATS
from coachdesk.model import Event, Release, School
from coachdesk.services import sharing
from coachdesk.services.keep import keep
from coachdesk.ui import theme
from coachdesk.ui.save_dialog import ask_where
from coachdesk.ui.screens.reports import ReportsScreen
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.widgets.text import Text
from coachdesk.ui.workspace import Workspace


class Asked:
    """The coach at the file dialog: answers with `path`, or with the suggested name in a folder."""

    def __init__(self, folder):
        self.folder, self.path, self.suggested = folder, None, []

    def __call__(self, _parent, name):
        self.suggested.append(name)
        return str(self.folder / name) if self.path is None else self.path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "for the principal"
    folder.mkdir()
    return folder


@pytest.fixture
def asked(folder):
    return Asked(folder)


@world
def school(desk):
    """Twelve teachers, nine of them visited in the first quarter; a second school that is too small."""

    def settle(session):
        made.year(session)
        coached = made.school(session, teachers=12)
        made.visits(session, coached, active=9)
        made.school(session, teachers=3, name="Winding Creek Elementary", code="WCE")
        return coached

    return desk.do(settle)


@world
def released(desk, school):
    """The release of that school's first quarter."""
    return desk.do(sharing.release, school.school, Q1.name, TODAY)


@pytest.fixture
def window(on_screen, qapp, screen_desk, asked, clock):
    """The open desk, on a day in the second quarter; tests fill the vault before they ask for it."""
    theme.dress(qapp, "light")
    clock.set(TODAY)

    class Reports(ReportsScreen):
        def __init__(self, desk, parent=None):
            super().__init__(desk, parent, ask=asked)

    shown = Workspace(screen_desk, (TeachersScreen, SchoolsScreen, Reports), lambda: None)
    return on_screen(shown)


@pytest.fixture
def page(qtbot, school, window) -> ReportsScreen:
    return opened(qtbot, window)


def opened(qtbot, window):
    """Go to Reports by its sidebar entry and wait until a page, or the reason for none, is shown."""
    window.sidebar.picked.emit(1)
    screen = window.current()
    assert isinstance(screen, ReportsScreen)
    settled(qtbot, screen)
    return screen


def settled(qtbot, page):
    shown = page.view
    qtbot.waitUntil(lambda: bool(words(shown.paper)) or bool(refused(page)) or not page.quarter.count())


def refused(page):
    return page.view.refused.sentence.text() if page.view.currentIndex() == 1 else ""


def words(widget):
    return [label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget)]


def choose(qtbot, combo, keys):
    combo.setFocus()
    for key in keys:
        qtbot.keyClick(combo, key)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def saved(qtbot, page):
    qtbot.waitUntil(lambda: page.outcome.text() != "")
    return page.outcome.text()


def releases(desk):
    return desk.ask(lambda session: list(session.exec(select(Release))))


def test_the_page_on_the_screen_says_word_for_word_what_the_file_will_say(qtbot, page, school, screen_desk):
    draft = screen_desk.ask(sharing.draft, school.school, Q1.name, TODAY)
    shown = words(page.view.paper)
    together = " ".join(shown)
    assert all(text in together for text in draft.page.texts())
    assert [text for text in shown if text in ("half or more", "fewer than half")] == [
        band for _, _, band in draft.page.rows
    ]


def test_two_clicks_and_the_dialog_save_the_page(qtbot, page, folder, asked, screen_desk):
    click(qtbot, page.save_pdf)
    said = saved(qtbot, page)
    [file] = folder.iterdir()
    assert asked.suggested == [file.name] == ["coaching-summary-JFM-2026-27-Q1.pdf"]
    assert str(file) in said
    assert "recorded in the export log" in said
    assert file.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [release.quarter for release in releases(screen_desk)] == [Q1.name]


def test_before_the_first_page_of_a_year_the_coach_reads_what_will_be_fixed_and_checked(qtbot, page):
    told = page.view.certificate
    assert "published once" in page.promise.text()
    assert "fixes the rows and the number of teachers" in page.promise.text()
    assert any("every byte of the files is searched" in text for text in words(told))
    assert "Checked: proves nothing about any one teacher" in words(told)
    click(qtbot, page.save_pdf)
    saved(qtbot, page)
    qtbot.waitUntil(lambda: "published" in page.quarter.currentText())
    assert page.promise.text() == ""
    qtbot.waitUntil(lambda: any("nobody is in them" in text for text in words(told)))


def test_a_later_page_of_the_year_fixes_nothing_any_more(qtbot, released, window, clock):
    clock.set(Q2.last + timedelta(days=1))
    page = opened(qtbot, window)
    assert page.quarter.currentText().startswith("2026-27 Q2")
    assert "once and for good" in page.promise.text()
    assert "fixes" not in page.promise.text()


def call_off_all(session):
    for event in session.exec(select(Event)).all():
        keep(session, Event, {"id": event.id, "status": "cancelled"})


def test_a_page_that_was_published_is_saved_again_to_the_byte(qtbot, released, page, folder, screen_desk):
    first = screen_desk.ask(sharing.written, released.id, ("pdf",))
    screen_desk.do(call_off_all)
    click(qtbot, page.save_pdf)
    saved(qtbot, page)
    [file] = folder.iterdir()
    assert {file.name: file.read_bytes()} == first
    assert len(releases(screen_desk)) == 1


def test_the_other_formats_are_saved_from_the_menu_with_the_same_rows(qtbot, page, folder, asked):
    for action in page.save_as.menu().actions():
        action.trigger()
        assert "the page…" in page.status.text()
        action.trigger()  # a second press while it is under way does nothing
        assert "Saved to" in saved(qtbot, page)
    shown = page._draft.page
    assert len(asked.suggested) == 2
    files = {file.suffix: file.read_bytes() for file in folder.iterdir()}
    assert set(files) == {".html", ".csv"}
    for form in ("html", "csv"):
        assert FORMATS[form].read_back(files[f".{form}"]) == shown.rows


def test_a_coach_who_changes_their_mind_at_the_dialog_has_published_nothing(qtbot, page, asked, screen_desk):
    asked.path = ""
    click(qtbot, page.save_pdf)
    assert len(asked.suggested) == 1
    assert page.save_pdf.isEnabled()
    assert releases(screen_desk) == []


def test_another_file_of_that_name_stays_and_the_coach_is_told(qtbot, page, folder):
    there = folder / "coaching-summary-JFM-2026-27-Q1.pdf"
    there.write_bytes(b"something else")
    click(qtbot, page.save_pdf)
    assert "nothing was overwritten" in saved(qtbot, page)
    assert there.read_bytes() == b"something else"
    assert page.save_pdf.isEnabled()


def test_a_file_cannot_be_named_after_a_teacher(qtbot, page, folder, asked, screen_desk):
    asked.path = str(folder / "page for iwasaki.pdf")
    click(qtbot, page.save_pdf)
    assert "Choose another name" in saved(qtbot, page)
    assert list(folder.iterdir()) == []
    assert releases(screen_desk) == []
    asked.path = str(folder / "for the board.pdf")
    click(qtbot, page.save_pdf)
    qtbot.waitUntil((folder / "for the board.pdf").exists)
    saved(qtbot, page)


def test_the_running_quarter_is_refused_in_words_and_cannot_be_saved(qtbot, page):
    choose(qtbot, page.quarter, [Qt.Key.Key_Up])
    qtbot.waitUntil(lambda: "not over yet" in refused(page))
    assert "not over yet" in page.quarter.currentText()
    assert not page.save_pdf.isEnabled()
    assert not page.save_as.isEnabled()
    assert page.promise.text() == ""


def test_a_page_that_is_not_on_the_screen_yet_cannot_be_saved(qtbot, page, asked, screen_desk):
    page.school.setCurrentIndex(page.school.findText("Winding Creek Elementary"))
    page.school.activated.emit(page.school.currentIndex())
    assert not page.save_pdf.isEnabled()
    page.save("pdf")
    assert asked.suggested == []
    qtbot.waitUntil(lambda: bool(refused(page)))
    page.school.setCurrentIndex(page.school.findText("Juniper Flats Middle School"))
    page.school.activated.emit(page.school.currentIndex())
    qtbot.waitUntil(page.save_pdf.isEnabled)
    assert screen_desk.ask(lambda session: list(session.exec(select(Release)))) == []


def test_what_was_checked_of_one_page_is_not_said_of_another(qtbot, page):
    page.save("pdf")
    page.school.setCurrentIndex(page.school.findText("Winding Creek Elementary"))
    page.school.activated.emit(page.school.currentIndex())
    qtbot.waitUntil(lambda: bool(page.outcome.text()) and bool(refused(page)))
    assert not any("All 3 files" in said for said in words(page.view.certificate))


def test_a_school_that_is_too_small_is_refused_in_words(qtbot, page):
    choose(qtbot, page.school, [Qt.Key.Key_Down])
    qtbot.waitUntil(lambda: "fewer than 7 teachers" in refused(page))
    assert page.quarter.currentText().startswith("2026-27 Q1")
    choose(qtbot, page.school, [Qt.Key.Key_Up])
    qtbot.waitUntil(lambda: "Juniper Flats Middle School" in words(page.view.paper))


def test_a_goal_that_names_somebody_is_refused_in_words(qtbot, school, screen_desk, window):
    screen_desk.do(made.goal, school.school, "Reading as Iwasaki does it", 3)
    page = opened(qtbot, window)
    assert "one of the school's goals" in refused(page)
    assert "Reword the goal" in refused(page)


def test_a_quarter_with_few_visits_says_so_on_the_page_and_beside_it(qtbot, screen_desk, window):
    def settle(session):
        made.year(session)
        made.visits(session, made.school(session, teachers=12), active=2)

    screen_desk.do(settle)
    page = opened(qtbot, window)
    assert "Not shown: too few teachers this quarter." in words(page.view.paper)
    assert any("all together or not at all" in text for text in words(page.view.certificate))
    assert "Nothing about teachers can be shown" in page.promise.text()
    assert "fixes the rows and the number of teachers" in page.promise.text()
    assert page.save_pdf.isEnabled()


def test_what_is_done_elsewhere_shows_when_the_coach_comes_back(qtbot, page, school, screen_desk, window):
    window.sidebar.picked.emit(0)
    screen_desk.do(made.goal, school.school, "Calm starts", 5)
    window.sidebar.picked.emit(1)
    qtbot.waitUntil(lambda: "Calm starts" in words(page.view.paper))


def test_before_there_is_a_school_year_the_page_leads_to_where_one_is_written(qtbot, window):
    page = opened(qtbot, window)
    assert not page.quarter.isVisible()
    schools = page.findChild(QWidget, "report_schools")
    assert schools.isVisible()
    asked_for = []
    page.open.connect(asked_for.append)
    click(qtbot, schools)
    assert asked_for == [School]


def test_everything_is_reached_and_done_by_keyboard_alone(qtbot, page, window, folder):
    preview = page.view.area.verticalScrollBar()
    qtbot.waitUntil(preview.isVisible)
    reached = tab_order(window)
    order = [page.school, page.quarter, preview, page.save_pdf, page.save_as]
    assert [widget for widget in reached if widget in order] == order
    preview.setFocus()
    qtbot.keyClick(preview, Qt.Key.Key_Down)
    assert preview.value() > 0
    page.save_pdf.setFocus()
    for _ in range(2):
        qtbot.keyClick(page.save_pdf, Qt.Key.Key_PageDown)
    assert preview.value() == preview.maximum()
    qtbot.keyClick(page.save_pdf, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.save_pdf, Qt.Key.Key_Space)
    assert "Saved to" in saved(qtbot, page)
    assert page.window().focusWidget() is page.save_pdf
    assert len(list(folder.iterdir())) == 1


def test_every_part_has_a_name_for_a_screen_reader(qtbot, page, window):
    assert audit(window) == []
    click(qtbot, page.save_pdf)
    saved(qtbot, page)
    assert audit(window) == []
    assert page.save_pdf.accessibleName() == "Save PDF…"


@pytest.mark.parametrize(("scheme", "width", "height"), [("light", 1366, 768), ("dark", 820, 600)])
def test_no_word_of_the_page_is_cut_and_paper_is_white(qtbot, page, scheme, width, height):
    theme.apply(QApplication.instance(), scheme)
    page.window().resize(width, height)
    settled(qtbot, page)
    room = page.view.area.widget()
    qtbot.waitUntil(lambda: room.width() <= page.view.area.viewport().width())
    for label in room.findChildren(Text):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
        right = label.mapTo(room, label.rect().topRight()).x()
        assert right <= room.width(), label.text()
    paper = page.view.paper.grab().toImage()
    assert paper.pixelColor(20, 30).name() == "#ffffff"
    theme.apply(QApplication.instance(), "light")


def typed_into_the_dialog(path, seen):
    """What a coach does once the file dialog is open: type over the name, or close it."""
    [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
    assert dialog.nameFilters() == ["PDF (*.pdf)"]
    seen.append((dialog.objectName(), dialog.selectedFiles()[0], dialog.directory().absolutePath()))
    if path:
        dialog.findChild(QLineEdit).setText(path)
        dialog.accept()
    else:
        dialog.reject()


def test_the_dialog_suggests_the_neutral_name_and_gives_back_the_path(qtbot, qapp, folder):
    parent = QWidget()
    qtbot.addWidget(parent)
    seen = []
    (folder / "there.pdf").write_bytes(b"x")
    for typed, expected in (
        (str(folder / "mine"), str(folder / "mine.pdf")),
        (str(folder / "there.pdf"), str(folder / "there.pdf")),
        ("", ""),
    ):
        QTimer.singleShot(0, partial(typed_into_the_dialog, typed, seen))
        assert ask_where(parent, "coaching-summary-JFM-2026-27-Q1.pdf") == expected
    assert {Path(selected).name for _, selected, _ in seen} == {"coaching-summary-JFM-2026-27-Q1.pdf"}
    assert {name for name, _, _ in seen} == {"save_dialog"}
