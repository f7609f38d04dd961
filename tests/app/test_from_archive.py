"""An archive becomes a new vault in the real window, or a sentence says why it does not."""

import io
import threading
import weakref
import zipfile
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from test_program import (  # noqa: F401 - fixtures
    NEW_WORDS,
    SECONDS,
    WORDS,
    program,
    restarts,
    type_groups_back,
    words_on,
)

from coachdesk.export import sealing
from coachdesk.model.departures import Left
from coachdesk.services import archive, departures, hold, opening, roster
from coachdesk.services.desk import Desk
from coachdesk.store.parts import present
from coachdesk.store.vault import Vault
from coachdesk.ui.from_archive.page import ArchivePage
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.sheet import SheetStep
from coachdesk.ui.widgets.waiting import Waiting
from coachdesk.ui.workspace import Workspace

ESC = Qt.Key.Key_Escape
SEALED_WITH = "seven herons over water"
NOW = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The archive of a vault with one school, one teacher, and Hold on since then; and its digest."""
    path = tmp_path_factory.mktemp("old") / "coachdesk.vault"
    desk = Desk(Vault.open_with_key(path, bytes(32), create=True))
    school = desk.do(roster.save_school, {"name": "Lincoln Middle School"})
    desk.do(roster.save_teacher, {"given_name": "Maya", "family_name": "Canary", "schools": (school.id,)})
    desk.do(hold.switch, True, NOW)
    content, manifest = desk.ask(archive.packed, archive.nobody, NOW)
    desk.close()
    return content, manifest.digest


@pytest.fixture
def sealed(packed, tmp_path):
    path = tmp_path / "coachdesk-archive-2026-11-20.zip.age"
    path.write_bytes(sealing.sealed(packed[0], SEALED_WITH, sealing.CHEAPEST))
    return path


@pytest.fixture
def plain(packed, tmp_path):
    path = tmp_path / "coachdesk-archive-2026-11-20.zip"
    path.write_bytes(packed[0])
    return path


@pytest.fixture
def first(program):  # noqa: F811
    """The first run, whose page for an archive was asked for."""
    made = program()
    made.shell.page.archive_button.click()
    return made


def shown(made, kind: type[QWidget]) -> QWidget:
    [page] = [one for one in made.shell.findChildren(kind) if one.isVisible()]
    return page


def look_inside(page, path, qtbot, typed=""):
    page.take_file(path)
    if typed:
        qtbot.keyClicks(page.choose.key, typed + "\r")
    else:
        page.choose.look_button.click()
    qtbot.waitUntil(lambda: page.inside.isVisible() or page.choose.problem.isVisible(), timeout=SECONDS)


def choose_keys(made, qtbot):
    """On past the passphrase to the sheet."""
    first = shown(made, NewVault)
    qtbot.keyClicks(first.edit, NEW_WORDS)
    qtbot.keyClicks(first.repeat, NEW_WORDS + "\r")
    qtbot.waitUntil(lambda: any(p.isVisible() for p in made.shell.findChildren(SheetStep)), timeout=SECONDS)
    return shown(made, SheetStep)


def test_an_archive_with_a_passphrase_becomes_a_vault_that_is_the_same(first, sealed, packed, place, qtbot):
    page = shown(first, ArchivePage)
    look_inside(page, sealed, qtbot, SEALED_WITH)
    said = words_on(page)
    assert "Teachers\n1" in said
    assert "Hold was on since" in said
    assert not present(place)
    page.inside.go_button.click()
    assert "of the archive of" in words_on(shown(first, NewVault))
    opened = weakref.ref(page._reader)
    sheet = choose_keys(first, qtbot)
    assert not present(place)
    type_groups_back(sheet, qtbot)
    qtbot.waitUntil(lambda: isinstance(first.shell.page, Workspace), timeout=SECONDS)
    assert first.shell.page.isVisible()
    qtbot.waitUntil(lambda: opened() is None)  # what it holds is in the vault, and in memory no more
    assert first.desk.ask(archive.packed)[1].digest == packed[1]
    assert first.desk.ask(hold.since) == NOW
    assert first.desk.keys.ways().has_sheet
    assert not first.shell.findChildren(ArchivePage, options=Qt.FindChildOption.FindDirectChildrenOnly)
    first.shell.leave()
    first.end()
    opening.open_desk(place, NEW_WORDS).close()


def test_a_plain_one_is_told_to_be_one_and_needs_no_passphrase(first, plain, qtbot):
    page = shown(first, ArchivePage)
    page.take_file(plain)
    assert "not encrypted" in page.choose.plain.text()
    assert not page.choose.key.isVisible()
    assert page.choose.look_button.hasFocus()
    look_inside(page, plain, qtbot)
    assert page.inside.isVisible()
    assert page.inside.go_button.hasFocus()


def test_esc_leads_back_a_step_at_a_time_and_nothing_was_written(first, plain, place, qtbot):
    page = shown(first, ArchivePage)
    look_inside(page, plain, qtbot)
    page.inside.go_button.click()
    qtbot.keyClick(first.shell, ESC)
    qtbot.waitUntil(page.inside.isVisible)
    qtbot.keyClick(first.shell, ESC)
    qtbot.waitUntil(page.choose.isVisible)
    qtbot.keyClick(first.shell, ESC)
    qtbot.waitUntil(first.shell.page.isVisible)
    assert isinstance(first.shell.page, NewVault)
    assert not present(place)
    first.shell.page.archive_button.click()
    assert shown(first, ArchivePage) is not page


def cut_off(content):
    return content[: len(content) // 2]


def another_byte(content):
    return content.replace(b"json/teacher.json", b"json/teachet.json", 1)


def newer(content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            held = old.read(entry)
            at_home = entry.filename == "manifest.json"
            new.writestr(entry, held.replace(b'"version": 1', b'"version": 9') if at_home else held)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda _content: b"A roster, not an archive\n" * 99, "not an archive of coachdesk"),
        (cut_off, "cut off or damaged"),
        (another_byte, "damaged"),
        (newer, "newer coachdesk"),
        (lambda content: cut_off(sealing.sealed(content, SEALED_WITH, sealing.CHEAPEST)), "cut short"),
    ],
)
def test_what_cannot_be_brought_in_is_refused_in_a_sentence(first, plain, qtbot, spoil, words):
    page = shown(first, ArchivePage)
    plain.write_bytes(spoil(plain.read_bytes()))
    look_inside(page, plain, qtbot, SEALED_WITH if words == "cut short" else "")
    assert words in page.choose.problem.text()
    assert page.choose.file_button.hasFocus()


def test_a_file_that_went_and_a_backup_are_told_when_they_are_picked(first, tmp_path):
    page = shown(first, ArchivePage)
    (tmp_path / "kept.vault-backup").write_bytes(bytes(99))
    for name, words in (("gone.zip", "not an archive"), ("kept.vault-backup", "This is a backup")):
        page.take_file(tmp_path / name)
        assert words in page.choose.problem.text()
        assert not page.choose.look_button.isEnabled()


def test_a_wrong_passphrase_is_said_and_can_be_mended(first, sealed, qtbot):
    page = shown(first, ArchivePage)
    page.take_file(sealed)
    page.choose.look_button.click()
    assert "Type the passphrase" in page.choose.problem.text()
    look_inside(page, sealed, qtbot, "seven herons over sand")
    assert "does not open this file" in page.choose.problem.text()
    assert page.choose.key.hasFocus()
    qtbot.keyClicks(page.choose.key, SEALED_WITH + "\r")
    qtbot.waitUntil(page.inside.isVisible, timeout=SECONDS)
    assert page.choose.key.text() == ""


def test_one_that_is_stopped_half_way_leaves_no_vault_and_the_same_sheet(first, plain, place, qtbot):
    page = shown(first, ArchivePage)
    look_inside(page, plain, qtbot)
    page.inside.go_button.click()
    sheet = choose_keys(first, qtbot)
    groups = sheet.view.groups()
    type_groups_back(sheet, qtbot)
    shown(first, Waiting).cancel_button.click()
    qtbot.waitUntil(sheet.isVisible, timeout=SECONDS)
    assert "Stopped" in sheet.problem.text()
    assert sheet.view.groups() == groups
    assert not present(place)
    sheet.typing.go_button.click()
    qtbot.waitUntil(lambda: isinstance(first.shell.page, Workspace), timeout=SECONDS)


def test_a_sheet_that_was_saved_before_the_vault_was_made_is_listed(first, plain, tmp_path, qtbot):
    page = shown(first, ArchivePage)
    look_inside(page, plain, qtbot)
    page.inside.go_button.click()
    sheet = choose_keys(first, qtbot)
    sheet.view.on_paper.emit(tmp_path / "sheet.pdf", b"%PDF")
    sheet.back_button.click()
    sheet = choose_keys_again(first, qtbot)
    type_groups_back(sheet, qtbot)
    qtbot.waitUntil(lambda: isinstance(first.shell.page, Workspace), timeout=SECONDS)
    [left] = first.desk.ask(departures.gone)
    assert (left.what, left.name, left.folder) == (Left.RECOVERY_SHEET, "sheet.pdf", str(tmp_path))


def choose_keys_again(made, qtbot):
    """What was typed stands there still."""
    before = shown(made, NewVault)
    assert before.edit.text() == before.repeat.text() == NEW_WORDS
    before.next_button.click()
    qtbot.waitUntil(lambda: any(p.isVisible() for p in made.shell.findChildren(SheetStep)), timeout=SECONDS)
    return shown(made, SheetStep)


def test_the_keyboard_goes_where_something_is_to_be_done(first, plain, sealed):
    page = shown(first, ArchivePage)
    assert page.choose.file_button.hasFocus()
    page.take_file(sealed)
    assert page.choose.key.hasFocus()
    page.take_file(plain)
    assert page.choose.look_button.hasFocus()


@pytest.fixture
def others():
    """The threads that other tests left."""
    return set(threading.enumerate())


def test_closing_the_window_while_an_archive_is_opened_ends_that_too(others, first, sealed, place, qtbot):
    page = shown(first, ArchivePage)
    page.take_file(sealed)
    page.choose.key.setText(SEALED_WITH)
    page.choose.look_button.click()
    first.shell.close()
    qtbot.waitUntil(lambda: not first.shell.isVisible(), timeout=SECONDS)
    first.end()
    left = set(threading.enumerate()) - others
    assert not [one for one in left if one.name.startswith("background")]
    assert not present(place)
