"""The quarters of a school year: whole, apart, and shared only when they are over."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.disclosure import windows
from coachdesk.errors import NotShareable

FIRST, LAST = date(2026, 8, 24), date(2027, 6, 11)
DAY = timedelta(days=1)


def test_the_quarters_of_a_usual_year():
    assert [(window.name, window.first, window.last) for window in windows.quarters(FIRST, LAST)] == [
        ("2026-27 Q1", date(2026, 8, 24), date(2026, 11, 8)),
        ("2026-27 Q2", date(2026, 11, 9), date(2027, 1, 24)),
        ("2026-27 Q3", date(2027, 1, 25), date(2027, 4, 4)),
        ("2026-27 Q4", date(2027, 4, 5), date(2027, 6, 11)),
    ]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(27, 366))
def test_quarters_are_whole_weeks_that_fill_the_year_and_never_overlap(first, days):
    last = first + timedelta(days=days)
    found = windows.quarters(first, last)
    assert (found[0].first, found[-1].last) == (first, last)
    assert all(one.last + DAY == two.first and two.first.weekday() == 0 for one, two in pairwise(found))
    assert all(window.first <= window.last for window in found)
    assert [windows.window_of(window.last, found) for window in found] == list(found)
    whole = [(window.last - window.first).days + window.first.weekday() + 1 for window in found[:3]]
    assert whole == sorted(whole, reverse=True)
    assert whole[0] - whole[-1] in (0, 7)


def test_a_year_within_one_calendar_year_is_named_after_it():
    assert windows.quarters(date(2026, 2, 2), date(2026, 12, 4))[3].name == "2026 Q4"


def test_a_day_outside_the_year_lies_in_no_quarter():
    assert windows.window_of(FIRST - DAY, windows.quarters(FIRST, LAST)) is None


def test_a_quarter_is_over_the_day_after_its_last():
    first = windows.quarters(FIRST, LAST)[0]
    assert not windows.closed(first, first.last)
    assert windows.closed(first, first.last + DAY)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (LAST, FIRST, "ends before it begins"),
        (FIRST, FIRST + timedelta(days=367), "longer than a calendar year"),
        (FIRST, FIRST + timedelta(days=20), "shorter than four weeks"),
    ],
)
def test_an_impossible_year_is_refused_in_a_sentence(first, last, said):
    with pytest.raises(NotShareable, match=said):
        windows.quarters(first, last)
