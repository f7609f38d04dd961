"""Undo: every command of the day is taken back whole, done again whole, and named in the coach's words."""

import inspect
from datetime import date, datetime, time

import coached_school
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlmodel import Session, SQLModel
from worlds import world

from coachdesk.errors import MovedOn
from coachdesk.model import CoachingCycle, Event, ScriptLine
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import DidntHappen
from coachdesk.model.visits import SharedHow, SharedWith
from coachdesk.services import (
    agenda,
    contacts,
    counters,
    cycles,
    event_file,
    notes,
    passage,
    roster,
    rounds,
    schedule,
    script,
    shared,
    steps,
    tagging,
    usual,
    visits,
)
from coachdesk.services.keep import keep
from coachdesk.ui import undone
from coachdesk.ui.screens.teachers import TeachersScreen

MODULES = (
    *(visits, counters, tagging, schedule, event_file, cycles, rounds),
    *(agenda, contacts, script, passage, steps, shared, roster, usual),
)
KEEPS_BOOK = ("change", "note_number", "seal", "vault_about")
NOW = datetime(2027, 2, 2, 9, 5)
STAMP = {"whom": SharedWith.TEACHER, "how": SharedHow.SHOWN, "day": NOW.date()}
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

QUESTIONS = {
    *("check_back_day", "agreed_counters", "week", "next_free_slot", "planned_with_archived", "no_school"),
    *("usual_time", "plan_cycle", "plan_round", "cycles_of", "rounds", "debrief_offer", "people", "going"),
    *(
        "counters_of_cycle",
        "own_counters",
        "visit_minutes",
        "draft",
        "today",
        "next_visit",
        "check_backs",
        "again_on",
        "read",
        "first_step",
        "event_file",
    ),
    *(
        "of",
        "stamps",
        "teachers",
        "teacher",
        "schools",
        "school",
        "goals",
        "principal",
        "current_year",
        "revision",
    ),
}
PARTS = {"bring_in", "suggest"}  # of other commands; no screen does them by themselves


class Day:
    """What a morning of coaching begins with: a visit whose note is open, and one that is only planned."""

    def __init__(self, session: Session) -> None:
        coached_school.year(session)
        self.coached = coached_school.school(session, teachers=3)
        self.school, self.goal = self.coached.school, self.coached.goals[0]
        self.teacher, self.other, _third = self.coached.teachers
        self.cycle = coached_school.cycle(session, self.school, [self.teacher], status="active")
        planned = {"status": "planned", "cycle_id": self.cycle}
        made = coached_school.event
        self.visit = made(session, self.school, [self.teacher], day=NOW.date(), **planned)
        self.ahead = made(session, self.school, [self.teacher], day=date(2027, 2, 4), **planned)
        self.past = made(session, self.school, [self.other], day=date(2027, 1, 28), **planned)
        counters.agree_counters(session, self.teacher, self.cycle, [{"name": "Tech trouble"}])
        self.note = visits.start_note(session, self.visit, NOW)
        values = {"note_id": self.note, "position": 0, "text": "T: good morning"}
        self.line = keep(session, ScriptLine, values).id
        self.tally = notes.note(session, self.note, NOW).counters[0].id
        file = notes.note(session, self.note, NOW)
        self.suggested = next(tag.id for tag in file.tags if not tag.accepted)
        self.tag = tagging.tag(session, self.note, "1A")
        self.step = coached_school.step(session, self.teacher, self.visit, checked=None, result=None)
        self.stamp = shared.stamp_note(session, self.note, NOW.date(), STAMP)
        self.break_ = schedule.save_no_school(session, days_off("Winter break", 8)).id


def days_off(name, day):
    return {"name": name, "first_day": date(2027, 3, day), "last_day": date(2027, 3, day)}


def at(hour, minute=0):
    return datetime(2027, 2, 4, hour, minute)


def values_of(day):
    return {"kind": "visit", "starts": at(13), "ends": at(14), "teachers": [day.teacher]}


def lines(*texts):
    return [
        {"id": notes.key_of(f"{number:032x}"), "offset": number, "kind": "action", "text": text}
        for number, text in enumerate(texts, 1)
    ]


def contact(session):
    return contacts.read(session, "abernethy sign-in 5m")


def of_planned_round(day):
    return lambda session: (cycles.plan_round(session, day.cycle, at(8)),)


def of_rounds(day):
    return lambda session: ([cycles.plan_cycle(session, day.other, "Wait time", at(8))],)


