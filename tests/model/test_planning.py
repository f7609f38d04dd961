from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.model.cycles import Slot
from coachdesk.model.days import Calendar, Hours, Span
from coachdesk.model.planning import (
    ACROSS_MIDNIGHT,
    CLOCKS_CHANGE,
    NOT_AFTER,
    Busy,
    Openings,
    clashes,
    free_time,
    last_free_time,
    problem,
    round_of_three,
)

MONDAY = date(2027, 2, 8)
PRESIDENTS = Span(date(2027, 2, 15), date(2027, 2, 15), "Presidents' Day")
SCHOOL = Calendar((Span(date(2026, 8, 17), date(2027, 6, 11)),), (PRESIDENTS,))


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute))


def openings(*busy, calendar=SCHOOL):
    return Openings(calendar, Hours(), tuple(Busy(starts, ends) for starts, ends in busy))


def test_events_that_touch_do_not_clash():
    nine = Busy(at(9), at(10))
    assert clashes([nine], at(10), at(11)) == ()
    assert clashes([nine], at(8), at(9)) == ()
    assert clashes([nine], at(9, 59), at(11)) == (nine,)


def test_a_free_time_lies_between_what_is_there():
    within = openings((at(8), at(9)), (at(9, 20), at(15)))
    assert free_time(within, at(7), 20) == at(9)
    assert free_time(within, at(7), 30) == at(15)
    assert free_time(within, at(9, 1), 30) == at(15)


def test_a_free_time_is_on_the_five_minutes_and_never_before_now():
    assert free_time(openings(), at(9, 51), 20) == at(9, 55)


def test_weekends_and_days_without_school_are_passed_over():
    friday_evening = at(16, day=date(2027, 2, 12))
    assert free_time(openings(), friday_evening, 20) == at(8, day=date(2027, 2, 16))


def test_no_free_time_is_none():
    assert free_time(openings(), at(8, day=date(2027, 6, 14)), 20) is None
    assert free_time(openings(), at(8), 600) is None


def test_the_last_free_time_of_a_day():
    assert last_free_time(openings(), at(10), 30) == at(15)
    assert last_free_time(openings((at(14), at(15, 30))), at(10), 30) == at(13, 30)
    assert last_free_time(openings((at(10), at(15, 30))), at(10), 30) is None


def test_a_round_is_met_visited_and_met_again():
    planning, visit, debrief = round_of_three(openings(), at(8), time(9, 50))
    assert (planning.starts, planning.ends) == (at(8), at(8, 30))
    wednesday = date(2027, 2, 10)
    assert (visit.starts, visit.ends) == (at(9, 50, wednesday), at(10, 10, wednesday))
    assert (debrief.starts, debrief.ends) == (at(15, 0, wednesday), at(15, 30, wednesday))


def test_a_visit_goes_to_the_next_day_its_usual_time_is_free():
    wednesday, thursday = date(2027, 2, 10), date(2027, 2, 11)
    plc = (at(9, 30, wednesday), at(10, 30, wednesday))
    _planning, visit, _debrief = round_of_three(openings(plc), at(8), time(9, 50))
    assert visit.starts == at(9, 50, thursday)
    assert visit.passed_over == (wednesday,)


def test_a_full_day_moves_the_debrief_to_the_next():
    friday, tuesday = date(2027, 2, 12), date(2027, 2, 16)
    rest = (at(10, 10, friday), at(15, 30, friday))
    _planning, visit, debrief = round_of_three(openings(rest), at(8, day=date(2027, 2, 10)), time(9, 50))
    assert visit.starts == at(9, 50, friday)
    assert debrief.starts == at(8, day=tuesday)


def test_no_round_is_planned_into_the_summer():
    assert round_of_three(openings(), at(8, day=date(2027, 6, 14)), None) == ()


@given(
    st.integers(0, 200),
    st.integers(0, 23),
    st.lists(st.tuples(st.integers(0, 20), st.integers(6, 16)), max_size=30),
)
def test_a_planned_round_never_clashes_and_keeps_its_order(days, hour, taken):
    starting = at(hour, day=MONDAY + timedelta(days=days))
    busy = [
        (at(h, day=starting.date() + timedelta(days=n)), at(h + 1, day=starting.date() + timedelta(days=n)))
        for n, h in taken
    ]
    within = openings(*busy, calendar=Calendar(closed=(PRESIDENTS,)))
    steps = round_of_three(within, starting, time(10, 15))
    assert [step.slot for step in steps] == list(Slot)
    for step in steps:
        assert not clashes(within.busy, step.starts, step.ends)
        assert within.calendar.is_school_day(step.starts.date())
    assert starting <= steps[0].starts
    assert steps[0].ends <= steps[1].starts
    assert steps[1].ends <= steps[2].starts


def test_an_event_stays_on_its_day():
    assert problem(at(23), at(0, 30, MONDAY + timedelta(days=1))) == ACROSS_MIDNIGHT
    assert problem(at(9), at(9)) == NOT_AFTER
    assert problem(at(9), at(9, 20)) == ""


@pytest.mark.parametrize(
    ("starts", "ends", "says"),
    [
        (datetime(2027, 3, 14, 2, 30), datetime(2027, 3, 14, 2, 50), CLOCKS_CHANGE),
        (datetime(2027, 3, 14, 1, 30), datetime(2027, 3, 14, 3, 30), CLOCKS_CHANGE),
        (datetime(2026, 11, 1, 1, 15), datetime(2026, 11, 1, 1, 45), CLOCKS_CHANGE),
        (datetime(2027, 3, 14, 9, 0), datetime(2027, 3, 14, 9, 30), ""),
        (datetime(2027, 3, 12, 2, 30), datetime(2027, 3, 12, 2, 50), ""),
    ],
)
def test_no_event_lies_across_the_change_of_the_clocks(starts, ends, says):
    assert problem(starts, ends, "America/New_York") == says
    assert problem(starts, ends, "America/Phoenix") == ""
    assert problem(starts, ends, "Nowhere/At all") == ""
