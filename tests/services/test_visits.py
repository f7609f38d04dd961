"""A visit over a real vault: begun, written, counted, tagged, ended and finished."""

import json
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import coached_school
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic_core import to_jsonable_python
from sqlmodel import select
from worlds import world

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import Change, Event, ScriptLine, StandardTag, VisitNote
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind, NoteState
from coachdesk.services import counters, notes, roster, schedule, script, search, tagging, visits
from coachdesk.services.keep import keep
from coachdesk.store import verify

TUESDAY = date(2027, 2, 2)
COUNTERS = ({"name": "Student handles device", "definition": "hands on it"}, {"name": "Tech trouble"})


def at(hour, minute=0, second=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute, second))


@world
def planned(desk, three_at_juniper):
    values = {"kind": "visit", "starts": at(9, 50), "ends": at(10, 10)}
    who = three_at_juniper.teachers[:1]
    return desk.do(schedule.create_event, {**values, "teachers": who}).id


@world
def note(desk, planned):
    return desk.do(visits.start_note, planned, at(9, 51, 12))


def seen(desk, note, now=None):
    return desk.ask(notes.note, note, now or at(10))


def line(text, offset=0, kind=LineKind.ACTION):
    return Line(uuid4(), offset, kind, text)


def event_of(desk, event_id):
    return desk.ask(lambda s: s.get_one(Event, event_id))


def test_a_planned_visit_begins_with_one_command(desk, planned, note):
    file = seen(desk, note)
    assert (file.state, file.started, file.running) == (NoteState.DRAFT, at(9, 51, 12), True)
    assert file.card.event.names == ("Zofia Abernethy",)
    assert [(tag.code, tag.accepted) for tag in file.tags] == [("1D", False)]
    assert desk.ask(notes.running_note) == note


def test_starting_again_goes_on_with_the_note_that_was_begun(desk, planned, note):
    assert desk.do(visits.start_note, planned, at(9, 59)) == note
    assert seen(desk, note).started == at(9, 51, 12)


def test_undo_takes_an_accidental_start_back_whole(desk, planned):
    desk.do(visits.start_note, planned, at(9, 51, 12))
    assert desk.undo().title == "start note"
    assert desk.ask(lambda s: s.exec(select(VisitNote)).all()) == []
    assert desk.ask(lambda s: s.exec(select(StandardTag)).all()) == []


def test_an_unplanned_visit_gets_its_event(desk, juniper):
    cycle = desk.do(coached_school.cycle, juniper.school, [juniper.teachers[1]], status="active")
    note = desk.do(visits.start_note_for, juniper.teachers[1], at(13, 4, 30))
    event = seen(desk, note).card.event
    assert (event.kind, event.starts, event.minutes) == (EventKind.VISIT, at(13, 4), 20)
    assert (event.cycle_id, event.school_id) == (cycle, juniper.school)


def test_a_visit_that_is_planned_for_now_is_the_one_that_begins(desk, juniper, planned):
    note = desk.do(visits.start_note_for, juniper.teachers[0], at(9, 40))
    assert seen(desk, note).card.event.id == planned


def test_an_unplanned_visit_at_midnight_stays_on_its_day(desk, juniper):
    note = desk.do(visits.start_note_for, juniper.teachers[0], at(23, 59, 59))
    event = seen(desk, note).card.event
    assert event.starts.date() == event.ends.date() == TUESDAY


def test_nobody_to_visit_and_an_archived_teacher_are_said_in_a_sentence(desk, juniper, planned):
    plc = desk.do(schedule.create_event, {"kind": "group", "starts": at(8), "ends": at(9)}).id
    with pytest.raises(CoachdeskError) as refused:
        desk.do(visits.start_note, plc, at(8))
    assert str(refused.value) == visits.NO_TEACHER
    desk.do(roster.archive_teacher, juniper.teachers[0])
    for begin, key in ((visits.start_note, planned), (visits.start_note_for, juniper.teachers[0])):
        with pytest.raises(CoachdeskError) as refused:
            desk.do(begin, key, at(9, 50))
        assert str(refused.value) == visits.ARCHIVED
    assert event_of(desk, planned).status is EventStatus.PLANNED


