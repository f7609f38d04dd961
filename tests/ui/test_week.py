"""Where the week puts a time, how events share a day, and what it says of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint

from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services.events import EventRow, Who
from coachdesk.ui.week import words
from coachdesk.ui.week.grid import SMALLEST, Grid, lanes, within_day

MONDAY = date(2027, 2, 1)
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(5))
GRID = Grid(DAYS, width=760, gutter=60, per_minute=1.2)
LOWEST = GRID.lowest()


def at(hour, minute=0, day=0):
    return datetime(2027, 2, 1 + day, hour, minute)


def row(*names, kind=EventKind.VISIT, title="", status=EventStatus.PLANNED, place=""):
    who = tuple(Who(uuid4(), name) for name in names)
    known = dict.fromkeys(("reason", "school_id", "cycle_id", "chain_id", "slot", "note_id", "note_state"))
    times = {"starts": at(9, 50, 1), "ends": at(10, 10, 1)}
    said = {"title": title, "place": place, "period": "", "preparation": ""}
    return EventRow(uuid4(), kind, status, **times, **said, **known, teachers=who)


def test_a_point_and_its_time_belong_together():
    for hour, minute, day in ((0, 0, 0), (9, 50, 1), (23, 55, 4)):
        place = GRID.rect(at(hour, minute, day), at(hour, minute, day) + timedelta(minutes=4))
        assert GRID.moment(place.topLeft()) == at(hour, minute, day)


def test_a_point_beside_the_week_is_of_the_nearest_day_and_hour():
    assert GRID.moment(QPoint(-5, -5)) == at(0)
    assert GRID.moment(QPoint(9_999, 99_999)) == at(23, 55, 4)


def test_a_day_that_is_not_shown_has_no_room():
    assert GRID.rect(at(9, day=6), at(10, day=6)).isEmpty()


def test_five_minutes_can_be_hit_too():
    assert GRID.rect(at(9), at(9, 5)).height() == SMALLEST


def test_events_that_follow_each_other_have_the_whole_width():
    spans = [(at(9), at(9, 30)), (at(9, 30), at(10)), (at(9, day=1), at(10, day=1))]
    assert lanes(spans, LOWEST) == [(0, 1), (0, 1), (0, 1)]


def test_events_at_the_same_time_stand_side_by_side():
    spans = [(at(9), at(11)), (at(9, 30), at(10)), (at(10), at(10, 30)), (at(11), at(12))]
    assert lanes(spans, LOWEST) == [(0, 2), (1, 2), (1, 2), (0, 1)]
    left, right = (GRID.rect(*spans[n], *lanes(spans, LOWEST)[n]) for n in (0, 1))
    assert not left.intersects(right)


def test_an_event_too_low_for_its_words_keeps_its_room_to_itself():
    assert lanes([(at(9), at(9, 5)), (at(9, 10), at(9, 30))], LOWEST) == [(0, 2), (1, 2)]


@pytest.mark.parametrize(("starts", "stays"), [(at(23, 50), at(22, 55)), (at(9), at(9))])
def test_an_event_stays_on_its_day(starts, stays):
    assert within_day(starts, timedelta(hours=1)) == stays


def test_an_event_is_named_in_full():
    assert words.event(row("M. Rivera", place="Room 12")) == (
        "Classroom visit, M. Rivera, Tuesday 2 February 9:50 to 10:10, Room 12, planned"
    )
    assert words.event(row("", status=EventStatus.DIDNT_HAPPEN)).endswith("didn't happen")


def test_shorter_words_stand_in_for_longer_ones():
    names = words.one_line(row("Maya Rivera"))
    assert names[0] == "Maya Rivera · Classroom visit"
    assert "Rivera · Visit" in names
    assert names[-1] == "MR"
    assert [len(name) for name in names] == sorted((len(name) for name in names), reverse=True)


def test_an_event_with_several_teachers_says_how_many():
    assert "Rivera +1" in words.about(row("Maya Rivera", "Tunde Okafor"))


def test_an_event_with_nobody_is_known_by_its_title_or_its_kind():
    group = row(kind=EventKind.GROUP, title="PLC: grade 6")
    assert words.about(group) == ("PLC: grade 6", "Group meeting", "Group")
    assert words.about(replace(group, title=""))[0] == "Group meeting"


def test_what_did_not_happen_says_so_below():
    assert "Didn't happen" in words.below(row("Maya Rivera", status=EventStatus.DIDNT_HAPPEN))


def test_a_week_is_called_by_its_month_and_its_days():
    assert words.month(date(2027, 2, 1)) == "February 2027"
    assert words.month(date(2026, 12, 28)) == "December 2026"
    assert words.which_week(date(2027, 2, 1), date(2027, 2, 5)) == "1–5 February · week 5"
    assert words.which_week(date(2027, 3, 29), date(2027, 4, 2)) == "29 March–2 April · week 13"
