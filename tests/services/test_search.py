import unicodedata
from datetime import datetime

import pytest
from worlds import world

from coachdesk.model import Event, EventTeacher, ScriptLine, Teacher, VisitNote
from coachdesk.model.schedule import EventKind
from coachdesk.services import roster, search
from coachdesk.services.keep import keep

NOW = datetime(2026, 10, 8, 12)


def add_note(session, day, *lines):
    starts = f"2026-10-{day:02}T09:00"
    event = keep(session, Event, {"kind": "visit", "starts": starts, "ends": starts.replace("09:", "10:")})
    note = keep(session, VisitNote, {"event_id": event.id, "started": starts})
    for position, text in enumerate(lines):
        keep(session, ScriptLine, {"note_id": note.id, "position": position, "text": text})
    return note


@world
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


def test_what_only_the_coach_may_read_is_found_and_not_shown(desk, note):
    desk.do(keep, VisitNote, {"id": note.id, "interpretation": "Hesitates before zebras"})
    [hit] = desk.ask(search.notes, "zebras")
    assert (hit.note_id, hit.snippet) == (note.id, "")
    [found] = desk.ask(search.found_notes, "zebras")
    assert found.own and "ebra" not in found.snippet
    [shared] = desk.ask(search.found_notes, "hands")
    assert not shared.own and "hands" in shared.snippet


def test_the_newest_come_first_and_no_more_than_asked(desk):
    notes = [desk.do(add_note, day, "pairs talk") for day in (1, 2, 3)]
    assert [hit.note_id for hit in desk.ask(search.notes, "pairs", 2)] == [notes[2].id, notes[1].id]


def with_teachers(session, note):
    for given, family in (("Maya", "Rivera"), ("", "Okafor")):
        teacher = keep(session, Teacher, {"given_name": given, "family_name": family})
        keep(session, EventTeacher, {"event_id": note.event_id, "teacher_id": teacher.id})


def test_a_note_is_found_with_whom_and_what_it_is_about(desk, note):
    desk.do(with_teachers, note)
    [hit] = desk.ask(search.found_notes, "hands")
    assert (hit.note_id, hit.kind, hit.starts) == (note.id, EventKind.VISIT, datetime(2026, 10, 2, 9))
    assert sorted(hit.names.split(", ")) == ["Maya Rivera", "Okafor"]
    assert f"{search.OPEN}hands{search.CLOSE}" in hit.snippet
    assert desk.ask(search.found_notes, " ") == []


def test_notes_are_found_again_by_their_names_in_the_order_asked(desk, note):
    other = desk.do(add_note, 5, "pairs talk")
    gone = desk.do(keep, Teacher, {"family_name": "Rivera"}).id
    asked = (other.event_id, gone, note.id)
    assert [found.note_id for found in desk.ask(search.notes_named, asked)] == [other.id, note.id]


def test_a_teacher_is_known_by_every_name_and_in_the_archive_too(desk):
    rivera = desk.do(roster.save_teacher, {"given_name": "Maya", "family_name": "Rivera"})
    desk.do(roster.save_teacher, {"family_name": "Abebe", "preferred_name": "Abe", "room": "12"})
    desk.do(roster.archive_teacher, rivera.id)
    found = desk.ask(search.teachers)
    assert [(who.person.name, who.room, who.status.value) for who in found] == [
        ("Abe Abebe", "12", "active"),
        ("Maya Rivera", "", "archived"),
    ]
    assert found[1].person.names == ("Maya", "", "Rivera")


def test_near_events_begin_with_what_comes_next(desk, note):
    for day in (9, 30, 6):
        desk.do(add_note, day)
    desk.do(with_teachers, note)
    near = desk.ask(search.near_events, NOW)
    assert [event.starts.day for event in near] == [9, 30, 6, 2, 1]
    assert {near[3].names} <= {"Maya Rivera, Okafor", "Okafor, Maya Rivera"}
    assert desk.ask(search.near_events, datetime(2028, 10, 8)) == []


@pytest.mark.parametrize(("words", "shown"), [(16_000, True), (17_000, False)])
def test_of_a_note_as_long_as_a_book_no_words_are_shown(desk, words, shown):
    """To look for the words around takes minutes where a word comes a hundred thousand times."""
    long = desk.do(add_note, 3, ("learning " * 15 + "students ") * (words // 16))
    [found] = desk.ask(search.notes, "students")
    assert found.note_id == long.id
    assert (search.OPEN + "students" + search.CLOSE in found.snippet) is shown
    assert not desk.ask(search.found_notes, "students")[0].own
