"""A note that was shared bears a stamp of it, put by the coach: a record that nothing else changes."""

from datetime import date, datetime, timedelta
from uuid import UUID

import coached_school
import pytest

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import VisitNote
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind, NoteState, SharedHow, SharedWith
from coachdesk.services import history, notebook, notes, schedule, script, search, shared, timeline, visits
from coachdesk.services.keep import keep

TODAY = date(2026, 11, 20)
STARTED = datetime(2026, 11, 20, 9, 50)
SHOWN = {"whom": SharedWith.TEACHER, "how": SharedHow.SHOWN, "day": TODAY}
SENT = {"whom": SharedWith.OTHER, "who": " the new department head ", "how": SharedHow.SENT, "day": TODAY}


@pytest.fixture
def coached(desk):
    return desk.do(coached_school.school, teachers=1)


@pytest.fixture
def event(desk, coached):
    return desk.do(coached_school.event, coached.school, coached.teachers)


@pytest.fixture
def note(desk, event):
    return desk.do(visits.start_note, event, STARTED)


def write(desk, note, text):
    desk.do(script.write_lines, note, [Line(UUID(int=100), 5, LineKind.ACTION, text)])


def said(stamps):
    return [(one.day, one.whom, one.who, one.how) for one in stamps]


def test_a_note_bears_every_time_it_was_shared_the_newest_first(desk, note):
    desk.do(shared.stamp_note, note, TODAY, SHOWN | {"day": TODAY - timedelta(days=3)})
    desk.do(shared.stamp_note, note, TODAY, SENT)
    assert said(desk.ask(notes.note, note, STARTED).shared) == [
        (TODAY, SharedWith.OTHER, "the new department head", SharedHow.SENT),
        (TODAY - timedelta(days=3), SharedWith.TEACHER, "", SharedHow.SHOWN),
    ]


def test_who_it_was_is_asked_of_nobody_but_somebody_else(desk, note):
    desk.do(shared.stamp_note, note, TODAY, SENT | {"whom": SharedWith.PRINCIPAL})
    assert [one.who for one in desk.ask(shared.of, note)] == [""]
    with pytest.raises(Invalid) as refused:
        desk.do(shared.stamp_note, note, TODAY, SENT | {"who": " "})
    assert list(refused.value.problems) == ["who"]


def test_nobody_has_shared_a_note_tomorrow(desk, note):
    with pytest.raises(Invalid) as refused:
        desk.do(shared.stamp_note, note, TODAY, SHOWN | {"day": TODAY + timedelta(days=1)})
    assert list(refused.value.problems) == ["day"]
    assert desk.ask(shared.of, note) == ()


def test_a_note_that_is_closed_can_be_shared(desk, note):
    desk.do(keep, VisitNote, {"id": note, "state": NoteState.CLOSED})
    desk.do(shared.stamp_note, note, TODAY, SHOWN)
    assert len(desk.ask(shared.of, note)) == 1


def test_what_is_written_afterwards_leaves_the_stamp_and_what_was_shared_is_an_earlier_version(desk, note):
    write(desk, note, "as it was shown")
    desk.do(shared.stamp_note, note, TODAY, SHOWN)
    before = desk.ask(shared.of, note)
    write(desk, note, "as it reads now")
    assert desk.ask(shared.of, note) == before
    assert [v.lines[0].text for v in desk.ask(history.versions, note)] == ["as it was shown"]


def test_a_note_that_was_shared_keeps_its_event_though_nothing_is_written_in_it(desk, event, note):
    desk.do(shared.stamp_note, note, TODAY, SHOWN)
    with pytest.raises(CoachdeskError, match="There is a note of this event"):
        desk.do(schedule.delete_event, event)
    desk.do(shared.remove_stamp, desk.ask(shared.of, note)[0].id)
    desk.do(schedule.delete_event, event)


def test_the_list_what_is_found_and_the_timeline_say_that_a_note_was_shared(desk, coached, note):
    write(desk, note, "six hands went up")
    desk.do(shared.stamp_note, note, TODAY, SHOWN)
    desk.settle()
    [row], [found] = desk.ask(notebook.newest), desk.ask(notebook.found, "hands")
    [hit] = desk.ask(search.found_notes, "hands")
    [moment] = desk.ask(timeline.timeline, coached.teachers[0]).moments
    stamps = desk.ask(shared.of, note)
    assert len(stamps) == 1
    assert [one.shared for one in (row, found, hit, moment)] == [stamps] * 4
