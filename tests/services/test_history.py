"""Earlier versions of a note: seen whole as they were, and brought back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import coached_school
import pytest
from sqlmodel import col, select
from worlds import world

from coachdesk.errors import CoachdeskError, MovedOn
from coachdesk.model import ScriptLine, VisitNote
from coachdesk.model.script import Line
from coachdesk.model.visits import NoteState
from coachdesk.services import changes, history, hold, roster, visits
from coachdesk.services.keep import keep
from coachdesk.services.script import write_lines

STARTED = datetime(2026, 11, 20, 9, 50)
TEXTS = {"interpretation": "a quick class", "reflection": "I spoke too much"}


@world
def note(desk):
    coached = desk.do(coached_school.school, teachers=1)
    event = desk.do(coached_school.event, coached.school, coached.teachers)
    return desk.do(visits.start_note, event, STARTED)


def lines(*texts):
    return [Line(UUID(int=100 + at), at * 5, "teacher", text) for at, text in enumerate(texts)]


def script(desk, note):
    asked = select(ScriptLine.text).where(ScriptLine.note_id == note).order_by(col(ScriptLine.position))
    return desk.ask(lambda session: session.exec(asked).all())


def texts(desk, note):
    return [[line.text for line in version.lines] for version in desk.ask(history.versions, note)]


def test_a_note_that_was_only_begun_has_no_earlier_version(desk, note):
    assert desk.ask(history.versions, note) == []


def test_each_step_of_writing_is_a_version_newest_first(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(write_lines, note, lines("one", "two"))
    desk.do(write_lines, note, lines("uno", "two", "three"))
    assert texts(desk, note) == [["one", "two"], ["one"]]


def test_typing_without_a_rest_is_one_version(desk, note):
    desk.do(write_lines, note, lines("one"))
    for text in ("o", "on", "on and on"):
        desk.do_later("script", write_lines, note, lines(text)).result()
    assert texts(desk, note) == [["one"]]


def test_a_version_holds_all_that_could_be_read_then(desk, note):
    desk.do(write_lines, note, lines("Who can say why?"))
    desk.do(visits.write_shared, note, {"strength": "nine seconds", "wondering": "and then?"})
    desk.do(visits.write_private, note, TEXTS)
    desk.do(visits.write_private, note, {"interpretation": "nothing much", "reflection": ""})
    newest = desk.ask(history.versions, note)[0]
    assert newest.texts == {"strength": "nine seconds", "wondering": "and then?", **TEXTS}
    assert [(line.offset, line.kind, line.text) for line in newest.lines] == [
        (0, "teacher", "Who can say why?")
    ]
    assert newest.words == 15
    assert abs(newest.until - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_changed_nothing_that_is_read_is_no_version(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(visits.finish, note, STARTED)
    desk.do(visits.reopen, note)
    assert texts(desk, note) == []


def test_lines_that_went_are_in_the_earlier_version(desk, note):
    desk.do(write_lines, note, lines("one", "two", "three"))
    desk.do(write_lines, note, [])
    assert texts(desk, note) == [["one", "two", "three"]]


def test_an_earlier_version_is_brought_back_and_undone_again(desk, note):
    desk.do(write_lines, note, lines("one", "two"))
    desk.do(visits.write_private, note, TEXTS)
    desk.do(write_lines, note, lines("nothing"))
    desk.do(visits.write_private, note, dict.fromkeys(TEXTS, ""))
    wanted = next(one for one in desk.ask(history.versions, note) if len(one.lines) == 2)
    desk.do(history.bring_back, note, wanted.number)
    assert script(desk, note) == ["one", "two"]
    assert desk.ask(lambda session: session.get(VisitNote, note)).reflection == TEXTS["reflection"]
    assert desk.undo().title == "bring back"
    assert script(desk, note) == ["nothing"]


def test_what_was_there_before_is_an_earlier_version_afterwards(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(write_lines, note, lines("two"))
    [first] = desk.ask(history.versions, note)
    desk.do(history.bring_back, note, first.number)
    assert texts(desk, note) == [["two"], ["one"]]


def test_what_was_undone_was_never_a_version(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(write_lines, note, lines("two"))
    desk.undo()
    assert texts(desk, note) == []
    desk.do(write_lines, note, lines("three"))
    assert texts(desk, note) == [["one"]]


def test_another_notes_lines_are_not_among_them(desk, note):
    coached = desk.do(coached_school.school, teachers=2, name="Elm Grove", code="ELM")
    event = desk.do(coached_school.event, coached.school, coached.teachers[1:])
    other = desk.do(visits.start_note, event, STARTED)
    desk.do(write_lines, note, lines("mine"))
    desk.do(write_lines, other, [Line(UUID(int=900), 0, "student", "theirs")])
    desk.do(write_lines, other, [])
    assert texts(desk, note) == []
    assert texts(desk, other) == [["theirs"]]


def test_a_closed_note_stays_as_it_is_and_can_be_looked_at(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(write_lines, note, lines("two"))
    desk.do(keep, VisitNote, {"id": note, "state": NoteState.CLOSED})
    [first] = desk.ask(history.versions, note)
    with pytest.raises(CoachdeskError, match="closed"):
        desk.do(history.bring_back, note, first.number)
    assert script(desk, note) == ["two"]


def test_a_version_that_is_no_longer_kept_is_not_brought_back(desk, note):
    desk.do(write_lines, note, lines("one"))
    with pytest.raises(MovedOn):
        desk.do(history.bring_back, note, 999_999)


@pytest.mark.parametrize(("held", "left"), [(False, 0), (True, 1)])
def test_versions_go_after_thirty_days_unless_hold_is_on(desk, note, held, left):
    desk.do(write_lines, note, lines("one"))
    desk.do(write_lines, note, lines("two"))
    desk.do(hold.switch, held)
    desk.do(changes.forget_old, datetime.now(UTC) + timedelta(days=31))
    assert len(desk.ask(history.versions, note)) == left


def test_what_else_was_done_meanwhile_is_no_version(desk, note):
    desk.do(write_lines, note, lines("one"))
    desk.do(roster.save_school, {"name": "Lincoln", "short_code": "LMS"})
    assert texts(desk, note) == []
