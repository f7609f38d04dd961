"""Cycles over a real vault: a round planned and added, how rounds stand, a teacher's timeline."""

from datetime import date, datetime, time, timedelta

import coached_school
import pytest
from sqlmodel import select
from worlds import world

from coachdesk.errors import CoachdeskError
from coachdesk.model import ActionStep, Chain, CoachingCycle, Event
from coachdesk.model.cycles import ChainState, CycleStatus, Slot
from coachdesk.model.schedule import DidntHappen, EventKind
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.services import cycles, roster, schedule, script, tagging, timeline, visits
from coachdesk.services.keep import keep

MONDAY, WEDNESDAY = date(2027, 2, 8), date(2027, 2, 10)


def at(hour, minute=0, day=MONDAY):
    return datetime.combine(day, time(hour, minute))


def plan_first(desk, juniper):
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[0], "Comment protocol", at(7), time(9, 50))
    return desk.do(cycles.add_planned, plan)


@world
def planned(desk, three_at_juniper):
    return plan_first(desk, three_at_juniper)


def rows(desk, record):
    return desk.ask(lambda s: s.exec(select(record)).all())


def only_round(desk, cycle):
    [found] = desk.ask(cycles.rounds, [cycle])
    return found


def test_a_preview_shows_three_events_and_writes_nothing(desk, juniper):
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(7), time(9, 50))
    assert [(step.kind, step.starts, step.ends) for step in plan.steps] == [
        (EventKind.PLANNING_MEETING, at(8), at(8, 30)),
        (EventKind.VISIT, at(9, 50, WEDNESDAY), at(10, 10, WEDNESDAY)),
        (EventKind.DEBRIEF, at(15, 0, WEDNESDAY), at(15, 30, WEDNESDAY)),
    ]
    assert (plan.problem, plan.focus) == ("", "")
    assert rows(desk, Event) == rows(desk, CoachingCycle) == []


def test_a_preview_steps_around_clashes_and_days_without_school(desk, juniper):
    thursday, monday, tuesday = date(2027, 2, 11), date(2027, 2, 15), date(2027, 2, 16)
    desk.do(schedule.save_no_school, {"name": "Presidents' Day", "first_day": monday, "last_day": monday})
    desk.do(
        schedule.create_event, {"kind": "group", "starts": at(9, 30, tuesday), "ends": at(10, 30, tuesday)}
    )
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(7, day=thursday), time(9, 50))
    visit = plan.steps[1]
    assert visit.starts == at(9, 50, date(2027, 2, 17))
    assert visit.passed_over == (tuesday,)
    assert [(one.day, one.name) for one in plan.closed] == [(monday, "Presidents' Day")]


def test_adding_makes_one_cycle_one_round_and_three_events_undone_as_one(desk, juniper):
    planned = plan_first(desk, juniper)
    [week] = [desk.ask(schedule.week, MONDAY)]
    assert [row.kind for row in week.events] == ["planning_meeting", "visit", "debrief"]
    assert all(row.names == ("Zofia Abernethy",) and row.cycle_id == planned for row in week.events)
    [cycle] = rows(desk, CoachingCycle)
    assert (cycle.focus, cycle.status, cycle.starts_on) == ("Comment protocol", CycleStatus.ACTIVE, MONDAY)
    assert only_round(desk, planned).state is ChainState.PLANNED
    desk.undo()
    assert rows(desk, CoachingCycle) == rows(desk, Chain) == rows(desk, Event) == []


def test_the_next_round_belongs_to_the_same_cycle(desk, juniper, planned):
    plan = desk.ask(cycles.plan_round, planned, at(7, day=date(2027, 3, 1)))
    assert (plan.cycle_id, plan.focus) == (planned, "Comment protocol")
    assert desk.do(cycles.add_planned, plan) == planned
    assert [one.number for one in desk.ask(cycles.rounds, [planned])] == [1, 2]
    [file] = desk.ask(cycles.cycles_of, juniper.teachers[0])
    assert [one.number for one in file.rounds] == [2, 1]