def test_what_is_typed_is_there_in_its_order(desk, note):
    lines = [line("Open the shared doc", 4, LineKind.TEACHER), line("I disagree", 9, LineKind.STUDENT)]
    assert desk.do_later("script", script.write_lines, note, lines).result() == 2
    assert seen(desk, note).lines == tuple(lines)


def test_a_keystroke_changes_one_row(desk, note):
    lines = [line(f"line {n}", n) for n in range(30)]
    desk.do(script.write_lines, note, lines)
    lines[12] = Line(lines[12].id, lines[12].offset, lines[12].kind, "line twelve")
    assert desk.do(script.write_lines, note, lines) == 1
    lines.insert(13, line("between", 12))
    assert desk.do(script.write_lines, note, lines) == 1
    del lines[3]
    assert desk.do(script.write_lines, note, lines) == 1
    assert desk.do(script.write_lines, note, lines) == 0
    assert seen(desk, note).lines == tuple(lines)


def test_typing_a_line_is_one_step_of_undo(desk, note):
    first = line("")
    for text in ("1", "14 ", "14 of 22"):
        typed = Line(first.id, 0, first.kind, text)
        desk.do_later(("script", note), script.write_lines, note, [typed]).result()
    desk.undo()
    assert seen(desk, note).lines == ()


def test_a_draft_that_was_sealed_is_written_the_same(desk, note):
    lines = [line("14 of 22 type", 60, LineKind.TECH)]
    came_back = json.loads(json.dumps(to_jsonable_python((note, lines))))
    desk.do(script.write_lines, *came_back)
    assert seen(desk, note).lines == tuple(lines)


def test_a_great_paste_is_kept_found_and_undone_as_one(desk, vault, note):
    lines = [line(f"pasted {n} " + "word " * 60, n) for n in range(600)]
    desk.do(script.write_lines, note, lines[:1])
    desk.do(script.write_lines, note, lines)
    assert seen(desk, note).lines == tuple(lines)
    assert [hit.note_id for hit in desk.ask(search.notes, "pasted 599")] == [note]
    desk.undo()
    assert seen(desk, note).lines == tuple(lines[:1])
    assert desk.ask(search.notes, "599") == []
    assert vault.inspect(verify.search)


def test_a_line_of_ten_megabytes_is_kept(desk, note):
    long = line("a" * 10_000_000)
    desk.do(script.write_lines, note, [long])
    assert seen(desk, note).lines == (long,)


def test_a_line_that_is_far_too_long_is_refused_without_being_repeated(desk, note):
    with pytest.raises(Invalid) as refused:
        desk.do(script.write_lines, note, [line("a" * 20_000_001)])
    assert "aaa" not in repr(refused.value)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_however_lines_come_go_and_move_the_script_is_as_on_screen(desk, vault, note, data):
    lines = []
    pool = [line(f"word{n}", n) for n in range(12)]
    for _ in range(4):
        lines = data.draw(st.permutations(pool).flatmap(lambda p: st.integers(0, 12).map(lambda n: p[:n])))
        desk.do(script.write_lines, note, lines)
        assert seen(desk, note).lines == tuple(lines)
    assert vault.inspect(verify.search)


def test_agreed_counters_are_on_and_no_others(desk, juniper, planned):
    desk.do(counters.agree_counters, juniper.teachers[0], None, COUNTERS)
    note = desk.do(visits.start_note, planned, at(9, 50))
    assert [(c.name, c.definition, c.count) for c in seen(desk, note).counters] == [
        ("Student handles device", "hands on it", 0),
        ("Tech trouble", "", 0),
    ]


def test_the_counters_of_a_cycle_stand_before_those_of_the_teacher(desk, juniper, planned):
    cycle = desk.do(coached_school.cycle, juniper.school, juniper.teachers[:1])
    desk.do(keep, Event, {"id": planned, "cycle_id": cycle})
    desk.do(counters.agree_counters, juniper.teachers[0], None, COUNTERS[:1])
    desk.do(counters.agree_counters, juniper.teachers[0], cycle, COUNTERS)
    desk.do(counters.agree_counters, juniper.teachers[0], cycle, COUNTERS[1:])
    note = desk.do(visits.start_note, planned, at(9, 50))
    assert [c.name for c in seen(desk, note).counters] == ["Tech trouble"]


def test_five_counters_are_too_many(desk, juniper):
    with pytest.raises(Invalid):
        desk.do(counters.agree_counters, juniper.teachers[0], None, [{"name": str(n)} for n in range(5)])


