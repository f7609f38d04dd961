"""The recovery sheet: on the screen, on paper, typed back, declined; typed in for a lost passphrase."""

import os
import stat
from datetime import date
from io import BytesIO

import pytest
from accessibility import audit
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from coachdesk.errors import NotSaved, QuickUnlockRefused, WrongRecoveryKey
from coachdesk.services import keys
from coachdesk.services.keys import RecoveryKey, Sheet
from coachdesk.store import keys as stored
from coachdesk.ui import sheet_paper
from coachdesk.ui.background import Background
from coachdesk.ui.gate.entry import has_keyring_slot
from coachdesk.ui.gate.lost import Lost
from coachdesk.ui.gate.sheet import SheetStep
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.sheet_view import SheetView

SHEET = Sheet(RecoveryKey(bytes(range(20))), date(2026, 8, 17))
GROUPS = SHEET.key.groups
NEW = "nine loud geese on the ice"
SENTENCE = "If I forget my passphrase, my notes are lost."


@pytest.fixture
def place_of_file(tmp_path):
    """Where the coach wants a file: tests change it."""
    return [str(tmp_path / "sheet.pdf")]


@pytest.fixture
def printed():
    return []


@pytest.fixture
def view(dressed, qtbot, place_of_file, printed):
    view = SheetView(
        lambda _parent, _name: place_of_file[0],
        lambda _parent, page: printed.append(page.toPlainText()) or True,
    )
    qtbot.addWidget(view)
    view.show_sheet(SHEET)
    view.show()
    return view


@pytest.fixture
def step(dressed, qtbot, view):
    step = SheetStep(SHEET, view)
    qtbot.addWidget(step)
    step.resize(900, 700)
    step.show()
    return step


@pytest.fixture
def wanted(step):
    told = []
    step.wanted.connect(told.append)
    return told


@pytest.fixture
def lost(dressed, qtbot):
    background = Background()
    page = Lost(background)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    yield page
    background.close()


@pytest.fixture
def given(lost):
    told = []
    lost.given.connect(lambda key, new: told.append((key, new)))
    return told


def words_on(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# on paper


def test_the_text_has_all_groups_the_day_and_how_to_use_it():
    text = sheet_paper.text(SHEET)
    assert all(group in text for group in GROUPS)
    assert "17 Aug 2026" in text
    assert "I lost my passphrase" in text


def test_the_pdf_is_one_page_with_all_groups():
    pages = PdfReader(BytesIO(sheet_paper.pdf(SHEET))).pages
    assert len(pages) == 1
    words = pages[0].extract_text().replace(" ", "").replace("\n", "")
    assert all(group in words for group in GROUPS)


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_saved_sheet_is_for_its_owner_alone(view, place_of_file, tmp_path, kind):
    place_of_file[0] = str(tmp_path / f"sheet.{kind}")
    {"pdf": view.pdf_button, "txt": view.text_button}[kind].click()
    assert stat.S_IMODE((tmp_path / f"sheet.{kind}").stat().st_mode) == 0o600
    assert "Saved, for your eyes only" in view.outcome.text()


def test_a_file_that_is_there_is_not_written_over(view, tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(b"something else")
    view.pdf_button.click()
    assert "nothing was overwritten" in view.outcome.text()
    assert (tmp_path / "sheet.pdf").read_bytes() == b"something else"


def test_one_who_thinks_better_of_it_saves_nothing(view, place_of_file, tmp_path):
    place_of_file[0] = ""
    view.text_button.click()
    assert list(tmp_path.glob("sheet*")) == []


def test_the_printer_gets_the_page(view, printed):
    view.print_button.click()
    [page] = printed
    assert all(group in page for group in GROUPS)
    assert "Sent to the printer" in view.outcome.text()


def test_without_a_printer_nothing_is_said_to_be_printed(view):
    view.ask_with(lambda _parent, name: name, lambda _parent, _page: None)
    told = []
    view.on_paper.connect(lambda *left: told.append(left))
    view.print_button.click()
    assert view.outcome.text().startswith("This computer knows no printer.")
    assert told == []


def test_each_group_is_spelled_to_assistive_tools(view):
    first = view.findChild(QLabel, "group_1")
    assert first.accessibleName() == f"Group 1: {' '.join(GROUPS[0])}"


# the second step of the first run


def test_that_nobody_else_can_open_it_is_said_before_it_is_made(step):
    assert (
        "If you lose both the passphrase and this key, nobody can open this vault — not even us."
        in words_on(step)
    )


def test_two_groups_typed_back_make_the_vault(step, wanted, qtbot):
    step.next_button.click()
    assert not any(group in words_on(step) for group in GROUPS)
    first, second = step.typing.asked
    assert first < second
    qtbot.keyClicks(step.typing.fields[0], GROUPS[first].lower())
    qtbot.keyClicks(step.typing.fields[1], GROUPS[second] + "\r")
    assert wanted == [True]
    assert not step.typing.go_button.isEnabled()


def test_a_group_that_differs_is_named_and_nothing_is_made(step, wanted, qtbot):
    step.next_button.click()
    first, second = step.typing.asked
    qtbot.keyClicks(step.typing.fields[0], GROUPS[first])
    qtbot.keyClicks(step.typing.fields[1], "AAAAA")
    step.typing.go_button.click()
    assert wanted == []
    assert step.typing.problem.text().startswith(f"Group {second + 1} is different on your sheet")
    step.typing.back_button.click()
    assert GROUPS[0] in words_on(step)


def test_which_groups_are_asked_is_left_to_chance(dressed, qtbot):
    steps = [SheetStep(SHEET) for _ in range(12)]
    for made in steps:
        qtbot.addWidget(made)
    assert len({made.typing.asked for made in steps}) > 1


@pytest.mark.parametrize("typed", [SENTENCE, SENTENCE.lower(), "if i forget my passphrase my notes are lost"])
def test_a_sheet_is_declined_by_a_sentence(step, wanted, qtbot, typed):
    step.decline_button.click()
    qtbot.keyClicks(step.declining.fields[0], typed)
    step.declining.go_button.click()
    assert wanted == [False]


@pytest.mark.parametrize("typed", ["", "yes", "If I forget my passphrase, my notes are safe."])
def test_another_sentence_declines_nothing(step, wanted, qtbot, typed):
    step.decline_button.click()
    qtbot.keyClicks(step.declining.fields[0], typed)
    step.declining.go_button.click()
    assert wanted == []
    assert "not the sentence" in step.declining.problem.text()


def test_what_went_wrong_is_said_and_can_be_tried_again(step, wanted, qtbot):
    step.decline_button.click()
    qtbot.keyClicks(step.declining.fields[0], SENTENCE + "\r")
    step.refuse(NotSaved())
    assert step.problem.text() == NotSaved.text
    step.declining.go_button.click()
    assert wanted == [False, False]


def test_every_control_of_the_step_has_its_name(step):
    for part in (step.next_button, step.typing.back_button, step.decline_button):
        assert audit(step) == []
        part.click()
    assert audit(step) == []


# a passphrase that is lost


def fill(qtbot, page, *typed):
    for field, words in zip((page.key, page.new, page.again), typed, strict=True):
        qtbot.keyClicks(field, words)
    page.open_button.click()


def test_the_key_and_a_new_passphrase_are_given(lost, given, qtbot):
    fill(qtbot, lost, " ".join(GROUPS).lower(), NEW, NEW)
    [(key, new)] = given
    assert (keys.typed(key), new) == (SHEET.key, NEW)
    assert not lost.open_button.isEnabled()


def test_a_slip_is_said_on_leaving_the_field(lost, qtbot):
    qtbot.keyClicks(lost.key, "-".join(GROUPS)[:-1] + "7")
    lost.key.editingFinished.emit()
    assert "slip" in lost.problem.text()
    lost.key.setText("-".join(GROUPS))
    lost.key.editingFinished.emit()
    assert lost.problem.text() == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("K7QF2", NEW, NEW), "5 were typed"),
        (("-".join(GROUPS), "short", "short"), "at least 8 characters"),
        (("-".join(GROUPS), NEW, NEW + "x"), "differ"),
    ],
)
def test_what_will_not_do_is_said_before_anything_is_opened(lost, given, qtbot, typed, says):
    fill(qtbot, lost, *typed)
    assert given == []
    assert says in lost.problem.text()


