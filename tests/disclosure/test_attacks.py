"""The principal attacks a year of pages of random and of skewed schools, and finds nothing certain.

`caseloads` invents the schools, `attacker` is the principal, `every_world` lists every world of a small
school, and `mutants` are the mechanism with one rule weakened. `python3 packaging/dev.py attacks` tries as
many random years as one likes, and counts.

Then the same attack on mutants of the mechanism finds something each time, so a silence means something. One
weakening is not among the mutants because it is none: printing the exact number of visits. The rule for
totals looks at the printed upper end, so it holds for the exact number as well; rounding stays as a second
line.
"""

from collections import Counter
from datetime import date
from itertools import product

import attacker
import attacks
import every_world
import pytest
from caseloads import ENGAGEMENTS, ROWS, Caseload, facts, random_caseload, skewed_caseloads
from every_world import School
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import MUTATIONS, mutated

from coachdesk.disclosure import bands, mechanism
from coachdesk.disclosure.mechanism import TeacherFacts
from coachdesk.disclosure.windows import quarters

SEEDS = st.integers(0, 2**48)
often = settings(max_examples=300, deadline=None, database=None)
seldom = settings(max_examples=50, deadline=None, database=None)


def grains(roster, m):
    return [grain for grain in (2, 5, 10) if roster >= bands.floor(grain, m)]


def those_who_tell(roster):
    return range(1, bands.colluders(roster) + 1)


@often
@given(SEEDS)
def test_no_answer_is_certain_in_a_random_year(seed):
    school = random_caseload(seed)
    for m in those_who_tell(school.roster):
        for grain in grains(school.roster, m):
            assert attacks.on_answers(mechanism, school, m, grain)["certain"] == 0


def test_no_answer_is_certain_in_a_skewed_year():
    found = Counter()
    for school, m in skewed_caseloads():
        for grain in grains(school.roster, m):
            found += attacks.on_answers(mechanism, school, m, grain)
    assert found["certain"] == 0
    assert found["checks"] > 50_000
    assert found["shown"] > 2_000


@seldom
@given(SEEDS, st.sampled_from(ENGAGEMENTS))
def test_no_amount_is_known_too_closely_in_a_random_year(seed, engagement):
    school = random_caseload(seed, engagement=engagement)
    for m in those_who_tell(school.roster):
        assert attacks.on_amounts(mechanism, school, m)["tight"] == 0


def test_no_amount_is_known_too_closely_in_a_skewed_year():
    found = Counter()
    for school, m in skewed_caseloads():
        found += attacks.on_amounts(mechanism, school, m)
    assert found["tight"] == 0
    assert found["shown"] > 100


@seldom
@given(SEEDS, st.sampled_from(ENGAGEMENTS))
def test_no_page_of_a_random_year_proves_who_is_coached(seed, engagement):
    school = random_caseload(seed, engagement=engagement)
    for m in those_who_tell(school.roster):
        for grain in grains(school.roster, m):
            assert attacks.on_participation(mechanism, school, m, grain)["certain"] == 0


def test_no_page_of_a_skewed_year_proves_who_is_coached():
    found = Counter()
    for school, m in skewed_caseloads():
        found += attacks.on_participation(mechanism, school, m)
    assert found["certain"] == 0


@seldom
@given(SEEDS, st.sampled_from(ENGAGEMENTS))
def test_a_coach_across_three_schools_gives_nobody_away(seed, engagement):
    """A teacher of two schools is a teacher of each with that school's facts only, so pages of several
    schools
    speak of different facts: all of them together say what each says by itself."""
    for place, roster in enumerate((27, 8, 10)):
        school = random_caseload(seed + place, roster, engagement)
        m = bands.colluders(roster)
        assert attacks.on_answers(mechanism, school, m)["certain"] == 0
        assert attacks.on_amounts(mechanism, school, m)["tight"] == 0
        assert attacks.on_participation(mechanism, school, m)["certain"] == 0


def test_the_pages_of_three_schools_together_leave_open_where_a_teacher_of_all_three_is_coached():
    """Schools share no fact, so for any three pages the worlds that remain are all their combinations."""
    each = [{*map(frozenset, every_world.visits_open(School(mechanism, size, 1)))} for size in (7, 8, 9)]
    for pages in product(*each):
        assert len(set(product(*pages))) == 8


