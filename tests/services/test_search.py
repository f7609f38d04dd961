import unicodedata

import pytest

from coachdesk.model import Event, ScriptLine, VisitNote
from coachdesk.services import search
from coachdesk.services.keep import keep


def add_note(session, day, *lines):
    starts = f"2026-10-{day:02}T09:00"
    event = keep(session, Event, {"kind": "visit", "starts": starts, "ends": starts.replace("09:", "10:")})
    note = keep(session, VisitNote, {"event_id": event.id, "started": starts})
    for position, text in enumerate(lines):
        keep(session, ScriptLine, {"note_id": note.id, "position": position, "text": text})
    return note


@pytest.fixture
def note(desk):
    desk.do(add_note, 1, "somebody else altogether")
    return desk.do(
        add_note, 2, "T: “Which café did Zoë’s group choose?”", "12 of 24 hands up, well-known list_7"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "hands",
        "HANDS",
        "ha",
        "group choo",
        "cafe",
        "café",
        unicodedata.normalize("NFD", "café"),
        "zoe's",
        "12 of 24",
        "well-known",
        "list_7",
        "hands  UP ",
    ],
)
def test_a_note_is_found_by_its_words(desk, note, typed):
    assert [hit.note_id for hit in desk.ask(search.notes, typed)] == [note.id]


@pytest.mark.parametrize("typed", ["handsome", "hands down", "an", "h", "hand up "])
def test_a_note_that_lacks_a_word_is_not_found(desk, note, typed):
    assert desk.ask(search.notes, typed) == []


@pytest.mark.parametrize(
    "typed", ["", "  ", "*", '"', "'); DROP TABLE x", "AND", "a OR", "NEAR(", "^", "-", "☕", "\0"]
)
def test_whatever_is_typed_is_only_words(desk, note, typed):
    assert desk.ask(search.notes, typed) == []


def test_what_was_found_is_marked_in_what_stands_around(desk, note):
    [hit] = desk.ask(search.notes, "han")
    assert f"24 {search.OPEN}hands{search.CLOSE} up" in hit.snippet


def test_the_newest_come_first_and_no_more_than_asked(desk):
    notes = [desk.do(add_note, day, "pairs talk") for day in (1, 2, 3)]
    assert [hit.note_id for hit in desk.ask(search.notes, "pairs", 2)] == [notes[2].id, notes[1].id]