def finished(day):
    return lambda session: visits.finish(session, day.note, NOW)


DONE = {
    visits.start_note: lambda d: (d.ahead, NOW),
    visits.start_note_for: lambda d: (d.other, NOW),
    visits.write_shared: lambda d: (d.note, {"strength": "calm start"}),
    visits.write_private: lambda d: (d.note, {"reflection": "I talked too much"}),
    visits.end_visit: lambda d: (d.note, NOW),
    visits.later: lambda d: (d.note, NOW),
    visits.finish: lambda d: (d.note, NOW, {"strength": "calm", "step": "Wait five seconds"}),
    visits.reopen: lambda d: (d.note,),
    visits.agree_step: lambda d: (d.visit, {"step": "Wait five seconds"}),
    counters.agree_counters: lambda d: (d.teacher, d.cycle, [{"name": "Devices"}, {"name": "Pairs"}]),
    counters.set_count: lambda d: (d.tally, 7),
    counters.tap: lambda d: (d.tally,),
    tagging.tag: lambda d: (d.note, "1B", d.line),
    tagging.tag_event: lambda d: (d.ahead, "4A"),
    tagging.accept_tag: lambda d: (d.suggested,),
    tagging.accept_suggested: lambda d: (d.note,),
    tagging.untag: lambda d: (d.note, "1A"),
    tagging.untag_line: lambda d: (d.note, "1A", None),
    tagging.remove_tag: lambda d: (d.tag,),
    schedule.create_event: lambda d: (values_of(d),),
    schedule.move_event: lambda d: (d.ahead, at(13)),
    schedule.resize_event: lambda d: (d.ahead, at(11)),
    schedule.reschedule_event: lambda d: (d.ahead, at(13), at(14)),
    schedule.change_event: lambda d: ({"id": d.ahead, "place": "Library", "teachers": [d.other]},),
    schedule.delete_event: lambda d: (d.ahead,),
    schedule.didnt_happen: lambda d: (d.past, DidntHappen.ABSENT),
    schedule.took_place: lambda d: (d.past,),
    schedule.cancel_planned: lambda d: (d.teacher, NOW),
    schedule.save_no_school: lambda _d: (days_off("Spring break", 22),),
    schedule.remove_no_school: lambda d: (d.break_,),
    event_file.save_event: lambda d: ({"id": d.ahead, "place": "Library"},),
    cycles.add_planned: of_planned_round,
    cycles.save_cycle: lambda d: ({"id": d.cycle, "goal": "Everyone speaks"},),
    cycles.add_debrief: lambda d: (d.visit, at(15)),
    rounds.add_rounds: of_rounds,
    agenda.check_back: lambda d: (d.step, CheckBack.PARTLY, NOW.date()),
    contacts.record_contact_with: lambda d: lambda session: (d.other, contact(session), NOW),
    script.write_lines: lambda d: (d.note, lines(*"abcdef")),
    passage.type_lines: lambda d: (d.note, lines(*"abcdef")),
    steps.write_step: lambda d: (d.visit, {"text": "Wait five seconds"}),
    shared.stamp_note: lambda d: (d.note, NOW.date(), STAMP | {"how": SharedHow.SENT}),
    shared.remove_stamp: lambda d: (d.stamp,),
    usual.plan_visits_for: lambda _d: (30,),
    usual.offer_counters: lambda _d: ([{"name": "Devices"}],),
    usual.offer_ready_made: lambda _d: (),
    roster.save_teacher: lambda d: ({"id": d.teacher, "room": "12", "schools": []},),
    roster.save_teachers: lambda _d: ([{"family_name": "Rivera"}, {"family_name": "Okafor"}],),
    roster.archive_teacher: lambda d: (d.teacher,),
    roster.restore_teacher: lambda d: (d.teacher,),
    roster.save_school: lambda d: ({"id": d.school, "day_starts": time(7, 30)},),
    roster.save_school_year: lambda _d: ({"first_day": date(2027, 8, 16), "last_day": date(2028, 6, 9)},),
    roster.save_goal: lambda d: ({"school_id": d.school, "title": "Maths talk"},),
    roster.retire_goal: lambda d: (d.goal,),
    roster.save_colleague: lambda d: ({"school_id": d.school, "role": "principal", "name": "I. Rook"},),
}
"""Each command of the day's services, and what it is given on that morning."""

BEFOREHAND = {visits.reopen: finished, roster.restore_teacher: lambda d: away(d)}


