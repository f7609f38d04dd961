"""Shares as printed words: who must stand behind them, and what they say."""

import pytest
from attacker import counts

from coachdesk.disclosure import bands
from coachdesk.disclosure.bands import Band
from coachdesk.errors import NotShareable

GRAINS = (2, 5, 10)


@pytest.mark.parametrize(
    ("grain", "one_tells", "two_tell"),
    [(2, 5, 7), (5, 11, 16), (10, 21, 31)],
)
def test_the_fewest_active_teachers_are_those_of_the_published_rule(grain, one_tells, two_tell):
    assert (bands.need(grain, 1), bands.need(grain, 2)) == (one_tells, two_tell)
    assert (bands.floor(grain, 1), bands.floor(grain, 2)) == (one_tells + 2, two_tell + 3)


@pytest.mark.parametrize(("grain", "m"), [(2, 0), (2, 3), (3, 1), (1, 1), (0, 2), (2, -1)])
def test_the_minimum_cannot_be_talked_down(grain, m):
    with pytest.raises(ValueError, match="one or two who tell"):
        bands.need(grain, m)


@pytest.mark.parametrize(("roster", "m"), [(7, 1), (9, 1), (10, 2), (60, 2)])
def test_the_size_of_the_school_says_how_many_may_tell(roster, m):
    assert bands.colluders(roster) == m


@pytest.mark.parametrize("roster", [0, 1, 5, 6])
def test_a_school_below_seven_teachers_is_refused_in_a_sentence(roster):
    with pytest.raises(NotShareable) as refused:
        bands.colluders(roster)
    assert "7 teachers" in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("m", [1, 2])
@pytest.mark.parametrize("grain", GRAINS)
def test_every_band_leaves_room_for_one_more_than_may_tell(grain, m):
    """What the proof asks of `need`, in every band up to 200 teachers, and at no smaller number."""
    for active in range(bands.need(grain, m), 201):
        for yes in range(active + 1):
            open_ = counts(str(bands.label(yes, active, grain, m)), active)
            assert open_[-1] >= m + 1
            assert open_[0] <= active - m - 1
    fewer = bands.need(grain, m) - 1
    lowest = [yes for yes in range(fewer + 1) if yes * grain // fewer == 0]
    assert lowest[-1] < m + 1


@pytest.mark.parametrize("grain", GRAINS)
def test_the_bands_of_a_grain_cover_every_share_once(grain):
    grid = list(dict.fromkeys(bands.label(yes, 400, grain, 2) for yes in range(401)))
    assert len(grid) == grain
    assert [band.low for band in grid] == [100 * number // grain for number in range(grain)]
    assert [band.high for band in grid] == [100 * (number + 1) // grain for number in range(grain)]


@pytest.mark.parametrize("grain", GRAINS)
def test_too_few_teachers_print_the_same_sign_whatever_they_answered(grain):
    active = bands.need(grain, 2) - 1
    assert {bands.label(yes, active, grain, 2) for yes in range(active + 1)} == {bands.TOO_FEW}
    assert (Band.TOO_FEW.low, Band.TOO_FEW.high, str(Band.TOO_FEW)) == (0, 0, "•")


def test_no_one_and_everyone_fall_inside_the_end_bands():
    assert str(bands.label(0, 9, 2, 2)) == str(bands.label(4, 9, 2, 2)) == "fewer than half"
    assert str(bands.label(5, 9, 2, 2)) == str(bands.label(9, 9, 2, 2)) == "half or more"
    assert str(bands.label(20, 20, 5, 2)) == str(bands.label(16, 20, 5, 2)) == "80–100 %"
    assert str(bands.label(7, 20, 5, 2)) == "20–39 %"
