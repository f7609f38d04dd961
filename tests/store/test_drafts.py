import os
import shutil
import stat
import subprocess
import sys

import pytest

from coachdesk.errors import NotSaved
from coachdesk.store.drafts import READY, ROOM, ROOMS, Drafts, new_key

WORDS = b"Ana asked twelve open questions"


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "state", new_key())


def test_a_sealed_draft_opens_again(drafts):
    path = drafts.seal(WORDS)
    assert drafts.found() == [(path, WORDS)]


def test_what_is_sealed_is_not_readable_nor_open_to_others(drafts):
    path = drafts.seal(WORDS)
    assert b"Ana" not in path.read_bytes()
    assert "Ana" not in path.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_drafts_come_back_in_the_order_they_were_sealed(drafts):
    sealed = [drafts.seal(bytes([number])) for number in range(5)]
    assert [path for path, _words in drafts.found()] == sealed


def test_a_draft_of_another_vault_and_a_damaged_one_are_left_alone(drafts, tmp_path, caplog):
    other = Drafts(tmp_path / "state", new_key()).seal(WORDS)
    damaged = drafts.seal(WORDS)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (tmp_path / "state" / "folder.sealed").mkdir()
    assert drafts.found() == []
    assert other.exists()
    assert damaged.exists()
    assert {record.message for record in caplog.records} == {"draft-unreadable"}


def test_no_folder_means_no_drafts(drafts):
    assert drafts.found() == []


def test_a_draft_that_cannot_be_sealed_is_said(drafts, tmp_path):
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    with pytest.raises(NotSaved):
        drafts.seal(WORDS)


def rooms(folder):
    return sorted(folder.glob(READY.format(number="*")))


def test_rooms_lie_ready_for_this_user_alone_and_are_no_drafts(drafts, tmp_path):
    assert drafts.lay_rooms() and drafts.lay_rooms()
    laid = rooms(tmp_path / "state")
    assert [path.stat().st_size for path in laid] == [ROOM] * ROOMS
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in laid)
    assert drafts.found() == []


def test_where_no_room_can_be_laid_nothing_breaks(drafts, tmp_path):
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    assert not drafts.lay_rooms()


def test_what_is_let_go_is_gone(drafts, tmp_path):
    drafts.let_go(drafts.seal(WORDS))
    assert drafts.found() == []
    assert list((tmp_path / "state").iterdir()) == []


ON_A_FULL_DISK = """
import subprocess, sys
from pathlib import Path
from coachdesk.errors import NotSaved
from coachdesk.store.drafts import ROOM, ROOMS, Drafts, new_key

disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", disk], check=True)
drafts = Drafts(disk, new_key())
assert drafts.lay_rooms()
ready = list(disk.iterdir())
try:
    (disk / "filled").write_bytes(bytes(30 << 20))
except OSError:
    pass

path = drafts.seal(b"0")  # typed again and again, each time in place of what was sealed before
for number in range(1, 3 * ROOMS):
    path, before = drafts.seal(f"{number}".encode()), path
    drafts.let_go(before)
    assert drafts.found() == [(path, f"{number}".encode())]
assert len(list(disk.glob("ready-*"))) == ROOMS - 1
drafts.let_go(path)
assert drafts.found() == []
for room in ready:  # what was sealed in it is gone for good
    assert room.stat().st_size == ROOM
    room.rename(disk / "looked-at.sealed")
    assert drafts.found() == []
    (disk / "looked-at.sealed").rename(room)

kept = [drafts.seal(bytes([65 + number]) * 1000) for number in range(ROOMS)]
assert {path for path, _content in drafts.found()} == set(kept)
for words in (b"one more than there are rooms", b"more than a room holds" * ROOM):
    try:
        drafts.seal(words)
    except NotSaved:
        continue
    raise AssertionError("sealed where there is no room")
(disk / "filled").unlink()
assert drafts.lay_rooms()
assert len(drafts.found()) == ROOMS
"""


def test_on_a_disk_without_a_free_byte_drafts_are_written_over_what_lies_ready(tmp_path):
    """A real one, small, in memory."""
    mounts = ["unshare", "--mount"]
    if os.geteuid():
        mounts[1:1] = ["--user", "--map-root-user"]
    probe = [*mounts, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run(probe, capture_output=True).returncode:
        pytest.skip("a file system of its own needs mount rights: run as root, or allow user namespaces")
    words = [*mounts, sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path)]
    answer = subprocess.run(words, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
