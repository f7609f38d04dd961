"""All worlds of small schools: no page proves anything about a teacher who did not tell."""

import every_world
import pytest
from attacker import certain, counts, participation_certain, tellers
from every_world import School

from coachdesk.disclosure import bands, mechanism

M = (1, 2)
GRAINS = (2, 5, 10)


@pytest.mark.parametrize("m", M)
@pytest.mark.parametrize("grain", GRAINS)
def test_no_answer_is_certain_for_any_number_of_active_teachers(grain, m):
    """Every count of yes among up to 36 teachers (three groups of twelve), whoever tells, by closed form."""
    checks = 0
    for active in range(37):
        for yes in range(active + 1):
            label = bands.label(yes, active, grain, m)
            assert yes in counts(label, active)
            for told in tellers(yes, active, m):
                assert certain(label, active, *told) == 0
                checks += 1
    assert checks > 2_000


@pytest.mark.parametrize("m", M)
@pytest.mark.parametrize("grain", GRAINS)
def test_no_participation_is_certain_for_any_size_of_school(grain, m):
    """Every staff list up to 36, every page it can print, everyone who may tell, by closed form."""
    checks = 0
    need = bands.need(grain, m)
    for roster in range(bands.floor(grain, m), 37):
        pages = {None} | {
            str(bands.label(yes, active, grain, m))
            for active in range(need, roster + 1)
            for yes in range(active + 1)
        }
        for page in pages:
            for told_yes in range(m + 1):
                for told_no in range(m + 1 - told_yes):
                    for away in range(m + 1 - told_yes - told_no):
                        shares = page and ((page, told_yes),)
                        assert not participation_certain(shares, roster, need, told_yes + told_no, away)
                        checks += 1
    assert checks or bands.floor(grain, m) > 36


@pytest.mark.parametrize("m", M)
def test_every_world_of_one_row_leaves_both_answers_open(m):
    for active in range(m + 1, 13):
        assert every_world.certain_answers(School(mechanism, 12, m, 2), active, 1) == 0


@pytest.mark.parametrize("link", [every_world.FREE, every_world.ONE_AT_LEAST, every_world.NESTED])
@pytest.mark.parametrize(("m", "active"), [(1, 5), (1, 6), (1, 7), (2, 7), (2, 8)])
def test_links_inside_a_row_prove_nothing(m, active, link):
    assert every_world.certain_answers(School(mechanism, 12, m, 2), active, 2, link) == 0


@pytest.mark.parametrize("active", [11, 12])
def test_every_world_in_fifths_leaves_both_answers_open(active):
    assert every_world.certain_answers(School(mechanism, 13, 1, 5), active, 1) == 0


@pytest.mark.parametrize(("m", "roster"), [(1, 7), (1, 8), (1, 9), (2, 10)])
def test_every_world_leaves_open_who_is_coached(m, roster):
    assert every_world.certain_participation(School(mechanism, roster, m)) == 0


def test_rows_of_which_everyone_has_exactly_one_would_give_answers_away():
    """Why a family like "current phase" may publish one row only: two full halves leave no third."""
    assert every_world.certain_answers(School(mechanism, 12, 1, 2), 6, 3, every_world.ONE_EXACTLY) > 0