def test_taps_are_counted_and_undone_never_below_nothing(desk, juniper, planned):
    desk.do(counters.agree_counters, juniper.teachers[0], None, COUNTERS)
    note = desk.do(visits.start_note, planned, at(9, 50))
    tally = seen(desk, note).counters[0].id
    assert [desk.do(counters.tap, tally) for _ in range(3)] == [1, 2, 3]
    desk.undo()
    assert seen(desk, note).counters[0].count == 2
    assert desk.do(counters.tap, tally, -5) == 0
    assert desk.do_later("tap", counters.set_count, tally, 6).result() == 6


def test_a_tag_is_made_once_accepted_and_taken_away(desk, note):
    [suggested] = seen(desk, note).tags
    assert desk.do(tagging.tag, note, "1D") == suggested.id
    assert desk.do(tagging.tag, note, "1D") == suggested.id
    assert [(tag.code, tag.accepted) for tag in seen(desk, note).tags] == [("1D", True)]
    desk.do(tagging.remove_tag, suggested.id)
    desk.do(tagging.remove_tag, suggested.id)
    assert seen(desk, note).tags == ()


def test_a_suggested_tag_is_accepted_with_one_command(desk, note):
    [suggested] = seen(desk, note).tags
    desk.do(tagging.accept_tag, suggested.id)
    assert seen(desk, note).tags[0].accepted


def test_a_tag_may_stand_on_a_line_and_outlives_it(desk, note):
    one = line("We look together")
    desk.do(script.write_lines, note, [one])
    desk.do(tagging.tag, note, "3B", one.id)
    assert [tag.line_id for tag in seen(desk, note).tags if tag.code == "3B"] == [one.id]
    desk.do(script.write_lines, note, [])
    assert [tag.line_id for tag in seen(desk, note).tags if tag.code == "3B"] == [None]
    desk.undo()
    assert [tag.line_id for tag in seen(desk, note).tags if tag.code == "3B"] == [one.id]


def test_a_tag_can_be_taken_from_one_line_alone(desk, note):
    one = line("We look together")
    desk.do(script.write_lines, note, [one])
    for where in (one.id, None):
        desk.do(tagging.tag, note, "3B", where)
    desk.do(tagging.untag_line, note, "3B", one.id)
    assert [tag.line_id for tag in seen(desk, note).tags if tag.code == "3B"] == [None]
    desk.do(tagging.untag_line, note, "3B", None)
    assert [tag.code for tag in seen(desk, note).tags] == ["1D"]


def test_a_note_whose_beginning_was_taken_back_is_not_found(desk, planned):
    note = desk.do(visits.start_note, planned, at(9, 51, 12))
    assert desk.ask(notes.found, note, at(10)) == seen(desk, note)
    desk.undo()
    assert desk.ask(notes.found, note, at(10)) is None


def test_a_clock_that_was_forgotten_yesterday_is_not_todays(desk, note):
    assert desk.ask(notes.running_note, TUESDAY) == note
    assert desk.ask(notes.running_note, TUESDAY + timedelta(days=1)) is None


def test_ending_a_visit_takes_its_minutes_from_the_clock(desk, planned, note):
    desk.do(visits.end_visit, note, at(10, 16, 40))
    event = event_of(desk, planned)
    assert (event.status, event.starts, event.ends) == (EventStatus.COMPLETED, at(9, 51), at(10, 16))
    assert not seen(desk, note).running
    assert desk.ask(notes.running_note) is None


@pytest.mark.parametrize("now", [at(17), at(9, day=TUESDAY + timedelta(days=1))])
def test_a_forgotten_clock_leaves_the_planned_times(desk, planned, note, now):
    desk.do(visits.later, note, now)
    event = event_of(desk, planned)
    assert (event.status, event.starts, event.ends) == (EventStatus.COMPLETED, at(9, 50), at(10, 10))


def test_a_note_written_up_in_the_evening_leaves_the_planned_times(desk, planned):
    note = desk.do(visits.start_note, planned, at(19))
    desk.do(visits.end_visit, note, at(19, 10))
    assert event_of(desk, planned).starts == at(9, 50)


def test_later_leaves_the_note_to_be_finished(desk, note):
    desk.do(script.write_lines, note, [line("14 of 22 type")])
    desk.do(visits.later, note, at(10, 10))
    [left] = desk.ask(notes.notes_to_finish)
    assert (left.id, left.running) == (note, False)


