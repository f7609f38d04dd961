"""The roster over a real vault: who is listed, how they stand, what may be kept."""

from datetime import date, datetime, timedelta

import pytest
from worlds import world

from coachdesk.errors import Invalid, MovedOn
from coachdesk.model import CoachingCycle, CycleTeacher, Event, EventTeacher
from coachdesk.model.caseload import Part, Reminder, TeacherRow, Wanted, counts, narrowed
from coachdesk.model.roster import ColleagueRole, TeacherStatus
from coachdesk.services import caseload, roster
from coachdesk.services.keep import keep

NOW = datetime(2027, 2, 2, 8, 0)  # a Tuesday


@world
def lincoln(desk):
    return desk.do(roster.save_school, {"name": "Lincoln MS"})


@world
def rivera(desk, lincoln):
    values = {"given_name": "Maya", "family_name": "Rivera", "subjects": "Science", "room": "12"}
    return desk.do(roster.save_teacher, {**values, "grades": "7", "schools": [lincoln.id]})


def meet(desk, teacher, starts, status="completed", kind="visit"):
    def write(session):
        ends = starts + timedelta(minutes=20)
        event = keep(session, Event, {"kind": kind, "starts": starts, "ends": ends, "status": status})
        keep(session, EventTeacher, {"event_id": event.id, "teacher_id": teacher.id})

    desk.do(write)


def begin_cycle(desk, school, teacher, **values):
    def write(session):
        cycle = keep(
            session, CoachingCycle, {"school_id": school.id, "status": "active", "phase": "learn", **values}
        )
        keep(session, CycleTeacher, {"cycle_id": cycle.id, "teacher_id": teacher.id})

    desk.do(write)


def row_of(desk, teacher) -> TeacherRow:
    [listed] = [row for row in desk.ask(caseload.everyone, NOW) if row.id == teacher.id]
    assert desk.ask(caseload.one, teacher.id, NOW) == listed
    return listed


@pytest.mark.parametrize(
    ("known", "listed", "name"),
    [
        ({"family_name": "Okafor"}, "Okafor", "Okafor"),
        ({"given_name": "Ana"}, "Ana", "Ana"),
        ({"preferred_name": "Lupe"}, "Lupe", "Lupe"),
        ({"room": "12"}, "", ""),
    ],
)
def test_a_teacher_is_kept_under_whatever_is_known(desk, known, listed, name):
    desk.do(roster.save_teacher, known)
    [row] = desk.ask(roster.teachers, NOW)
    assert (row.listed, row.name) == (listed, name)


def test_a_teacher_without_a_last_name_is_sorted_by_the_first(desk):
    for known in ({"family_name": "Okafor"}, {"given_name": "Zoe"}, {"family_name": "Abebe"}, {"room": "1"}):
        desk.do(roster.save_teacher, known)
    assert [row.listed for row in desk.ask(roster.teachers, NOW)] == ["", "Abebe", "Okafor", "Zoe"]


