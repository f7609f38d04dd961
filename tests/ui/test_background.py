import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from coachdesk.errors import Cancelled
from coachdesk.ui.background import Background


@pytest.fixture
def background(qapp):
    made = Background()
    yield made
    made.close()


def test_the_answer_comes_back_on_the_screens_thread(qtbot, background):
    got = []
    background.run(threading.get_ident, lambda there: got.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    [(there, here)] = got
    assert here == threading.get_ident() != there


def test_an_error_goes_to_whoever_asked_to_have_it(qtbot, background):
    failures = []
    background.run(lambda: 1 / 0, pytest.fail, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert type(failures[0]) is ZeroDivisionError


def test_an_error_nobody_asked_for_rises_on_the_screens_thread(qtbot, background):
    with qtbot.captureExceptions() as raised:
        background.run(lambda: 1 / 0, pytest.fail)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_long_work_says_how_far_it_is(qtbot, background):
    heard, answers = [], []

    def count(report):
        for done in (1, 2, 3):
            report(done, 3)
        return "counted"

    background.run_long(count, answers.append, progress=lambda done, of: heard.append((done, of)))
    qtbot.waitUntil(lambda: bool(answers))
    assert (answers, heard) == (["counted"], [(1, 3), (2, 3), (3, 3)])


def test_stopped_work_ends_at_its_next_report(qtbot, background):
    stopped, failures = threading.Event(), []

    def work(report):
        stopped.wait(10)
        report(1, 2)

    job = background.run_long(work, pytest.fail, failures.append)
    job.stop()
    stopped.set()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)


def test_a_call_from_another_thread_runs_on_the_screens(qtbot, background):
    ran = []
    thread = threading.Thread(target=lambda: background.post(lambda: ran.append(threading.get_ident())))
    thread.start()
    thread.join()
    assert ran == []
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == [threading.get_ident()]


def test_after_closing_nothing_is_delivered_any_more(qtbot, background):
    started, answers = threading.Event(), []

    def work(report):
        started.set()
        while True:
            report(0, 1)

    background.run_long(work, answers.append, answers.append)
    started.wait(10)
    background.close()
    background.post(lambda: answers.append("late"))
    with qtbot.waitSignal(background.destroyed, timeout=1000):
        background.deleteLater()
    assert answers == []


def test_after_closing_nothing_is_begun_any_more(background):
    background.close()
    begun = []
    with pytest.raises(Cancelled):
        background.run(lambda: begun.append("work"), pytest.fail).check()
    assert begun == []


def test_what_was_asked_for_by_a_page_that_is_gone_is_dropped(qtbot):
    page, delivered = QWidget(), []
    background = Background(page)
    go_on, ended = threading.Event(), threading.Event()

    def work():
        go_on.wait(10)
        background.post(lambda: delivered.append("on the way"))
        ended.set()
        return "answer"

    background.run(work, delivered.append, delivered.append)
    delete(page)
    go_on.set()
    assert ended.wait(10)
    later = []
    QTimer.singleShot(0, lambda: later.append("all that came before"))
    qtbot.waitUntil(lambda: bool(later))
    assert delivered == []
    background.close()


def test_work_that_may_hang_answers_on_the_screens_thread(qtbot, background):
    got, failures = [], []
    background.run_apart(threading.get_ident, lambda there: got.append((there, threading.get_ident())))
    background.run_apart(lambda: 1 / 0, pytest.fail, failures.append)
    qtbot.waitUntil(lambda: bool(got) and bool(failures))
    [(there, here)] = got
    assert here == threading.get_ident() != there
    assert isinstance(failures[0], ZeroDivisionError)


def test_work_that_hangs_keeps_nobody_from_closing(qtbot, background):
    never, answers = threading.Event(), []
    background.run_apart(never.wait, answers.append, answers.append)
    background.close()
    never.set()
    assert answers == []
