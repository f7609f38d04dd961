"""Rounds drawn up over a real vault: what the preview says, and what adding them makes."""

from datetime import date, datetime, time

import pytest
from sqlmodel import select

from coachdesk.model import Chain, CoachingCycle, Event
from coachdesk.model.cycles import Slot
from coachdesk.model.days import Span
from coachdesk.model.schedule import EventKind
from coachdesk.services import cycles, roster, rounds, schedule
from coachdesk.services.rounds import Wish

MONDAY, WEDNESDAY = date(2027, 2, 8), date(2027, 2, 10)


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def wish(juniper):
    def made(**more):
        return Wish(juniper.teachers[0], **{"starting": at(7), "usual": time(9, 50), **more})

    return made


def count(desk, record):
    return len(desk.ask(lambda s: s.exec(select(record)).all()))


def test_a_round_is_drawn_at_times_without_clashes_and_nothing_is_written(desk, wish):
    draft = desk.ask(rounds.draft, wish(focus="Comment protocol"))
    assert [(one.place, one.step.starts) for one in draft.drawn] == [
        ((1, Slot.PLANNING), at(8)),
        ((1, Slot.VISIT), at(9, 50, WEDNESDAY)),
        ((1, Slot.DEBRIEF), at(15, 0, WEDNESDAY)),
    ]
    assert draft.is_ready
    assert not any(one.overlaps or one.too_early or one.problem for one in draft.drawn)
    assert count(desk, Event) == 0


def test_rounds_follow_each_other_by_ten_school_days(desk, wish):
    draft = desk.ask(rounds.draft, wish(rounds=3))
    first_meetings = [plan.steps[0].starts.date() for plan in draft.plans]
    assert first_meetings == [MONDAY, date(2027, 2, 22), date(2027, 3, 8)]
    assert len(draft.drawn) == 9


def test_rounds_that_no_longer_fit_are_left_out(desk, wish):
    draft = desk.ask(rounds.draft, wish(starting=at(7, day=date(2027, 5, 31)), rounds=4))
    assert len(draft.plans) == 1
    assert draft.is_ready


def test_a_break_that_is_passed_over_is_told_once(desk, wish):
    monday, friday = date(2027, 2, 15), date(2027, 2, 19)
    desk.do(schedule.save_no_school, {"name": "Winter break", "first_day": monday, "last_day": friday})
    draft = desk.ask(rounds.draft, wish(starting=at(7, day=date(2027, 2, 12))))
    assert draft.skipped == (Span(monday, friday, "Winter break"),)
    assert draft.drawn[1].step.starts == at(9, 50, date(2027, 2, 23))


def test_an_own_time_that_overlaps_is_kept_and_another_is_offered(desk, wish):
    taken = {"kind": "group", "starts": at(9, 30, WEDNESDAY), "ends": at(10, 30, WEDNESDAY)}
    desk.do(schedule.create_event, taken)
    draft = desk.ask(rounds.draft, wish(moved={(1, Slot.VISIT): at(9, 45, WEDNESDAY)}))
    visit = draft.drawn[1]
    assert [one.kind for one in visit.overlaps] == [EventKind.GROUP]
    assert (visit.step.starts, visit.instead) == (at(9, 45, WEDNESDAY), at(10, 30, WEDNESDAY))
    assert draft.is_ready


def test_two_steps_of_one_draft_overlap_each_other(desk, wish):
    draft = desk.ask(rounds.draft, wish(moved={(1, Slot.DEBRIEF): at(9, 55, WEDNESDAY)}))
    visit, debrief = draft.drawn[1:]
    assert [one.kind for one in visit.overlaps] == [EventKind.DEBRIEF]
    assert [one.kind for one in debrief.overlaps] == [EventKind.VISIT]
    assert debrief.too_early


def test_a_day_without_school_and_one_out_of_order_are_said(desk, wish):
    desk.do(schedule.save_no_school, {"name": "Testing", "first_day": MONDAY, "last_day": MONDAY})
    moved = {(1, Slot.VISIT): at(9, day=MONDAY), (1, Slot.DEBRIEF): at(9, day=date(2027, 2, 13))}
    visit, debrief = desk.ask(rounds.draft, wish(moved=moved)).drawn[1:]
    assert (visit.closed, visit.too_early) == ("Testing", True)
    assert (debrief.closed, debrief.too_early) == ("", False)


def test_a_time_across_midnight_cannot_be_added(desk, wish):
    draft = desk.ask(rounds.draft, wish(moved={(1, Slot.VISIT): at(23, 50)}))
    assert not draft.is_ready
    assert draft.drawn[1].problem.startswith("An event ends on the day it begins")


def test_all_rounds_are_added_to_one_cycle_and_undone_as_one(desk, juniper, wish):
    draft = desk.ask(rounds.draft, wish(rounds=2, moved={(2, Slot.VISIT): at(11, day=date(2027, 2, 25))}))
    cycle = desk.do(rounds.add_rounds, draft.plans)
    assert [one.number for one in desk.ask(cycles.rounds, [cycle])] == [1, 2]
    second = desk.ask(cycles.rounds, [cycle])[1]
    assert second.steps[Slot.VISIT].starts == at(11, day=date(2027, 2, 25))
    desk.undo()
    assert count(desk, Event) == count(desk, Chain) == count(desk, CoachingCycle) == 0


def test_another_round_joins_the_cycle_that_is_going_on(desk, juniper, wish):
    cycle = desk.do(rounds.add_rounds, desk.ask(rounds.draft, wish(focus="Comment protocol")).plans)
    [going] = desk.ask(rounds.going, juniper.teachers[0])
    assert (going.cycle_id, going.focus, going.rounds) == (cycle, "Comment protocol", 1)
    further = wish(starting=at(7, day=date(2027, 3, 1)), cycle_id=cycle)
    assert desk.do(rounds.add_rounds, desk.ask(rounds.draft, further).plans) == cycle
    assert desk.ask(rounds.going, juniper.teachers[0])[0].rounds == 2
    assert desk.ask(rounds.going, juniper.teachers[1]) == ()


def test_why_nothing_can_be_planned_is_a_sentence(desk, juniper, wish):
    homeless = desk.do(roster.save_teacher, {"family_name": "Okafor"}).id
    assert desk.ask(rounds.draft, Wish(homeless, at(8))).problem == cycles.NO_SCHOOL_YET
    late = desk.ask(rounds.draft, wish(starting=at(8, day=date(2027, 7, 1)), rounds=2))
    assert late.problem.startswith("No free time was found")
    desk.do(roster.archive_teacher, juniper.teachers[0])
    assert desk.ask(rounds.draft, wish()).problem == schedule.ARCHIVED


def test_everybody_but_the_archived_can_be_planned_with(desk, juniper):
    desk.do(roster.save_teacher, {"id": juniper.teachers[1], "subjects": "Science", "room": "12"})
    desk.do(roster.archive_teacher, juniper.teachers[2])
    found = desk.ask(rounds.people)
    assert [(one.name, one.about) for one in found] == [
        ("Zofia Abernethy", ""),
        ("Yusra Bukowiec", "Science · 12"),
    ]
