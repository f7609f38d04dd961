from itertools import chain, combinations

import pytest

from coachdesk.model.cycles import FOCUS_OF, PHASES, ChainState, Challenge, Focus, Slot, Template, chain_state

P, V, D = Slot.PLANNING, Slot.VISIT, Slot.DEBRIEF


@pytest.mark.parametrize(
    ("done", "ahead", "state"),
    [
        ((), (), ChainState.EMPTY),
        ((), (P, V, D), ChainState.PLANNED),
        ((P,), (V, D), ChainState.PLANNED),
        ((P, V), (D,), ChainState.VISITED),
        ((P, V, D), (), ChainState.COMPLETE),
        ((P, V), (), ChainState.MISSING_STEP),
        ((V, D), (), ChainState.MISSING_STEP),
        ((P,), (D,), ChainState.MISSING_STEP),
    ],
)
def test_a_round_stands_where_its_steps_say(done, ahead, state):
    assert chain_state(done, ahead) is state


def test_only_three_steps_that_took_place_complete_a_round():
    every = list(chain.from_iterable(combinations(Slot, n) for n in range(4)))
    complete = [done for done in every for ahead in every if chain_state(done, ahead) is ChainState.COMPLETE]
    assert {frozenset(done) for done in complete} == {frozenset(Slot)}


def test_a_visit_without_its_planning_meeting_misses_a_step_even_while_the_debrief_lies_ahead():
    assert chain_state((V,), (D,)) is ChainState.MISSING_STEP


def test_every_kind_of_cycle_has_its_phases():
    assert set(PHASES) == set(Template)
    assert all(PHASES.values())


def test_each_broad_focus_gathers_some_challenges_and_not_every_challenge_has_one():
    assert set(FOCUS_OF.values()) == set(Focus)
    assert Challenge.OTHER not in FOCUS_OF  # a cycle may stand outside all four: none of them is implied
