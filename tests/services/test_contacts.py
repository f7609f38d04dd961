"""Quick contacts over a real vault."""

from datetime import date, datetime

import coached_school
import pytest
from worlds import world

from coachdesk.errors import Invalid
from coachdesk.model.quick import NOBODY, SEVERAL
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.services import contacts, notes, roster, schedule

NOW = datetime(2027, 2, 2, 10, 17, 40)


@world
def juniper(desk):
    return desk.do(coached_school.school, teachers=3)


def kept(desk):
    return desk.ask(schedule.week, date(2027, 2, 1)).events


def record(desk, line, now=NOW):
    read = desk.ask(contacts.read, line)
    [person] = read.people
    desk.do(contacts.record_contact_with, person.id, read, now)


def test_one_line_is_a_whole_record(desk, juniper):
    record(desk, "quick abern sign-in #4a 15m")
    [row] = kept(desk)
    assert (row.kind, row.status, row.title) == (EventKind.QUICK_CONTACT, EventStatus.COMPLETED, "sign-in")
    assert (row.starts, row.minutes) == (datetime(2027, 2, 2, 10, 2), 15)
    assert (row.names, row.school_id) == (("Zofia Abernethy",), juniper.school)
    assert [(tag.code, tag.accepted) for tag in desk.ask(notes.tags, row.id)] == [("4A", True)]
    assert desk.undo().title == "record contact with"
    assert kept(desk) == ()


def test_who_is_meant_must_be_clear(desk, juniper):
    desk.do(coached_school.teacher, juniper.school, at=0, given_name="Ada")
    read = desk.ask(contacts.read, "abernethy sign-in")
    assert read.problem == SEVERAL
    assert len(read.people) == 2
    desk.do(contacts.record_contact_with, read.people[0].id, read, NOW)
    assert kept(desk)[0].names == (read.people[0].name,)


def test_help_with_technology_is_kept_as_that(desk, juniper):
    read = desk.ask(contacts.read, "abernethy projector 20m")
    kind = EventKind.TECHNICAL_SUPPORT
    desk.do(contacts.record_contact_with, read.people[0].id, read, NOW, kind)
    assert [(row.kind, row.title, row.minutes) for row in kept(desk)] == [(kind, "projector", 20)]


def test_an_archived_teacher_is_not_offered(desk, juniper):
    desk.do(roster.archive_teacher, juniper.teachers[0])
    assert desk.ask(contacts.read, "abernethy sign-in").problem == NOBODY


def test_a_contact_just_after_midnight_stays_on_its_day(desk, juniper):
    for minute in (0, 3):
        now = datetime(2027, 2, 2, 0, minute)
        record(desk, "abernethy late call 15m", now)
    assert {row.starts for row in kept(desk)} == {datetime(2027, 2, 2)}


def test_too_many_words_are_refused_without_repeating_them(desk, juniper):
    with pytest.raises(Invalid) as refused:
        record(desk, "abernethy " + "secret " * 100)
    assert "secret" not in repr(refused.value)
