"""Days without school over a real vault: single days, breaks, and what cannot be."""

from datetime import date

import pytest

from coachdesk.errors import Invalid
from coachdesk.services import schedule

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 1)


def test_without_a_last_day_it_is_a_single_day(desk):
    kept = desk.do(schedule.save_no_school, {"name": "Presidents' Day", "first_day": FIRST})
    assert (kept.first_day, kept.last_day) == (FIRST, FIRST)


def test_what_is_wrong_with_both_days_is_said_under_the_last(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(schedule.save_no_school, {"name": "Break", "first_day": LAST, "last_day": FIRST})
    assert list(refused.value.problems) == ["last_day"]


def test_a_break_without_a_first_day_is_refused(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(schedule.save_no_school, {"name": "Break", "first_day": None, "last_day": LAST})
    assert "first_day" in refused.value.problems
