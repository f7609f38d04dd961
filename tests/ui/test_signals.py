"""What the operating system says when the coach goes away."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "app"))

from away import computer
from PySide6.QtCore import QObject
from shiboken6 import isValid

from coachdesk.ui.signals import seam
from coachdesk.ui.signals.linux import SCREEN_SAVERS, LinuxSignals, LinuxStay

NOWHERE = "unix:path=/nowhere/at/all"


@pytest.fixture
def parent(qapp):
    return QObject()


@pytest.fixture
def laptop():
    with computer() as made:
        yield made


@pytest.fixture
def heard(parent, laptop, qtbot, monkeypatch):
    """Why the coach was said to be gone, once everything is listened to."""
    monkeypatch.setenv("XDG_SESSION_ID", "37")
    listening = LinuxSignals(parent, laptop.address, laptop.address)
    reasons = Heard(listening)
    listening.gone.connect(reasons.append)
    qtbot.waitUntil(lambda: laptop.is_held_awake() and len(laptop.asked) == 3)
    laptop.asked.clear()
    yield reasons
    listening.close()


class Heard(list):
    def __init__(self, listening: LinuxSignals) -> None:
        super().__init__()
        self.listening = listening


@pytest.mark.parametrize("interface", SCREEN_SAVERS)
def test_a_locked_screen_is_heard_whichever_desktop_it_is(interface, laptop, heard, qtbot):
    laptop.locks_screen(interface=interface)
    qtbot.waitUntil(lambda: heard == ["screen"])


@pytest.mark.parametrize(
    ("happens", "why"), [("falls_asleep", "sleep"), ("locks_session", "session"), ("changes_user", "user")]
)
def test_what_login_says_is_heard(happens, why, laptop, heard, qtbot):
    getattr(laptop, happens)()
    qtbot.waitUntil(lambda: heard == [why])


def test_a_sleep_that_did_not_wait_is_heard_when_it_is_over(laptop, heard, qtbot):
    laptop.falls_asleep(begins=False)
    qtbot.waitUntil(lambda: heard == ["sleep"])


def test_coming_back_and_other_sessions_are_no_going_away(laptop, heard, qtbot):
    laptop.locks_screen(locked=False)
    laptop.changes_user(active=True)
    laptop.locks_session("/org/freedesktop/login1/session/_38")
    laptop.locks_screen(interface="org.freedesktop.SomethingElse")
    laptop.falls_asleep()  # what was said before it has been heard by then
    qtbot.waitUntil(lambda: heard != [])
    assert heard == ["sleep"]


def test_the_computer_waits_with_sleeping_until_nobody_listens_any_more(laptop, heard):
    assert laptop.is_held_awake()
    heard.listening.close()
    assert laptop.sleeps_once_let()


def test_a_desk_locked_before_it_heard_that_the_computer_waits_lets_it_sleep(parent, laptop):
    listening = LinuxSignals(parent, laptop.address, laptop.address)
    assert laptop.has_promised_to_wait()
    listening.close()
    assert laptop.sleeps_once_let()


def test_a_bus_that_is_let_go_finds_nobody_to_call_from_its_own_thread(parent, laptop):
    """It called into Python from there without the interpreter's lock, and the program died."""
    listening = LinuxSignals(parent, laptop.address, laptop.address)
    listening.close()
    assert not isValid(listening)
    listening.close()  # a second time, as when the program ends after the desk was locked


def test_a_user_whose_session_is_not_named_is_found_all_the_same(parent, laptop, qtbot, monkeypatch):
    monkeypatch.setenv("XDG_SESSION_ID", "no such")
    listening = LinuxSignals(parent, laptop.address, laptop.address)
    reasons = Heard(listening)
    listening.gone.connect(reasons.append)
    qtbot.waitUntil(lambda: laptop.asked.count("GetSession") == 2 and not listening._waiting)
    laptop.locks_session()
    qtbot.waitUntil(lambda: reasons == ["session"])
    listening.close()


def test_a_computer_that_says_nothing_is_no_trouble(parent):
    LinuxSignals(parent, NOWHERE, NOWHERE).close()


def test_one_bus_is_enough_to_hear_that_the_screen_locks(parent, laptop, qtbot):
    listening = LinuxSignals(parent, NOWHERE, laptop.address)
    reasons = Heard(listening)
    listening.gone.connect(reasons.append)
    laptop.locks_screen()
    qtbot.waitUntil(lambda: reasons == ["screen"])
    listening.close()


@pytest.mark.parametrize(("system", "answers"), [("linux", True), ("win32", False), ("darwin", False)])
def test_where_nothing_is_heard_the_seam_says_so(parent, monkeypatch, system, answers):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", NOWHERE)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", NOWHERE)
    monkeypatch.setattr(sys, "platform", system)
    listening = seam.listen(parent)
    assert (listening is not None) is answers
    if listening:
        listening.close()


def test_a_computer_is_not_switched_off_while_words_are_held_that_are_not_saved(parent, laptop, qtbot):
    staying = LinuxStay(parent, "Not saved yet", laptop.address)
    qtbot.waitUntil(laptop.is_held_awake)
    staying.close()
    assert laptop.sleeps_once_let()


def test_a_computer_that_cannot_be_asked_to_stay_is_no_trouble(parent):
    LinuxStay(parent, "Not saved yet", NOWHERE).close()
