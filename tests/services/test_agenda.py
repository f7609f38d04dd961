"""Today over a real vault."""

from datetime import date, datetime, time, timedelta

import coached_school
import pytest

from coachdesk.errors import Invalid
from coachdesk.model import ActionStep, CoachingCycle
from coachdesk.model.caseload import Reminder
from coachdesk.model.cycles import Slot
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import DidntHappen
from coachdesk.services import agenda, caseload, cycles, roster, schedule, visits
from coachdesk.services.agenda import Why
from coachdesk.services.keep import keep

TUESDAY = date(2027, 2, 2)
NOW = datetime(2027, 2, 2, 8, 0)


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(four_at_juniper):
    return four_at_juniper


def add(desk, juniper, starts, who=0, kind="visit", **values):
    facts = {"kind": kind, "starts": starts, "ends": starts + timedelta(minutes=30)}
    return desk.do(schedule.create_event, {**facts, "teachers": [juniper.teachers[who]], **values}).id


def picked_up(desk, now=NOW):
    return [(one.why, one.teacher, one.days) for one in desk.ask(agenda.today, now).pick_up]


def test_a_new_desk_has_an_empty_day(desk):
    day = desk.ask(agenda.today, NOW)
    assert day.empty
    assert desk.ask(agenda.next_visit, NOW) is None


def test_the_day_shows_what_is_next_and_what_comes_later(desk, juniper):
    early, visit = add(desk, juniper, at(7)), add(desk, juniper, at(9, 50))
    meeting = add(desk, juniper, at(13), 1, "planning_meeting")
    add(desk, juniper, at(9, day=date(2027, 2, 3)))
    day = desk.ask(agenda.today, at(8))
    assert (day.next.event.id, [row.id for row in day.later]) == (visit, [meeting])
    assert [row.id for row in day.earlier] == [early]
    assert not day.empty


def test_the_next_event_may_be_another_day(desk, juniper):
    tomorrow = add(desk, juniper, at(9, day=date(2027, 2, 3)))
    day = desk.ask(agenda.today, NOW)
    assert (day.next.event.id, day.later) == (tomorrow, ())
    assert desk.ask(agenda.next_visit, NOW) is None


def test_a_visit_that_has_begun_is_still_the_next(desk, juniper):
    visit = add(desk, juniper, at(7, 45))
    assert desk.ask(agenda.today, NOW).next.event.id == visit
    assert desk.ask(agenda.next_visit, NOW) == visit


def test_a_day_without_school_says_its_name(desk, juniper):
    desk.do(schedule.save_no_school, {"name": "Snow day", "first_day": TUESDAY, "last_day": TUESDAY})
    assert desk.ask(agenda.today, NOW).closed == "Snow day"


def a_round(desk, juniper, who=0):
    plan = desk.ask(cycles.plan_cycle, juniper.teachers[who], "", at(7), time(9, 50))
    cycle = desk.do(cycles.add_planned, plan)
    return desk.ask(cycles.rounds, [cycle])[0].steps


def test_a_debrief_is_missed_from_the_second_school_day_on(desk, juniper):
    steps = a_round(desk, juniper)
    visited = steps[Slot.VISIT].starts.date()
    assert visited == date(2027, 2, 4)  # a Thursday
    for slot in (Slot.PLANNING, Slot.VISIT):
        desk.do(schedule.took_place, steps[slot].id)
    desk.do(schedule.didnt_happen, steps[Slot.DEBRIEF].id, DidntHappen.ABSENT)
    assert picked_up(desk, at(8, day=date(2027, 2, 7))) == []
    assert picked_up(desk, at(8, day=date(2027, 2, 8))) == [(Why.NO_DEBRIEF, "Zofia Abernethy", 2)]
    [one] = desk.ask(agenda.today, at(8, day=date(2027, 2, 8))).pick_up
    assert one.event.id == steps[Slot.VISIT].id


def test_a_round_that_lacks_its_planning_meeting_misses_a_step(desk, juniper):
    steps = a_round(desk, juniper)
    desk.do(schedule.didnt_happen, steps[Slot.PLANNING].id, DidntHappen.COVER)
    for slot in (Slot.VISIT, Slot.DEBRIEF):
        desk.do(schedule.took_place, steps[slot].id)
    [one] = desk.ask(agenda.today, at(8, day=date(2027, 2, 8))).pick_up
    assert (one.why, one.missing) == (Why.MISSING_STEP, (Slot.PLANNING,))


def test_a_complete_round_needs_nothing(desk, juniper):
    for row in a_round(desk, juniper).values():
        desk.do(schedule.took_place, row.id)
    assert picked_up(desk, at(8, day=date(2027, 2, 9))) == []


