"""A second start on the same vault finds the first window."""

import os
import socket
from threading import Thread

import pytest
from PySide6.QtCore import QObject

from coachdesk.paths import folders
from coachdesk.ui.one_window import FirstWindow, call_first, meeting_place


@pytest.fixture
def parent(qapp):
    return QObject()


@pytest.fixture
def runtime(tmp_path_factory, monkeypatch):
    """This user's own folder; its path is short enough for a socket."""
    folder = tmp_path_factory.mktemp("run")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def home(place):
    place.data.mkdir(parents=True)
    return place


@pytest.fixture
def first(parent, runtime, home):
    window = FirstWindow(parent, home)
    window.tokens = []
    window.called.connect(window.tokens.append)
    yield window
    window.close()


def second(home, qtbot) -> bool:
    """A second start, from elsewhere; whether the first window answered."""
    answers = []
    start = Thread(target=lambda: answers.append(call_first(home)))
    start.start()
    qtbot.waitUntil(lambda: answers != [])
    start.join()
    return answers[0]


def test_the_first_window_is_called(first, home, qtbot):
    assert second(home, qtbot)
    assert first.tokens == [""]
    assert second(home, qtbot)


@pytest.mark.parametrize("name", ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"])
def test_it_gets_what_the_desktop_gave_for_coming_forward(first, home, qtbot, monkeypatch, name):
    monkeypatch.setenv(name, "token-7")
    assert second(home, qtbot)
    assert first.tokens == ["token-7"]


def test_by_another_path_it_is_the_same_vault(first, home, tmp_path, qtbot):
    (tmp_path / "link").symlink_to(home.data)
    assert second(folders(tmp_path / "link"), qtbot)


def test_another_vault_has_windows_of_its_own(first, tmp_path, qtbot):
    (tmp_path / "other").mkdir()
    assert not second(folders(tmp_path / "other"), qtbot)
    assert first.tokens == []


def test_without_a_first_window_there_is_none_to_call(runtime, home, tmp_path):
    assert not call_first(home)
    assert not call_first(folders(tmp_path / "nowhere"))


def test_what_a_killed_window_left_is_in_nobodys_way(parent, runtime, home, qtbot):
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(os.fspath(meeting_place(home)))
    assert not call_first(home)
    window = FirstWindow(parent, home)
    assert second(home, qtbot)
    window.close()
    assert list(runtime.iterdir()) == []


def test_a_window_that_does_not_answer_is_given_up(runtime, home):
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(os.fspath(meeting_place(home)))
        hung.listen()
        assert not call_first(home, patience=0.05)


def test_only_this_user_may_call(first, runtime):
    [made] = runtime.iterdir()
    assert runtime.stat().st_mode & 0o077 == 0
    assert made.is_socket()


@pytest.mark.parametrize("trouble", ["open to all", "missing", "unset"])
def test_a_folder_that_others_may_enter_is_not_used(runtime, home, monkeypatch, trouble):
    if trouble == "open to all":
        runtime.chmod(0o777)
    elif trouble == "missing":
        runtime.rmdir()
    else:
        monkeypatch.delenv("XDG_RUNTIME_DIR")
    found = meeting_place(home)
    assert found is None or found.parent == home.state


def test_where_they_cannot_meet_nothing_is_done(parent, home, tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    deep = folders(tmp_path / ("far" * 40))
    deep.data.mkdir()
    assert meeting_place(deep) is None
    window = FirstWindow(parent, deep)
    assert not call_first(deep)
    window.close()
