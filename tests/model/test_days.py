from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coachdesk.model.days import Calendar, NoSchool, Span

YEAR = Span(date(2026, 8, 17), date(2027, 6, 11), "2026-27")
WINTER = Span(date(2026, 12, 21), date(2027, 1, 1), "Winter break")
SCHOOL = Calendar((YEAR,), (WINTER,))
FRIDAY = date(2026, 12, 18)


def test_weekends_breaks_and_summer_are_no_school_days():
    closed = (date(2026, 12, 19), WINTER.first, WINTER.last, date(2027, 6, 14), date(2026, 8, 14))
    assert [SCHOOL.is_school_day(day) for day in closed] == [False] * 5
    assert SCHOOL.is_school_day(FRIDAY)
    assert SCHOOL.name_of(WINTER.first) == "Winter break"
    assert SCHOOL.name_of(FRIDAY) == ""


def test_without_a_school_year_every_weekday_counts():
    assert Calendar().is_school_day(date(2026, 7, 1))
    assert not Calendar().is_school_day(date(2026, 7, 4))


def test_school_days_are_counted_over_a_break():
    monday = date(2027, 1, 4)
    assert SCHOOL.count(FRIDAY, monday) == 1
    assert SCHOOL.count(monday, FRIDAY) == 0
    assert SCHOOL.later(FRIDAY, 1) == monday
    assert SCHOOL.later(FRIDAY, 2) == date(2027, 1, 5)


def test_beyond_the_year_that_is_known_weekdays_count():
    assert SCHOOL.later(date(2027, 6, 11), 2) == date(2027, 6, 15)


@given(st.dates(YEAR.first, date(2027, 5, 1)), st.integers(1, 20))
def test_a_later_day_is_as_many_school_days_away(day, count):
    later = SCHOOL.later(day, count)
    assert SCHOOL.count(day, later) == count
    assert SCHOOL.is_school_day(later)


SPANS = st.lists(
    st.builds(
        lambda first, days: Span(first, first + timedelta(days=days)),
        st.dates(date(2020, 1, 1), date(2024, 1, 1)),
        st.integers(0, 366),
    )
)


@given(SPANS, SPANS, st.dates(date(2019, 6, 1), date(2025, 6, 1)))
def test_a_day_counts_as_if_every_span_were_looked_at(years, closed, day):
    school = Calendar(*(tuple(sorted(spans, key=lambda span: span.first)) for spans in (years, closed)))
    in_a_year = not years or any(day in span for span in years)
    assert school.in_a_year(day) == in_a_year
    off = any(day in span for span in closed)
    assert school.is_school_day(day) == (day.weekday() < 5 and in_a_year and not off)


def test_a_break_ends_after_it_begins():
    with pytest.raises(ValidationError, match="on or after the first"):
        NoSchool.model_validate({"name": "Spring", "first_day": "2027-04-02", "last_day": "2027-03-29"})