def away(day):
    return lambda session: roster.archive_teacher(session, day.teacher)


def content(session):
    """All that is kept, but for how often and when each row was written."""
    tables = [t for t in SQLModel.metadata.sorted_tables if t.name not in KEEPS_BOOK]
    return {
        table.name: sorted(
            tuple(str(row._mapping[c]) for c in table.columns if c.name not in ("rev", "changed"))
            for row in session.execute(table.select())
        )
        for table in tables
    }


@world
def day(desk):
    return desk.do(Day)


@pytest.mark.parametrize("command", DONE, ids=lambda command: command.__name__)
def test_a_command_is_taken_back_whole_done_again_whole_and_has_words(desk, day, command):
    if command in BEFOREHAND:
        desk.do(BEFOREHAND[command](day))
    before = desk.ask(content)
    given = DONE[command](day)
    desk.do(command, *(desk.ask(given) if callable(given) else given))
    after = desk.ask(content)
    step = desk.undo()
    assert desk.ask(content) == before
    assert step.title in undone.WORDS
    assert desk.redo() == step
    assert desk.ask(content) == after


def test_no_command_of_these_services_was_forgotten():
    public = {
        found
        for module in MODULES
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__ and not name.startswith("_")
    }
    commands = {f for f in public if next(iter(inspect.signature(f).parameters), "") == "session"}
    assert {f.__name__ for f in commands - set(DONE)} == QUESTIONS | PARTS


def test_what_was_done_since_ends_what_can_be_done_again(desk, day):
    desk.do(schedule.move_event, day.ahead, at(13))
    desk.undo()
    desk.do(schedule.took_place, day.past)
    desk.undo()
    assert desk.redo().title == "took place"
    assert desk.redo() is None


def test_steps_taken_back_one_by_one_are_done_again_in_order(desk):
    day = desk.do(Day)
    for hour in (11, 12, 13):
        desk.do(schedule.move_event, day.ahead, at(hour))
    while desk.undo():
        pass
    assert desk.redo().title == "Day"
    hours = []
    while desk.redo():
        hours.append(desk.ask(Session.get_one, Event, day.ahead).starts.hour)
    assert hours == [11, 12, 13]


def test_what_cannot_be_done_again_says_so(desk, day):
    desk.do(cycles.save_cycle, {"id": day.cycle, "goal": "Everyone speaks"})
    desk.undo()
    desk._vault.submit(lambda session: keep(session, CoachingCycle, {"id": day.cycle, "goal": "x"})).result()
    with pytest.raises(MovedOn):
        desk.redo()


def press(qtbot, key, modifiers=CTRL):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def test_the_keys_take_back_and_do_again_and_say_what(qtbot, screen_desk, workspace, clock):
    clock.set(NOW.date())
    screen_desk.do(coached_school.school, teachers=1)
    workspace.show_screen(workspace.screen_of(TeachersScreen))
    workspace.sidebar.entries.setFocus()
    [row] = screen_desk.ask(roster.teachers, NOW)
    screen_desk.do(roster.archive_teacher, row.id)
    press(qtbot, Qt.Key.Key_Z)
    assert workspace.toast.said.text() == "Undone: archiving a teacher."
    assert [one.status.value for one in screen_desk.ask(roster.teachers, NOW)] == ["active"]
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert workspace.toast.said.text() == "Done again: archiving a teacher."
    press(qtbot, Qt.Key.Key_Z, CTRL | SHIFT)
    assert workspace.toast.said.text() == "There is nothing to redo."


def test_typing_in_one_field_is_one_step(qtbot, screen_desk, workspace):
    kept = screen_desk.do(roster.save_teacher, {"family_name": "Okafor", "room": "1"})
    page = workspace.screen_of(TeachersScreen)
    workspace.show_screen(page)
    qtbot.waitUntil(lambda: page.list.current() is not None)
    room = page.file.form.field("room")
    room.setFocus()
    room.home(False)
    for typed in ("2", "23", "234"):
        qtbot.keyClick(room, typed[-1])
        qtbot.waitUntil(lambda typed=typed: room_of(screen_desk, kept).startswith(typed))
    workspace.sidebar.entries.setFocus()
    press(qtbot, Qt.Key.Key_Z)
    assert room_of(screen_desk, kept) == "1"
    assert workspace.toast.said.text() == "Undone: changing a teacher's file."


def room_of(desk, teacher):
    return desk.ask(roster.teacher, teacher.id).record.room
