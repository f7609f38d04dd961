import threading
import weakref

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from coachdesk.ui.collecting import Collecting
from coachdesk.ui.idle import Idle


@pytest.fixture
def parent():
    return QObject()


@pytest.fixture
def idle(qapp, parent, stopwatch):
    return Idle(5, parent, stopwatch)


@pytest.fixture
def over(idle):
    times = []
    idle.over.connect(lambda: times.append(True))
    return times


def let_pass(idle: Idle, stopwatch, seconds: int) -> None:
    for _ in range(0, seconds, 5):
        stopwatch.now += 5
        idle.check()


def test_it_is_over_after_the_minutes_set_and_not_before(idle, stopwatch, over):
    let_pass(idle, stopwatch, 295)
    assert over == []
    let_pass(idle, stopwatch, 5)
    assert over == [True]


def test_a_key_in_the_window_is_a_sign_of_life(idle, stopwatch, over, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    idle.watch(field.windowHandle())
    let_pass(idle, stopwatch, 290)
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    let_pass(idle, stopwatch, 290)
    assert over == []
    let_pass(idle, stopwatch, 10)
    assert over == [True]


def test_it_tells_how_long_nothing_was_touched(idle, stopwatch, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    idle.watch(field.windowHandle())
    stopwatch.now += 7
    assert idle.still == pytest.approx(7, abs=1)
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    assert idle.still < 1


@pytest.mark.parametrize("leap", [61, 3600, -120])
def test_a_leap_of_the_clock_means_the_computer_slept(idle, stopwatch, over, leap):
    let_pass(idle, stopwatch, 10)
    stopwatch.now += leap
    idle.check()
    assert over == [True]


class Clocks:
    """The clock on the wall, and the steady one."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 5_000.0

    def pass_by(self, seconds: float, asleep: float = 0, set_by: float = 0) -> None:
        self.wall += seconds + asleep + set_by
        self.steady += seconds


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def two_clocks(qapp, parent, clocks):
    return Idle(5, parent, lambda: clocks.wall, lambda: clocks.steady)


@pytest.fixture
def locked(two_clocks):
    times = []
    two_clocks.over.connect(lambda: times.append(True))
    return times


DAY = 86_400


@pytest.mark.parametrize(
    "gap",
    [
        {"seconds": 5, "asleep": 61},
        {"seconds": 5, "asleep": 9 * 3600},
        {"seconds": 5, "set_by": -DAY},
        {"seconds": 5, "set_by": 3653 * DAY},
        {"seconds": 62},
        {"seconds": 62, "set_by": -62},
    ],
    ids=["a nap", "a night", "a day back", "ten years on", "stood still", "stood still, clock set back"],
)
def test_time_that_has_a_gap_locks_at_the_next_check(two_clocks, clocks, locked, gap):
    clocks.pass_by(5)
    two_clocks.check()
    clocks.pass_by(**gap)
    two_clocks.check()
    assert locked == [True]


def test_a_clock_that_is_put_right_by_seconds_is_no_gap(two_clocks, clocks, locked):
    for set_by in (1.5, -40, 12):
        clocks.pass_by(5, set_by=set_by)
        two_clocks.check()
    assert locked == []


def test_a_clock_that_is_set_back_again_and_again_does_not_put_the_lock_off(two_clocks, clocks, locked):
    for _ in range(60):
        clocks.pass_by(5, set_by=-5)
        two_clocks.check()
    assert locked == [True]


def test_garbage_is_collected_on_the_screens_thread_only(qapp, parent):
    collecting = Collecting(parent)
    died_on = []

    class Node:
        pass

    def litter() -> None:
        for _ in range(2000):
            node = Node()
            node.itself = node
            weakref.finalize(node, lambda: died_on.append(threading.get_ident()))

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert died_on == []
    collecting.collect()
    assert set(died_on) == {threading.get_ident()}
    collecting.close()