def test_nothing_is_required_to_finish(desk, note):
    desk.do(visits.finish, note, at(10, 12))
    file = seen(desk, note)
    assert (file.state, file.finished, file.steps) == (NoteState.FINISHED, at(10, 12), ())
    assert file.card.event.status is EventStatus.COMPLETED
    assert desk.ask(notes.notes_to_finish) == ()


def test_finishing_keeps_three_lines_and_the_next_step_and_undoes_as_one(desk, juniper, note):
    said = {
        "strength": "Waits",
        "wondering": "Pairs?",
        "step": " Comment protocol ",
        "reflection": "I talked",
    }
    desk.do(visits.finish, note, at(10, 12), {**said, "check_back_on": date(2027, 2, 9)})
    file = seen(desk, note)
    assert (file.strength, file.wondering, file.reflection) == ("Waits", "Pairs?", "I talked")
    [step] = file.steps
    assert (step.text, step.check_back_on, step.teacher) == (
        "Comment protocol",
        date(2027, 2, 9),
        "Zofia Abernethy",
    )
    assert desk.undo().title == "finish"
    assert (seen(desk, note).state, seen(desk, note).steps) == (NoteState.DRAFT, ())


def test_a_step_is_checked_at_the_next_event_together_else_in_five_school_days(desk, juniper, planned, note):
    assert desk.ask(visits.check_back_day, planned) == date(2027, 2, 9)
    debrief = {"kind": "debrief", "starts": at(8, day=date(2027, 2, 4)), "ends": at(9, day=date(2027, 2, 4))}
    desk.do(schedule.create_event, {**debrief, "teachers": juniper.teachers[:1]})
    assert desk.ask(visits.check_back_day, planned) == date(2027, 2, 4)


def test_the_card_says_what_was_agreed_last_time(desk, juniper, note):
    desk.do(visits.finish, note, at(10, 12), {"step": "Comment protocol"})
    next_week = {"kind": "visit", "starts": at(9, day=date(2027, 2, 9)), "ends": at(10, day=date(2027, 2, 9))}
    event = desk.do(schedule.create_event, {**next_week, "teachers": juniper.teachers[:1]}).id
    assert desk.ask(notes.card, event).last_agreed.text == "Comment protocol"
    assert seen(desk, note).card.last_agreed is None


def test_the_two_layers_are_written_apart(desk, note):
    desk.do_later(
        "private", visits.write_private, note, {"interpretation": "Tired", "strength": "no"}
    ).result()
    desk.do_later("shared", visits.write_shared, note, {"wondering": "Pairs?", "reflection": "no"}).result()
    file = seen(desk, note)
    assert (file.interpretation, file.wondering, file.strength, file.reflection) == (
        "Tired",
        "Pairs?",
        "",
        "",
    )


def test_a_finished_note_stays_editable_for_ten_school_days(desk, note):
    desk.do(visits.finish, note, at(10, 12))
    assert not seen(desk, note, at(8, day=date(2027, 2, 16))).closed
    assert seen(desk, note, at(8, day=date(2027, 2, 17))).closed
    desk.do(script.write_lines, note, [line("seen later")])
    desk.do(visits.reopen, note)
    assert seen(desk, note).state is NoteState.DRAFT


def test_a_closed_note_takes_no_more_words(desk, note):
    desk.do(keep, VisitNote, {"id": note, "state": "closed"})
    for write, words in ((script.write_lines, [line("x")]), (visits.write_private, {"reflection": "x"})):
        with pytest.raises(CoachdeskError) as refused:
            desk.do(write, note, words)
        assert str(refused.value) == notes.CLOSED
    assert seen(desk, note).closed


def test_a_keystroke_is_remembered_as_one_change(desk, note):
    one = line("a")
    desk.do_later("script", script.write_lines, note, [one]).result()
    before = desk.ask(lambda s: len(s.exec(select(Change)).all()))
    desk.do_later("script", script.write_lines, note, [Line(one.id, 0, one.kind, "ab")]).result()
    assert desk.ask(lambda s: len(s.exec(select(Change)).all())) == before
    assert desk.ask(lambda s: [row.text for row in s.exec(select(ScriptLine))]) == ["ab"]
