"""On a full disk the ballast is given up, and what was typed is saved in its room."""

import pytest
from sqlmodel import select

from coachdesk.errors import NotSaved
from coachdesk.model import School
from coachdesk.services.keep import keep
from coachdesk.store import ballast
from coachdesk.store.ballast import SIZE, Ballast
from coachdesk.store.recording import Recording


@pytest.fixture
def full(vault):
    """A vault that takes nothing more, until room is made."""
    pages = vault.inspect(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    vault.inspect(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    return vault


def much(calls):
    """Work that needs pages; the second time it is done there are some."""

    def work(session):
        calls.append(True)
        if len(calls) > 1:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 100000")
        for number in range(100):
            keep(session, School, {"name": f"{number}" + "x" * 400, "source_id": "y" * 400})

    return work


def schools(vault):
    with vault.read() as session:
        return len(session.exec(select(School)).all())


def test_it_is_a_file_beside_the_vault_for_this_user_alone(tmp_path):
    one = Ballast(tmp_path / "coachdesk.vault")
    assert one.lay()
    path = ballast.path_of(tmp_path / "coachdesk.vault")
    assert path.stat().st_size == SIZE
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_blocks * 512 >= SIZE


def test_it_is_laid_once_and_again_when_it_was_given_up(tmp_path):
    one = Ballast(tmp_path / "coachdesk.vault")
    assert one.lay() and one.lay()
    assert not one.spent
    assert one.release()
    assert one.spent
    assert not one.release()
    assert one.lay()
    assert not one.spent


def test_where_it_cannot_be_laid_nothing_breaks(tmp_path):
    (tmp_path / "coachdesk.ballast").mkdir()
    assert not Ballast(tmp_path / "coachdesk.vault").lay()
    assert not Ballast(tmp_path / "gone" / "coachdesk.vault").lay()


def test_typing_on_a_full_disk_is_saved_in_its_room(full):
    assert full.keep_room()
    full.submit(much(calls := []), Recording(repeatable=True)).result()
    assert (len(calls), schools(full)) == (2, 100)
    assert full.gave_room


def test_what_touched_the_vault_is_told_once(full):
    full.keep_room()
    _nothing, touched = full.submit(much([]), Recording(repeatable=True)).result()
    assert touched == {School}


def test_work_that_may_not_be_done_twice_is_refused_and_the_room_is_there_for_the_next(full):
    full.keep_room()
    with pytest.raises(NotSaved):
        full.submit(much(calls := [])).result()
    assert (len(calls), schools(full)) == (1, 0)
    assert full.gave_room


def test_without_ballast_a_full_disk_is_said(full):
    with pytest.raises(NotSaved):
        full.submit(much(calls := []), Recording(repeatable=True)).result()
    assert len(calls) == 1
    assert not full.gave_room


def test_a_disk_that_does_not_say_how_full_it_is_is_not_called_full(tmp_path):
    assert not Ballast(tmp_path / "gone" / "coachdesk.vault").is_short()