def test_the_key_of_another_vault_is_told_from_a_slip(lost, given, qtbot):
    fill(qtbot, lost, "-".join(GROUPS), NEW, NEW)
    lost.refuse(WrongRecoveryKey())
    assert "another vault's, or of a sheet that was replaced" in lost.problem.text()
    assert lost.open_button.isEnabled()


def test_how_strong_the_new_one_is_shows_as_it_is_typed(lost, qtbot):
    qtbot.keyClicks(lost.new, NEW)
    qtbot.waitUntil(lambda: "good" in lost.strength.says.text(), timeout=10_000)


def test_every_control_of_the_page_has_its_name(lost):
    assert audit(lost) == []


# one key


@pytest.fixture
def unlock(dressed, qtbot, stopwatch):
    page = Unlock(stopwatch)
    qtbot.addWidget(page)
    page.show()
    page.settle()
    return page


@pytest.fixture
def asked(unlock):
    told = []
    unlock.quick_wanted.connect(lambda: told.append(True))
    return told


def test_enter_in_the_empty_field_asks_this_computer(unlock, asked, qtbot):
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert asked == []
    unlock.offer_quick()
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert asked == [True]
    assert "key store" in unlock.status.text()


def test_the_passphrase_can_be_typed_while_this_computer_is_asked(unlock, asked, qtbot):
    told = []
    unlock.given.connect(told.append)
    unlock.offer_quick()
    unlock.quick_button.click()
    qtbot.keyClicks(unlock.edit, NEW + "\r")
    assert told == [NEW]
    assert unlock.is_opening


def test_where_this_computer_may_not_a_sentence_says_so_and_the_passphrase_is_asked_for(unlock, asked, qtbot):
    unlock.offer_quick()
    unlock.quick_button.click()
    unlock.refuse(QuickUnlockRefused("Type it once."))
    assert unlock.problem.text() == "Type it once."
    assert unlock.quick_button.isHidden()
    assert unlock.findChild(QLineEdit, "passphrase").isEnabled()


@pytest.mark.parametrize(
    ("content", "offered"),
    [(b'{"kind":"keyring"}', True), (b'{"kind":"passphrase"}', False), (b"", False), (None, False)],
)
def test_one_key_is_offered_where_the_key_file_has_a_slot_for_it(place, content, offered):
    place.data.mkdir(parents=True)
    if content is not None:
        place.vault.with_suffix(".key").write_bytes(content)
    assert has_keyring_slot(place) == offered


def test_the_slot_is_recognised_as_it_is_written(place):
    place.data.mkdir(parents=True)
    key = stored.with_way(stored.create(NEW, stored.FLOOR), keys.StoredKey(bytes(32)))
    place.vault.with_suffix(".key").write_bytes(key.file)
    assert has_keyring_slot(place)


def test_a_pipe_in_place_of_the_key_file_is_not_waited_for(place):
    place.data.mkdir(parents=True)
    os.mkfifo(place.vault.with_suffix(".key"))
    assert not has_keyring_slot(place)
