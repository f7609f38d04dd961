import resource
import stat
from threading import Thread

import pytest
from nacl.public import SealedBox

from coachdesk.errors import NotSaved
from coachdesk.store.drafts import READY, ROOMS, Drafts, new_key

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
    assert [path.stat().st_size for path in laid] == [*ROOMS]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in laid)
    assert drafts.found() == []


def test_where_no_room_can_be_laid_nothing_breaks(drafts, tmp_path):
    (tmp_path / "state").write_bytes(b"a file where the folder should be")
    assert not drafts.lay_rooms()


def test_what_is_let_go_is_gone(drafts, tmp_path):
    drafts.let_go(drafts.seal(WORDS))
    assert drafts.found() == []
    assert list((tmp_path / "state").iterdir()) == []


@pytest.mark.parametrize("words", [WORDS, WORDS * (1 << 16)], ids=["some lines", "a very long note"])
def test_a_draft_that_lies_in_a_room_opens_and_it_is_ready_again_once_it_is_let_go(words, drafts, tmp_path):
    """As on a full disk: `tests/reliability/r05_sealed_draft.py` fills one."""
    drafts.lay_rooms()
    path = tmp_path / "state" / "draft-1.sealed"
    box = SealedBox(drafts._private.public_key)
    assert not drafts._write_over_a_room(path, box, bytes(ROOMS[-1]))  # more than the largest holds
    assert drafts._write_over_a_room(path, box, words)
    assert drafts.found() == [(path, words)]
    assert len(rooms(tmp_path / "state")) == len(ROOMS) - 1
    drafts.let_go(path)
    assert drafts.found() == []
    assert [room.stat().st_size for room in rooms(tmp_path / "state")] == [*ROOMS]


def test_what_cannot_be_written_over_goes_all_the_same(drafts, tmp_path):
    """On btrfs a full disk refuses that; here the size of files is bounded."""
    drafts.lay_rooms()
    path = tmp_path / "state" / "draft-1.sealed"
    rooms(tmp_path / "state")[0].rename(path)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOMS[0] // 2, hard[1]))
    try:
        drafts.let_go(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, hard)
    assert not path.exists()
    assert len(rooms(tmp_path / "state")) == len(ROOMS) - 1


def test_no_room_is_laid_anew_while_a_draft_is_written_over_it(drafts, tmp_path):
    with drafts._door:
        laying = Thread(target=drafts.lay_rooms)
        laying.start()
        laying.join(0.02)
        assert rooms(tmp_path / "state") == []
    laying.join()
    assert len(rooms(tmp_path / "state")) == len(ROOMS)