def test_a_plan_with_somebody_archived_or_without_time_says_so(desk, juniper):
    summer = desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(8, day=date(2027, 6, 14)))
    assert summer.problem.startswith("No free time was found")
    with pytest.raises(CoachdeskError, match="No free time"):
        desk.do(cycles.add_planned, summer)
    desk.do(roster.archive_teacher, juniper.teachers[0])
    assert desk.ask(cycles.plan_cycle, juniper.teachers[0], "", at(8)).problem == schedule.ARCHIVED


def test_a_teacher_without_a_school_gets_a_sentence(desk, juniper):
    homeless = desk.do(roster.save_teacher, {"family_name": "Okafor"}).id
    plan = desk.ask(cycles.plan_cycle, homeless, "", at(8))
    with pytest.raises(CoachdeskError, match="at no school yet"):
        desk.do(cycles.add_planned, plan)


def test_a_round_goes_from_planned_to_visited_to_complete(desk, planned):
    steps = only_round(desk, planned).steps
    seen = []
    for slot in Slot:
        desk.do(schedule.took_place, steps[slot].id)
        seen.append(only_round(desk, planned).state)
    assert seen == [ChainState.PLANNED, ChainState.VISITED, ChainState.COMPLETE]


def test_a_debrief_that_didnt_happen_leaves_a_missing_step_until_it_is_planned_again(desk, planned):
    steps = only_round(desk, planned).steps
    for slot in (Slot.PLANNING, Slot.VISIT):
        desk.do(schedule.took_place, steps[slot].id)
    desk.do(schedule.didnt_happen, steps[Slot.DEBRIEF].id, DidntHappen.COVER)
    one = only_round(desk, planned)
    assert (one.state, one.missing) == (ChainState.MISSING_STEP, (Slot.DEBRIEF,))
    visit = steps[Slot.VISIT].id
    offer = desk.ask(cycles.debrief_offer, visit, at(16, day=WEDNESDAY))
    assert offer.starts == at(8, day=date(2027, 2, 11))
    desk.do(cycles.add_debrief, visit, offer.starts)
    assert only_round(desk, planned).state is ChainState.VISITED
    assert desk.ask(cycles.debrief_offer, visit, at(16, day=WEDNESDAY)) is None


def test_an_unplanned_visit_is_offered_a_debrief_after_school(desk, juniper):
    desk.do(visits.start_note_for, juniper.teachers[1], at(9))
    [visit] = rows(desk, Event)
    offer = desk.ask(cycles.debrief_offer, visit.id, at(9, 30))
    assert offer.starts == at(15)
    desk.do(cycles.add_debrief, visit.id, offer.starts)
    assert desk.ask(cycles.debrief_offer, visit.id, at(9, 30)) is None


def test_the_usual_time_is_when_they_are_mostly_visited(desk, juniper):
    assert desk.ask(cycles.usual_time, juniper.teachers[0]) is None
    for day in (1, 2, 3):
        desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=date(2027, 2, day))
    assert desk.ask(cycles.usual_time, juniper.teachers[0]) == time(9)


def test_open_cycles_come_before_finished_ones(desk, juniper):
    who = juniper.teachers[:1]
    done = desk.do(coached_school.cycle, juniper.school, who, status="completed", starts_on=date(2027, 1, 4))
    running = desk.do(coached_school.cycle, juniper.school, who, status="active", starts_on=date(2026, 9, 1))
    assert [file.record.id for file in desk.ask(cycles.cycles_of, who[0])] == [running, done]


def test_what_a_cycle_is_about_can_be_agreed_later(desk, planned):
    desk.do(cycles.save_cycle, {"id": planned, "focus": "Wait time", "goal": "80 % cite evidence"})
    assert rows(desk, CoachingCycle)[0].goal == "80 % cite evidence"


