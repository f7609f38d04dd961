"""The script of a visit as a coach types it: lines, stamps, kinds, tags, pasting, taking back."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.ui.visit.lines import SHOWN
from coachdesk.ui.visit.script_pane import ScriptPane
from coachdesk.ui.visit.stamps import seconds_of

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Elapsed:
    seconds = 0

    def __call__(self):
        return self.seconds


@pytest.fixture
def elapsed():
    return Elapsed()


@pytest.fixture
def pane(qtbot, dressed, elapsed):
    shown = ScriptPane(elapsed)
    qtbot.addWidget(shown)
    shown.show_lines(())
    shown.resize(800, 400)
    shown.show()
    shown.activateWindow()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    return shown


@pytest.fixture
def tags(pane):
    told = []
    pane.tagged.connect(lambda line_id, code: told.append((line_id, code)))
    return told


def texts(pane):
    return [line.text for line in pane.lines.written()]


def stamped(pane):
    return [(line.offset, line.text) for line in pane.lines.written()]


def kinds(pane):
    return [(line.kind.value, line.text) for line in pane.lines.written()]


def go_to(pane, row, column=0):
    cursor = QTextCursor(pane.document().findBlockByNumber(row))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column)
    pane.setTextCursor(cursor)


def type_lines(qtbot, pane, elapsed, *lines):
    for number, line in enumerate(lines):
        if number:
            elapsed.seconds = number * 60
            qtbot.keyClick(pane, Qt.Key.Key_Return)
        qtbot.keyClicks(pane, line)


def test_enter_begins_a_line_stamped_with_the_time_since_the_start(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "Open the doc", "22 of 24 do")
    assert stamped(pane) == [(0, "Open the doc"), (60, "22 of 24 do")]


def test_shift_enter_stays_in_the_line(qtbot, pane):
    qtbot.keyClicks(pane, "one")
    qtbot.keyClick(pane, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(pane, "two")
    assert texts(pane) == ["one\ntwo"]


def test_enter_in_an_empty_last_line_gives_it_the_time_it_is_now(qtbot, pane, elapsed):
    elapsed.seconds = 75
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    qtbot.keyClicks(pane, "Now")
    assert pane.blockCount() == 1
    assert stamped(pane) == [(75, "Now")]


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("t: Open it", "teacher", "Open it"),
        ("S:I disagree", "student", "I disagree"),
        ("a: writes", "action", "writes"),
        ("x: no signal", "tech", "no signal"),
        ("?why so", "question", "why so"),
        ("! waits", "strength", "waits"),
        ("> what if", "wonder", "what if"),
        ("* silence", "moment", "silence"),
        (">> a step", "action", ">> a step"),
        ("so t: is no prefix", "action", "so t: is no prefix"),
    ],
)
def test_a_prefix_at_the_beginning_says_what_kind_of_line_it_is(qtbot, pane, typed, kind, kept):
    qtbot.keyClicks(pane, typed)
    assert kinds(pane) == [(kind, kept)]


def test_a_prefix_before_words_that_stand_already_counts(qtbot, pane):
    qtbot.keyClicks(pane, "Open it")
    go_to(pane, 0)
    qtbot.keyClicks(pane, "t: ")
    assert kinds(pane) == [("teacher", "Open it")]


def test_a_moment_needs_no_word(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "*", "")
    assert kinds(pane) == [("moment", "")]


def test_undo_gives_the_letters_of_a_prefix_back_and_they_stay(qtbot, pane):
    qtbot.keyClicks(pane, "t: ")
    qtbot.keyClick(pane, Qt.Key.Key_Z, CTRL)
    qtbot.keyClicks(pane, "tail")
    assert kinds(pane) == [("action", "t: tail")]


def test_backspace_at_the_beginning_takes_the_kind_away_first(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one", "t: two")
    go_to(pane, 1)
    qtbot.keyClick(pane, Qt.Key.Key_Backspace)
    assert kinds(pane) == [("action", "one"), ("action", "two")]
    qtbot.keyClick(pane, Qt.Key.Key_Backspace)
    assert stamped(pane) == [(0, "onetwo")]


def test_backspace_takes_an_empty_line_away(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one", "")
    qtbot.keyClick(pane, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pane, "!")
    assert stamped(pane) == [(0, "one!")]


def test_undo_brings_a_line_back_with_its_stamp_and_kind(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one", "t: two", "three")
    before = pane.lines.written()
    pane.selectAll()
    qtbot.keyClick(pane, Qt.Key.Key_Delete)
    assert texts(pane) == []
    qtbot.keyClick(pane, Qt.Key.Key_Z, CTRL)
    assert pane.lines.written() == before


def test_a_line_that_is_split_keeps_the_time_it_was(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one two")
    first = pane.lines.written()[0].id
    elapsed.seconds = 90
    go_to(pane, 0, 4)
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert stamped(pane) == [(0, "one "), (0, "two")]
    assert pane.lines.written()[0].id == first


def test_enter_before_a_line_makes_room_and_the_line_stays_itself(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "t: one")
    [line] = pane.lines.written()
    go_to(pane, 0)
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert pane.lines.written() == [line]
    assert pane.blockCount() == 2


def test_typing_over_several_lines_leaves_one(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one", "two", "three")
    cursor = pane.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    qtbot.keyClicks(pane, "X")
    assert stamped(pane) == [(0, "oXree")]


def test_every_line_is_itself_whatever_is_done(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one", "two", "three")
    pane.insertPlainText("\nfour\nfive")
    ids = [line.id for line in pane.lines.written()]
    assert len(set(ids)) == len(ids) == 5


@pytest.mark.parametrize("how", ["space", "enter", "arrow", "leave"])
def test_a_tag_leaves_the_line_and_is_told(qtbot, pane, tags, how):
    qtbot.keyClicks(pane, "We look together #1d")
    line = pane.current()
    assert texts(pane) == ["We look together"]
    if how == "space":
        qtbot.keyClicks(pane, " ")
    if how == "enter":
        qtbot.keyClick(pane, Qt.Key.Key_Return)
    if how == "arrow":
        pane.insertPlainText("\n")
        go_to(pane, 0)
    if how == "leave":
        pane.clearFocus()
    assert tags == [(line.id, "1D")]
    assert "#" not in pane.toPlainText()


def test_what_only_looks_like_a_tag_stays(qtbot, pane, tags):
    qtbot.keyClicks(pane, "Table #4F and #12 in C#1D ")
    qtbot.keyClick(pane, Qt.Key.Key_Return)
    assert texts(pane) == ["Table #4F and #12 in C#1D "]
    assert tags == []


def test_a_pasted_text_becomes_lines_of_their_kinds(qtbot, pane, tags, elapsed):
    elapsed.seconds = 30
    pasted = QMimeData()
    pasted.setText("t: Open it\r\n\ns: why? #2A\nlast")
    pane.insertFromMimeData(pasted)
    assert kinds(pane) == [("teacher", "Open it"), ("student", "why?"), ("action", "last")]
    assert {line.offset for line in pane.lines.written()} == {30}
    assert [code for _line, code in tags] == ["2A"]
    qtbot.keyClick(pane, Qt.Key.Key_Z, CTRL)
    assert texts(pane) == []


def test_words_pasted_into_a_line_stay_in_it(qtbot, pane):
    qtbot.keyClicks(pane, "one three")
    go_to(pane, 0, 4)
    pane.paste_text("two ")
    assert texts(pane) == ["one two three"]


def test_lines_pasted_into_the_middle_of_a_line_come_after_its_beginning(qtbot, pane):
    qtbot.keyClicks(pane, "one four")
    go_to(pane, 0, 4)
    pane.paste_text("two\nthree")
    assert texts(pane) == ["one ", "two", "three", "four"]


def test_ten_megabytes_pasted_are_kept_whole(qtbot, pane):
    said = []
    pane.said.connect(said.append)
    whole = "\n".join("word " * 2_000 for _line in range(1_000)) + "\n" + "x" * 1_000_000
    pane.paste_text(whole)
    assert "\n".join(texts(pane)) == whole
    assert max(len(row) for row in pane.toPlainText().split("\n")) <= SHOWN
    assert len(said) == 1


def test_more_than_a_note_can_hold_is_not_pasted_and_said(pane):
    said = []
    pane.said.connect(said.append)
    pane.paste_text("x" * 16_000_001)
    assert texts(pane) == []
    assert "nothing was pasted" in said[0]


def test_half_a_character_does_not_keep_a_line_from_the_vault(pane):
    pane.paste_text("bro\ud83dken")
    texts(pane)[0].encode("utf-8")


def test_lines_that_were_kept_are_shown_as_they_were(pane, tags):
    [one] = [Line(pane.current().id, 5, LineKind.TECH, "x" * (2 * SHOWN) + "\nend")]
    pane.show_lines((one,))
    assert pane.lines.written() == [one]
    assert pane.current().text == ""


@pytest.mark.parametrize("door", ["key", "mouse"])
def test_a_stamp_can_be_changed_and_taken_back(qtbot, pane, elapsed, door):
    type_lines(qtbot, pane, elapsed, "one", "two")
    if door == "key":
        pane.edit_stamp()
    else:
        second = pane.cursorRect().center()
        qtbot.mouseDClick(pane.stamps, Qt.MouseButton.LeftButton, pos=second)
    edit = pane.findChild(QLineEdit, "stamp_edit")
    assert (edit.text(), edit.accessibleName()) == ("01:00", "Time of this line")
    edit.setText("1:30")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert stamped(pane) == [(0, "one"), (90, "two")]
    assert pane.hasFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Z, CTRL)
    assert stamped(pane) == [(0, "one"), (60, "two")]


def test_a_time_that_is_none_is_said_and_esc_leaves_the_old_one(qtbot, pane, elapsed):
    said = []
    pane.said.connect(said.append)
    type_lines(qtbot, pane, elapsed, "one")
    pane.edit_stamp()
    edit = pane.findChild(QLineEdit, "stamp_edit")
    edit.setText("soon")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert len(said) == 1
    assert edit.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert stamped(pane) == [(0, "one")]
    assert pane.hasFocus()


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("8:12", 492), ("1:08:12", 4092), ("0:00", 0), ("8", None), ("8:75", None), ("1:75:00", None)],
)
def test_a_time_is_minutes_and_seconds(typed, seconds):
    assert seconds_of(typed) == seconds


def test_where_nothing_can_be_typed_nothing_changes(qtbot, pane, elapsed):
    type_lines(qtbot, pane, elapsed, "one")
    kept = pane.lines.written()
    pane.setReadOnly(True)
    pane.show_lines(kept)
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        qtbot.keyClick(pane, key)
    assert pane.blockCount() == 1
    assert pane.lines.written() == kept


class Behind(QWidget):
    painted = 0

    def paintEvent(self, event):
        self.painted += 1


def test_a_key_has_nothing_painted_that_lies_behind_the_lines(qtbot, dressed):
    behind, pane = Behind(), ScriptPane(lambda: 0)
    QVBoxLayout(behind).addWidget(pane)
    qtbot.addWidget(behind)
    with qtbot.waitExposed(behind):
        behind.show()
    qtbot.keyClicks(pane, "14 ")
    qtbot.waitUntil(lambda: behind.painted > 0)
    QApplication.processEvents()
    behind.painted = 0
    qtbot.keyClicks(pane, "of 22")
    QApplication.processEvents()
    assert pane.toPlainText() == "14 of 22"
    assert behind.painted == 0
    pane.setStyleSheet("background: white")  # as another theme comes
    assert pane.viewport().autoFillBackground()
