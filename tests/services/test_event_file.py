"""One event as the panel beside the week reads and writes it."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from coachdesk.errors import Invalid, MovedOn
from coachdesk.model.planning import NOT_AFTER
from coachdesk.services import cycles, event_file, roster, schedule

TUESDAY = date(2027, 2, 2)


@pytest.fixture
def visit(desk, juniper):
    return add(desk, juniper)


def add(desk, juniper, hour=9, minute=50, minutes=20):
    starts = datetime.combine(TUESDAY, time(hour, minute))
    ends = starts + timedelta(minutes=minutes)
    values = {"kind": "visit", "starts": starts, "ends": ends, "teachers": [juniper.teachers[0]]}
    return desk.do(schedule.create_event, values).id


def file(desk, key):
    return desk.ask(event_file.event_file, key)


def test_a_form_shows_the_day_and_the_times_of_an_event(desk, juniper, visit):
    values = file(desk, visit).values()
    assert (values["day"], values["starts"], values["ends"]) == (TUESDAY, time(9, 50), time(10, 10))
    assert values["teachers"] == (juniper.teachers[0],)


def test_an_event_that_is_gone_has_no_file(desk):
    assert file(desk, uuid4()) is None


def test_a_file_names_what_else_lies_at_its_time(desk, juniper, visit):
    other = add(desk, juniper, 10, 0)
    assert [one.event_id for one in file(desk, visit).overlaps] == [other]


def test_a_file_names_its_round_and_what_was_agreed(desk, juniper):
    starting = datetime.combine(TUESDAY, time(8))
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[0], "Wait time", starting)
    desk.do(cycles.add_planned, plan)
    [first, *_] = desk.ask(schedule.week, date(2027, 2, 1)).events
    assert (file(desk, first.id).round_number, file(desk, first.id).focus) == (1, "Wait time")


def test_only_who_is_not_in_the_archive_can_be_chosen(desk, juniper):
    desk.do(roster.archive_teacher, juniper.teachers[0])
    assert [who.name for who in desk.ask(event_file.people)] == ["Yusra Bukowiec", "Ximena Castellanos"]


def test_writing_the_day_and_a_time_keeps_what_is_left_out(desk, visit):
    before = file(desk, visit)
    wednesday = TUESDAY + timedelta(days=1)
    values = {"id": visit, "rev": before.rev, "day": wednesday, "ends": time(10, 30), "place": "Library"}
    desk.do(event_file.save_event, values)
    row = file(desk, visit).row
    assert (row.starts, row.ends) == (datetime(2027, 2, 3, 9, 50), datetime(2027, 2, 3, 10, 30))
    assert (row.place, row.teachers) == ("Library", before.row.teachers)


def test_a_draft_that_was_sealed_is_written_from_its_text(desk, juniper, visit):
    values = {"id": str(visit), "day": "2027-02-03", "starts": "09:00:00", "ends": "09:45:00"}
    desk.do(event_file.save_event, {**values, "teachers": [str(juniper.teachers[1])]})
    row = file(desk, visit).row
    assert (row.starts, row.minutes) == (datetime(2027, 2, 3, 9), 45)
    assert row.names == ("Yusra Bukowiec",)


def test_an_end_before_the_start_is_refused_at_its_field(desk, visit):
    with pytest.raises(Invalid) as refused:
        desk.do(event_file.save_event, {"id": visit, "ends": time(9)})
    assert refused.value.problems == {"ends": NOT_AFTER}


def test_nothing_is_written_over_a_newer_event(desk, visit):
    rev = file(desk, visit).rev
    desk.do(event_file.save_event, {"id": visit, "rev": rev, "place": "Library"})
    with pytest.raises(MovedOn):
        desk.do(event_file.save_event, {"id": visit, "rev": rev, "place": "Gym"})
    with pytest.raises(MovedOn):
        desk.do(event_file.save_event, {"id": uuid4(), "rev": 0, "place": "Gym"})


def test_an_event_that_is_not_there_yet_is_made(desk, juniper):
    key = uuid4()
    values = {"id": key, "kind": "visit", "day": TUESDAY, "starts": time(9), "ends": time(9, 20)}
    with pytest.raises(Invalid) as refused:
        desk.do(event_file.save_event, values)
    assert refused.value.problems == {"teachers": schedule.NO_TEACHER}
    desk.do(event_file.save_event, {**values, "teachers": (juniper.teachers[0],)})
    row = file(desk, key).row
    assert (row.starts, row.names, row.school_id) == (
        datetime(2027, 2, 2, 9),
        ("Zofia Abernethy",),
        juniper.school,
    )


def test_a_visit_keeps_a_teacher(desk, visit):
    with pytest.raises(Invalid) as refused:
        desk.do(event_file.save_event, {"id": visit, "teachers": []})
    assert refused.value.problems == {"teachers": schedule.NO_TEACHER}
