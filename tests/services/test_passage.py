"""Only the passage of a script that is typed is written, and the script is as on the screen all the same."""

from datetime import datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import world

from coachdesk.errors import CoachdeskError
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import notes, passage, roster, script, search, visits
from coachdesk.services.desk import Desk
from coachdesk.store import search as index
from coachdesk.store import verify

NOW = datetime(2027, 2, 1, 9, 50)


def line(text, offset=0):
    return Line(uuid4(), offset, LineKind.ACTION, text)


@world
def note(desk):
    teacher = desk.do(roster.save_teacher, {"given_name": "Juniper", "family_name": "Vale", "schools": []})
    return desk.do(visits.start_note_for, getattr(teacher, "id", teacher), NOW)


@pytest.fixture
def typing(desk, note):
    """Types as the screen does: it knows what the vault has answered last."""
    return Typing(desk, note)


class Typing:
    def __init__(self, desk, note):
        self.desk, self.note = desk, note
        self.kept, self.stamp = (), desk.ask(notes.script_stamp, note)

    def __call__(self, lines, answered=True):
        changed = passage.passage(lines, self.kept, self.stamp)
        key = ("script", self.note)
        stamp = self.desk.do_later(key, passage.type_lines, self.note, lines, changed).result()
        if answered:
            self.kept, self.stamp = list(lines), stamp

    def there(self):
        return list(self.desk.ask(notes.found, self.note, NOW).lines)


def put_off(desk):
    return desk.ask(lambda session: index.are_put_off(session.connection()))


def rested(desk, vault):
    desk.settle()
    for _ in range(2):  # what was put off is done once nothing is queued
        vault.idle().result()
    while put_off(desk):
        vault.idle().result()


def words(desk, text):
    return [hit.note_id for hit in desk.ask(search.notes, text)]


def test_one_line_of_many_is_written_and_found_when_the_typing_rests(desk, vault, note, typing):
    lines = [line(f"line {n}", n) for n in range(30)]
    typing(lines)
    lines[12] = Line(lines[12].id, 12, LineKind.ACTION, "zebras")
    lines.insert(13, line("and quaggas", 12))
    typing(lines)
    assert typing.there() == lines
    assert put_off(desk)
    assert vault.inspect(verify.search)
    rested(desk, vault)
    assert words(desk, "zebras quaggas") == [note]
    assert vault.inspect(verify.search)


def test_what_another_did_meanwhile_does_not_stay_behind_what_is_on_the_screen(desk, note, typing):
    lines = [line(f"line {n}", n) for n in range(9)]
    typing(lines)
    elsewhere = [*lines[:2], line("from elsewhere"), *lines[3:]]
    desk.do(script.write_lines, note, elsewhere)
    lines[7] = Line(lines[7].id, 7, LineKind.ACTION, "typed here")
    typing(lines)
    assert typing.there() == lines


def test_what_is_sent_before_the_answer_covers_what_was_sent_before_it(desk, typing):
    lines = [line(f"line {n}", n) for n in range(9)]
    typing(lines)
    once = [*lines[:5], Line(lines[5].id, 5, LineKind.ACTION, "taken back"), *lines[6:]]
    typing(once, answered=False)
    lines[8] = Line(lines[8].id, 8, LineKind.ACTION, "typed then")
    typing(lines)
    assert typing.there() == lines


def test_typing_is_one_step_of_undo_with_the_words_of_a_script(desk, typing):
    first = line("")
    for text in ("1", "14 ", "14 of 22"):
        typing([Line(first.id, 0, first.kind, text)])
    assert desk.undo().title == "write lines"
    assert typing.there() == []
    desk.redo()
    assert [kept.text for kept in typing.there()] == ["14 of 22"]


def test_a_line_that_came_and_went_while_typing_stands_in_no_ones_way_at_undo(desk, typing):
    first, second = line("first"), line("second", 5)
    for lines in ([first], [first, second], [first]):
        typing(lines)
    desk.settle()
    assert desk.undo().title == "write lines"
    assert typing.there() == []
    assert desk.redo().title == "write lines"
    assert typing.there() == [first]


def test_a_passage_that_comes_back_as_text_is_left_aside(desk, note, typing):
    lines = [line("14 of 22 type")]
    desk.do(passage.type_lines, str(note), lines, {"stamp": typing.stamp, "first": 0, "last": 0})
    assert typing.there() == lines


def test_nothing_is_typed_into_a_closed_note(desk, note, typing):
    typing([line("one")])
    desk.do(lambda s: setattr(s.get_one(notes.VisitNote, note), "state", notes.NoteState.CLOSED))
    with pytest.raises(CoachdeskError):
        typing([*typing.kept, line("two")])


def test_a_note_that_a_kill_left_put_off_is_found_after_the_next_unlocking(desk, vault, note, typing):
    typing([line("one")])
    rested(desk, vault)
    vault.submit(lambda s: index.put_off(s.connection(), note.hex)).result()
    desk.do(lambda s: script.write_lines(s, note, [line("zebras")]))
    assert words(desk, "zebras") == []
    again = Desk(vault)
    rested(again, vault)
    assert words(again, "zebras") == [note]


def test_closing_leaves_nothing_put_off(tmp_path, desk, vault, note, typing):
    typing([line("one")])
    typing([*typing.kept, line("zebras")])
    assert put_off(desk)
    vault.close()
    again = Desk(type(vault).open_with_key(vault.path, vault._key.dek))
    assert not put_off(again)
    assert words(again, "zebras") == [note]
    again.close()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_however_lines_come_go_and_change_the_script_is_as_on_screen(desk, vault, typing, data):
    pool = [line(f"word{n}", n) for n in range(8)]
    for _ in range(4):
        drawn = data.draw(st.permutations(pool).flatmap(lambda p: st.integers(0, 8).map(lambda n: p[:n])))
        text = data.draw(st.sampled_from(("", " and more")))
        lines = [Line(one.id, one.offset, one.kind, one.text + text) for one in drawn]
        typing(lines, answered=data.draw(st.booleans()))
        assert typing.there() == lines
    assert vault.inspect(verify.search)
    rested(desk, vault)
    assert vault.inspect(verify.search)


def test_what_is_typed_beside_a_script_is_found_when_the_typing_rests(desk, vault, note):
    rested(desk, vault)
    desk.do_later("own", visits.write_private, note, {"reflection": "zebras"}).result()
    assert words(desk, "zebras") == []
    rested(desk, vault)
    assert words(desk, "zebras") == [note]