def test_a_meeting_of_which_nothing_was_said_is_asked_about(desk, juniper):
    meeting = add(desk, juniper, at(13, day=date(2027, 2, 1)), 1, "planning_meeting")
    assert picked_up(desk) == [(Why.TOOK_PLACE, "Yusra Bukowiec", 1)]
    desk.do(schedule.took_place, meeting)
    assert picked_up(desk) == []


def test_contact_is_missed_by_school_days_not_by_weekdays(desk, juniper):
    met = date(2026, 12, 14)
    desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1], status="active")
    desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=met)
    january = at(8, day=date(2027, 1, 5))
    assert picked_up(desk, january) == [(Why.CONTACT, "Zofia Abernethy", 16)]
    assert on_teachers(desk, juniper, january) is Reminder.TO_PICK_UP_AGAIN
    winter = {"name": "Winter break", "first_day": date(2026, 12, 21), "last_day": date(2027, 1, 1)}
    desk.do(schedule.save_no_school, winter)
    assert picked_up(desk, january) == []
    assert on_teachers(desk, juniper, january) is Reminder.NONE


def on_teachers(desk, juniper, now):
    """What the page Teachers says of the first teacher."""
    return desk.ask(caseload.one, juniper.teachers[0], now).reminder


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_active_cycles_both_pages_go_by_the_newer(desk, juniper, first):
    starts = [date(2027, 1, 4), date(2027, 1, 29)]
    for day in (starts[first], starts[1 - first]):
        cycle = desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1], status="active")
        desk.do(keep, CoachingCycle, {"id": cycle, "starts_on": day, "cadence_days": 10})
    assert picked_up(desk) == []
    assert on_teachers(desk, juniper, NOW) is Reminder.NONE


@pytest.mark.parametrize("status", ["not_now", "declined", "archived"])
def test_whoever_said_no_is_never_reminded_of(desk, juniper, status):
    desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1], status="active")
    desk.do(coached_school.event, juniper.school, juniper.teachers[:1], day=date(2026, 10, 1))
    desk.do(roster.save_teacher, {"id": juniper.teachers[0], "status": status})
    assert picked_up(desk) == []


def test_what_is_planned_with_an_archived_teacher_is_pointed_out_and_not_next(desk, juniper):
    visit = add(desk, juniper, at(9, 50))
    desk.do(roster.archive_teacher, juniper.teachers[0])
    day = desk.ask(agenda.today, NOW)
    assert [(one.why, one.event.id) for one in day.pick_up] == [(Why.ARCHIVED, visit)]
    assert day.next is None
    assert desk.ask(agenda.next_visit, NOW) is None


def a_step(desk, juniper, back, who=0):
    step = desk.do(coached_school.step, juniper.teachers[who], None, checked=None, result=None)
    desk.do(keep, coached_school.ActionStep, {"id": step, "check_back_on": back})
    return step


def test_steps_are_checked_on_their_day_and_then_done(desk, juniper):
    due, _later = a_step(desk, juniper, TUESDAY), a_step(desk, juniper, date(2027, 2, 3))
    [row] = desk.ask(agenda.today, NOW).check_backs
    assert (row.id, row.teacher) == (due, "Zofia Abernethy")
    desk.do(agenda.check_back, due, CheckBack.MET, TUESDAY)
    assert desk.ask(agenda.check_backs, TUESDAY) == ()
    desk.undo()
    assert len(desk.ask(agenda.check_backs, TUESDAY)) == 1


def test_a_step_that_is_not_yet_there_comes_back_on_another_day(desk, juniper):
    step, friday = a_step(desk, juniper, TUESDAY), date(2027, 2, 5)
    desk.do(agenda.check_back, step, CheckBack.NOT_YET, TUESDAY, friday)
    assert desk.ask(agenda.check_backs, TUESDAY) == ()
    assert [row.id for row in desk.ask(agenda.check_backs, friday)] == [step]
    with pytest.raises(Invalid):
        desk.do(agenda.check_back, step, CheckBack.NOT_YET, friday, friday)


def test_notes_that_were_begun_are_to_be_finished(desk, juniper):
    note = desk.do(visits.start_note, add(desk, juniper, at(7)), at(7))
    desk.do(visits.later, note, at(7, 30))
    assert [left.id for left in desk.ask(agenda.today, NOW).to_finish] == [note]


def test_a_step_is_looked_at_again_when_both_meet_next_else_in_a_school_week(desk, juniper):
    values = {"teacher_id": juniper.teachers[0], "text": "Wait", "check_back_on": TUESDAY}
    step = desk.do(lambda session: keep(session, ActionStep, values).id)
    assert desk.ask(agenda.again_on, step, TUESDAY) == date(2027, 2, 9)
    add(desk, juniper, at(9))
    add(desk, juniper, at(9, day=date(2027, 2, 4)))
    assert desk.ask(agenda.again_on, step, TUESDAY) == date(2027, 2, 4)
