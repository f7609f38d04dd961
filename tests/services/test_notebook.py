"""All notes as a list: what comes first, what is found, a page at a time."""

from datetime import date, datetime, timedelta

import coached_school
import pytest

from coachdesk.model import ScriptLine, Teacher, VisitNote
from coachdesk.model.visits import NoteState
from coachdesk.services import notebook, search, tagging
from coachdesk.services.keep import keep

DAY = date(2027, 2, 2)


@pytest.fixture
def write(desk, juniper):
    """Writes the note of a visit so many days before the second of February."""

    def make(days, *lines, teacher=0, state=NoteState.FINISHED, **texts):
        def kept(session):
            day = DAY - timedelta(days=days)
            visit = coached_school.event(session, juniper.school, [juniper.teachers[teacher]], day=day)
            begun = {"event_id": visit, "started": datetime(day.year, day.month, day.day, 9), "state": state}
            note = keep(session, VisitNote, {**begun, **texts}).id
            for at, text in enumerate(lines):
                keep(session, ScriptLine, {"note_id": note, "position": at, "text": text})
            return note

        return desk.do(kept)

    return make


def ids(rows):
    return [row.id for row in rows]


def test_notes_to_finish_come_first_then_the_newest(desk, write):
    old, new = write(30), write(1)
    draft, older_draft = write(9, state=NoteState.DRAFT), write(60, state=NoteState.DRAFT)
    assert ids(desk.ask(notebook.newest)) == [draft, older_draft, new, old]


def test_a_row_says_with_whom_how_it_begins_and_what_was_practised(desk, write):
    note = write(1, "22 of 24 open the doc", "then they write")
    desk.do(tagging.tag, note, "1D")
    desk.do(tagging.tag, note, "1A")
    [row] = desk.ask(notebook.newest)
    assert row.event.names == ("Zofia Abernethy",)
    assert (row.first_line, row.codes, row.state) == ("22 of 24 open the doc", ("1A", "1D"), "finished")


def test_a_note_without_a_script_begins_with_its_strength(desk, write):
    write(1, strength="Wait time")
    assert desk.ask(notebook.newest)[0].first_line == "Wait time"


def test_the_list_comes_a_page_at_a_time_and_each_note_once(desk, write):
    every = [write(n, state=NoteState.DRAFT) for n in (2, 5)] + [write(n) for n in range(1, 8)]
    seen, last = [], None
    while page := desk.ask(notebook.newest, last, 3):
        assert len(page) <= 3
        seen += ids(page)
        last = page[-1]
    assert seen == every


def test_notes_are_found_by_their_words_newest_first(desk, write):
    older, newer = write(9, "They annotate a graph"), write(2, "An unannotated text", "a graph")
    write(1, "nothing")
    found = desk.ask(notebook.found, "graph")
    assert ids(found) == [newer, older]
    assert f"{search.OPEN}graph{search.CLOSE}" in found[1].first_line


@pytest.mark.parametrize("text", ["buk", "yusra b", "Bukowiec", "b"])
def test_notes_are_found_by_their_teacher(desk, write, text):
    write(1, "nothing")
    hers = write(4, "nothing", teacher=1)
    assert ids(desk.ask(notebook.found, text)) == [hers]


def test_one_that_is_found_both_ways_is_shown_once(desk, write):
    note = write(4, "Bukowiec hands out devices", teacher=1)
    assert ids(desk.ask(notebook.found, "bukowiec")) == [note]


def test_words_that_nobody_wrote_find_nothing(desk, write):
    write(1, "a graph")
    assert desk.ask(notebook.found, "zzz") == ()
    assert desk.ask(notebook.found, "  ") == ()


def test_a_teacher_is_found_by_the_name_they_go_by(desk, juniper, write):
    desk.do(keep, Teacher, {"id": juniper.teachers[2], "preferred_name": "Mona"})
    hers = write(4, teacher=2)
    assert ids(desk.ask(notebook.found, "mon")) == [hers]
