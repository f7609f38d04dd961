import json
import os
import subprocess
import sys

import pytest

from coachdesk.errors import OpenElsewhere
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
