"""Visits and hours: rounded, together, and only where they bound nobody."""

import numpy
import pytest
from attacker import TOO_FEW, tight, upper_end
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.disclosure import volume as volumes
from coachdesk.disclosure.volume import NOT_SHOWN, Volume, volume


def test_totals_are_rounded_to_five_visits_and_five_hours():
    shown = volume([3] * 8, [100] * 8, 20, 2)
    assert shown == Volume(visits=25, hours=15)
    assert (shown.visits_text, shown.hours_text) == ("about 25", "about 15")


def test_what_is_not_shown_is_the_sign_for_too_few():
    assert (NOT_SHOWN.visits_text, NOT_SHOWN.hours_text) == (TOO_FEW, TOO_FEW)


def test_too_few_active_teachers_have_no_total():
    assert volume([3] * 6, [90] * 6, 20, 2) == NOT_SHOWN
    assert volume([3] * 7, [90] * 7, 20, 2) != NOT_SHOWN


def test_hours_that_would_round_to_none_are_not_shown():
    assert volume([3] * 8, [15] * 8, 20, 2) == NOT_SHOWN


def test_hours_that_one_teacher_dominates_hide_the_visits_as_well():
    assert volume([3] * 8, [2_000, *[60] * 7], 20, 2) == NOT_SHOWN
    assert volume([40, *[1] * 7], [60] * 8, 20, 2) == NOT_SHOWN


def test_everyone_visited_is_no_reason_to_hide_a_usual_total():
    assert volume([3] * 10, [90] * 10, 10, 2).visits == 30
    assert volume([9, 1, 2, 4, 3, 3, 5, 2], [200, 30, 40, 90, 60, 60, 100, 45], 8, 1).visits == 30


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=7, max_size=10), st.integers(1, 2))
def test_the_rule_says_the_same_as_a_linear_programme_over_everyone_who_may_tell(visits, m):
    """The programme: the most one teacher can have had, the printed total and the values told being known."""
    from scipy.optimize import linprog  # slow to fetch, and every worker of the suite collects this module

    printed = (sum(visits) + 2) // 5 * 5
    closed_form = volume(visits, [value * 60 for value in visits], 1_000, m) != NOT_SHOWN
    largest = sorted(visits, reverse=True)
    free = 0
    for place, value in enumerate(largest):
        told = [*largest[:place], *largest[place + 1 :]][:m]
        rest = len(visits) - len(told)
        solved = linprog(
            [-1, *[0] * (rest - 1)],
            A_ub=numpy.ones((1, rest)),
            b_ub=[printed + 2 - sum(told)],
            bounds=[(1, None)] * rest,
        )
        most = round(-solved.fun) if solved.success else 0
        assert solved.success == (upper_end(printed, 5, 1, len(visits), told) >= 1)
        free += 2 * (most - value) >= max(4, value)
    hours_printed = (
        volumes.volume([60] * len(visits), [value * 60 for value in visits], 1_000, m) != NOT_SHOWN
    )
    assert closed_form == (free == len(visits) and hours_printed)
    assert (tight(printed, 5, 1, visits, m) == 0) == (free == len(visits))


@pytest.mark.parametrize("roster", range(7, 14))
def test_inactive_teachers_never_make_a_total_harder_to_print(roster):
    usual = [4, 3, 3, 2, 2, 5, 1]
    assert volume(usual, [value * 30 for value in usual], roster, 1).visits == 20
