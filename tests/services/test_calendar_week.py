"""The calendar over a real vault."""

from datetime import date, datetime, time, timedelta

import coached_school
import pytest
from sqlmodel import select

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import ActionStep, Event, EventTeacher, School, ScriptLine, VisitNote
from coachdesk.model.planning import ACROSS_MIDNIGHT, CLOCKS_CHANGE, NOT_AFTER
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus
from coachdesk.services import roster, schedule
from coachdesk.services.keep import keep

TUESDAY = date(2027, 2, 2)
MONDAY = date(2027, 2, 1)


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


def visit(juniper, starts, minutes=20, who=0, **values):
    ends = starts + timedelta(minutes=minutes)
    return {"kind": "visit", "starts": starts, "ends": ends, "teachers": [juniper.teachers[who]], **values}


def add(desk, juniper, starts, **values):
    return desk.do(schedule.create_event, visit(juniper, starts, **values)).id


def shown(desk, first=MONDAY):
    return desk.ask(schedule.week, first).events


def test_a_week_shows_its_events_with_their_teachers_in_order(desk, juniper):
    later = add(desk, juniper, at(11), who=1)
    sooner = add(desk, juniper, at(9, 50))
    add(desk, juniper, at(9, day=TUESDAY + timedelta(days=7)))
    assert [row.id for row in shown(desk)] == [sooner, later]
    [first, _] = shown(desk)
    assert first.names == ("Zofia Abernethy",)
    assert (first.kind, first.status, first.minutes) == (EventKind.VISIT, EventStatus.PLANNED, 20)
    assert first.school_id == juniper.school


def test_a_week_names_its_days_without_school_and_its_hours(desk, juniper):
    day = date(2027, 2, 5)
    desk.do(schedule.save_no_school, {"name": "Staff day", "first_day": day, "last_day": day})
    desk.do(roster.save_school, {"id": juniper.school, "day_starts": time(7, 45)})
    week = desk.ask(schedule.week, MONDAY)
    assert [day.is_school_day for day in week.days] == [True] * 4 + [False] * 3
    assert week.days[4].closed == "Staff day"
    assert (week.hours.opens, week.hours.closes) == (time(7, 45), time(15, 30))


def test_days_without_school_can_be_taken_away_again(desk, juniper):
    kept = desk.do(schedule.save_no_school, {"name": "x", "first_day": MONDAY, "last_day": MONDAY})
    desk.do(schedule.remove_no_school, kept.id)
    assert desk.ask(schedule.no_school) == []


@pytest.mark.parametrize(
    ("starts", "ends", "says"),
    [
        (at(23), at(0, 30, date(2027, 2, 3)), ACROSS_MIDNIGHT),
        (at(9), at(9), NOT_AFTER),
        (at(9), at(8), NOT_AFTER),
        (datetime(2027, 3, 14, 1, 30), datetime(2027, 3, 14, 3, 30), CLOCKS_CHANGE),
    ],
)
def test_an_impossible_time_is_said_in_a_sentence(desk, juniper, starts, ends, says):
    values = {"kind": "visit", "starts": starts, "ends": ends, "teachers": [juniper.teachers[0]]}
    with pytest.raises(Invalid) as refused:
        desk.do(schedule.create_event, values)
    assert refused.value.problems == {"ends": says}
    assert desk.ask(lambda s: s.exec(select(Event)).all()) == []


def test_a_visit_needs_its_teacher_and_a_group_does_not(desk, juniper):
    with pytest.raises(Invalid) as refused:
        desk.do(schedule.create_event, {"kind": "visit", "starts": at(9), "ends": at(10)})
    assert refused.value.problems == {"teachers": schedule.NO_TEACHER}
    desk.do(schedule.create_event, {"kind": "group", "starts": at(9), "ends": at(10), "title": "PLC"})
    assert shown(desk)[0].teachers == ()


def test_nothing_is_planned_with_an_archived_teacher(desk, juniper):
    desk.do(roster.archive_teacher, juniper.teachers[0])
    with pytest.raises(Invalid) as refused:
        desk.do(schedule.create_event, visit(juniper, at(9)))
    assert refused.value.problems == {"teachers": schedule.ARCHIVED}


def test_what_was_planned_before_archiving_stays_until_it_is_cancelled(desk, juniper):
    alone = add(desk, juniper, at(9))
    both = desk.do(schedule.create_event, visit(juniper, at(11), teachers=list(juniper.teachers[:2]))).id
    desk.do(roster.archive_teacher, juniper.teachers[0])
    [left] = desk.ask(schedule.planned_with_archived, at(8))
    assert left.id == alone
    assert desk.do(schedule.cancel_planned, juniper.teachers[0], at(8)) == 1
    assert [row.id for row in shown(desk)] == [both]
    desk.undo()
    assert {row.id for row in shown(desk)} == {alone, both}


