import json
import os
import resource
import subprocess
import sys

import pytest

from coachdesk.errors import OpenElsewhere, VaultError
from coachdesk.store.lock import Lock


def test_a_lock_is_held_once(tmp_path):
    lock = Lock(tmp_path / "coachdesk.lock")
    with pytest.raises(OpenElsewhere):
        Lock(tmp_path / "coachdesk.lock")
    lock.release()
    Lock(tmp_path / "coachdesk.lock").release()


def test_the_lock_says_who_holds_it(tmp_path):
    (tmp_path / "coachdesk.lock").write_text("what an earlier holder left there, which was longer" * 9)
    lock = Lock(tmp_path / "coachdesk.lock")
    holder = json.loads((tmp_path / "coachdesk.lock").read_text())
    assert holder["pid"] == os.getpid()
    assert set(holder) == {"pid", "boot", "host"}
    lock.release()


WAIT = "print(flush=True); input()"


def test_a_process_started_from_this_one_does_not_hold_the_lock(tmp_path):
    lock = Lock(tmp_path / "coachdesk.lock")
    command = [sys.executable, "-c", WAIT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False) as child:
        child.stdout.readline()
        lock.release()
        Lock(tmp_path / "coachdesk.lock").release()
        child.stdin.write(b"\n")


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path):
    (tmp_path / "diary").write_text("not to be emptied")
    (tmp_path / "coachdesk.lock").symlink_to(tmp_path / "diary")
    with pytest.raises(VaultError, match=r"coachdesk\.lock"):
        Lock(tmp_path / "coachdesk.lock")
    assert (tmp_path / "diary").read_text() == "not to be emptied"


def test_on_a_full_disk_the_lock_holds_without_saying_who(tmp_path, caplog):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard[1]))
    try:
        lock = Lock(tmp_path / "coachdesk.lock")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, hard)
    assert caplog.messages == ["lock-unsigned"]
    with pytest.raises(OpenElsewhere):
        Lock(tmp_path / "coachdesk.lock")
    lock.release()
