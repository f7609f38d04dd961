import random

import pytest
from sqlmodel import delete, select, update

from coachdesk.errors import NotSaved
from coachdesk.model import Event, ScriptLine, VisitNote
from coachdesk.services import changes, search
from coachdesk.services.keep import keep, keep_many, remove
from coachdesk.store import search as index
from coachdesk.store import verify

DAY = "2026-10-{:02}T09:00"


def add_note(session, day=1, lines=(), **words):
    starts = DAY.format(day)
    event = keep(session, Event, {"kind": "visit", "starts": starts, "ends": starts.replace("09:", "10:")})
    note = keep(session, VisitNote, {"event_id": event.id, "started": starts, **words})
    for position, text in enumerate(lines):
        keep(session, ScriptLine, {"note_id": note.id, "position": position, "text": text})
    return note


@pytest.fixture
def do(vault):
    return lambda work, *args, **words: vault.submit(lambda s: work(s, *args, **words)).result()[0]


@pytest.fixture
def found(vault):
    def find(text):
        with vault.read() as session:
            return [hit.note_id for hit in search.notes(session, text)]

    return find


@pytest.fixture
def matches(vault):
    return lambda: vault.inspect(verify.search) and vault.inspect(verify.structure)


def test_all_that_a_note_says_is_found(do, found):
    note = do(
        add_note,
        lines=["hands up", "exit ticket"],
        strength="calm start",
        wondering="pace",
        interpretation="tired",
        reflection="listened",
    )
    for word in ("hands", "ticket", "calm", "pace", "tired", "listened"):
        assert found(word) == [note.id]


def test_words_of_one_note_may_stand_in_different_lines(do, found):
    note = do(add_note, lines=["hands up", "exit ticket"])
    do(add_note, day=2, lines=["hands down"])
    assert found("ticket hands") == [note.id]


def test_a_changed_line_is_found_by_its_new_words_only(do, found, matches):
    note = do(add_note, lines=["hands up"])
    do(lambda s: s.execute(update(ScriptLine).values(text="heads down")))
    assert (found("hands"), found("heads")) == ([], [note.id])
    assert matches()


def test_a_line_that_goes_over_to_another_note_is_found_there(do, found, matches):
    do(add_note, day=1, lines=["hands up"])
    other = do(add_note, day=2)
    do(lambda s: s.execute(update(ScriptLine).values(note_id=other.id)))
    assert found("hands") == [other.id]
    assert matches()


def test_a_removed_line_is_not_found(do, found, matches):
    do(add_note, lines=["hands up"])
    do(lambda s: s.execute(delete(ScriptLine)))
    assert found("hands") == []
    assert matches()


def test_a_changed_note_is_found_by_its_new_words_only(do, found, matches):
    note = do(add_note, strength="calm start")
    do(lambda s: keep(s, VisitNote, {"id": note.id, "strength": "lively start"}))
    assert (found("calm"), found("lively")) == ([], [note.id])
    assert matches()


def test_a_removed_note_is_not_found_and_comes_back_with_undo(do, found, matches):
    first = do(add_note, day=1, strength="calm start")
    second = do(add_note, day=2, strength="calm end")
    do(lambda s: remove(s, s.get_one(VisitNote, first.id)))
    assert found("calm") == [second.id]
    assert matches()
    do(changes.undo)
    assert found("calm") == [second.id, first.id]
    assert matches()


def test_the_newest_come_first(do, found):
    notes = [do(add_note, day=day, strength="calm") for day in (1, 2, 3)]
    assert found("calm") == [note.id for note in reversed(notes)]


def note_rows(count):
    for number in range(count):
        day = DAY.format(number % 28 + 1)
        yield {"kind": "visit", "starts": day, "ends": day.replace("09:", "10:")}


def in_bulk(session, count=40):
    """`count` notes of three lines each, kept in bulk."""
    chance = random.Random(1)
    events = [keep(session, Event, row) for row in note_rows(count)]
    notes = [{"event_id": event.id, "started": event.starts, "strength": "calm"} for event in events]
    keep_many(session, VisitNote, notes)
    ids = list(session.exec(select(VisitNote.id)))
    words = ["hands", "ticket", "pace", "pairs"]
    lines = [
        {"note_id": note, "position": place, "text": chance.choice(words)}
        for note in ids
        for place in range(3)
    ]
    keep_many(session, ScriptLine, lines)
    return ids


def test_notes_kept_in_bulk_are_indexed_as_any_other(do, found, matches):
    ids = do(in_bulk)
    assert matches()
    assert set(found("calm")) <= set(ids)
    do(add_note, day=28, lines=["afterwards"])
    assert len(found("afterwards")) == 1
    assert matches()


def test_lines_kept_in_bulk_for_a_note_that_is_there_are_found(do, found, matches):
    note = do(add_note, lines=["hands up"])
    do(lambda s: keep_many(s, ScriptLine, [{"note_id": note.id, "text": text} for text in ("one", "two")]))
    assert found("two hands") == [note.id]
    assert matches()


def test_notes_kept_in_bulk_are_numbered_by_when_they_were_written(do, found):
    def late_first(session):
        events = [keep(session, Event, row) for row in reversed(list(note_rows(3)))]
        rows = [{"event_id": event.id, "started": event.starts, "strength": "calm"} for event in events]
        keep_many(session, VisitNote, rows)

    do(late_first)
    days = do(lambda s: [s.get_one(VisitNote, note).started.day for note in found("calm")])
    assert days == [3, 2, 1]


def test_an_index_that_lags_behind_is_noticed(vault, do, matches):
    do(add_note, strength="calm")
    vault.inspect(lambda c: c.execute(f"DELETE FROM {index.TABLE}").fetchall())
    assert not matches()


def test_an_index_that_says_more_than_the_notes_is_noticed(vault, do, matches):
    do(add_note, strength="calm")
    vault.inspect(
        lambda c: c.execute(f"INSERT INTO {index.TABLE} (rowid, words) VALUES (99, 'x')").fetchall()
    )
    assert not matches()


def words_in(connection):
    connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {index.TABLE}, instance)")
    return {row[0] for row in connection.execute("SELECT term FROM temp.v")}


def test_tidying_that_finds_no_room_is_said(vault, do):
    for day in range(1, 20):
        do(add_note, day, lines=[f"word{number} {day}" for number in range(9)])
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1").fetchone())
    with pytest.raises(NotSaved):
        vault.tidy()


def test_tidying_wipes_words_that_are_in_no_note(vault, do, found, matches):
    note = do(add_note, strength="calm")
    do(lambda s: keep(s, VisitNote, {"id": note.id, "strength": "lively"}))
    vault.tidy()
    assert vault.inspect(words_in) == {"lively"}
    segments = vault.inspect(lambda c: c.execute(f"SELECT block FROM {index.TABLE}_data").fetchall())
    assert not any(b"calm" in block for (block,) in segments)
    assert found("lively") == [note.id]
    assert matches()
