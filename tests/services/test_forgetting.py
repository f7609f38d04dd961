"""A teacher's file is deleted for good: shown first, then gone from every page of the vault."""

from datetime import date, datetime, time
from uuid import uuid4

import coached_school
import pytest
from raw_pages import decrypted
from sqlalchemy import text
from sqlmodel import select
from worlds import world

from coachdesk.errors import CoachdeskError
from coachdesk.model import ActionStep, AgreedCounter, Agreement, CoachingCycle, Event, Teacher
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind, SharedHow, SharedWith
from coachdesk.services import (
    counters,
    cycles,
    forgetting,
    hold,
    roster,
    schedule,
    script,
    search,
    shared,
    sharing,
    tagging,
    visits,
)
from coachdesk.services.keep import keep
from coachdesk.store import verify

KEY = bytes(range(32))
TUESDAY = date(2027, 2, 2)
GIVEN, FAMILY, SAID, AGREED = "Quintessa", "Zwirbelmoor", "zebrafish", "sentencestarter"
STAMPED = "departmenthead"
TRACES = (
    GIVEN,
    FAMILY,
    SAID,
    AGREED,
    STAMPED,
    "rewrittenline",
    "cyclefocus",
    "countername",
    "agreementclause",
)


def at(hour, minute=0):
    return datetime.combine(TUESDAY, time(hour, minute))


def event(desk, hour, *teachers):
    values = {"kind": "visit", "starts": at(hour), "ends": at(hour, 20), "teachers": teachers}
    return desk.do(schedule.create_event, values).id


def written(desk, event_id, *said):
    note = desk.do(visits.start_note, event_id, at(9))
    lines = [Line(uuid4(), n, LineKind.ACTION, words) for n, words in enumerate(said)]
    desk.do(script.write_lines, note, lines)
    return note, lines


@world
def juniper(desk):
    desk.do(coached_school.year)
    return desk.do(coached_school.school, teachers=2)


@world
def who(desk, juniper):
    """A teacher with some of everything, alone and with others, archived."""
    facts = {"given_name": GIVEN, "family_name": FAMILY, "schools": [juniper.school]}
    key = desk.do(roster.save_teacher, facts).id
    plan = desk.ask(cycles.plan_cycle, key, "cyclefocus", at(8))
    desk.do(cycles.add_planned, plan)
    own = event(desk, 10, key)
    note, lines = written(desk, own, f"{SAID} sorted", "a second line")
    desk.do(script.write_lines, note, [Line(lines[0].id, 0, LineKind.ACTION, "rewrittenline")])
    somebody = {"whom": SharedWith.OTHER, "who": STAMPED, "how": SharedHow.SENT, "day": TUESDAY}
    desk.do(shared.stamp_note, note, TUESDAY, somebody)
    desk.do(tagging.tag, note, "1E", lines[0].id)
    together = event(desk, 12, key, juniper.teachers[0])
    written(desk, together, "both were there")
    written(desk, event(desk, 13, juniper.teachers[1]), "somebody else alone")

    def more(session):
        keep(session, ActionStep, {"teacher_id": key, "event_id": own, "text": AGREED})
        keep(session, ActionStep, {"teacher_id": juniper.teachers[0], "event_id": together, "text": "theirs"})
        keep(session, Agreement, {"kind": "teacher_coach", "teacher_id": key, "clauses": "agreementclause"})

    desk.do(more)
    desk.do(counters.agree_counters, key, None, [{"name": "countername"}])
    desk.do(roster.archive_teacher, key)
    return key


def hits(desk):
    """Which traces stand in a page of the file, used or free."""
    pages = decrypted(desk._vault.path, KEY).lower()
    return [word for word in TRACES if word.lower().encode() in pages]


