"""What the coach practised, tagged for a whole visit."""

from datetime import date, datetime
from uuid import uuid4

import coached_school
from worlds import world

from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import notes, schedule, script, tagging, visits

STARTS, ENDS = datetime(2027, 2, 2, 9, 50), datetime(2027, 2, 2, 10, 10)
TUESDAY = date(2027, 2, 2)


@world
def note(desk):
    desk.do(coached_school.year)
    juniper = desk.do(coached_school.school, teachers=1)
    values = {"kind": "visit", "starts": STARTS, "ends": ENDS, "teachers": juniper.teachers}
    return desk.do(visits.start_note, desk.do(schedule.create_event, values).id, STARTS)


def tags(desk, note):
    return [(tag.code, tag.accepted) for tag in desk.ask(notes.note, note, ENDS).tags]


def test_all_that_was_suggested_is_accepted_at_once_and_undone_as_one(desk, note):
    assert tags(desk, note) == [("1D", False)]
    assert desk.do(tagging.accept_suggested, note) == 1
    assert tags(desk, note) == [("1D", True)]
    assert desk.do(tagging.accept_suggested, note) == 0
    desk.undo()
    assert tags(desk, note) == [("1D", False)]


def test_a_standard_is_taken_away_wherever_it_was_tagged_and_undone_as_one(desk, note):
    said = Line(uuid4(), 12, LineKind.ACTION, "asks what makes them say that")
    desk.do(script.write_lines, note, [said])
    desk.do(tagging.tag, note, "1A", said.id)
    desk.do(tagging.tag, note, "1A")
    desk.do(tagging.untag, note, "1A")
    assert tags(desk, note) == [("1D", False)]
    desk.undo()
    assert tags(desk, note) == [("1A", True), ("1A", True), ("1D", False)]
