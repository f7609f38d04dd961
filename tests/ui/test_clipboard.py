"""What is copied from the program does not stay on the clipboard."""

import pytest
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QPlainTextEdit

from coachdesk.ui.clipboard import MARKS, Clipboard

NOTE = "She sorted twelve zebrafish"


class Copied:
    """Whether the last to copy something was the program; offscreen, Qt itself does not know."""

    here = True

    def __call__(self) -> bool:
        return self.here


@pytest.fixture
def copied():
    return Copied()


@pytest.fixture
def looked_after(qapp, copied):
    """Looks after the clipboard for so many seconds."""
    parent, made = QObject(), []

    def look(seconds: float = 60) -> Clipboard:
        made.append(Clipboard(parent, seconds, copied))
        return made[-1]

    yield look
    for one in made:
        one.deleteLater()
    qapp.clipboard().clear()


@pytest.fixture
def note(qtbot):
    page = QPlainTextEdit(NOTE)
    qtbot.addWidget(page)
    page.selectAll()
    return page


def test_what_is_copied_is_marked_for_the_histories_that_mind(looked_after, note, qapp):
    looked_after()
    note.copy()
    held = qapp.clipboard().mimeData()
    assert held.text() == NOTE
    assert {kind: bytes(held.data(kind).data()) for kind in MARKS} == MARKS


def test_without_anybody_looking_after_it_nothing_is_marked(note, qapp):
    note.copy()
    assert not any(qapp.clipboard().mimeData().hasFormat(kind) for kind in MARKS)
    qapp.clipboard().clear()


def test_after_its_time_it_is_gone(looked_after, note, qapp, qtbot):
    looked_after(seconds=0.01)
    note.copy()
    assert qapp.clipboard().text() == NOTE
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")


def test_at_lock_it_is_gone_at_once(looked_after, note, qapp):
    clipboard = looked_after()
    note.copy()
    clipboard.close()
    assert qapp.clipboard().text() == ""
    note.copy()
    assert qapp.clipboard().text() == NOTE


def test_what_was_copied_elsewhere_since_is_let_be(looked_after, note, copied, qapp):
    clipboard = looked_after()
    note.copy()
    copied.here = False
    theirs = QMimeData()
    theirs.setText("a recipe")
    qapp.clipboard().setMimeData(theirs)
    clipboard.close()
    assert qapp.clipboard().text() == "a recipe"
    assert not any(qapp.clipboard().mimeData().hasFormat(kind) for kind in MARKS)


def test_copying_again_begins_the_minute_anew(looked_after, note, qapp):
    clipboard = looked_after()
    note.copy()
    first = clipboard._left.remainingTime()
    note.setPlainText("something else")
    note.selectAll()
    note.copy()
    assert clipboard._left.isActive()
    assert clipboard._left.remainingTime() >= first - 1000
    assert qapp.clipboard().text() == "something else"