def test_a_timeline_shows_events_notes_tags_and_steps_newest_first(desk, juniper, planned):
    steps = only_round(desk, planned).steps
    note = desk.do(visits.start_note, steps[Slot.VISIT].id, at(9, 50, WEDNESDAY))
    words = [Line(juniper.goals[0], 3, LineKind.ACTION, "14 of 22 type")]
    desk.do(script.write_lines, note, words)
    desk.do(tagging.tag, note, "1D")
    desk.do(visits.finish, note, at(10, 10, WEDNESDAY), {"strength": "Waits", "step": "Protocol"})
    page = desk.ask(timeline.timeline, juniper.teachers[0])
    assert [moment.event.kind for moment in page.moments] == ["debrief", "visit", "planning_meeting"]
    visit = page.moments[1]
    assert (visit.excerpt, visit.strength, visit.codes) == (("14 of 22 type",), "Waits", ("1D",))
    assert [step.text for step in visit.steps] == ["Protocol"]
    assert page.older is None


def test_a_step_without_an_event_stands_in_the_timeline_by_itself(desk, juniper):
    desk.do(coached_school.step, juniper.teachers[0], None, checked=None, result=None)
    [moment] = desk.ask(timeline.timeline, juniper.teachers[0]).moments
    assert (moment.event, moment.steps[0].text) == (None, "Wait five seconds")


def test_a_long_timeline_comes_page_by_page_and_whole(desk, juniper):
    for number in range(25):
        day = date(2027, 1, 1 + number // 2)
        desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=day, title=str(number))
    shown, before, pages = [], None, 0
    while pages == 0 or before is not None:
        page = desk.ask(timeline.timeline, juniper.teachers[0], before, 7)
        shown += [moment.event.title for moment in page.moments]
        before, pages = page.older, pages + 1
    assert sorted(map(int, shown)) == list(range(25))
    assert pages > 3


def test_a_deleted_visit_leaves_its_round_with_a_gap(desk, planned):
    one = only_round(desk, planned)
    desk.do(schedule.delete_event, one.steps[Slot.VISIT].id)
    assert only_round(desk, planned).missing == (Slot.VISIT,)
    desk.do(keep, Event, {"id": one.steps[Slot.PLANNING].id, "status": "completed"})
    assert only_round(desk, planned).state is ChainState.MISSING_STEP


def test_the_timeline_of_somebody_met_hundreds_of_times_is_found_from_the_newest_on(desk, juniper):
    def many(session):
        for number in range(420):
            day = date(2026, 8, 17) + timedelta(days=number % 250)
            coached_school.event(session, juniper.school, juniper.teachers[:1], day=day)
        coached_school.event(session, juniper.school, juniper.teachers[1:2], day=date(2027, 6, 1))

    desk.do(many)
    page = desk.ask(timeline.timeline, juniper.teachers[0], None, 10)
    assert len(page.moments) == 10
    days = [moment.at for moment in page.moments]
    assert days == sorted(days, reverse=True)
    assert days[0].date() == date(2027, 4, 23)


def test_steps_are_those_to_look_at_again_and_those_looked_back_on(desk, juniper):
    def agree(session, text, **values):
        values = {"teacher_id": juniper.teachers[0], "text": text, **values}
        return keep(session, ActionStep, values)

    seen = {"checked_on": date(2027, 2, 1)}
    desk.do(agree, "met", result="met", **seen)
    desk.do(agree, "partly, and left", result="partly", **seen)
    desk.do(agree, "not yet, again", result="not_yet", check_back_on=date(2027, 2, 8), **seen)
    desk.do(agree, "new", check_back_on=date(2027, 2, 3))
    desk.do(agree, "dropped", status="dropped")
    steps = desk.ask(timeline.action_steps, juniper.teachers[0])
    assert [step.text for step in steps.ahead] == ["new", "not yet, again"]
    assert [step.text for step in steps.settled] == ["dropped", "partly, and left", "met"]
    assert desk.ask(timeline.action_steps, juniper.teachers[0], 4).more
    assert not steps.more
