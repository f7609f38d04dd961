import logging
import sys
import threading
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.errors import BadFile, NotShareable, WrongPassphrase
from coachdesk.ui import messages
from coachdesk.ui.background import Background
from coachdesk.ui.widgets.toast import Toast


@pytest.fixture
def shown(qapp):
    """What is shown of errors that nobody handled."""
    kept = sys.excepthook, threading.excepthook
    said, background = [], Background()
    messages.show_uncaught(said.append, background.post)
    yield said
    sys.excepthook, threading.excepthook = kept
    background.close()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 560)
    window.show()
    return window


def raise_uncaught(error: BaseException) -> None:
    try:
        raise error
    except BaseException as raised:
        sys.excepthook(type(raised), raised, raised.__traceback__)


def test_an_error_in_the_coachs_words_is_shown_as_it_stands(shown):
    raise_uncaught(WrongPassphrase())
    assert shown == [WrongPassphrase.text]


def test_the_facts_fill_the_sentence():
    error = BadFile("Row {row}: the {column} is empty.", row=3, column="e-mail")
    assert messages.words(error) == "Row 3: the e-mail is empty."


def test_a_day_in_a_sentence_is_written_as_the_coach_writes_days():
    error = NotShareable("{quarter} is not over yet. Wait for {day}.", quarter="Q2", day=date(2027, 1, 18))
    assert messages.words(error) == "Q2 is not over yet. Wait for 18 Jan 2027."


class Spanish(QTranslator):
    """Knows one sentence."""

    def translate(self, context, text, _about=None, _count=-1):
        known = {("errors", "Row {row}: the {column} is empty."): "Fila {row}: falta {column}."}
        return known.get((context, text), "")

    def isEmpty(self):
        return False


def test_a_sentence_is_translated_before_the_facts_fill_it(qapp):
    spanish = Spanish()
    qapp.installTranslator(spanish)
    error = BadFile("Row {row}: the {column} is empty.", row=3, column="e-mail")
    assert messages.words(error) == "Fila 3: falta e-mail."
    qapp.removeTranslator(spanish)


def test_our_own_fault_is_said_calmly_and_its_text_is_not_logged(shown, caplog):
    with caplog.at_level(logging.ERROR):
        raise_uncaught(ValueError("Ms. Canary cried"))
    assert shown == ["Something went wrong. Your notes are safe."]
    assert "ValueError test_messages:" in caplog.text
    assert "Canary" not in caplog.text


def test_an_error_on_another_thread_is_shown_on_the_screens(shown, qtbot, caplog):
    thread = threading.Thread(target=lambda: raise_from(KeyError("Canary")))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["Something went wrong. Your notes are safe."]
    assert "Canary" not in caplog.text


def raise_from(error: BaseException) -> None:
    raise error


def test_a_toast_offers_the_way_back_once(window, qtbot):
    undone = []
    toast = Toast(window)
    toast.tell("Archived one teacher.", lambda: undone.append(True))
    assert toast.isVisible()
    assert toast.accessibleName() == "Archived one teacher."
    toast.undo_button.click()
    assert undone == [True]
    assert not toast.isVisible()


def test_a_toast_goes_by_itself_but_a_problem_stays(window, qtbot):
    toast = Toast(window)
    toast.tell("Saved.")
    assert toast.goes_in_ms() == 8000
    toast.tell("Not saved: the disk would not take it.", stays=True)
    assert toast.goes_in_ms() is None
    toast.close_button.click()
    assert not toast.isVisible()


def test_a_toast_stays_while_its_button_is_focused(window, qtbot):
    toast = Toast(window)
    toast.tell("Archived one teacher.", lambda: None)
    window.activateWindow()
    toast.undo_button.setFocus()
    qtbot.waitUntil(toast.undo_button.hasFocus)
    toast.time_is_up()
    assert toast.isVisible()
    toast.undo_button.clearFocus()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    toast.time_is_up()
    assert not toast.isVisible()


def test_a_toast_keeps_inside_the_window_as_it_shrinks(window, qtbot):
    toast = Toast(window)
    toast.tell(
        "A long sentence about what just happened, which needs more than one line to be said in full, " * 2
    )
    window.resize(400, 400)
    assert window.rect().contains(toast.geometry())
