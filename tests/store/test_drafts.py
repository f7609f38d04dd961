import stat

import pytest

from coachdesk.errors import NotSaved
from coachdesk.store.drafts import Drafts, new_key

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