def test_a_line_break_in_a_name_is_refused_by_field(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(roster.save_teacher, {"family_name": "Ng\nLee"})
    assert list(refused.value.problems) == ["family_name"]
    assert desk.ask(roster.teachers, NOW) == []


def test_a_refusal_does_not_repeat_what_was_typed(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(roster.save_teacher, {"given_name": "Quillfeather" * 90, "family_name": "Ng"})
    assert "Quillfeather" not in str(refused.value) + str(refused.value.problems)


def test_blanks_that_came_with_pasting_are_dropped(desk):
    desk.do(roster.save_teacher, {"family_name": "  Okafor ", "room": " 12 "})
    [row] = desk.ask(roster.teachers, NOW)
    assert (row.family_name, row.room) == ("Okafor", "12")


def test_teachers_come_by_family_name_without_regard_to_case_and_accents(desk):
    for name in ("Zola", "Öberg", "okafor", "Ó Briain", "Abebe"):
        desk.do(roster.save_teacher, {"family_name": name})
    listed = [row.family_name for row in desk.ask(roster.teachers, NOW)]
    assert listed == ["Abebe", "Ó Briain", "Öberg", "okafor", "Zola"]


def test_the_list_uses_what_a_teacher_goes_by(desk):
    desk.do(roster.save_teacher, {"given_name": "Guadalupe", "preferred_name": "Lupe", "family_name": "Soto"})
    assert desk.ask(roster.teachers, NOW)[0].listed == "Soto, Lupe"


def test_a_row_says_last_visit_last_contact_and_what_is_next(desk, rivera):
    meet(desk, rivera, datetime(2027, 1, 11, 9, 50))
    meet(desk, rivera, datetime(2027, 1, 26, 13, 0), kind="debrief")
    meet(desk, rivera, datetime(2027, 2, 9, 9, 50), status="planned")
    meet(desk, rivera, datetime(2027, 2, 4, 8, 0), status="planned", kind="planning_meeting")
    row = row_of(desk, rivera)
    assert (row.last_visit, row.last_contact) == (date(2027, 1, 11), date(2027, 1, 26))
    assert (row.next_event.kind, row.next_event.starts) == ("planning_meeting", datetime(2027, 2, 4, 8, 0))


def test_what_did_not_take_place_is_no_contact(desk, rivera):
    meet(desk, rivera, datetime(2027, 1, 26, 9, 50), status="didnt_happen")
    meet(desk, rivera, datetime(2027, 1, 27, 9, 50), status="cancelled")
    assert row_of(desk, rivera).last_contact is None


def test_a_visit_of_years_ago_is_still_the_last_one(desk, rivera):
    meet(desk, rivera, datetime(2024, 9, 30, 9, 50))
    meet(desk, rivera, datetime(2027, 1, 20, 9, 50), kind="quick_contact")
    row = row_of(desk, rivera)
    assert (row.last_visit, row.last_contact) == (date(2024, 9, 30), date(2027, 1, 20))


def test_no_list_holds_how_a_teacher_came_to_coaching(desk, rivera):
    desk.do(
        roster.save_teacher, {"id": rivera.id, "entry_route": "administrator_recommended", "programme": "x"}
    )
    assert "administrator" not in repr(desk.ask(caseload.everyone, NOW))


@pytest.mark.parametrize(
    ("last", "reminder"),
    [
        (date(2027, 1, 22), Reminder.NONE),  # 7 school days ago
        (date(2027, 1, 21), Reminder.COMING_UP),  # 8
        (date(2027, 1, 19), Reminder.COMING_UP),  # 10
        (date(2027, 1, 18), Reminder.TO_PICK_UP_AGAIN),  # 11
    ],
)
def test_contact_comes_up_on_day_eight_and_is_to_be_picked_up_on_day_eleven(
    desk, lincoln, rivera, last, reminder
):
    begin_cycle(desk, lincoln, rivera)
    meet(desk, rivera, datetime.combine(last, NOW.time()))
    assert row_of(desk, rivera).reminder is reminder


@pytest.mark.parametrize("status", [TeacherStatus.NOT_NOW, TeacherStatus.DECLINED, TeacherStatus.ARCHIVED])
def test_who_said_not_now_or_no_gets_no_reminder_and_is_not_counted(desk, lincoln, rivera, status):
    begin_cycle(desk, lincoln, rivera)
    meet(desk, rivera, datetime(2026, 10, 1, 9, 0))
    assert row_of(desk, rivera).reminder is Reminder.TO_PICK_UP_AGAIN
    desk.do(roster.save_teacher, {"id": rivera.id, "status": status})
    row = row_of(desk, rivera)
    assert (row.reminder, row.no_contact) == (Reminder.NONE, False)


def test_a_teacher_with_a_date_needs_no_reminder(desk, lincoln, rivera):
    begin_cycle(desk, lincoln, rivera, starts_on=date(2026, 10, 1))
    meet(desk, rivera, datetime(2027, 2, 9, 9, 50), status="planned")
    assert row_of(desk, rivera).reminder is Reminder.NONE


def test_a_running_cycle_is_shown_before_a_proposed_one(desk, lincoln, rivera):
    begin_cycle(desk, lincoln, rivera, phase="improve", goal="Cite evidence")
    begin_cycle(desk, lincoln, rivera, status="proposed", phase="identify")
    cycle = row_of(desk, rivera).cycle
    assert (cycle.phase, cycle.goal) == ("improve", "Cite evidence")


@pytest.mark.parametrize(
    "text", ["rivera", "MAYA riv", "science", "7", "12", "maya@lincoln", "evidence", "science 12"]
)
def test_the_filter_looks_at_name_subject_grade_room_mail_and_goal(desk, lincoln, rivera, text):
    desk.do(roster.save_teacher, {"id": rivera.id, "email": "maya@lincoln.example"})
    desk.do(roster.save_teacher, {"family_name": "Okafor", "subjects": "Math"})
    begin_cycle(desk, lincoln, rivera, goal="Students cite evidence")
    assert [row.id for row in desk.ask(roster.teachers, NOW, Wanted(text))] == [rivera.id]


def test_an_accent_left_out_still_finds(desk):
    desk.do(roster.save_teacher, {"family_name": "Muñoz-Ångström"})
    assert len(desk.ask(roster.teachers, NOW, Wanted("munoz ang"))) == 1
    assert desk.ask(roster.teachers, NOW, Wanted("munos")) == []


def test_parts_are_counted_for_the_school_that_is_shown(desk, lincoln, rivera):
    harbor = desk.do(roster.save_school, {"name": "Harbor"})
    both = desk.do(roster.save_teacher, {"family_name": "Ng", "schools": [lincoln.id, harbor.id]})
    gone = desk.do(roster.save_teacher, {"family_name": "Old", "schools": [lincoln.id]})
    desk.do(roster.archive_teacher, gone.id)
    begin_cycle(desk, harbor, both)
    rows = desk.ask(caseload.everyone, NOW)
    assert counts(rows, lincoln.id) == {
        Part.ALL: 2,
        Part.IN_A_CYCLE: 1,
        Part.NO_CONTACT: 2,
        Part.ARCHIVED: 1,
    }
    assert [row.id for row in narrowed(rows, Wanted(school=harbor.id))] == [both.id]
    assert row_of(desk, both).school_names == ("Harbor", "Lincoln MS")


def test_an_archived_teacher_is_only_in_the_archive_and_comes_back(desk, rivera):
    desk.do(roster.archive_teacher, rivera.id)
    assert desk.ask(roster.teachers, NOW) == []
    assert [row.id for row in desk.ask(roster.teachers, NOW, Wanted(part=Part.ARCHIVED))] == [rivera.id]
    desk.do(roster.restore_teacher, rivera.id)
    assert [row.id for row in desk.ask(roster.teachers, NOW)] == [rivera.id]


def test_undo_brings_an_archived_teacher_back_as_they_were(desk, rivera):
    desk.do(roster.save_teacher, {"id": rivera.id, "status": TeacherStatus.NOT_NOW})
    desk.do(roster.archive_teacher, rivera.id)
    desk.undo()
    assert desk.ask(roster.teacher, rivera.id).record.status is TeacherStatus.NOT_NOW


def test_schools_that_are_named_replace_the_ones_before(desk, lincoln, rivera):
    harbor = desk.do(roster.save_school, {"name": "Harbor"})
    desk.do(roster.save_teacher, {"id": rivera.id, "schools": [harbor.id]})
    assert desk.ask(roster.teacher, rivera.id).schools == (harbor.id,)
    desk.do(roster.save_teacher, {"id": rivera.id, "room": "14"})
    assert desk.ask(roster.teacher, rivera.id).schools == (harbor.id,)


def test_a_teacher_changed_meanwhile_is_not_overwritten(desk, rivera):
    desk.do(roster.save_teacher, {"id": rivera.id, "room": "14"})
    with pytest.raises(MovedOn):
        desk.do(roster.save_teacher, {"id": rivera.id, "rev": rivera.rev, "room": "15"})
    assert desk.ask(roster.teacher, rivera.id).record.room == "14"
    newest = desk.ask(roster.revision, type(rivera), rivera.id)
    desk.do(roster.save_teacher, {"id": rivera.id, "rev": newest, "room": "15"})
    assert desk.ask(roster.teacher, rivera.id).record.room == "15"


def test_a_school_day_must_end_after_it_starts(desk, lincoln):
    with pytest.raises(Invalid) as refused:
        desk.do(
            roster.save_school,
            {"id": lincoln.id, "day_starts": NOW.time(), "day_ends": NOW.replace(hour=7).time()},
        )
    assert list(refused.value.problems) == ["day_ends"]


def test_a_school_year_is_named_after_its_calendar_years(desk):
    year = desk.do(roster.save_school_year, {"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)})
    assert year.name == "2026-27"
    assert desk.ask(roster.current_year, date(2026, 12, 1)) == year


def test_a_school_year_that_ends_before_it_begins_is_refused(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(roster.save_school_year, {"first_day": date(2027, 6, 11), "last_day": date(2026, 8, 17)})
    assert list(refused.value.problems) == ["last_day"]


def test_the_same_school_year_is_not_made_twice(desk):
    days = {"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)}
    year = desk.do(roster.save_school_year, days)
    with pytest.raises(Invalid):
        desk.do(roster.save_school_year, days)
    moved = desk.do(roster.save_school_year, {**days, "id": year.id, "first_day": date(2026, 8, 24)})
    assert (moved.id, moved.first_day) == (year.id, date(2026, 8, 24))


def test_one_day_of_a_school_year_may_be_written_without_the_other(desk):
    days = {"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)}
    year = desk.do(roster.save_school_year, days)
    moved = desk.do(roster.save_school_year, {"id": year.id, "rev": year.rev, "last_day": date(2027, 6, 18)})
    assert (moved.name, moved.first_day, moved.last_day) == ("2026-27", days["first_day"], date(2027, 6, 18))


def test_what_was_typed_survives_as_text_and_is_written_later(desk, lincoln):
    desk.do(roster.save_school, {"id": str(lincoln.id), "day_ends": "15:05:00"})
    desk.do(roster.save_school_year, {"first_day": "2026-08-17", "last_day": "2027-06-11"})
    teacher = desk.do(roster.save_teacher, {"family_name": "Ng", "schools": [str(lincoln.id)]})
    assert desk.ask(roster.school, lincoln.id).record.day_ends.minute == 5
    assert desk.ask(roster.current_year, date(2026, 12, 1)).name == "2026-27"
    assert desk.ask(roster.teacher, teacher.id).schools == (lincoln.id,)


def test_between_two_years_the_coming_one_is_current(desk):
    for start in (2025, 2026):
        desk.do(
            roster.save_school_year,
            {"first_day": date(start, 8, 17), "last_day": date(start + 1, 6, 11)},
        )
    assert desk.ask(roster.current_year, date(2026, 7, 1)).name == "2026-27"
    assert desk.ask(roster.current_year, date(2029, 1, 1)).name == "2026-27"


def test_a_sixth_goal_is_refused_until_one_is_retired(desk, lincoln):
    made = [
        desk.do(roster.save_goal, {"school_id": lincoln.id, "title": f"Goal {number}"}) for number in range(5)
    ]
    sixth = {"school_id": lincoln.id, "title": "One more"}
    with pytest.raises(Invalid):
        desk.do(roster.save_goal, sixth)
    desk.do(roster.retire_goal, made[0].id)
    desk.do(roster.save_goal, sixth)
    titles = [goal.title for goal in desk.ask(roster.goals, lincoln.id)]
    assert titles == ["Goal 1", "Goal 2", "Goal 3", "Goal 4", "One more"]


def test_a_school_comes_with_its_goals_its_principal_and_how_many_it_has(desk, lincoln, rivera):
    desk.do(roster.save_goal, {"school_id": lincoln.id, "title": "Reading across subjects"})
    head = {"school_id": lincoln.id, "role": ColleagueRole.PRINCIPAL, "name": "R. Achterberg"}
    desk.do(roster.save_colleague, head)
    gone = desk.do(roster.save_teacher, {"family_name": "Old", "schools": [lincoln.id]})
    desk.do(roster.archive_teacher, gone.id)
    file = desk.ask(roster.school, lincoln.id)
    assert [goal.title for goal in file.goals] == ["Reading across subjects"]
    assert (file.principal.name, file.teachers) == ("R. Achterberg", 1)


def test_a_line_rewritten_from_its_record_is_what_the_vault_would_say(desk, rivera):
    before = next(iter(desk.ask(caseload.everyone, NOW)))
    said = {
        "preferred_name": "May",
        "family_name": "Rivera-Lund",
        "subjects": "Art",
        "room": "3",
        "grades": "8",
    }
    record = desk.do(
        roster.save_teacher,
        {
            "id": rivera.id,
            "email": "m@example.org",
            "status": "not_now",
            "ask_again_on": date(2027, 3, 1),
            **said,
        },
    )
    assert before.rewritten(record) == next(iter(desk.ask(caseload.everyone, NOW)))