@pytest.mark.parametrize("active", [5, 7, 12])
def test_an_integer_programme_says_the_same_as_the_closed_form(active):
    tenths = [band for band in bands.Band if band.name.startswith("TENTH")]
    for label in {str(tenths[min(9, 10 * yes // active)]) for yes in range(active + 1)}:
        solved = attacker.certain_in_nested_spans([set(range(active))], [label], label)
        assert sum(size for size, part in solved if part == -1) == attacker.certain(label, active, 0, 0)


def test_months_beside_their_quarter_would_give_answers_away():
    """Why there is one scheme of windows: each of these pages is safe; together they name two."""
    november, december = set(range(7)), set(range(2, 9))
    labels = [str(bands.label(4, 7, 2, 2)), str(bands.label(2, 7, 2, 2))]
    whole = str(bands.label(4, 9, 2, 2))
    assert bands.TOO_FEW not in (*labels, whole)
    assert attacker.certain_in_nested_spans([november, december], labels, "•") == []
    assert (2, -1) in attacker.certain_in_nested_spans([november, december], labels, whole)


@pytest.fixture
def mutant(tmp_path, monkeypatch):
    """Makes the mutant of a name; its files are on the path of imports while the test runs."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return lambda name: mutated(MUTATIONS[name], tmp_path)


@pytest.mark.parametrize(
    ("name", "grain"),
    [
        ("halves from one teacher fewer", 2),
        ("halves from three teachers", 2),
        ("fifths from one teacher fewer", 5),
        ("tenths from one teacher fewer", 10),
        ("always tenths", 10),
    ],
)
def test_a_weaker_minimum_is_caught(mutant, name, grain):
    weaker = mutant(name)
    caught = 0
    for m in (1, 2):
        for active in range(1, 36):
            for yes in range(min(m + 1, active) + 1):
                school = Caseload(40, (facts(yes, active),))
                caught += attacks.on_answers(weaker, school, m, grain)["certain"]
    assert caught > 0


def test_tenths_for_every_school_are_caught_on_random_years_too(mutant):
    weaker = mutant("always tenths")
    schools = [random_caseload(seed, roster=20) for seed in range(20)]
    assert sum(attacks.on_answers(weaker, school, 2, 10)["certain"] for school in schools) > 100


@pytest.mark.parametrize("name", ["any staff list", "a staff list one too short"])
def test_a_shorter_staff_list_is_caught(mutant, name):
    weaker = mutant(name)
    assert (
        sum(
            every_world.certain_participation(School(weaker, roster, 1))
            for roster in (5, 6)
            if roster >= weaker.floor(2, 1)
        )
        > 0
    )


def test_a_staff_list_that_shrank_is_caught(mutant):
    """Ten on the list in autumn, seven left in spring: a shown row would prove that all seven are coached."""
    active = list(facts(3, 7).values())

    def proved(rules):
        figures = rules.figures(rules.Layout(10, 2, 2, ROWS), active, present=7)
        shares = tuple((label.value, 0) for label in figures.bands.values()) if figures.shown else None
        return attacker.participation_certain(shares, 7, 7, 0, 0)

    assert proved(mutant("a shrunken staff list"))
    assert not proved(mechanism)


def test_hiding_rows_by_their_values_is_caught(mutant):
    assert every_world.certain_answers(School(mutant("rows without yes left out"), 12, 2, 2), 8, 1) > 0


@pytest.mark.parametrize(
    "name",
    ["dominance not looked at", "dominance without those who tell", "dominance with one who tells too few"],
)
def test_totals_that_one_teacher_dominates_are_caught_on_skewed_years(mutant, name):
    weaker = mutant(name)
    assert sum(attacks.on_amounts(weaker, school, m)["tight"] for school, m in skewed_caseloads()) > 0


def everyone_is_proved_visited(rules, roster, m, told, others):
    """Whether the printed total leaves no world in which one of the others was not visited.

    Of all worlds with fewer visited, equal shares pass the rule most easily: it fails where values are large.
    """
    minutes = [value * 30 for value in (told, *others)]
    printed = rules.volume([told, *others], minutes, roster, m)
    assert printed.visits is not None
    for visited in range(2 * m + 2, len(others)):
        for total in range(printed.visits - 2 - told, printed.visits + 3 - told):
            share, more = divmod(total, visited)
            world = [told, *[share + 1] * more, *[share] * (visited - more)]
            if rules.volume(world, [value * 30 for value in world], roster, m) == printed:
                return False
    return True


def test_a_total_that_only_everyone_can_make_is_caught(mutant):
    """One teacher had 194 visits and says so; the total passes only if all six others were visited."""
    weaker = mutant("totals that only everyone can make")
    assert everyone_is_proved_visited(weaker, 7, 1, 194, [20] * 6)
    assert mechanism.volume([194, *[20] * 6], [5820, *[600] * 6], 7, 1).visits is None


@pytest.mark.parametrize("told", range(1, 60, 3))
def test_a_printed_total_leaves_open_that_somebody_was_not_visited(told):
    for each in (1, 2, 3, 5, 8):
        visits = [told, *[each] * 6]
        if mechanism.volume(visits, [value * 30 for value in visits], 7, 1).visits is not None:
            assert not everyone_is_proved_visited(mechanism, 7, 1, told, [each] * 6)


def test_a_second_page_of_a_quarter_is_caught(mutant):
    """A teacher's notes go, the page is made again: the two pages tell that teacher's answer."""
    before = facts(4, 8)
    assert attacks.before_and_after(mechanism, 10, 2, before, gone=0)
    weaker = mutant("a second page of a quarter")
    first = quarters(date(2026, 8, 24), date(2027, 6, 11))[0]
    weaker.may_release(first, {first.name}, date(2027, 6, 30))
    with pytest.raises(mechanism.NotShareable):
        mechanism.may_release(first, {first.name}, date(2027, 6, 30))


def test_a_page_of_a_quarter_that_still_runs_is_caught(mutant):
    """Made on the last day, and again when a visit of that evening is in: the same two pages."""
    first = quarters(date(2026, 8, 24), date(2027, 6, 11))[0]
    mutant("a quarter that still runs").may_release(first, (), first.last)
    with pytest.raises(mechanism.NotShareable):
        mechanism.may_release(first, (), first.last)


def test_every_mutant_is_attacked(request):
    """A mutation that no test names would be one that nobody tried."""
    source = request.path.read_text(encoding="utf-8")
    assert [name for name in MUTATIONS if source.count(f'"{name}"') == 0] == []


def test_facts_of_a_teacher_are_not_printed_with_an_error():
    assert "row 1" not in repr(TeacherFacts(frozenset({"row 1"}), 3, 60))
