"""Hiding everything would be safe too: most rows must be shown."""

import attacks
import pytest
from caseloads import random_caseload

from coachdesk.disclosure import bands, mechanism

SIZES = (10, 12, 20, 35, 60)
YEARS = 40


def share_shown(roster, engagement):
    shown = rows = 0
    for seed in range(YEARS):
        school = random_caseload(seed, roster, engagement)
        found = attacks.on_answers(mechanism, school, bands.colluders(roster))
        shown, rows = shown + found["shown"], rows + found["rows"]
    return shown / rows


@pytest.mark.parametrize("roster", SIZES)
def test_nearly_every_row_is_shown_at_the_usual_engagement(roster):
    assert share_shown(roster, 0.62) >= 0.95


@pytest.mark.parametrize("roster", [20, 35, 60])
def test_schools_of_twenty_show_nearly_every_row_even_with_few_visits(roster):
    """A quarter of the teachers visited in a month are more than half of them in a quarter."""
    assert share_shown(roster, 0.25) >= 0.95


@pytest.mark.parametrize("roster", SIZES)
def test_totals_are_shown_in_nearly_every_quarter_at_the_usual_engagement(roster):
    shown = totals = 0
    for seed in range(YEARS):
        school = random_caseload(seed, roster, 0.62)
        found = attacks.on_amounts(mechanism, school, bands.colluders(roster))
        shown, totals = shown + found["shown"], totals + found["totals"]
    assert shown / totals >= 0.95