def spoken(desk):
    """Which traces any table says, the changes, the search index and its words among them."""

    def everything(session):
        connection = session.connection()
        names = [
            n for (n,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        ]
        rows = [str(row) for n in names for row in connection.execute(text(f'SELECT * FROM "{n}"'))]
        return "\n".join(rows).lower()

    said = desk.ask(everything)
    return [word for word in TRACES if word.lower() in said]


def test_what_goes_and_what_stays_is_told_before(desk, juniper, who):
    told = desk.ask(forgetting.going, who)
    assert (told.name, told.events, told.notes, told.cycles) == (f"{GIVEN} {FAMILY}", 4, 1, 1)
    assert (told.steps, told.agreements, told.together, told.held) == (1, 1, 1, False)
    assert told.mentions == 0


def test_notes_of_others_that_hold_the_name_are_counted(desk, juniper, who):
    written(desk, event(desk, 14, juniper.teachers[0]), f"{FAMILY} was named")
    assert desk.ask(forgetting.going, who).mentions == 1


def test_nothing_of_the_file_is_left_in_the_vault(desk, juniper, who):
    desk.settle()
    assert hits(desk) == list(TRACES), "the control: all of it is there to be found"
    assert spoken(desk) == list(TRACES)
    others = desk.ask(search.notes, "somebody")
    forgetting.delete_for_good(desk, who)
    assert spoken(desk) == []
    assert hits(desk) == []
    assert desk.ask(search.notes, "both") != []
    assert desk.ask(search.notes, "somebody") == others
    assert desk.ask(roster.teachers, at(8)) != []
    desk.undo()
    assert spoken(desk) == []


def test_what_is_with_others_stays_with_them(desk, juniper, who):
    forgetting.delete_for_good(desk, who)
    left = desk.ask(lambda s: [one.text for one in s.exec(select(ActionStep))])
    assert left == ["theirs"]
    assert desk.ask(lambda s: s.exec(select(CoachingCycle)).all()) == []
    assert desk.ask(lambda s: s.exec(select(AgreedCounter)).all()) == []
    events = desk.ask(lambda s: [one.starts.hour for one in s.exec(select(Event))])
    assert sorted(events) == [12, 13]


def test_the_vault_is_sound_afterwards(desk, juniper, who):
    forgetting.delete_for_good(desk, who)
    inspect = desk._vault.inspect
    assert inspect(verify.structure) and inspect(verify.references) and inspect(verify.search)
    assert inspect(verify.tables)


def test_a_verified_backup_is_made_before_and_the_older_ones_can_be_deleted(desk, juniper, who):
    assert forgetting.older_backups(desk) == 0
    forgetting.delete_for_good(desk, who)
    assert forgetting.older_backups(desk) == 1
    assert forgetting.drop_older_backups(desk) == 1
    [kept] = desk.backups.folder.glob("*.vault-backup")
    again = decrypted(kept, KEY).lower()
    assert [word for word in TRACES if word.lower().encode() in again] == []


def test_lines_that_were_deleted_earlier_leave_no_trace_either(desk, juniper, who):
    """They are in no table any more, only in what undo keeps."""
    note, _ = written(desk, event(desk, 15, who_active(desk, who)), "vanishingwords")
    desk.do(script.write_lines, note, [])
    desk.do(roster.archive_teacher, who)
    forgetting.delete_for_good(desk, who)
    assert b"vanishingwords" not in decrypted(desk._vault.path, KEY)


def who_active(desk, who):
    desk.do(roster.restore_teacher, who)
    return who


def test_hold_an_active_teacher_and_nobody_are_refused_and_nothing_is_deleted(desk, juniper, who):
    with pytest.raises(CoachdeskError, match="archived"):
        forgetting.delete_for_good(desk, juniper.teachers[0])
    with pytest.raises(CoachdeskError, match="no longer there"):
        forgetting.delete_for_good(desk, uuid4())
    desk.do(hold.switch, True)
    with pytest.raises(CoachdeskError, match="Hold is on"):
        forgetting.delete_for_good(desk, who)
    with pytest.raises(CoachdeskError, match="Hold is on"):
        forgetting.drop_older_backups(desk)
    assert desk.ask(lambda s: s.get(Teacher, who)).family_name == FAMILY
    assert forgetting.older_backups(desk) == 0


def test_pages_that_left_stay_as_they_are(desk):
    desk.do(coached_school.year)
    made = desk.do(coached_school.school, teachers=12)
    for number, key in enumerate(made.teachers):
        values = {"kind": "visit", "status": "completed", "school_id": made.school, "teachers": [key]}
        day = date(2026, 9, 1 + number)
        desk.do(
            schedule.create_event,
            values | {"starts": datetime.combine(day, time(9)), "ends": datetime.combine(day, time(9, 20))},
        )
    quarter = coached_school.Q1.name
    gone = desk.do(sharing.release, made.school, quarter, coached_school.TODAY)
    before = desk.ask(sharing.written, gone.id, ("pdf", "csv", "html"))
    desk.do(roster.archive_teacher, made.teachers[0])
    assert desk.ask(forgetting.going, made.teachers[0]).pages == 1
    forgetting.delete_for_good(desk, made.teachers[0])
    assert desk.ask(sharing.written, gone.id, ("pdf", "csv", "html")) == before