def test_moving_keeps_the_length_and_can_be_undone(desk, juniper):
    event = add(desk, juniper, at(9, 50))
    desk.do(schedule.move_event, event, at(13, day=MONDAY))
    assert [(row.starts, row.ends) for row in shown(desk)] == [(at(13, day=MONDAY), at(13, 20, MONDAY))]
    assert desk.undo().title == "move event"
    assert shown(desk)[0].starts == at(9, 50)


def test_resizing_and_rescheduling_change_the_end(desk, juniper):
    event = add(desk, juniper, at(9, 50))
    desk.do(schedule.resize_event, event, at(10, 35))
    assert shown(desk)[0].minutes == 45
    desk.do(schedule.reschedule_event, event, at(8), at(8, 10))
    assert (shown(desk)[0].starts, shown(desk)[0].minutes) == (at(8), 10)
    with pytest.raises(Invalid):
        desk.do(schedule.resize_event, event, at(7))
    assert shown(desk)[0].minutes == 10


def test_an_overlap_is_kept_and_told(desk, juniper):
    plc = desk.do(schedule.create_event, {"kind": "group", "starts": at(9, 30), "ends": at(10)}).id
    placed = desk.do(schedule.create_event, visit(juniper, at(9, 50)))
    assert [one.event_id for one in placed.overlaps] == [plc]
    assert placed.says == schedule.OVERLAP
    assert desk.do(schedule.move_event, placed.id, at(10)).says == ""


def test_what_was_cancelled_takes_no_time(desk, juniper):
    event = add(desk, juniper, at(9))
    desk.do(schedule.didnt_happen, event, DidntHappen.TESTING)
    assert desk.do(schedule.create_event, visit(juniper, at(9), who=1)).overlaps == ()
    assert {row.id: row.reason for row in shown(desk)}[event] is DidntHappen.TESTING


def test_an_event_can_be_said_to_have_taken_place_after_all(desk, juniper):
    event = add(desk, juniper, at(9))
    desk.do(schedule.didnt_happen, event, DidntHappen.ABSENT)
    desk.do(schedule.took_place, event)
    [row] = shown(desk)
    assert (row.status, row.reason) == (EventStatus.COMPLETED, None)


def test_deleting_takes_all_that_hangs_on_the_event_and_undo_brings_it_back(desk, juniper):
    event = add(desk, juniper, at(9))
    step = desk.do(coached_school.step, juniper.teachers[0], event, checked=None, result=None)
    desk.do(keep, VisitNote, {"event_id": event, "started": at(9)})
    before = shown(desk)
    desk.do(schedule.delete_event, event)
    assert shown(desk) == ()
    assert desk.ask(lambda s: s.exec(select(EventTeacher)).all()) == []
    assert desk.ask(lambda s: s.get_one(ActionStep, step).event_id) is None
    desk.undo()
    assert shown(desk) == before
    assert desk.ask(lambda s: s.get_one(ActionStep, step).event_id) == event


def test_an_event_with_a_written_note_stays(desk, juniper):
    event = add(desk, juniper, at(9))
    note = desk.do(keep, VisitNote, {"event_id": event, "started": at(9)})
    desk.do(keep, ScriptLine, {"note_id": note.id, "text": "14 of 22 type"})
    with pytest.raises(CoachdeskError) as refused:
        desk.do(schedule.delete_event, event)
    assert str(refused.value) == schedule.HAS_NOTE
    assert len(shown(desk)) == 1


def test_the_teachers_of_an_event_can_be_changed(desk, juniper):
    event = add(desk, juniper, at(9))
    desk.do(schedule.change_event, {"id": event, "teachers": [juniper.teachers[1]], "place": "Room 4"})
    [row] = shown(desk)
    assert ([who.id for who in row.teachers], row.place) == ([juniper.teachers[1]], "Room 4")
    with pytest.raises(Invalid):
        desk.do(schedule.change_event, {"id": event, "teachers": []})


def test_the_next_free_time_skips_what_is_there_weekends_and_breaks(desk, juniper):
    friday = date(2027, 2, 12)
    off = date(2027, 2, 15)
    desk.do(schedule.save_no_school, {"name": "Presidents' Day", "first_day": off, "last_day": off})
    add(desk, juniper, at(14, day=friday), minutes=60)
    assert desk.ask(schedule.next_free_slot, at(14, 10, friday), 30) == at(15, day=friday)
    assert desk.ask(schedule.next_free_slot, at(15, 10, friday), 30) == at(8, day=date(2027, 2, 16))


def test_each_school_has_its_own_hours(desk, juniper):
    early = desk.do(keep, School, {"name": "Early", "day_starts": "07:00", "day_ends": "13:00"}).id
    assert desk.ask(schedule.next_free_slot, at(6), 30, early) == at(7)
    assert desk.ask(schedule.next_free_slot, at(6), 30, juniper.school) == at(8)
