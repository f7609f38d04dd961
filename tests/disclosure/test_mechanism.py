"""One page of one quarter: all its rows or none, and never a second time."""

import random
from datetime import date, timedelta

import pytest
from caseloads import random_caseload
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.disclosure import mechanism
from coachdesk.disclosure.mechanism import Layout, TeacherFacts
from coachdesk.disclosure.volume import NOT_SHOWN, Volume
from coachdesk.disclosure.windows import quarters
from coachdesk.errors import NotShareable

ROWS = ("goal 1", "goal 2", "moved")
TEN = Layout(10, 2, 2, ROWS)
Q1, Q2, *_ = quarters(date(2026, 8, 24), date(2027, 6, 11))


def teachers(number, *yes):
    return [TeacherFacts(frozenset(yes), 3, 90)] * number


def test_every_row_is_shown_in_the_order_of_the_page():
    figures = mechanism.figures(TEN, teachers(4, "moved", "goal 1") + teachers(3))
    assert figures.shown
    assert figures.sentence == ""
    assert list(figures.bands.items()) == [
        ("goal 1", "half or more"),
        ("goal 2", "fewer than half"),
        ("moved", "half or more"),
    ]
    assert figures.volume == Volume(visits=20, hours=10)


def test_too_few_active_teachers_hide_every_row_and_one_sentence_says_so():
    figures = mechanism.figures(TEN, teachers(6, "moved"))
    assert not figures.shown
    assert list(figures.bands.items()) == [(row, "•") for row in ROWS]
    assert figures.sentence == "Not shown: too few teachers this quarter."
    assert figures.volume == NOT_SHOWN


def test_what_is_shown_depends_on_the_number_of_active_teachers_alone():
    for active in range(11):
        shown = {
            mechanism.figures(TEN, teachers(yes, *ROWS) + teachers(active - yes)).shown
            for yes in range(active + 1)
        }
        assert shown == {active >= 7}


def test_a_staff_list_that_shrank_below_its_minimum_hides_everything():
    active = teachers(8, "moved")
    assert mechanism.figures(TEN, active, present=10).shown
    assert mechanism.figures(TEN, active, present=9) == mechanism.figures(TEN, teachers(0))


def test_teachers_who_joined_since_the_year_was_fixed_change_nothing():
    active = [TeacherFacts(frozenset(), visits, visits * 30) for visits in (194, *[20] * 6)]
    assert mechanism.figures(Layout(80, 1, 2, ROWS), active).volume.visits == 315
    assert mechanism.figures(Layout(8, 1, 2, ROWS), active, present=80).volume == NOT_SHOWN


@given(st.integers(0, 2**32))
def test_renaming_teachers_changes_nothing_on_the_page(seed):
    school = random_caseload(seed, roster=20)
    layout = Layout(20, 2, 2, tuple(f"row {number}" for number in range(1, 13)))
    facts = list(school.quarters[0].values())
    other = random.Random(seed).sample(facts, len(facts))
    assert mechanism.figures(layout, facts) == mechanism.figures(layout, other)


@pytest.mark.parametrize(
    ("roster", "m", "grain"), [(9, 2, 2), (6, 1, 2), (18, 2, 5), (33, 2, 10), (22, 1, 10)]
)
def test_shares_finer_than_the_school_allows_are_refused_in_a_sentence(roster, m, grain):
    with pytest.raises(NotShareable, match=f"at least {roster + 1} teachers"):
        Layout(roster, m, grain, ROWS)
    assert Layout(roster + 1, m, grain, ROWS).grain == grain


@pytest.mark.parametrize("rows", [(), ("one", "one"), tuple(map(str, range(13)))])
def test_a_page_without_rows_or_with_too_many_is_refused_in_a_sentence(rows):
    with pytest.raises(NotShareable, match="from 1 to 12 different rows"):
        Layout(10, 2, 2, rows)


def test_a_closed_quarter_may_be_shared_once():
    mechanism.may_release(Q1, {Q2.name}, Q1.last + timedelta(days=1))
    with pytest.raises(NotShareable, match="has been made already"):
        mechanism.may_release(Q1, {Q1.name}, Q1.last + timedelta(days=1))


def test_a_quarter_that_still_runs_is_refused_with_the_day_it_may_be_shared():
    with pytest.raises(
        NotShareable, match=f"2026-27 Q1 is not over yet. Its page can be made from {Q2.first}"
    ):
        mechanism.may_release(Q1, (), Q1.last)
