import pytest
from PySide6.QtCore import QObject

from coachdesk.errors import NotSaved
from coachdesk.ui.autosave import Autosave


@pytest.fixture
def parent(qapp):
    return QObject()


def test_what_is_typed_is_saved_a_moment_after_the_last_key(parent, qtbot):
    saved = []
    autosave = Autosave(lambda: saved.append("note"), parent)
    autosave.later()
    assert autosave.waiting
    qtbot.waitUntil(lambda: saved == ["note"], timeout=2000)
    assert not autosave.waiting


def test_it_is_saved_within_a_second_however_long_the_typing_goes_on(parent, qtbot):
    saved = []
    autosave = Autosave(lambda: saved.append("note"), parent)

    def still_typing() -> bool:
        autosave.later()
        return bool(saved)

    qtbot.waitUntil(still_typing, timeout=2 * Autosave.AT_MOST_MS)
    autosave.forget()


def test_what_could_not_be_saved_goes_on_waiting(parent):
    disk, saved = ["full", "free"], []

    def save() -> None:
        if disk.pop(0) == "full":
            raise NotSaved
        saved.append("note")

    autosave = Autosave(save, parent)
    autosave.later()
    with pytest.raises(NotSaved):
        autosave.now()
    assert autosave.waiting
    autosave.now()
    autosave.now()
    assert saved == ["note"]


def test_what_was_thrown_away_is_not_saved(parent):
    saved = []
    autosave = Autosave(lambda: saved.append("note"), parent)
    autosave.later()
    autosave.forget()
    autosave.now()
    assert saved == []
