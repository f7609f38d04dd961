"""What a coach usually does, over a real vault: it is planned so, offered so, and can be taken back."""

from datetime import datetime, timedelta

import pytest

from coachdesk.errors import Invalid
from coachdesk.model.cycles import Slot
from coachdesk.services import changes, cycles, notes, usual, visits
from coachdesk.services.usual import MOST

MONDAY = datetime(2027, 2, 1, 8, 0)
TALK = {"name": "Turn and talk", "definition": "Pairs talk for half a minute or more"}
HANDS = {"name": "Hands up", "definition": ""}


def lengths(desk, juniper):
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[0], "", MONDAY)
    return {step.slot: (step.ends - step.starts) // timedelta(minutes=1) for step in plan.steps}


def offered(desk):
    found = desk.ask(usual.own_counters)
    return None if found is None else [(one.name, one.definition) for one in found]


def test_a_visit_is_planned_for_twenty_minutes_until_the_coach_says_otherwise(desk, juniper):
    assert lengths(desk, juniper) == {Slot.PLANNING: 30, Slot.VISIT: 20, Slot.DEBRIEF: 30}
    desk.do(usual.plan_visits_for, 45)
    assert lengths(desk, juniper) == {Slot.PLANNING: 30, Slot.VISIT: 45, Slot.DEBRIEF: 30}
    desk.do(changes.undo)
    assert lengths(desk, juniper)[Slot.VISIT] == 20


def test_a_visit_that_nobody_planned_is_as_long(desk, juniper):
    desk.do(usual.plan_visits_for, 30)
    note = desk.do(visits.start_note_for, juniper.teachers[0], MONDAY)
    event = desk.ask(notes.note, note, MONDAY).card.event
    assert event.ends - event.starts == timedelta(minutes=30)


@pytest.mark.parametrize("minutes", [0, 4, 121])
def test_a_length_beyond_reason_is_refused(desk, minutes):
    with pytest.raises(Invalid):
        desk.do(usual.plan_visits_for, minutes)
    assert desk.ask(usual.visit_minutes) == 20


def test_the_counters_that_are_offered_are_the_coachs_own_in_their_order_and_words(desk):
    assert offered(desk) is None
    desk.do(usual.offer_counters, [TALK, HANDS])
    assert offered(desk) == [(TALK["name"], TALK["definition"]), ("Hands up", "")]
    desk.do(usual.offer_counters, [{"name": "Hands up", "definition": "One student"}])
    assert offered(desk) == [("Hands up", "One student")]
    desk.do(changes.undo)
    assert offered(desk) == [(TALK["name"], TALK["definition"]), ("Hands up", "")]


def test_none_at_all_may_be_offered_and_the_ready_made_ones_come_back(desk):
    desk.do(usual.offer_counters, [])
    assert offered(desk) == []
    desk.do(usual.offer_ready_made)
    assert offered(desk) is None
    desk.do(changes.undo)
    assert offered(desk) == []


def test_a_menu_of_counters_stays_a_menu_and_each_has_a_name(desk):
    for wrong in ([{"name": f"Counter {n}", "definition": ""} for n in range(MOST + 1)], [{"name": ""}]):
        with pytest.raises(Invalid):
            desk.do(usual.offer_counters, wrong)
    assert offered(desk) is None
