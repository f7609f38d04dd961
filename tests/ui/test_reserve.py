"""The room that is kept for a last save: laid in the background, said once where it was needed."""

import pytest

from coachdesk.errors import NotSaved
from coachdesk.services import roster
from coachdesk.store import ballast
from coachdesk.ui.reserve import Reserve


@pytest.fixture
def said():
    return []


@pytest.fixture
def reserve(qtbot, qapp, screen_desk, said):
    made = Reserve(screen_desk, said.append, lambda sentence: sentence and said.remove(sentence), qapp)
    yield made
    made.deleteLater()


def test_it_is_laid_in_the_background_and_nothing_is_said(reserve, place, said, qtbot):
    reserve.lay()
    qtbot.waitUntil(lambda: ballast.path_of(place.vault).exists())
    reserve.look()
    assert said == []


def test_where_it_cannot_be_laid_that_is_said_once(reserve, place, said, qtbot):
    ballast.path_of(place.vault).mkdir()
    reserve.lay()
    qtbot.waitUntil(lambda: said != [])
    reserve.lay()
    reserve.look()
    assert [sentence.split(".")[0] for sentence in said] == ["The disk is nearly full"]


def fill(desk, vault):
    """Have the vault grow no more, and write until that is felt."""
    pages = vault.inspect(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    vault.inspect(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    for number in range(10, 99):
        name = f"{number}" * 30
        desk.do_later(name, roster.save_teacher, {"family_name": name}).exception()


def test_a_save_that_needed_it_is_said_and_it_is_laid_again(reserve, screen_desk, vault, said, qtbot):
    assert screen_desk.keep_room()
    fill(screen_desk, vault)
    assert screen_desk.gave_room
    reserve.look()
    reserve.look()
    assert [sentence.split(".")[0] for sentence in said] == ["The disk is full"]
    reserve.lay()
    qtbot.waitUntil(lambda: not screen_desk.gave_room)


def test_what_was_said_goes_once_a_save_fails_and_is_not_said_beside_not_saved(
    workspace, screen_desk, vault, qtbot
):
    assert screen_desk.keep_room()
    fill(screen_desk, vault)
    workspace.reserve.look()
    assert workspace.toast.said.text().startswith("The disk is full.") and workspace.toast.isVisible()
    vault.inspect(lambda c: c.execute("PRAGMA query_only = 1").fetchall())
    refused = screen_desk.do_later("last", roster.save_teacher, {"family_name": "Vega"}).exception()
    assert isinstance(refused, NotSaved)
    qtbot.waitUntil(lambda: not workspace.toast.isVisible())
    workspace.reserve.look()
    assert not workspace.toast.isVisible()
    workspace.warn("Something else.")
    workspace.reserve.failed()
    assert workspace.toast.isVisible()


def test_the_open_window_looks_after_it(workspace):
    assert workspace.reserve._timer.isActive()
